"""A twin: a fork that does a part of its parent's work beside it, with all that the parent has in memory."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from time import monotonic
from typing import Generic, NoReturn, TypeVar

from imprint.base.confine import forget_place, may_fork

S = TypeVar("S")
T = TypeVar("T")

# Seconds that a twin may take longer than its parent takes for the like.
PATIENCE = 2.0

# PR_SET_PDEATHSIG of prctl(2).
_DEATH_SIGNAL = 1


class Twin(Generic[T]):
    """A fork at work, made by `start_twin`. Whoever has it must `end` it."""

    def __init__(self, process: int, connection: Connection) -> None:
        self._process = process
        self._connection = connection

    def result(self, seconds: float) -> T | None:
        """Wait for what the work came to; None where it failed or died, or takes longer than that. The twin is gone."""
        try:
            if self._connection.poll(max(0.0, seconds)):
                value: T | None = self._connection.recv()
                return value
        except (EOFError, OSError):
            pass
        finally:
            self.end()
        return None

    def end(self) -> None:
        """End it if it still runs; harmless if it does not."""
        if self._process:
            process, self._process = self._process, 0
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            self._connection.close()


def start_twin(work: Callable[[], T]) -> Twin[T] | None:
    """Fork this process; the fork calls `work`, sends its value (picklable), and ends without any clearing up.

    None where a fork could inherit a held lock (`may_fork`) or the system has none. The fork may use as much CPU time
    as is left to this process, and dies with it. Whatever fails in it is for the parent to do again: nothing is told.
    """
    if not may_fork() or not hasattr(os, "fork"):
        return None
    receiver, sender = multiprocessing.Pipe(duplex=False)
    parent, (left, _) = os.getpid(), signal.getitimer(signal.ITIMER_PROF)
    try:
        process = os.fork()
    except OSError:  # no memory for another process, or no more of them allowed
        receiver.close()
        sender.close()
        return None
    if process == 0:
        _live(parent, left, receiver, sender, work)
    sender.close()
    return Twin(process, receiver)


def map_shared(function: Callable[[S], T], items: Iterable[S], hands: int) -> list[T]:
    """`[function(item) for item in items]`; with two `hands` a twin does every second one, and what it cannot is done
    here."""
    wanted = tuple(items)
    own, others = wanted[::2], wanted[1::2]
    twin = start_twin(lambda: [function(item) for item in others]) if hands > 1 and others else None
    if twin is None:
        return [function(item) for item in wanted]
    begin = monotonic()
    try:
        made = [function(item) for item in own]
        given = twin.result(monotonic() - begin + PATIENCE)
    finally:
        twin.end()
    if given is None:
        given = [function(item) for item in others]
    found = [*made, *given]
    found[::2], found[1::2] = made, given
    return found


def _live(parent: int, left: float, receiver: Connection, sender: Connection, work: Callable[[], object]) -> NoReturn:
    try:
        receiver.close()
        # Ctrl-C goes to whoever started its parent.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _die_with(parent)
        forget_place()
        # A fork inherits no timer.
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, left)
        sender.send(work())
    finally:
        os._exit(0)


def _die_with(parent: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)
