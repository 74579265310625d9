"""`update`: extract, then merge the POT into every catalog."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from imprint.base.artifact import replace_file
from imprint.base.diagnostic import Diagnostics, Severity, UsageError
from imprint.base.sources import Sources
from imprint.localize.folders import check_folders
from imprint.localize.loaded import load
from imprint.localize.pot import Pot
from imprint.localize.potfile import PATH, make_pot, pot_entries
from imprint.localize.update import update_catalogs
from imprint.shell.languages import choose_catalogs
from imprint.shell.options import find_place, paper_options
from imprint.shell.terminal import show_diagnostics, show_lines


@click.command("update")
@paper_options
@click.option("--lang", "languages", multiple=True, metavar="TAG", help="Only this language's catalog (repeatable).")
@click.option("--memory", multiple=True, metavar="FILE.po", help="A compendium to offer as fuzzy.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="A list of catalogs on stdout.")
def command(
    paper: str | None,
    output: str | None,
    cache: str | None,
    languages: tuple[str, ...],
    memory: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> int:
    """Bring the catalogs up to date with the source. Translations follow their messages; none is ever lost."""
    place = find_place(paper, output, cache)
    # A compendium may stand anywhere: its folder becomes a root of its own, for this command alone.
    files = [Path(name).resolve() for name in memory]
    for file in files:
        if not file.is_file():
            raise UsageError(f"there is no compendium {file}")
    folders = {f"memory{number}": file.parent for number, file in enumerate(files)}
    sources = Sources({**place.roots, **folders})
    loaded = load(sources, Diagnostics())
    document = loaded.document
    locales = choose_catalogs(sources, languages)
    found = Diagnostics()
    absent = None if languages else Severity.WARNING
    check_folders(sources, document.paper, found, locales, absent=absent)
    entries = pot_entries(document, loaded.labels)
    data, stale = make_pot(entries, document.paper, sources)
    updated = update_catalogs(
        sources,
        Pot.of(entries),
        locales,
        memory=[(f"{root}:{file.name}", name) for root, file, name in zip(folders, files, memory, strict=True)],
        dry_run=dry_run,
        source_language=document.paper.language,
        defined=document.paper.placeholder_names,
        notes=found,
    )
    if stale and not dry_run:
        replace_file(place.paper / PATH, data)
    show_diagnostics(found, everything=False, quiet=False)
    if as_json:
        print(json.dumps([catalog.summary() for catalog in updated], ensure_ascii=False, indent=2))
    else:
        show_lines(line for catalog in updated for line in catalog.lines())
        if dry_run:
            print("imprint: a dry run; nothing was written", file=sys.stderr)
    return 0
