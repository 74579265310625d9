"""A child that does one confined job after another, with what it has kept from those before."""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from imprint.base.confine import Child, Confined, Limits, run_job
from imprint.base.standby import give_job, take_job

T = TypeVar("T")

# Seconds without a job after which none is expected soon; and the jobs whose garbage may lie about.
_IDLE, _MOST = 1.0, 4


class Standing:
    """The child. `make` gives what it keeps, which each of its jobs is given first. It ends with `close`, with its
    parent, or with a job that passes a limit or crashes."""

    def __init__(self, make: Callable[[], Any]) -> None:
        jobs, self._jobs = multiprocessing.Pipe(duplex=False)
        try:
            self._child = Child(_serve, (jobs, self._jobs, make, _IDLE, _MOST))
        finally:
            jobs.close()

    @property
    def alive(self) -> bool:
        """Whether it can do another job."""
        return self._child.alive

    def start(self, function: Callable[..., T], arguments: tuple[Any, ...], limits: Limits, name: str) -> Confined[T]:
        """Begin `function(kept, *arguments)`, as `start_confined` would: but all must be picklable. The job before must
        have its result. The limits are this job's alone."""
        confined: Confined[T] = Confined(self._child, limits, name, lasting=True)
        give_job(self._jobs, (function, arguments, limits), confined)
        return confined

    def close(self) -> None:
        """End it."""
        self._child.kill()
        self._jobs.close()


def _serve(
    sender: Connection, jobs: Connection, giver: Connection, make: Callable[[], Any], idle: float, most: int, note: Any
) -> None:
    """Its life. It collects the garbage that jobs leave when nobody seems to wait, or when there is too much of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The parent's end alone is left, so that the parent's death is the end of the stream.
    giver.close()
    kept = make()
    since = 0
    while True:
        if since and (since >= most or not jobs.poll(idle)):
            gc.collect()
            since = 0
        if (task := take_job(jobs, sender)) is None:
            return
        function, arguments, limits = task
        note.value = b""
        run_job(sender, function, (kept, *arguments), limits, note)
        # What follows is no job's.
        signal.setitimer(signal.ITIMER_PROF, 0)
        del task, function, arguments
        since += 1
