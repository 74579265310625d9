"""Editions in; each that is stale is built by a worker of its own and put in place; a failure leaves the others."""

from __future__ import annotations

import importlib
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from pathlib import Path

from imprint.base.artifact import replace_file
from imprint.base.confine import Confined, Limits, start_confined
from imprint.base.diagnostic import Diagnostic, Location, Rejected, Severity
from imprint.base.edition import Edition
from imprint.base.sources import Sources
from imprint.pipeline import Built, Loaded, Workshop, build_edition
from imprint.schedule.outcome import Outcome
from imprint.schedule.state import States


def build_stale(
    loaded: Loaded,
    editions: Iterable[Edition],
    sources: Sources,
    states: States,
    workshop: Workshop,
    *,
    draft: bool,
    rebuild: bool,
    jobs: int,
    done: Callable[[Outcome], None],
) -> list[Outcome]:
    """Build the editions that are not current (all with `rebuild`), `jobs` at a time; the longest first.

    Each is put in place as soon as it is proven; `done` is called for each as it ends. The outcomes come in the
    order of `editions`. Interrupted, it ends its workers and leaves what is finished.
    """
    wanted = tuple(editions)
    records = {edition: None if rebuild else states.current(edition, draft) for edition in wanted}
    outcomes = {edition: Outcome(edition, "current", record) for edition, record in records.items() if record}
    for outcome in outcomes.values():
        done(outcome)
    queue = deque(sorted((e for e in wanted if e not in outcomes), key=lambda e: -_pages(e, states)))
    if queue:
        # Once, before the first fork: every worker then has it.
        importlib.import_module("weasyprint")
    running: dict[Connection, tuple[Edition, Confined[Built]]] = {}
    try:
        while queue or running:
            while queue and len(running) < max(1, jobs):
                edition = queue.popleft()
                arguments = (loaded, edition, sources.fork(), dict(sources.trace), workshop, draft)
                confined = start_confined(_call, arguments, _limits(loaded), str(edition))
                running[confined.connection] = (edition, confined)
            for connection in _ready(running):
                edition, confined = running.pop(connection)
                outcomes[edition] = _finish(edition, confined, states.output)
                done(outcomes[edition])
    finally:
        for _, confined in running.values():
            confined.kill()
    return [outcomes[edition] for edition in wanted]


def _pages(edition: Edition, states: States) -> int:
    """How long the edition was when it was last built: the longest is begun first, so that no core waits at the end."""
    record = states.record(edition)
    pages = record.get("pages") if record else None
    return pages if isinstance(pages, int) else 0


def _ready(running: dict[Connection, tuple[Edition, Confined[Built]]]) -> list[Connection]:
    """Wait for workers that have answered, died, or passed their time."""
    soonest = max(0.0, min(confined.remaining() for _, confined in running.values()))
    answered = set(wait(list(running), timeout=soonest))
    return [c for c, (_, confined) in running.items() if c in answered or confined.remaining() <= 0]


def _limits(loaded: Loaded) -> Limits:
    limits = loaded.document.paper.settings.limits
    return Limits(cpu_seconds=limits.cpu_seconds, memory_mib=limits.memory_mib)


def _call(
    loaded: Loaded, edition: Edition, sources: Sources, trace: dict[str, str], workshop: Workshop, draft: bool
) -> Built:
    """In the worker: the content was read by the parent, so its trace is taken over."""
    sources.remember(trace)
    return build_edition(loaded, edition, sources, workshop, draft=draft)


def _finish(edition: Edition, confined: Confined[Built], output: Path) -> Outcome:
    """Take the worker's answer; put the PDF in place, then the record that vouches for it."""
    try:
        built = confined.result()
    except Rejected as rejected:
        return Outcome(edition, "refused", None, rejected.diagnostics)
    outcome = Outcome(edition, "built", built.record, built.warnings, built.seconds, built.rendered)
    try:
        for artifact in built.files:
            replace_file(output / artifact.path, artifact.data)
    except OSError as error:
        at = Location(str(error.filename or output))
        hint = "make room, or make the folder writable; the old file is as it was"
        refused = Diagnostic(Severity.ERROR, "unwritable", f"cannot be written: {error.strerror}", at, hint)
        return replace(outcome, state="refused", record=None, diagnostics=(*built.warnings, refused))
    return outcome
