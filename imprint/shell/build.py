"""`build`: the editions that were asked for, each complete or not at all; what is current is left alone."""

from __future__ import annotations

import json
import os
from contextlib import ExitStack, closing
from dataclasses import replace

import click

from imprint.base.artifact import RECORDS
from imprint.base.diagnostic import Diagnostic, Rejected
from imprint.base.edition import PSEUDO
from imprint.schedule.matrix import FILE, load_matrix, pick_editions
from imprint.schedule.outcome import Outcome
from imprint.schedule.state import States
from imprint.shell.options import Place, Wish, edition_options, find_place, paper_options


@click.command("build")
@edition_options
@paper_options
@click.option(
    "--format",
    "formats",
    type=click.Choice(list(RECORDS)),
    multiple=True,
    default=("pdf",),
    help="pdf (the default), html, or print for a print shop; may be given more than once.",
)
@click.option("--draft", is_flag=True, help="Build what is not finished, marked as a draft.")
@click.option("--rebuild", is_flag=True, help="Build also what is current.")
@click.option("--jobs", type=click.IntRange(1, 64), default=None, help="Editions at a time (default: one a core).")
@click.option("--json", "as_json", is_flag=True, help="A list on stdout, one object for each edition.")
@click.option("-q", "--quiet", is_flag=True, help="Only errors.")
@click.option("-v", "--verbose", is_flag=True, help="Every diagnostic, and the seconds of each stage.")
def command(
    regions: tuple[str, ...],
    languages: tuple[str, ...],
    everything: bool,
    paper: str | None,
    output: str | None,
    cache: str | None,
    formats: tuple[str, ...],
    draft: bool,
    rebuild: bool,
    jobs: int | None,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Build editions of the paper: a region × a language each."""
    if not (regions or languages or everything):
        raise click.UsageError("say which editions: --region NAME --lang TAG, or --all")
    place = find_place(paper, output, cache)
    states = place.states()
    wish = Wish(regions, languages, draft, rebuild, jobs, quiet or as_json, tuple(dict.fromkeys(formats)))
    outcomes = _nothing_to_do(place, states, wish)
    if outcomes is None:
        try:
            outcomes = _bring_up_to_date(place, states, wish)
        except Rejected as rejected:
            if as_json:  # no edition is known yet, and whoever reads JSON must not be left with none
                print(json.dumps([{"state": "refused", "errors": [str(d) for d in rejected.diagnostics]}], indent=2))
            raise
    states.stats.save()
    if as_json:
        print(json.dumps([outcome.as_json(str(place.output)) for outcome in outcomes], ensure_ascii=False, indent=2))
    show_outcomes(outcomes, place, quiet=quiet, table=not (as_json or quiet), verbose=verbose)
    return 1 if any(outcome.state == "refused" for outcome in outcomes) else 0


def _bring_up_to_date(place: Place, states: States, wish: Wish) -> list[Outcome]:
    """Build what is stale. Raises Rejected, UsageError.

    All is imported late, for a build with nothing to do must not; and the reader of the paper after the worker is
    started, which imports the engine meanwhile.
    """
    from imprint.base.collecting import uncollected
    from imprint.schedule.worker import stand_by

    with ExitStack() as stack:
        with uncollected():
            standby = stack.enter_context(closing(stand_by(place.roots["engine"])))
            from imprint.shell.build_stale import bring_up_to_date
        return bring_up_to_date(place, states, wish, standby=standby)


def _nothing_to_do(place: Place, states: States, wish: Wish) -> list[Outcome] | None:
    """The outcomes if every edition asked for is current, found out without parsing anything; else None."""
    if wish.rebuild or set(wish.languages) & set(PSEUDO):
        return None
    matrix = load_matrix(place.output / FILE, place.roots, states.stats)
    editions = pick_editions(matrix, wish.regions, wish.languages) if matrix else None
    wanted = [(edition, format_) for edition in editions or () for format_ in wish.formats]
    outcomes: list[Outcome] = []
    for edition, format_ in wanted:
        record = states.current(edition, wish.draft, format_)
        if record is None:
            return None
        outcomes.append(Outcome(edition, "current", record, format=format_))
    return outcomes or None


def show_outcomes(outcomes: list[Outcome], place: Place, *, quiet: bool, table: bool, verbose: bool) -> None:
    """Write the diagnostics and the table of what was built."""
    from imprint.shell.terminal import MANY, SHOWN_WARNINGS, show_diagnostics, show_lines, show_table

    found = (_placed(d, o) for o in outcomes for d in o.diagnostics)
    show_diagnostics(found, everything=verbose, quiet=quiet, warnings=SHOWN_WARNINGS)
    if table:
        columns = [("edition", ""), ("state", ""), ("pages", "right"), ("words", "right"), ("coverage", "right")]
        columns += [("KB", "right"), ("proof", ""), ("file", "")]
        shown = [o for o in outcomes if o.record and (o.state != "current" or len(outcomes) <= MANY or verbose)]
        show_table(columns, [_row(outcome, place) for outcome in shown])
        current = sum(outcome.state == "current" for outcome in outcomes)
        if current == len(outcomes) > MANY:
            show_lines([f"{current} editions, all current"])
    if verbose:
        laps = {o.edition: ", ".join(f"{name} {time:.2f}" for name, time in o.seconds.items()) for o in outcomes}
        show_lines(f"{edition}: {text}" for edition, text in laps.items() if text)


def _placed(diagnostic: Diagnostic, outcome: Outcome) -> Diagnostic:
    """What has no place in the source names its edition instead."""
    if diagnostic.at is not None:
        return diagnostic
    return replace(diagnostic, message=f"{outcome.edition}: {diagnostic.message}")


def _row(outcome: Outcome, place: Place) -> list[str]:
    record = outcome.record or {}
    proof = record.get("proof", {"conformance": {}})["conformance"]
    return [
        _name(outcome, record["draft"]),
        outcome.state,
        str(record.get("pages", "")),
        str(record["words"]),
        f"{record['coverage']:.0%}",
        f"{record['bytes'] / 1024:.0f}",
        ", ".join(f"{name} {rules}" for name, rules in proof.items()),
        os.path.relpath(place.output / record["path"]),
    ]


def _name(outcome: Outcome, draft: bool) -> str:
    notes = [outcome.format] if outcome.format != "pdf" else []
    notes += ["draft"] if draft else []
    return f"{outcome.edition} ({', '.join(notes)})" if notes else str(outcome.edition)
