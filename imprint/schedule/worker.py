"""The worker: one edition in one format, built by a process that lives for it, which makes itself ready before.

The engine is imported by those functions that run in a worker: who only gives it a job needs none of it.
"""

from __future__ import annotations

import gc
import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from imprint.base.built import Built, BuiltWeb
from imprint.base.confine import Confined, Limits
from imprint.base.edition import Edition
from imprint.base.sources import Sources
from imprint.base.stack import with_room
from imprint.base.standby import Standby
from imprint.base.standing import Standing

if TYPE_CHECKING:
    from imprint.localize.loaded import Loaded
    from imprint.paginate.kept import Kept
    from imprint.paginate.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Job:
    """One edition in one format."""

    edition: Edition
    format: str

    def __str__(self) -> str:
        return str(self.edition) if self.format == "pdf" else f"{self.edition} ({self.format})"


# What a worker does with its job.
Builder = Callable[["Loaded", Job, Sources, "Workshop", bool], Built | BuiltWeb]


def build_job(loaded: Loaded, job: Job, sources: Sources, workshop: Workshop, draft: bool) -> Built | BuiltWeb:
    """Build the job's edition in memory. Raises Rejected."""
    from imprint.pipeline import build_edition, build_web

    if job.format == "html":
        return build_web(loaded, job.edition, sources, workshop, draft=draft)
    return build_edition(loaded, job.edition, sources, workshop, draft=draft, format_=job.format)


@dataclass(frozen=True, slots=True)
class Work:
    """A job with all that it is done with; `trace` is of what the parent read of the paper."""

    build: Builder
    loaded: Loaded
    job: Job
    sources: Sources
    trace: Mapping[str, str]
    workshop: Workshop
    draft: bool


def do_job(work: Work) -> Built | BuiltWeb:
    """In the worker: the content was read by the parent, so its trace is taken over. It ends with this job, and what it
    leaves is the system's to clear: no garbage is collected."""
    gc.disable()
    work.sources.remember(work.trace)
    return with_room(partial(work.build, work.loaded, work.job, work.sources, work.workshop, work.draft))


class Keeper:
    """The worker of a watch: it builds one edition after each save, and has it still from the last time."""

    def __init__(self) -> None:
        self._standing: Standing | None = None

    @property
    def alive(self) -> bool:
        """Whether there is a worker, with what it has kept."""
        return self._standing is not None and self._standing.alive

    def start(self, work: Work, limits: Limits) -> Confined[Built | BuiltWeb]:
        """Begin `do_job`, in a worker that is made anew where the last one has ended."""
        if self._standing is None or not self.alive:
            self.close()
            self._standing = Standing(_Memory)
        return self._standing.start(_do_job_again, (work,), limits, str(work.job))

    def close(self) -> None:
        """End the worker."""
        if self._standing is not None:
            self._standing.close()
            self._standing = None


@dataclass(slots=True)
class _Memory:
    """What is kept of the last job."""

    job: Job | None = None
    kept: Kept | None = None


def _do_job_again(memory: _Memory, work: Work) -> Built | BuiltWeb:
    from imprint.paginate.kept import Kept

    if memory.kept is None or memory.job != work.job:
        if memory.kept is not None:
            memory.kept.close()
        memory.job, memory.kept = work.job, Kept()
    return do_job(replace(work, workshop=replace(work.workshop, kept=memory.kept)))


# What reads the paper and what builds an edition both need: a fork that has it imports it once for two.
_SHARED = ("imprint.localize.loaded", "markdown", "xml.sax.saxutils")
# What a worker needs besides, in the order in which it does: the larger part of a build's start.
_WARM = ("imprint.pipeline", "uharfbuzz", "imprint.paginate.preflight.preflight")


def warm_up(engine: Path) -> None:
    """Import the engine, find its fonts and compile our templates (those in the folder `engine`) before the first fork,
    so that no worker has to; and set aside what there is, so that no collection in a worker copies its pages. Again it
    does only that."""
    _warm_up_once(engine)
    gc.freeze()


@cache
def _warm_up_once(engine: Path) -> None:
    for module in (*_WARM, "fontTools.ttLib", "imprint.localize.check.run"):
        importlib.import_module(module)
    _ready_engine()
    _ready_templates(engine)


def stand_by(engine: Path) -> Standby:
    """A worker for the first edition, started before the paper is read: it imports the engine on another core.

    `engine` is the folder of our own templates.
    """
    for module in _SHARED:
        importlib.import_module(module)
    modules = (partial(importlib.import_module, module) for module in _WARM)
    return Standby((gc.disable, *modules, _ready_engine, partial(_ready_templates, engine)))


def _ready_engine() -> None:
    from imprint.paginate.engine import extended_engine
    from imprint.paginate.library import find_fonts
    from imprint.paginate.toolchain import toolchain

    # What is added to the engine is imported on entry.
    with extended_engine():
        find_fonts()
        toolchain()


def _ready_templates(engine: Path) -> None:
    """Only our own: what a paper brings is for the job, which has limits."""
    from imprint.markup.templates import compile_templates

    compile_templates(Sources({"paper": engine, "engine": engine}))
