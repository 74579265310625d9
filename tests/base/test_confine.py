"""Confined functions give their value, or a refusal that says which limit they passed."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from imprint.base.confine import Crashed, Limits, run_confined, start_confined
from imprint.base.diagnostic import Diagnostic, Rejected, Severity
from tests.papers import ENGINE

QUICK = Limits(cpu_seconds=1, memory_mib=512, wall_seconds=60)


def double(number: int) -> int:
    return 2 * number


def refuse() -> None:
    raise Rejected([Diagnostic(Severity.ERROR, "bad", "no good")])


def loop() -> None:
    while True:
        pass


def sleep() -> None:
    time.sleep(60)


def hoard() -> int:
    return len(bytearray(2**30))


def recurse() -> None:
    recurse()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_the_value_comes_back() -> None:
    """A function within its limits gives its value."""
    assert run_confined(double, (21,), QUICK) == 42


def test_diagnostics_come_back() -> None:
    """The function's own refusal crosses the process border whole."""
    with pytest.raises(Rejected) as caught:
        run_confined(refuse, (), QUICK)
    assert [d.rule for d in caught.value.diagnostics] == ["bad"]


@pytest.mark.parametrize(
    ("function", "limits", "word"),
    [
        (loop, QUICK, "CPU time"),
        (loop, Limits(0.3), "0.3 s of CPU time"),
        (sleep, Limits(1, 1024, 0.3), "0.3 s of time"),
        (hoard, QUICK, "512 MiB of memory"),
        (recurse, QUICK, "nesting"),
        (die, QUICK, "SIGKILL"),
    ],
)
def test_a_passed_limit_is_a_refusal(function, limits, word) -> None:  # type: ignore[no-untyped-def]  # five shapes
    """Each limit ends the child and is named; the caller goes on."""
    with pytest.raises(Rejected) as caught:
        run_confined(function, (), limits, "cn/zh-Hans")
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.rule == "killed"
    assert word in diagnostic.message
    assert "cn/zh-Hans" in diagnostic.message


def test_time_spent_before_counts() -> None:
    """What work before took of the time is taken off, and the message says so."""
    with pytest.raises(Rejected, match=r"more than 100 s of CPU time \(99 s of it for what goes before\)"):
        run_confined(loop, (), Limits(100, 1024, spent=99.4))
    assert Limits(100, spent=300).cpu_left > 0


def test_a_bug_is_not_a_refusal() -> None:
    """Any other exception is a bug, and its traceback is kept."""
    with pytest.raises(Crashed, match="ZeroDivisionError"):
        run_confined(divmod, (1, 0), QUICK)


def _meet(own: Path, other: Path) -> bool:
    """Leave a sign, and wait for the other's."""
    own.touch()
    while not other.exists():
        time.sleep(0.01)
    return True


def test_children_run_side_by_side(tmp_path: Path) -> None:
    """Two children started one after the other do not wait for each other: each sees what the other did."""
    first, second = tmp_path / "first", tmp_path / "second"
    children = [start_confined(_meet, pair, QUICK) for pair in ((first, second), (second, first))]
    assert [child.result() for child in children] == [True, True]


def test_confinement_among_threads() -> None:
    """With a second thread alive the child comes from the fork server, and the answer is the same."""
    release = threading.Event()
    other = threading.Thread(target=release.wait)
    other.start()
    try:
        assert run_confined(abs, (-3,), QUICK) == 3
    finally:
        release.set()
        other.join()


# In a process of its own, which forks: threads of other tests would have it ask the fork server. A shell that starts
# the tests in the background has them ignore the signal.
INTERRUPTED = """
import multiprocessing, os, signal, time
from imprint.base.confine import start_confined
signal.signal(signal.SIGINT, signal.default_int_handler)
armed = ["once"]
def interrupt():
    if armed:
        armed.clear()
        signal.raise_signal(signal.SIGINT)
# Python drops what is raised in such a hook (logging has one).
os.register_at_fork(after_in_parent=interrupt)
try:
    start_confined(time.sleep, (60,))
except KeyboardInterrupt:
    print(armed, multiprocessing.active_children())
"""


def test_an_interrupt_during_the_fork() -> None:
    """Ctrl-C while a child is being made is not lost, and leaves no child."""
    done = subprocess.run([sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, cwd=ENGINE, check=False)
    assert (done.stdout, done.stderr) == ("[] []\n", "")
