"""A list of editions in, each built by a worker of its own and put in place; one edition's failure leaves the others."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path

from imprint.base.artifact import replace_file
from imprint.base.confine import Confined, Limits, start_confined
from imprint.base.diagnostic import Diagnostic, Location, Rejected, Severity
from imprint.base.edition import Edition
from imprint.base.sources import Sources
from imprint.content.document import Document
from imprint.paginate.store import Store
from imprint.pipeline import Built, build_edition


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one edition: built, or refused with its diagnostics."""

    edition: Edition
    built: Built | None
    diagnostics: tuple[Diagnostic, ...]


def build_editions(
    document: Document,
    editions: Iterable[Edition],
    sources: Sources,
    output: Path,
    store: Store,
    *,
    draft: bool,
    jobs: int,
    done: Callable[[Outcome], None],
) -> list[Outcome]:
    """Build the editions, `jobs` at a time, and put each in place as soon as it is proven.

    `done` is called for each as it ends, in this thread. The outcomes come in the order of `editions`.
    """
    wanted = tuple(editions)
    queue = deque(wanted)
    running: dict[Connection, tuple[Edition, Confined[Built]]] = {}
    outcomes: dict[Edition, Outcome] = {}
    try:
        while queue or running:
            while queue and len(running) < max(1, jobs):
                edition = queue.popleft()
                arguments = (document, edition, sources.fork(), dict(sources.trace), store, draft)
                confined = start_confined(_call, arguments, _limits(document), str(edition))
                running[confined.connection] = (edition, confined)
            soonest = min(confined.remaining() for _, confined in running.values())
            ready = wait(list(running), timeout=soonest) or [
                connection for connection, (_, confined) in running.items() if confined.remaining() <= 0
            ]
            for connection in ready:
                edition, confined = running.pop(connection)  # type: ignore[index]  # wait returns what it was given
                outcomes[edition] = _finish(edition, confined, output)
                done(outcomes[edition])
    finally:
        for _, confined in running.values():
            confined.kill()
    return [outcomes[edition] for edition in wanted]


def _limits(document: Document) -> Limits:
    limits = document.paper.settings.limits
    return Limits(cpu_seconds=limits.cpu_seconds, memory_mib=limits.memory_mib)


def _finish(edition: Edition, confined: Confined[Built], output: Path) -> Outcome:
    """Take the worker's answer and put what it made in place."""
    try:
        built = confined.result()
    except Rejected as rejected:
        return Outcome(edition, None, rejected.diagnostics)
    return _place(Outcome(edition, built, built.warnings), built, output)


def _call(
    document: Document, edition: Edition, sources: Sources, trace: dict[str, str], store: Store, draft: bool
) -> Built:
    """In the worker: the content was read by the parent, so its trace is taken over."""
    sources.remember(trace)
    return build_edition(document, edition, sources, store, draft=draft)


def _place(outcome: Outcome, built: Built, output: Path) -> Outcome:
    """Put the PDF in place, then the record that vouches for it."""
    try:
        for artifact in (built.pdf, built.record):
            replace_file(output / artifact.path, artifact.data)
    except OSError as error:
        at = Location(str(error.filename or output))
        hint = "make room, or make the folder writable; the old file is as it was"
        refused = Diagnostic(Severity.ERROR, "unwritable", f"cannot be written: {error.strerror}", at, hint)
        return Outcome(outcome.edition, None, (*outcome.diagnostics, refused))
    return outcome
