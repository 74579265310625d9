"""A standing child does one job after another, each under limits of its own, with what it has kept."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
import weakref
from contextlib import closing

import pytest

from imprint.base import standing
from imprint.base.confine import Crashed, Limits, note_place
from imprint.base.diagnostic import Diagnostic, Rejected, Severity
from imprint.base.standing import Standing
from tests.papers import ENGINE

QUICK = Limits(cpu_seconds=1, memory_mib=512, wall_seconds=60)


class Ring:
    """What only the collector frees."""

    def __init__(self) -> None:
        self.ring = self


def append(kept: list[object], item: object) -> list[object]:
    kept.append(item)
    return kept


def process(kept: list[object]) -> int:
    return os.getpid()


def refuse(kept: list[object]) -> None:
    raise Rejected([Diagnostic(Severity.ERROR, "no", "not this", None, "")])


def fail(kept: list[object]) -> None:
    raise ValueError("a bug")


def loop(kept: list[object]) -> None:
    note_place("the loop")
    while True:
        pass


def work(kept: list[object], seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def litter(kept: list[object]) -> None:
    gc.disable()
    kept.append(weakref.ref(Ring()))


def count(kept: list[object]) -> int:
    return sum(found() is not None for found in kept if isinstance(found, weakref.ref))


def test_it_keeps_what_its_jobs_leave() -> None:
    """The second job finds what the first has left, in the same process."""
    with closing(Standing(list)) as child:
        assert child.start(append, (1,), QUICK, "cn/en").result() == [1]
        assert child.start(append, (2,), QUICK, "cn/en").result() == [1, 2]
        pid = child.start(process, (), QUICK, "cn/en").result()
        assert pid != os.getpid()
        assert child.start(process, (), QUICK, "cn/en").result() == pid


def test_a_refusal_does_not_end_it() -> None:
    """What is wrong with a paper is told, and the next save is built by the same child."""
    with closing(Standing(list)) as child:
        child.start(append, (1,), QUICK, "cn/en").result()
        with pytest.raises(Rejected, match="not this"):
            child.start(refuse, (), QUICK, "cn/en").result()
        assert child.alive
        assert child.start(append, (2,), QUICK, "cn/en").result() == [1, 2]


def test_a_bug_and_a_limit_end_it() -> None:
    """A process in an unknown state does no other job; what it was at is told."""
    with closing(Standing(list)) as child:
        with pytest.raises(Crashed, match="a bug"):
            child.start(fail, (), QUICK, "cn/en").result()
        assert not child.alive
    with closing(Standing(list)) as child:
        with pytest.raises(Rejected, match=r"more than 0\.3 s of CPU time; it was at: the loop"):
            child.start(loop, (), Limits(0.3), "cn/en").result()
        assert not child.alive


def test_the_limit_is_each_jobs_own() -> None:
    """Three jobs that need half a second each pass a limit of one second."""
    with closing(Standing(list)) as child:
        for _ in range(3):
            child.start(work, (0.5,), QUICK, "cn/en").result()


def test_garbage_is_collected_when_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a job leaves is gone after a while without one, or when there is too much of it."""
    monkeypatch.setattr(standing, "_IDLE", 0.05)
    monkeypatch.setattr(standing, "_MOST", 1_000_000)
    with closing(Standing(list)) as child:
        child.start(litter, (), QUICK, "cn/en").result()
        for _ in range(600):
            time.sleep(0.1)
            if (left := child.start(count, (), QUICK, "cn/en").result()) == 0:
                break
        assert left == 0
    monkeypatch.setattr(standing, "_IDLE", 1_000_000)
    monkeypatch.setattr(standing, "_MOST", 3)
    with closing(Standing(list)) as child:
        counts = []
        for _ in range(3):
            child.start(litter, (), QUICK, "cn/en").result()
            counts.append(child.start(count, (), QUICK, "cn/en").result())
        assert counts == [1, 0, 1]


def test_a_job_that_cannot_be_sent_is_a_bug() -> None:
    """It is told, not waited for."""
    with closing(Standing(list)) as child:
        with pytest.raises(Exception, match="pickle"):
            child.start(append, (lambda: None,), QUICK, "cn/en")
        assert not child.alive


ORPHAN = """
import os, signal, sys
sys.path.insert(0, {engine!r})
from imprint.base.standing import Standing
from imprint.base.confine import Limits
from tests.base.test_standing import process
print(Standing(list).start(process, (), Limits(), "cn/en").result(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_it_ends_with_its_parent() -> None:
    """Killed, the parent leaves no child behind."""
    code = ORPHAN.format(engine=str(ENGINE))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    deadline = time.monotonic() + 30
    while os.path.exists(f"/proc/{done.stdout.strip()}"):
        assert time.monotonic() < deadline
        time.sleep(0.02)
