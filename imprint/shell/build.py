"""`build`: the editions that were asked for, each complete or not at all."""

from __future__ import annotations

import json
import os
import sys

import click

from imprint.base.diagnostic import Diagnostics, UsageError
from imprint.base.edition import PSEUDO, Edition
from imprint.content.document import Document
from imprint.content.region import choose_editions
from imprint.content.toml import suggest
from imprint.paginate.store import Store
from imprint.pipeline import Built, load
from imprint.schedule.build import Outcome, build_editions
from imprint.shell.options import ENGINE, Place, edition_options, find_place, paper_options
from imprint.shell.terminal import make_console, show_diagnostics, show_table


@click.command("build")
@edition_options
@paper_options
@click.option("--draft", is_flag=True, help="Build what is not finished, marked as a draft.")
@click.option("--jobs", type=click.IntRange(1, 64), default=None, help="Editions at a time (default: one a core).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each edition on stdout.")
@click.option("-q", "--quiet", is_flag=True, help="Only errors.")
@click.option("-v", "--verbose", is_flag=True, help="Every diagnostic, and the seconds of each stage.")
def command(
    regions: tuple[str, ...],
    languages: tuple[str, ...],
    everything: bool,
    paper: str | None,
    output: str | None,
    draft: bool,
    jobs: int | None,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Build editions of the paper: a region × a language each."""
    if not (regions or languages or everything):
        raise click.UsageError("say which editions: --region NAME --lang TAG, or --all")
    place = find_place(paper, output)
    sources = place.sources()
    diagnostics = Diagnostics()
    document = load(sources, diagnostics)
    editions = _choose(document, regions, languages)
    shown = _Progress(len(editions), quiet or as_json)
    outcomes = build_editions(
        document,
        editions,
        sources,
        place.output,
        Store(ENGINE / ".cache" / "faces"),
        draft=draft,
        jobs=min(jobs or os.cpu_count() or 1, len(editions)),
        done=shown.done,
    )
    shown.close()
    _report(outcomes, place, as_json=as_json, quiet=quiet, verbose=verbose)
    return 0 if all(outcome.built for outcome in outcomes) else 1


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
        built = outcome.built
        state = f"{built.pages} pages, {sum(_stages(built).values()):.1f} s" if built else "refused"
        self._console.print(f"[{self._finished}/{self._total}] {outcome.edition}: {state}", markup=False)
        if self._status:
            self._status.update(f"building {self._total - self._finished} more …")

    def close(self) -> None:
        """Take the status line away."""
        if self._status:
            self._status.stop()


def _stages(built: Built) -> dict[str, float]:
    return {name: time for name, time in built.seconds.items() if "." not in name}


def _report(outcomes: list[Outcome], place: Place, *, as_json: bool, quiet: bool, verbose: bool) -> None:
    diagnostics = Diagnostics()
    for outcome in outcomes:
        diagnostics.extend(outcome.diagnostics)
    if as_json:
        print(json.dumps([_as_json(outcome, place) for outcome in outcomes], ensure_ascii=False, indent=2))
    show_diagnostics(diagnostics, everything=verbose, quiet=quiet)
    if not as_json and not quiet:
        columns = [("edition", ""), ("pages", "right"), ("words", "right"), ("coverage", "right"), ("KB", "right")]
        columns += [("proof", ""), ("file", "")]
        show_table("", columns, [_row(outcome.built, place) for outcome in outcomes if outcome.built])
        if verbose:
            _show_seconds(outcomes)


def _row(built: Built, place: Place) -> list[str]:
    conformance = built.proof.get("conformance", {})
    proof = ", ".join(f"{name} {rules}" for name, rules in conformance.items()) if isinstance(conformance, dict) else ""
    path = os.path.relpath(place.output / built.pdf.path)
    size = f"{len(built.pdf.data) / 1024:.0f}"
    return [str(built.edition), str(built.pages), str(built.words), f"{built.coverage:.0%}", size, proof, path]


def _show_seconds(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.built:
            laps = ", ".join(f"{name} {seconds:.2f}" for name, seconds in outcome.built.seconds.items())
            print(f"{outcome.edition}: {laps}", file=sys.stderr)


def _as_json(outcome: Outcome, place: Place) -> dict[str, object]:
    built = outcome.built
    facts: dict[str, object] = {"region": outcome.edition.region, "language": outcome.edition.language}
    if built:
        facts |= {
            "title": built.title,
            "path": str(place.output / built.pdf.path),
            "sha256": built.pdf.sha256,
            "bytes": len(built.pdf.data),
            "pages": built.pages,
            "words": built.words,
            "coverage": round(built.coverage, 4),
            "proof": built.proof,
            "seconds": {name: round(time, 3) for name, time in built.seconds.items()},
        }
    facts["state"] = "built" if built else "refused"
    facts["warnings"] = [str(d) for d in outcome.diagnostics if d.severity == "warning"]
    facts["errors"] = [str(d) for d in outcome.diagnostics if d.severity == "error"]
    return facts
