"""`pseudo`: a catalog of pseudo-translations, which shows what is not translatable and what breaks when longer."""

from __future__ import annotations

import os
import shlex
import sys

import click

from imprint.base.artifact import replace_file
from imprint.base.diagnostic import Diagnostics
from imprint.base.edition import PSEUDO
from imprint.localize.approved import pseudo_kind
from imprint.localize.create import pseudo_catalog
from imprint.localize.loaded import load
from imprint.localize.pot import Pot
from imprint.localize.potfile import pot_entries
from imprint.shell.options import find_place, paper_options


@click.command("pseudo")
@paper_options
@click.option("--lang", "language", type=click.Choice(list(PSEUDO)), required=True, help="The pseudo-language.")
def command(paper: str | None, output: str | None, cache: str | None, language: str) -> int:
    """Write a pseudo-translation to the output folder; `build --lang qps-ploc --region …` shows it on the page."""
    place = find_place(paper, output, cache)
    loaded = load(place.sources(), Diagnostics())
    settings = loaded.document.paper
    data = pseudo_catalog(
        language,
        pseudo_kind(language),
        Pot.of(pot_entries(loaded.document, loaded.labels)),
        project=f"{settings.id} {settings.version}",
        date=settings.date,
    )
    target = place.output / "pseudo" / language / "messages.po"
    replace_file(target, data)
    print(f"{os.path.relpath(target)}; see it on the page:", file=sys.stderr)
    where = f"--paper {shlex.quote(paper)} " if paper else ""
    print(f"    python build.py {where}--region {next(iter(settings.regions))} --lang {language}", file=sys.stderr)
    return 0
