"""A child that is started before its work is known: it readies itself beside its parent, then does one confined job."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from imprint.base.confine import Child, Confined, Limits, run_child

T = TypeVar("T")


class Standby:
    """The child. `steps` are what it does meanwhile, one after the other until there is a job; what fails in them is
    left for the job to tell. Without a job it ends with `close`, or with its parent."""

    def __init__(self, steps: tuple[Callable[[], object], ...]) -> None:
        jobs, self._jobs = multiprocessing.Pipe(duplex=False)
        self.ready = True
        try:
            self._child = Child(_stand_by, (jobs, self._jobs, steps))
        finally:
            jobs.close()

    def start(self, function: Callable[..., T], arguments: tuple[Any, ...], limits: Limits, name: str) -> Confined[T]:
        """Give it its one job, as `start_confined` would begin it: but all must be picklable, for nothing is shared.

        Its limits count from when it begins the job.
        """
        self.ready = False
        confined: Confined[T] = Confined(self._child, limits, name)
        with self._jobs:
            give_job(self._jobs, (function, arguments, limits), confined)
        return confined

    def close(self) -> None:
        """End it if it has no job; one that has is its `Confined`'s to end."""
        if self.ready:
            self._child.kill()
            self._jobs.close()


# A function, its arguments and its limits.
Task = tuple[Callable[..., Any], tuple[Any, ...], Limits]


def give_job(jobs: Connection, task: Task, confined: Confined[Any]) -> None:
    """Send a child its job; one that cannot be sent ends it."""
    try:
        # Where it has died, whoever asks for the result is told.
        with contextlib.suppress(BrokenPipeError):
            jobs.send(task)
    except BaseException:
        confined.kill()
        raise


def take_job(jobs: Connection, sender: Connection) -> Task | None:
    """In the child: wait for a job; None where none will come."""
    try:
        task: Task = jobs.recv()
    except EOFError:
        return None
    except Exception:  # noqa: BLE001  # a job that cannot be unpickled is a bug that the parent must hear of
        sender.send(("crashed", traceback.format_exc()))
        return None
    return task


def _stand_by(
    sender: Connection, jobs: Connection, giver: Connection, steps: tuple[Callable[[], object], ...], note: Any
) -> None:
    """A standby's life: its steps, then that of any confined child."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The parent's end alone is left, so that the parent's death is the end of the stream.
    giver.close()
    with contextlib.suppress(Exception):
        for step in steps:
            if jobs.poll():
                break
            step()
    if task := take_job(jobs, sender):
        run_child(sender, *task, note)
