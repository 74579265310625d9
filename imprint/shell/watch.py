"""`watch`: build again at each save; an error is shown and waited out, it does not stop the watch."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from imprint.base.diagnostic import Rejected
from imprint.shell.build import show_outcomes
from imprint.shell.options import ENGINE, Place, Wish, edition_options, find_place, paper_options

if TYPE_CHECKING:
    from imprint.schedule.outcome import Outcome
    from imprint.schedule.worker import Keeper
    from imprint.shell.build_stale import Parsed


@click.command("watch")
@edition_options
@paper_options
@click.option("--draft/--no-draft", default=True, help="Build what is not finished, marked as a draft (the default).")
def command(
    regions: tuple[str, ...],
    languages: tuple[str, ...],
    everything: bool,
    paper: str | None,
    output: str | None,
    cache: str | None,
    draft: bool,
) -> int:
    """Build the editions asked for whenever their content, catalogs or templates change. Ctrl-C ends it."""
    if not (regions or languages or everything):
        raise click.UsageError("say which editions: --region NAME --lang TAG, or --all")
    from watchfiles import watch

    from imprint.localize.check.run import ready_rules
    from imprint.schedule.worker import Keeper, warm_up
    from imprint.shell.build_stale import Parsed

    place = find_place(paper, output, cache)
    wish = Wish(regions, languages, draft, rebuild=False, jobs=None, silent=True)
    warm_up(place.roots["engine"])
    parsed, keeper = Parsed(), Keeper()
    folders = [folder for root in {place.paper, ENGINE} for folder in _watched(root) if folder.is_dir()]
    built = False
    # What is saved while the first build is at work counts: the folders are watched before it begins.
    rounds = watch(*folders, debounce=120, step=40, rust_timeout=50, yield_on_timeout=True, raise_interrupt=True)
    with closing(keeper):
        for changes in rounds:
            if built and not changes:
                continue
            outcomes = _build(place, wish, parsed, keeper)
            if not built:
                for outcome in outcomes:
                    ready_rules(outcome.edition.locale)
            built = True
    return 0


def _watched(root: Path) -> list[Path]:
    """The folders whose files can change an edition."""
    return [root / name for name in ("content", "locales", "templates")]


def _build(place: Place, wish: Wish, parsed: Parsed, keeper: Keeper) -> list[Outcome]:
    """One round, and what came of each edition. Whatever is wrong with the paper is said; the next save may mend it."""
    from imprint.shell.build_stale import bring_up_to_date
    from imprint.shell.terminal import show_diagnostics

    started = perf_counter()
    states = place.states()
    try:
        outcomes = bring_up_to_date(place, states, wish, parsed=parsed, keeper=keeper)
    except Rejected as rejected:
        show_diagnostics(rejected.diagnostics, everything=False, quiet=False)
        _say(f"not built; waiting for the next save ({perf_counter() - started:.1f} s)")
        return []
    states.stats.save()
    show_outcomes([o for o in outcomes if o.state != "current"], place, quiet=False, table=True, verbose=False)
    counts = {state: sum(o.state == state for o in outcomes) for state in ("built", "current", "refused")}
    told = ", ".join(f"{count} {state}" for state, count in counts.items() if count)
    _say(f"{told} in {perf_counter() - started:.1f} s; watching (Ctrl-C ends it)")
    return outcomes


def _say(sentence: str) -> None:
    print(f"imprint: {sentence}", file=sys.stderr, flush=True)
