"""The part of `build` that needs the whole engine: parse the paper, choose the editions, build what is stale."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from imprint.base.diagnostic import Diagnostics, UsageError
from imprint.base.edition import PSEUDO, Edition
from imprint.content.document import Document
from imprint.content.region import choose_editions
from imprint.content.toml import suggest
from imprint.paginate.store import Store
from imprint.pipeline import Workshop, load
from imprint.schedule.build import build_stale
from imprint.schedule.matrix import FILE, save_matrix
from imprint.schedule.outcome import Outcome
from imprint.schedule.state import States
from imprint.shell.options import Place, Wish
from imprint.shell.terminal import make_console


def bring_up_to_date(place: Place, states: States, wish: Wish) -> list[Outcome]:
    """Build what was asked for and is stale. Raises Rejected for a paper that cannot be built, UsageError."""
    sources = place.sources()
    loaded = load(sources, Diagnostics())
    editions = _choose(loaded.document, wish.regions, wish.languages)
    progress = _Progress(len(editions) * len(wish.formats), wish.silent)
    workshop = make_workshop(place.cache, states.engine)
    try:
        outcomes = build_stale(
            loaded,
            editions,
            sources,
            states,
            workshop,
            draft=wish.draft,
            rebuild=wish.rebuild,
            jobs=wish.jobs or os.cpu_count() or 1,
            done=progress.done,
            formats=wish.formats,
        )
    finally:
        progress.close()
    save_matrix(place.output / FILE, loaded.document.paper.editions(), sources.trace)
    return outcomes


def make_workshop(cache: Path, engine: str) -> Workshop:
    """The stores below a cache folder."""
    return Workshop(Store(cache / "faces"), Store(cache / "pages"), cache / "verdicts", engine)


def _choose(document: Document, regions: tuple[str, ...], languages: tuple[str, ...]) -> tuple[Edition, ...]:
    """The editions asked for: those of the matrix, and pseudo-languages of any region."""
    pseudo = tuple(language for language in languages if language in PSEUDO)
    real = tuple(language for language in languages if language not in PSEUDO)
    for name in regions:
        if name not in document.paper.regions:
            raise UsageError(f"there is no region '{name}'; {suggest(name, document.paper.regions)}")
    named = regions or tuple(document.paper.regions)
    chosen = tuple(Edition(region, language, "en") for region in named for language in pseudo)
    return chosen + (choose_editions(document.paper.regions, regions, real) if real or not pseudo else ())


class _Progress:
    """One line for each finished edition, and on a terminal a count of those to come."""

    def __init__(self, total: int, silent: bool) -> None:
        self._total = total
        self._finished = 0
        self._silent = silent
        self._console = make_console(sys.stderr)
        self._status = None
        if self._console.is_terminal and not silent:
            self._status = self._console.status(f"building {total} edition{'s' if total > 1 else ''} …")
            self._status.start()

    def done(self, outcome: Outcome) -> None:
        """Called as each edition ends."""
        self._finished += 1
        if self._silent:
            return
        pages = f"{outcome.record['pages']} pages" if outcome.record and "pages" in outcome.record else ""
        spent = sum(seconds for name, seconds in outcome.seconds.items() if "." not in name)
        format_ = outcome.format if outcome.format != "pdf" else ""
        facts = ", ".join(part for part in (format_, outcome.state, pages, f"{spent:.1f} s" if spent else "") if part)
        self._console.print(f"[{self._finished}/{self._total}] {outcome.edition}: {facts}", markup=False)
        if self._status:
            self._status.update(f"building {self._total - self._finished} more …")

    def close(self) -> None:
        """Take the status line away."""
        if self._status:
            self._status.stop()
