"""The part of `build` that needs the paper: parse it, choose the editions, build what is stale."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from imprint.base.collecting import uncollected
from imprint.base.diagnostic import Diagnostics
from imprint.base.edition import PSEUDO, Edition
from imprint.base.sources import Sources
from imprint.base.standby import Standby
from imprint.content.document import Document
from imprint.content.region import choose_editions, require_regions
from imprint.localize.loaded import Loaded, load
from imprint.paginate.store import Store
from imprint.paginate.workshop import make_workshop
from imprint.schedule.build import build_stale
from imprint.schedule.matrix import FILE, save_matrix
from imprint.schedule.outcome import Outcome
from imprint.schedule.state import States
from imprint.schedule.stats import trace_holds
from imprint.schedule.worker import Keeper
from imprint.shell.options import Place, Wish
from imprint.shell.terminal import MANY

# Carriage return, erase the line (ECMA-48, EL).
_CLEAR = "\r\x1b[K"


@dataclass(slots=True)
class Parsed:
    """The paper as it was parsed last, with the trace for which that holds: a watch parses it once for many rounds."""

    loaded: Loaded | None = None
    trace: Mapping[str, str] = field(default_factory=dict)

    def load(self, sources: Sources, states: States) -> Loaded:
        """The paper, parsed anew if a file of it has changed. Raises Rejected."""
        if self.loaded is not None and trace_holds(self.trace, states.roots, states.stats, {}):
            sources.remember(self.trace)
            return self.loaded
        with uncollected():
            self.loaded = load(sources, Diagnostics())
        self.trace = sources.trace
        return self.loaded


def bring_up_to_date(
    place: Place,
    states: States,
    wish: Wish,
    *,
    parsed: Parsed | None = None,
    standby: Standby | None = None,
    keeper: Keeper | None = None,
) -> list[Outcome]:
    """Build what was asked for and is stale. Raises Rejected for a paper that cannot be built, UsageError.

    `parsed` is what a watch knows already, and `keeper` its worker; `standby` is one that makes itself ready while the
    paper is read.
    """
    parsed = parsed or Parsed()
    sources = place.sources()
    loaded = parsed.load(sources, states)
    editions = _choose(loaded.document, wish.regions, wish.languages)
    progress = _Progress(len(editions) * len(wish.formats), wish.silent)
    workshop = make_workshop(place.cache, states.engine)
    # A keeper with nothing yet makes all of its pages first: each save after that is then a quick one.
    fresh = keeper is not None and not keeper.alive and len(editions) * len(wish.formats) == 1
    if fresh:
        workshop = replace(workshop, pages=Store())
    try:
        outcomes = build_stale(
            loaded,
            editions,
            sources,
            states,
            workshop,
            draft=wish.draft,
            rebuild=wish.rebuild or fresh,
            jobs=wish.jobs or os.cpu_count() or 1,
            done=progress.done,
            formats=wish.formats,
            standby=standby,
            keeper=keeper,
        )
    finally:
        progress.close()
    save_matrix(place.output / FILE, loaded.document.paper.editions(), sources.trace)
    return outcomes


def _choose(document: Document, regions: tuple[str, ...], languages: tuple[str, ...]) -> tuple[Edition, ...]:
    """The editions asked for: those of the matrix, and pseudo-languages of any region."""
    pseudo = tuple(language for language in languages if language in PSEUDO)
    real = tuple(language for language in languages if language not in PSEUDO)
    require_regions(regions, document.paper.regions)
    named = regions or tuple(document.paper.regions)
    chosen = tuple(Edition(region, language, "en") for region in named for language in pseudo)
    return chosen + (choose_editions(document.paper.regions, regions, real) if real or not pseudo else ())


class _Progress:
    """One line for each edition that was built or refused, and on a terminal a count of those to come.

    What is current is told in one line for all. No thread of rich's refreshes the count: workers are forked from this
    process, and a fork among threads is not safe (`start_confined` would take the slow way).
    """

    def __init__(self, total: int, silent: bool) -> None:
        self._total = total
        self._finished = 0
        self._current = 0
        self._refused = 0
        self._silent = silent
        self._live = sys.stderr.isatty() and not silent
        self._tell()

    def done(self, outcome: Outcome) -> None:
        """Called as each edition ends; those that are current come first."""
        self._finished += 1
        self._current += outcome.state == "current"
        self._refused += outcome.state == "refused"
        if self._silent or outcome.state == "current":
            return
        pages = f"{outcome.record['pages']} pages" if outcome.record and "pages" in outcome.record else ""
        spent = sum(seconds for name, seconds in outcome.seconds.items() if "." not in name)
        format_ = outcome.format if outcome.format != "pdf" else ""
        facts = ", ".join(part for part in (format_, outcome.state, pages, f"{spent:.1f} s" if spent else "") if part)
        self._say(f"[{self._finished}/{self._total}] {outcome.edition}: {facts}")
        self._tell()

    def close(self) -> None:
        """Take the count away, and say what was left alone and what was refused if that is easily overlooked."""
        if self._live:
            print(_CLEAR, end="", file=sys.stderr, flush=True)
        self._live = False
        if self._silent:
            return
        if self._current:
            self._say(f"{self._current} of {self._total} current")
        if self._refused and self._total > MANY:
            self._say(f"{self._refused} of {self._total} refused")

    def _say(self, line: str) -> None:
        print(f"{_CLEAR if self._live else ''}{line}", file=sys.stderr, flush=True)

    def _tell(self) -> None:
        if self._live:
            refused = f", {self._refused} refused" if self._refused else ""
            print(f"{_CLEAR}{self._total - self._finished} to go{refused} …", end="", file=sys.stderr, flush=True)
