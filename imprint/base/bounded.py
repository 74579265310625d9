"""Bounds for work in this process: CPU time and memory, past which the work ends with a refusal."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from imprint.base.confine import KILLED, Limits, address_space
from imprint.base.diagnostic import Diagnostic, Rejected, Severity

# Seconds of CPU after which a block that is out of time is told again: what strikes in a finaliser or a callback of the
# collector is dropped by Python.
_AGAIN = 0.5


class _OutOfTime(BaseException):
    """The CPU time is over. Not an Exception, so that nothing on the way takes it for a slip of the input."""


@contextmanager
def bounded(limits: Limits, name: str) -> Iterator[None]:
    """Run the block within `limits`: what is left of its CPU time, and memory beyond what the process has now.

    For what the parent does itself, such as parsing the paper once for all its editions; `start_confined` is for what
    may hang in C. `name` says in messages what is done. Raises Rejected of the rule `killed` where a limit is passed
    or the nesting is deeper than can be followed. Signals reach the main thread alone: in another the block runs
    without a limit of time.
    """
    timed = threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer")
    previous = signal.signal(signal.SIGPROF, _stop) if timed else None
    memory = _limit_memory(limits.memory_mib)
    try:
        # The timer is the last to start and the first to end, so that it cannot strike outside the `try`.
        if timed:
            signal.setitimer(signal.ITIMER_PROF, limits.cpu_left, _AGAIN)
        yield
    except _OutOfTime:
        signal.setitimer(signal.ITIMER_PROF, 0)
        raise _refused(name, limits.passed_time()) from None
    except MemoryError:
        raise _refused(name, f"more than {limits.memory_mib} MiB of memory") from None
    except RecursionError:
        raise _refused(name, "deeper nesting than can be followed") from None
    finally:
        if timed:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, previous)
        if memory is not None:
            _set_address_limit(memory)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise _OutOfTime


def _refused(name: str, cause: str) -> Rejected:
    hint = "look for what is new in it: a huge table, chapter or nesting; [limits] in content/paper.toml allows more"
    message = f"{name} was stopped: it took {cause}"
    return Rejected([Diagnostic(Severity.ERROR, KILLED, message, None, hint)])


def _limit_memory(mib: int) -> int | None:
    """Lower the process's soft limit; return the former one, or None where there is nothing to put back."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = address_space() + mib * 2**20
    if resource.RLIM_INFINITY != soft <= wanted or resource.RLIM_INFINITY != hard < wanted:
        return None
    _set_address_limit(wanted)
    return soft


def _set_address_limit(soft: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (soft, resource.getrlimit(resource.RLIMIT_AS)[1]))
