"""A twin works beside its parent with the parent's memory, tells once, and is never left behind."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from imprint.base import twin
from imprint.base.confine import Limits, note_place, run_confined, start_confined
from imprint.base.diagnostic import Diagnostic, Rejected, Severity
from imprint.base.twin import map_shared, start_twin
from imprint.paginate.replacement import replaced

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")

# The test's own process may have threads, so each behaviour is asked of a confined child, which has one.
LIMITS = Limits(cpu_seconds=20, wall_seconds=60)


def loop() -> None:
    while True:
        pass


def ask_for_memory() -> tuple[int | None, bool]:
    unpicklable = {"lambda": lambda: os.getpid()}
    twin = start_twin(lambda: unpicklable["lambda"]())
    assert twin is not None
    found = twin.result(20)
    return found, found == os.getpid()


def test_it_has_its_parents_memory() -> None:
    """What cannot be pickled need not be: the twin is another process that has it already."""
    found, own = run_confined(ask_for_memory, (), LIMITS)
    assert found
    assert not own


def ask_failing() -> list[object]:
    failing = start_twin(lambda: 1 / 0)
    dying = start_twin(lambda: os.kill(os.getpid(), signal.SIGKILL))
    unsent = start_twin(lambda: lambda: None)
    slow = start_twin(lambda: time.sleep(60))
    patience = ((failing, 20.0), (dying, 20.0), (unsent, 20.0), (slow, 0.1))
    return [twin.result(seconds) if twin else "no twin" for twin, seconds in patience]


def test_what_fails_is_told_as_nothing() -> None:
    """An exception, a death, a value that cannot be sent, and patience that has come to an end."""
    assert run_confined(ask_failing, (), LIMITS) == [None] * 4


def ask_ended() -> bool:
    twin = start_twin(loop)
    assert twin is not None
    twin.end()
    twin.end()
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


def test_ending_it() -> None:
    """It can be ended at any time and twice, and nothing of it is left."""
    assert run_confined(ask_ended, (), LIMITS)


def ask_with_thread() -> bool:
    wait = threading.Event()
    thread = threading.Thread(target=wait.wait)
    thread.start()
    try:
        return start_twin(os.getpid) is None
    finally:
        wait.set()
        thread.join()


def test_none_among_threads() -> None:
    """A process with threads has no twin, for it could inherit a lock that nobody opens."""
    assert run_confined(ask_with_thread, (), LIMITS)


def ask_to_loop() -> None:
    twin = start_twin(loop)
    assert twin is not None
    assert twin.result(60) is None


def test_it_has_no_more_time_than_its_parent() -> None:
    """A twin that hangs ends when its parent's CPU time would, while the parent waits."""
    begin = time.monotonic()
    run_confined(ask_to_loop, (), Limits(cpu_seconds=0.5, wall_seconds=60))
    assert time.monotonic() - begin < 50


def wait_beside(path: Path) -> None:
    def sleep() -> None:
        path.write_text(str(os.getpid()))
        time.sleep(60)

    twin = start_twin(sleep)
    assert twin is not None
    twin.result(60)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_it_dies_with_its_parent(tmp_path: Path) -> None:
    """When the worker is killed, its twin goes too, and nobody waits for it."""
    path = tmp_path / "twin"
    confined = start_confined(wait_beside, (path,), LIMITS)
    while not path.exists() or not path.read_text():
        time.sleep(0.01)
    twin = int(path.read_text())
    confined.kill()
    deadline = time.monotonic() + 20
    while Path(f"/proc/{twin}").exists() and _state(twin) != "Z" and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not Path(f"/proc/{twin}").exists() or _state(twin) == "Z"


def _state(process: int) -> str:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def ask_interrupted() -> int | None:
    def interrupt() -> int:
        signal.raise_signal(signal.SIGINT)
        return 7

    twin = start_twin(interrupt)
    assert twin is not None
    return twin.result(20)


def test_an_interrupt_is_its_grandparents() -> None:
    """Ctrl-C ends whoever started the worker, which ends the rest."""
    assert run_confined(ask_interrupted, (), LIMITS) == 7


def test_a_parent_that_is_stopped_is_refused() -> None:
    """A worker that hangs while its twin works is stopped as ever."""
    with pytest.raises(Rejected, match="CPU time"):
        run_confined(hang_beside, (), Limits(cpu_seconds=0.3, wall_seconds=60))


def hang_beside() -> None:
    twin = start_twin(lambda: time.sleep(60))
    assert twin is not None
    loop()


def ask_shared(count: int, hands: int) -> tuple[list[int], int]:
    own: list[int] = []

    def double(item: int) -> int:
        own.append(item)
        return 2 * item

    # However busy the machine is.
    with replaced(twin, "PATIENCE", 30.0):
        return map_shared(double, range(count), hands), len(own)


@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_shared_work_is_whole_and_in_order(count: int) -> None:
    """Two hands give what one gives, in its order, and each does its half."""
    doubled = [2 * item for item in range(count)]
    assert run_confined(ask_shared, (count, 1), LIMITS) == (doubled, count)
    assert run_confined(ask_shared, (count, 2), LIMITS) == (doubled, (count + 1) // 2)


def ask_shared_with_death() -> list[int]:
    parent = os.getpid()

    def negate(item: int) -> int:
        if os.getpid() != parent:
            os._exit(1)
        return -item

    return map_shared(negate, range(5), 2)


def test_what_a_twin_did_not_do_is_done() -> None:
    """If the twin dies, its parent does it all."""
    assert run_confined(ask_shared_with_death, (), LIMITS) == [0, -1, -2, -3, -4]


def test_a_slip_in_the_work_is_raised() -> None:
    """What the function raises reaches the caller, as without a twin."""
    with pytest.raises(Rejected, match="no"):
        run_confined(refuse_shared, (), LIMITS)


def refuse_shared() -> list[object]:
    def refuse(item: int) -> object:
        raise Rejected([Diagnostic(Severity.ERROR, "rule", f"no {item}")])

    return map_shared(refuse, range(3), 2)


def stand_elsewhere() -> None:
    note_place("here")
    twin = start_twin(lambda: note_place("there"))
    assert twin is not None
    twin.result(20)
    loop()


def test_where_it_stands_is_nobodys_business() -> None:
    """Where its parent has to be stopped, the parent's place is told."""
    with pytest.raises(Rejected, match="it was at: here"):
        run_confined(stand_elsewhere, (), Limits(cpu_seconds=0.5, wall_seconds=60))
