"""Confinement: a function of values runs in a child process under limits, and gives its value or a clear refusal."""

from __future__ import annotations

import math
import mmap
import multiprocessing
import signal
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from typing import Any, Generic, TypeVar

from imprint.base.diagnostic import Diagnostic, Location, Rejected, Severity, nowhere

T = TypeVar("T")

# The rule of what was stopped because it passed a limit.
KILLED = "killed"

# The longest note of where a child's work stands, in bytes.
_NOTE_BYTES = 200
# What stands in a note before the name of the thing.
_THING = "\t"
# In a child: the memory it shares with its parent.
_note: Any = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use beyond what it had when it began: CPU time (seconds) and address space (MiB); and time on
    the wall (seconds). `spent` is what work before it took of the CPU time (seconds)."""

    cpu_seconds: float = 10.0
    memory_mib: int = 1024
    wall_seconds: float = 300.0
    spent: float = 0.0

    @property
    def cpu_left(self) -> float:
        """The CPU time that is left (seconds): a little even where all is spent, for zero switches a timer off."""
        return max(0.1, self.cpu_seconds - self.spent)

    def passed_time(self) -> str:
        """What a message says of work that ran out of CPU time."""
        before = f" ({self.spent:.0f} s of it for what goes before)" if self.spent >= 1 else ""
        return f"more than {self.cpu_seconds:g} s of CPU time{before}"


class Crashed(Exception):
    """The function raised what no input should make it raise. A bug; the message holds the child's traceback."""


# Holds a name once this process has native threads that a fork would lose and whose library would wait for them.
_FORKLESS: set[str] = set()


def never_fork(library: str) -> None:
    """Say that `library` has begun a pool of native threads here: from now on children come from the fork server.

    A fork has its caller's thread alone; a pool that the library believes in is not there, and it waits for ever.
    """
    _FORKLESS.add(library)


def may_fork() -> bool:
    """Whether a fork of this process lacks nothing that could hold a lock: a thread, a native pool (`never_fork`)."""
    return threading.active_count() == 1 and not _FORKLESS


class Child:
    """A process that calls `life(sender, *arguments, note)` and sends one message, which comes out of `connection`.

    It is forked where this process has one thread and no native pool (`never_fork`), else it comes from
    multiprocessing's fork server.
    """

    def __init__(self, life: Callable[..., None], arguments: tuple[Any, ...]) -> None:
        method = "fork" if may_fork() else "forkserver"
        context: Any = multiprocessing.get_context(method)
        self.connection, sender = context.Pipe(duplex=False)
        self.note = context.RawArray("c", _NOTE_BYTES + 1)
        self._process = context.Process(target=life, args=(sender, *arguments, self.note), daemon=True)
        # Ctrl-C waits until the child is known: inside a fork Python may drop the exception, or leave a child to
        # nobody.
        held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if hasattr(signal, "pthread_sigmask") else None
        self._process.start()
        # Only the child holds the sending end now, so that its death is the end of the stream.
        sender.close()
        try:
            if held is not None:
                signal.pthread_sigmask(signal.SIG_SETMASK, held)
        except KeyboardInterrupt:
            self.kill()
            raise

    def kill(self) -> None:
        """End it if it still runs; harmless if it does not."""
        if self.alive:
            self._process.kill()
        self._process.join()
        self.connection.close()

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return bool(self._process.is_alive())

    def exit_code(self) -> int:
        """What it ended with, once it has ended; the negative of a signal's number."""
        self._process.join()
        return self._process.exitcode or 0


class Confined(Generic[T]):
    """A running child. Several can run at once: wait for their `connection`s, then ask each for its `result`."""

    def __init__(self, child: Child, limits: Limits, name: str, *, lasting: bool = False) -> None:
        """A `lasting` child that has answered is left to whoever made it."""
        self.connection = child.connection
        self.name = name
        self._child = child
        self._limits = limits
        self._lasting = lasting
        self._deadline = monotonic() + limits.wall_seconds
        # Where a thing is written whose name the child noted.
        self.locate: Callable[[str], Location | None] = nowhere

    def remaining(self) -> float:
        """The seconds that it still has on the wall; negative where its time is over."""
        return self._deadline - monotonic()

    def result(self) -> T:
        """Wait, and return the function's value.

        Raises Rejected with the function's own diagnostics, or with one of the rule `killed` where a limit was passed
        or the child died; Crashed for any other exception. The child is gone when this returns, but for a lasting one
        that has a value or refuses.
        """
        kind = ""
        try:
            if not self.connection.poll(max(0.0, self._deadline - monotonic())):
                raise self._killed(f"more than {self._limits.wall_seconds:g} s of time")
            kind, payload = self.connection.recv()
        except EOFError:
            raise self._killed(self._cause()) from None
        finally:
            if not (self._lasting and kind in ("value", "rejected")):
                self.kill()
        if kind == "value":
            value: T = payload
            return value
        if kind == "rejected":
            raise Rejected(payload)
        if kind == "limit":
            raise self._killed(payload)
        raise Crashed(f"{self.name}:\n{payload}")

    def kill(self) -> None:
        """End the child if it still runs; harmless if it does not."""
        self._child.kill()

    def _cause(self) -> str:
        code = self._child.exit_code()
        if code in (-signal.SIGXCPU, -signal.SIGPROF):
            return self._limits.passed_time()
        name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        # C libraries abort where Python would raise MemoryError.
        return f"or gave up ({name}), as happens with more than {self._limits.memory_mib} MiB of memory"

    def _killed(self, cause: str) -> Rejected:
        noted, _, name = bytes(self._child.note.value).decode(errors="ignore").partition(_THING)
        cause = f"{cause}; it was at: {noted}" if noted else cause
        hint = "look for a huge table, picture or nesting that is new; [limits] in content/paper.toml allows more"
        message = f"{self.name} was stopped: it took {cause}"
        at = next(filter(None, map(self.locate, name.split())), None)
        return Rejected([Diagnostic(Severity.ERROR, KILLED, message, at, hint)])


def start_confined(
    function: Callable[..., T], arguments: tuple[Any, ...], limits: Limits = Limits(), name: str = "the edition"
) -> Confined[T]:
    """Start `function(*arguments)` in a child under `limits`; `name` says in messages what it makes.

    The child is forked where this process has one thread (it then shares what is already read and parsed) and no
    native pool (`never_fork`); else it comes from multiprocessing's fork server, for a fork among threads can inherit a
    held lock. There the function must be importable and the arguments picklable; the value must be picklable in both.
    """
    child = Child(run_child, (function, arguments, limits))
    return Confined(child, limits, name)


def run_confined(
    function: Callable[..., T], arguments: tuple[Any, ...], limits: Limits = Limits(), name: str = "the edition"
) -> T:
    """`start_confined(…).result()`: the value, or Rejected or Crashed."""
    return start_confined(function, arguments, limits, name).result()


def note_place(place: str, thing: str = "") -> None:
    """Say where the work stands (a chapter, a page): told if this child has to be stopped. Nothing outside a child.

    `thing` names what is worked on, so that the parent can tell where that is written (`Confined.locate`): words
    without spaces, the nearest first.
    """
    if _note is not None:
        _note.value = f"{place}{_THING}{thing}".encode()[:_NOTE_BYTES]


def forget_place() -> None:
    """Note no place any more: for a fork of a child, whose work stands elsewhere."""
    global _note
    _note = None


def run_child(
    sender: Connection, function: Callable[..., Any], arguments: tuple[Any, ...], limits: Limits, note: Any
) -> None:
    """A confined child's life: one job."""
    # Ctrl-C goes to the parent, which ends its children.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    run_job(sender, function, arguments, limits, note)
    sender.close()


def run_job(
    sender: Connection, function: Callable[..., Any], arguments: tuple[Any, ...], limits: Limits, note: Any
) -> None:
    """In a child: limits, work, one message."""
    global _note  # a process has one parent
    _note = note
    _set_limits(limits)
    try:
        message: tuple[str, Any] = ("value", function(*arguments))
    except Rejected as rejected:
        message = ("rejected", rejected.diagnostics)
    except RecursionError:
        message = ("limit", "deeper nesting than can be followed")
    except MemoryError:
        message = ("limit", f"more than {limits.memory_mib} MiB of memory")
    except BaseException:  # noqa: BLE001  # whatever it is, the parent must hear of it
        message = ("crashed", traceback.format_exc())
    try:
        sender.send(message)
    except Exception:  # noqa: BLE001  # a value that cannot be pickled, or no memory left to do it
        sender.send(("crashed", traceback.format_exc()))


def _set_limits(limits: Limits) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the wall's remains
        return
    # The timer is exact, and no handler of Python's has to wait for C code to return: the system ends the process. The
    # resource limit counts whole seconds, and stands behind it.
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, limits.cpu_left)
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = math.ceil(used.ru_utime + used.ru_stime + limits.cpu_left)
    for kind, wanted in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_AS, address_space() + limits.memory_mib * 2**20),
    ):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def address_space() -> int:
    """The bytes of address space that this process has (a fork has its parent's); 0 where the system does not tell."""
    try:
        # Not an input of any edition, so not read through Sources.
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return pages * mmap.PAGESIZE
