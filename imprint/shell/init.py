"""`init`: the catalog of a new language."""

from __future__ import annotations

import sys

import click

from imprint.base.diagnostic import Diagnostics, UsageError
from imprint.base.edition import resolve_language
from imprint.localize.approved import catalog_path
from imprint.localize.create import new_catalog
from imprint.localize.loaded import load
from imprint.localize.locale import fallbacks
from imprint.localize.pot import Pot
from imprint.localize.potfile import pot_entries
from imprint.localize.save import ABSENT, save_catalog
from imprint.shell.options import find_place, paper_options


@click.command("init")
@paper_options
@click.option("--lang", "language", required=True, metavar="TAG", help="The new language, such as vi or zh-Hant.")
def command(paper: str | None, output: str | None, cache: str | None, language: str) -> int:
    """Make a catalog with every message untranslated, and CLDR's plural rule."""
    place = find_place(paper, output, cache)
    sources = place.sources()
    loaded = load(sources, Diagnostics())
    tag, locale = resolve_language(language, "001")
    name = locale if "_" in language or language.count("-") > 1 else fallbacks(tag.replace("-", "_"))[0]
    path = catalog_path(name)
    if tag == resolve_language(loaded.document.paper.language, "001")[0]:
        raise UsageError(f"the paper is written in '{tag}'; it needs no catalog")
    if sources.exists(path):
        raise UsageError(f"{path} exists; `update --lang {tag}` brings it up to date")
    settings = loaded.document.paper
    data = new_catalog(
        name,
        Pot.of(pot_entries(loaded.document, loaded.labels)),
        project=f"{settings.id} {settings.version}",
        date=settings.date,
        source_language=settings.language,
    )
    save_catalog(place.paper / path, data, ABSENT, path)
    print(f"{path} is ready to be translated", file=sys.stderr)
    if tag not in {edition.language for edition in settings.editions()}:
        print(f"    add \"{tag}\" to 'languages' of a region in content/regions/ to build it", file=sys.stderr)
    return 0
