"""Work in this process ends within its limits, and leaves the process as it was."""

from __future__ import annotations

import re
import resource
import signal
import threading
import time

import pytest

from imprint.base.bounded import bounded
from imprint.base.confine import Limits
from imprint.base.diagnostic import Rejected

QUICK = Limits(cpu_seconds=0.2, memory_mib=256)


def _state() -> tuple[object, ...]:
    return (
        signal.getsignal(signal.SIGPROF),
        signal.getitimer(signal.ITIMER_PROF),
        resource.getrlimit(resource.RLIMIT_AS),
    )


def test_work_within_its_limits() -> None:
    """What is done in time is done, and no limit outlives it."""
    before = _state()
    with bounded(QUICK, "the work"):
        done = sum(range(10))
    assert done == 45
    assert _state() == before


def _loop() -> None:
    while True:
        try:
            sum(range(1000))
        except Exception:  # noqa: BLE001  # this is what is tested
            continue


def test_a_loop_is_ended() -> None:
    """A loop ends at its CPU time, though it keeps every Exception; the process is as it was."""
    before = _state()
    started = time.process_time()
    with (
        pytest.raises(Rejected, match=r"the work was stopped: it took more than 0.2 s of CPU"),
        bounded(QUICK, "the work"),
    ):
        _loop()
    assert time.process_time() - started < 2
    assert _state() == before


class _Finalised:
    def __del__(self) -> None:
        while True:
            sum(range(1000))


def _finalise_and_loop() -> None:
    _Finalised()
    _loop()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_limit_that_passes_in_a_finaliser_ends_the_work() -> None:
    """Python drops what is raised in a finaliser; the work after it is ended all the same."""
    before = _state()
    with pytest.raises(Rejected, match=r"more than 0.2 s of CPU"), bounded(QUICK, "the work"):
        _finalise_and_loop()
    assert _state() == before


def test_time_spent_before_counts() -> None:
    """What work before took of the time is taken off."""
    with pytest.raises(Rejected, match="more than 100 s of CPU time"), bounded(Limits(100, spent=99.8), "the work"):
        _loop()


def test_an_expression_that_never_ends_is_ended() -> None:
    """A regular expression that backtracks for ever looks for signals too."""
    with pytest.raises(Rejected, match="CPU time"), bounded(QUICK, "the work"):
        re.match(r"(a+)+$", "a" * 64 + "b")


def test_memory_is_bounded() -> None:
    """More memory than allowed is a refusal, and can be had again afterwards."""
    before = _state()
    with pytest.raises(Rejected, match="more than 256 MiB of memory"), bounded(QUICK, "the work"):
        bytearray(2**29)
    assert _state() == before
    assert len(bytearray(2**29)) == 2**29


def test_nesting_is_bounded() -> None:
    """Endless recursion is a refusal."""

    def recurse() -> None:
        recurse()

    with pytest.raises(Rejected, match="nesting"), bounded(QUICK, "the work"):
        recurse()


def test_another_exception_passes() -> None:
    """What is no limit is not touched, and the limits end with it."""
    before = _state()
    with pytest.raises(KeyError), bounded(QUICK, "the work"):
        raise KeyError
    assert _state() == before


def test_in_another_thread_there_is_no_timer() -> None:
    """A signal's handler can be set in the main thread alone; elsewhere the block simply runs."""
    done = []

    def work() -> None:
        with bounded(QUICK, "the work"):
            done.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [1]
