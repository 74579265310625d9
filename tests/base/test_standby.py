"""A standby readies itself, does one job as any confined child would, and leaves nothing behind."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from imprint.base.confine import Crashed, Limits
from imprint.base.diagnostic import Rejected
from imprint.base.standby import Standby
from tests.papers import ENGINE

QUICK = Limits(cpu_seconds=1, memory_mib=512, wall_seconds=60)


def loop() -> None:
    while True:
        pass


def get_environment(name: str) -> str | None:
    return os.environ.get(name)


def set_environment(name: str) -> None:
    os.environ[name] = "set"


def test_it_does_its_steps_and_then_the_job(tmp_path: Path) -> None:
    """The job finds what the steps have prepared, and its value comes back."""
    ready = tmp_path / "ready"
    with closing(Standby((partial(set_environment, "IMPRINT_STANDBY"), ready.touch))) as standby:
        while not ready.exists():
            time.sleep(0.01)
        assert standby.start(get_environment, ("IMPRINT_STANDBY",), QUICK, "cn/en").result() == "set"
    assert "IMPRINT_STANDBY" not in os.environ


def test_a_step_that_fails_is_no_failure() -> None:
    """What the job needs of it, the job itself will tell."""
    with closing(Standby((partial(divmod, 1, 0),))) as standby:
        assert standby.start(abs, (-3,), QUICK, "cn/en").result() == 3


def test_the_steps_do_not_count() -> None:
    """The limit of time is the job's alone, and it holds."""
    with (
        closing(Standby((partial(sum, range(10_000_000)),))) as standby,
        pytest.raises(Rejected, match=r"cn/en was stopped: it took more than 0\.3 s of CPU time"),
    ):
        standby.start(loop, (), Limits(0.3), "cn/en").result()


def test_a_killed_standby_is_a_refusal() -> None:
    """One that has died before it got its job is told as any worker that dies."""
    with closing(Standby((partial(signal.raise_signal, signal.SIGKILL),))) as standby:
        time.sleep(0.2)
        with pytest.raises(Rejected, match="SIGKILL"):
            standby.start(abs, (-3,), QUICK, "cn/en").result()


def test_a_job_that_cannot_be_sent() -> None:
    """The reason is raised, and the child is gone."""
    with closing(Standby(())) as standby, pytest.raises(Exception, match="pickle"):
        standby.start(lambda: None, (), QUICK, "cn/en")


def test_a_bug_is_not_a_refusal() -> None:
    """Any other exception is a bug, and its traceback is kept."""
    with closing(Standby(())) as standby, pytest.raises(Crashed, match="ZeroDivisionError"):
        standby.start(divmod, (1, 0), QUICK, "cn/en").result()


# The child's own steps tell its number; then the parent dies as kill -9 has it die.
ORPHAN = """
import os, signal
from imprint.base.standby import Standby
told, teller = os.pipe()
standby = Standby((lambda: os.write(teller, str(os.getpid()).encode()),))
print(os.read(told, 20).decode(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_it_ends_with_its_parent() -> None:
    """A standby whose parent was killed waits for no job that nobody can give."""
    done = subprocess.run([sys.executable, "-c", ORPHAN], capture_output=True, text=True, cwd=ENGINE, check=False)
    child = int(done.stdout)
    for _ in range(600):
        if not _runs(child):
            return
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    pytest.fail("the standby has outlived its parent")


def _runs(process: int) -> bool:
    try:
        with open(f"/proc/{process}/stat", encoding="ascii") as stream:
            return stream.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_unused_it_leaves_nothing() -> None:
    """Closed without a job, the child is ended, whatever it was doing."""
    standby = Standby((partial(time.sleep, 60),))
    assert multiprocessing.active_children()
    standby.close()
    assert not multiprocessing.active_children()
