"""`status`: who is complete, per language, chapter and edition."""

from __future__ import annotations

import json
from pathlib import Path

import click

from imprint.base.artifact import replace_file
from imprint.base.diagnostic import Diagnostics
from imprint.localize.folders import check_folders
from imprint.localize.loaded import load
from imprint.localize.status import LanguageStatus, Part, collect_status
from imprint.shell.options import find_place, paper_options
from imprint.shell.status_page import render_status
from imprint.shell.terminal import show_diagnostics, show_table


@click.command("status")
@paper_options
@click.option("--json", "as_json", is_flag=True, help="A list of languages on stdout.")
@click.option(
    "--html", metavar="FILE", type=click.Path(dir_okay=False), help="Write a self-contained page with bars and links."
)
def command(paper: str | None, output: str | None, cache: str | None, as_json: bool, html: str | None) -> int:
    """Show how far each translation is."""
    place = find_place(paper, output, cache)
    sources = place.sources()
    loaded = load(sources, Diagnostics())
    statuses = collect_status(loaded.document, loaded.labels, sources)
    faults = Diagnostics()
    for status in statuses:
        faults.extend(status.findings)
    check_folders(sources, loaded.document.paper, faults)
    show_diagnostics(faults, everything=False, quiet=False)
    code = 1 if faults.errors else 0
    if html:
        replace_file(Path(html), render_status(loaded.document.paper, statuses, Path(html).resolve(), place.paper))
    if as_json:
        print(json.dumps([status.as_json() for status in statuses], ensure_ascii=False, indent=2))
        return code
    columns = [("language", ""), ("review", ""), ("translated", "right"), ("fuzzy", "right"), ("missing", "right")]
    columns += [("words to go", "right"), ("complete", "right")]
    show_table(columns, [_row(status) for status in statuses])
    parts = [("language", ""), ("part", ""), ("translated", "right"), ("of", "right"), ("complete", "right")]
    show_table(parts, [_part(s, part) for s in statuses for part in (*s.chapters, *s.editions)])
    return code


def _row(status: LanguageStatus) -> list[str]:
    done = Part("", status.translated, status.total)
    numbers = [status.translated, status.fuzzy, status.missing, status.words]
    return [status.language, status.review, *map(str, numbers), _complete(status, done)]


def _part(status: LanguageStatus, part: Part) -> list[str]:
    return [status.language, part.name, str(part.translated), str(part.total), _complete(status, part)]


def _complete(status: LanguageStatus, part: Part) -> str:
    """A part's share, rounded down: 100 % is said only of what is whole, and nothing of what cannot be built."""
    if errors := len(status.errors):
        return f"{errors} error{'s' if errors > 1 else ''}"
    return f"{int(part.ratio * 100)}%"
