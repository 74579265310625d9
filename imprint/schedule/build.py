"""Editions in; each that is stale is built by a worker of its own and put in place; a failure leaves the others."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from multiprocessing.connection import Connection, wait
from pathlib import Path

from imprint.base.artifact import replace_file
from imprint.base.built import Built, BuiltWeb
from imprint.base.confine import Confined, Crashed, start_confined
from imprint.base.diagnostic import Diagnostic, Location, Rejected, Severity
from imprint.base.edition import Edition
from imprint.base.sources import Sources
from imprint.base.standby import Standby
from imprint.content.document import Document
from imprint.content.tree import Element, walk
from imprint.localize.loaded import Loaded
from imprint.paginate.workshop import Workshop
from imprint.schedule.outcome import Outcome
from imprint.schedule.state import States
from imprint.schedule.worker import Builder, Job, Keeper, Work, build_job, do_job, warm_up


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
    formats: tuple[str, ...] = ("pdf",),
    build: Builder = build_job,
    standby: Standby | None = None,
    keeper: Keeper | None = None,
) -> list[Outcome]:
    """Build the editions that are not current (all with `rebuild`) in each of the formats, `jobs` at a time; the
    longest first.

    Each is put in place as soon as it is proven; `done` is called for each as it ends. The outcomes come in the
    order of `editions`, each in that of `formats`. Interrupted, it ends its workers and leaves what is finished. Each
    worker is a process that lives for one job, made by `build`: memory is bounded however many editions there are. The
    first is `standby`, if there is one; a single one is the `keeper`'s, who has it from the last time.
    Raises Crashed, when all the others are done, if a worker had a bug.
    """
    wanted = tuple(Job(edition, format_) for edition in editions for format_ in formats)
    records = {job: None if rebuild else states.current(job.edition, draft, job.format) for job in wanted}
    outcomes = {
        job: Outcome(job.edition, "current", record, format=job.format) for job, record in records.items() if record
    }
    for outcome in outcomes.values():
        done(outcome)
    queue = deque(sorted((job for job in wanted if job not in outcomes), key=lambda job: -_pages(job, states)))
    several = len(queue) > 1
    workshop = replace(workshop, hands=max(1, jobs // max(1, len(queue))))
    running: dict[Connection, tuple[Job, Confined[Built | BuiltWeb]]] = {}
    crashes: list[Crashed] = []
    try:
        while queue or running:
            while queue and len(running) < max(1, jobs):
                job = queue.popleft()
                work = Work(build, loaded, job, sources.fork(), dict(sources.trace), workshop, draft)
                engine = sources.roots["engine"] if several else None
                confined = _begin(work, standby, None if several else keeper, engine)
                running[confined.connection] = (job, confined)
            for connection in _ready(running):
                job, confined = running.pop(connection)
                try:
                    outcomes[job] = _finish(job, confined, states.output)
                except Crashed as crash:
                    crashes.append(crash)
                else:
                    done(outcomes[job])
    finally:
        for _, confined in running.values():
            confined.kill()
    if crashes:
        raise crashes[0]
    return [outcomes[job] for job in wanted]


def _begin(
    work: Work, standby: Standby | None, keeper: Keeper | None, engine: Path | None
) -> Confined[Built | BuiltWeb]:  # fmt: skip
    """Give the work to the keeper or to the worker that stands by, else to a fork of this process, which is made warm
    for several: then `engine` is the engine's folder."""
    limits = work.loaded.document.paper.limits(work.loaded.spent)
    if keeper is not None:
        confined = keeper.start(work, limits)
    elif standby is not None and standby.ready:
        confined = standby.start(do_job, (work,), limits, str(work.job))
    else:
        if engine is not None:
            warm_up(engine)
        confined = start_confined(do_job, (work,), limits, str(work.job))
    confined.locate = partial(_place, work.loaded.document)
    return confined


def _place(document: Document, name: str) -> Location | None:
    """Where the paper has what bears the id, or the template of that path."""
    if "/" in name:
        return Location(name)
    nodes = (node for chapter in document.chapters for node in walk(chapter))
    return next((n.at for n in nodes if isinstance(n, Element) and n.attrs.get("id") == name), None)


def _pages(job: Job, states: States) -> int:
    """How long the edition was when it was last built: the longest is begun first, so that no core waits at the end."""
    record = states.record(job.edition, job.format)
    pages = record.get("pages") if record else None
    return pages if isinstance(pages, int) else 0


def _ready(running: dict[Connection, tuple[Job, Confined[Built | BuiltWeb]]]) -> list[Connection]:
    """Wait for workers that have answered, died, or passed their time."""
    soonest = max(0.0, min(confined.remaining() for _, confined in running.values()))
    answered = set(wait(list(running), timeout=soonest))
    return [c for c, (_, confined) in running.items() if c in answered or confined.remaining() <= 0]


def _finish(job: Job, confined: Confined[Built | BuiltWeb], output: Path) -> Outcome:
    """Take the worker's answer; put the files in place, then the record that vouches for them."""
    try:
        built = confined.result()
    except Rejected as rejected:
        return Outcome(job.edition, "refused", None, rejected.diagnostics, format=job.format)
    warnings, seconds = built.warnings, built.seconds
    outcome = Outcome(job.edition, "built", built.record, warnings, seconds, built.rendered, job.format)
    try:
        for artifact in built.files:
            replace_file(output / artifact.path, artifact.data)
    except OSError as error:
        at = Location(str(error.filename or output))
        hint = "make room, or make the folder writable; the old file is as it was"
        refused = Diagnostic(Severity.ERROR, "unwritable", f"cannot be written: {error.strerror}", at, hint)
        return replace(outcome, state="refused", record=None, diagnostics=(*built.warnings, refused))
    return outcome
