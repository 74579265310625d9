"""`check`: what would be wrong on the page, for every translation of every catalog."""

from __future__ import annotations

import json
from pathlib import Path

import click

from imprint.base.diagnostic import Diagnostic, Diagnostics, Location
from imprint.base.sources import Sources
from imprint.content.paper import Paper
from imprint.localize.approved import catalog_path
from imprint.localize.catalog import load_catalog
from imprint.localize.check.header import check_header
from imprint.localize.check.profile import profile_for
from imprint.localize.check.run import vocabulary_of
from imprint.localize.gate import load_verdicts
from imprint.pipeline import load
from imprint.schedule.engine import engine_key
from imprint.shell.languages import choose_catalogs
from imprint.shell.options import ENGINE, find_place, paper_options
from imprint.shell.terminal import show_diagnostics, show_lines


@click.command("check")
@paper_options
@click.option("--lang", "languages", multiple=True, metavar="TAG", help="Only this language's catalog (repeatable).")
@click.option("--json", "as_json", is_flag=True, help="A list of findings on stdout.")
@click.option("-v", "--verbose", is_flag=True, help="Every finding.")
def command(
    paper: str | None, output: str | None, cache: str | None, languages: tuple[str, ...], as_json: bool, verbose: bool
) -> int:
    """Check every translation against its source."""
    place = find_place(paper, output, cache)
    sources = place.sources()
    loaded = load(sources, Diagnostics())
    stats = place.stats()
    engine = engine_key(ENGINE, stats)
    diagnostics = Diagnostics()
    checked = 0
    for locale in choose_catalogs(sources, languages):
        checked += _check(sources, loaded.document.paper, locale, engine, place.cache / "verdicts", diagnostics)
    stats.save()
    if as_json:
        print(json.dumps([_as_json(d) for d in diagnostics], ensure_ascii=False, indent=2))
    else:
        show_diagnostics(diagnostics, everything=verbose, quiet=False)
        errors, warnings = len(diagnostics.errors), len(diagnostics.warnings)
        show_lines([f"{checked} translations checked: {errors} errors, {warnings} warnings"])
    return 1 if diagnostics.errors else 0


def _check(
    sources: Sources, paper: Paper, locale: str, engine: str, folder: Path, diagnostics: Diagnostics
) -> int:
    path = catalog_path(locale)
    catalog = load_catalog(sources.read_bytes(path), path, diagnostics, language=locale)
    if catalog is None:
        return 0
    words = vocabulary_of(entry.msgid for entry in catalog.entries)
    verdicts = load_verdicts(sources, paper, locale, engine, folder, diagnostics, words)
    header = catalog.header_entry
    plural = any(entry.plural is not None for entry in catalog.entries)
    at = Location(path, header.line if header else 0)
    diagnostics.extend(check_header(catalog.header, locale, profile_for(locale), at, plural))
    entries = [entry for entry in catalog.entries if entry.translated and not entry.fuzzy]
    for entry in entries:
        diagnostics.extend(verdicts.judge(entry, path))
    verdicts.save()
    return len(entries)


def _as_json(diagnostic: Diagnostic) -> dict[str, object]:
    at = diagnostic.at
    return {
        "severity": str(diagnostic.severity),
        "rule": diagnostic.rule,
        "file": at.file if at else "",
        "line": at.line if at else 0,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
    }
