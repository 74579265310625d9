"""`check`: what would be wrong on the page, for every translation of every catalog."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from imprint.base.bounded import bounded
from imprint.base.confine import KILLED
from imprint.base.diagnostic import Diagnostics, Location, Rejected, Severity
from imprint.base.sources import Sources
from imprint.localize.approved import catalog_path
from imprint.localize.catalog import Catalog, load_catalog
from imprint.localize.check.header import check_header
from imprint.localize.check.profile import profile_for
from imprint.localize.check.run import vocabulary_of
from imprint.localize.entry import Entry
from imprint.localize.folders import check_folders, is_locale
from imprint.localize.gate import load_verdicts
from imprint.localize.loaded import Loaded, load
from imprint.schedule.engine import engine_key
from imprint.shell.languages import choose_catalogs
from imprint.shell.options import ENGINE, find_place, paper_options
from imprint.shell.terminal import show_diagnostics, show_lines

# Translations that are shared out at once: what has been found is lost where the time is over before all of them.
_AT_ONCE = 500


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
    checked = left = 0
    chosen = choose_catalogs(sources, languages)
    absent = None if languages else Severity.ERROR
    check_folders(sources, loaded.document.paper, diagnostics, chosen, absent=absent)
    for locale in filter(is_locale, chosen):
        done, rest = _check(sources, loaded, locale, engine, place.cache / "verdicts", diagnostics)
        checked, left = checked + done, left + rest
    stats.save()
    if as_json:
        print(json.dumps([d.as_json() for d in diagnostics], ensure_ascii=False, indent=2))
    else:
        show_diagnostics(diagnostics, everything=verbose, quiet=False)
        errors, warnings = len(diagnostics.errors), len(diagnostics.warnings)
        whole = f" of {checked + left}" if left else ""
        show_lines([f"{checked}{whole} translations checked: {errors} errors, {warnings} warnings"])
    return 1 if diagnostics.errors else 0


def _check(
    sources: Sources, loaded: Loaded, locale: str, engine: str, folder: Path, diagnostics: Diagnostics
) -> tuple[int, int]:
    """Check one catalog in the time that an edition has, and return how many translations were looked at and how many
    were not. Where the time is over, this is an error at the next translation, and what was found is kept: another run
    goes on from there."""
    path = catalog_path(locale)
    paper = loaded.document.paper
    place = Location(path)
    texts: list[Entry] = []
    checked = 0
    try:
        with bounded(paper.limits(loaded.spent), f"checking {locale}"):
            catalog = load_catalog(sources.read_bytes(path), path, diagnostics, language=locale)
            if catalog is None:
                return 0, 0
            texts += (entry for entry in catalog.entries if entry.translated and not entry.fuzzy)
            words = vocabulary_of(entry.msgid for entry in catalog.entries)
            verdicts = load_verdicts(sources, paper, locale, engine, folder, diagnostics, words)
            _check_head(catalog, locale, paper.settings.release.review, diagnostics)
            try:
                for entry in texts:
                    place = Location(path, entry.msgstr_line or entry.line)
                    if checked % _AT_ONCE == 0:
                        verdicts.learn(((path, e) for e in texts[checked : checked + _AT_ONCE]), os.cpu_count() or 1)
                    diagnostics.extend(verdicts.judge(entry, path))
                    checked += 1
            finally:
                verdicts.save()
    except Rejected as stopped:
        if any(found.rule != KILLED for found in stopped.diagnostics):
            raise
        hint = "check again: what was checked is kept; [limits] in content/paper.toml allows more at once"
        rest = f"; {len(texts) - checked:,} translations from here on are not checked" if texts else ""
        diagnostics.extend(
            replace(found, at=place, message=found.message + rest, hint=hint) for found in stopped.diagnostics
        )
    return checked, len(texts) - checked


def _check_head(catalog: Catalog, locale: str, reviews: Iterable[str], diagnostics: Diagnostics) -> None:
    header = catalog.header_entry
    plural = any(entry.plural is not None for entry in catalog.entries)
    at = Location(catalog.path, header.line if header else 0)
    diagnostics.extend(check_header(catalog.header, locale, profile_for(locale), at, plural, reviews))
