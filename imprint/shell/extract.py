"""`extract`: content, data, figures and templates → locales/messages.pot."""

from __future__ import annotations

import sys

import click

from imprint.base.artifact import replace_file
from imprint.base.diagnostic import Diagnostics
from imprint.localize.loaded import load
from imprint.localize.potfile import PATH, make_pot, pot_entries
from imprint.shell.options import find_place, paper_options


@click.command("extract")
@paper_options
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where the POT is stale (for CI).")
def command(paper: str | None, output: str | None, cache: str | None, check: bool) -> int:
    """Write the messages of all editions to locales/messages.pot."""
    place = find_place(paper, output, cache)
    sources = place.sources()
    loaded = load(sources, Diagnostics())
    entries = pot_entries(loaded.document, loaded.labels)
    data, stale = make_pot(entries, loaded.document.paper, sources)
    if check:
        print(f"{PATH} is {'stale: run python build.py extract' if stale else 'up to date'}", file=sys.stderr)
        return int(stale)
    if stale:
        replace_file(place.paper / PATH, data)
    print(f"{PATH}: {len(entries)} messages{'' if stale else ', unchanged'}", file=sys.stderr)
    return 0
