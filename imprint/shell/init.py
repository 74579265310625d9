"""`init`: the catalog of a new language."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click

from imprint.base.diagnostic import Diagnostics, UsageError
from imprint.base.edition import PSEUDO, Edition, maximal_locale, resolve_language
from imprint.base.sources import Sources
from imprint.localize.approved import catalog_locales, catalog_path
from imprint.localize.create import new_catalog
from imprint.localize.folders import folders_alike
from imprint.localize.loaded import load
from imprint.localize.locale import fallbacks, script_family
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
    settings = loaded.document.paper
    if (pseudo := language.replace("_", "-")) in PSEUDO:
        raise UsageError(f"'{pseudo}' is a pseudo-language and needs no catalog; write `pseudo --lang {pseudo}`")
    tag, _ = resolve_language(language, "001")
    name = tag.replace("-", "_")
    path = catalog_path(name)
    if script_family(name) == script_family(settings.language):
        raise UsageError(f"the paper is written in '{settings.language}'; it needs no catalog")
    editions = settings.editions()
    if there := _existing(name, [edition for edition in editions if edition.language == tag], sources):
        raise UsageError(f"{catalog_path(there)} exists; {_advise(there, name, editions)}")
    data = new_catalog(
        name,
        Pot.of(pot_entries(loaded.document, loaded.labels)),
        project=f"{settings.id} {settings.version}",
        date=settings.date,
        source_language=settings.language,
    )
    save_catalog(place.paper / path, data, ABSENT, path)
    print(f"{path} is ready to be translated", file=sys.stderr)
    if not _is_used(name, editions):
        print(f"    add \"{tag}\" to 'languages' of a region in content/regions/ to build it", file=sys.stderr)
    return 0


def _existing(name: str, editions: Iterable[Edition], sources: Sources) -> str:
    """The folder of a catalog for the very readers that `name` is for, under whatever name; empty if there is none.

    Whom the editions of that language are for, the market says: in Portugal `pt` is `pt_PT`.
    """
    folders = catalog_locales(sources)
    if name in folders:
        return name
    alike = [folders_alike(maximal_locale(edition.locale), folders) for edition in editions]
    served = alike[0] if alike and all(alike) else []
    return next(iter([*folders_alike(maximal_locale(name), folders), *served]), "")


def _advise(there: str, name: str, editions: Iterable[Edition]) -> str:
    if there == name or _is_used(there, editions):
        return f"`update --lang {there}` brings it up to date"
    return f"no edition uses it under this name: rename the folder to locales/{name}"


def _is_used(name: str, editions: Iterable[Edition]) -> bool:
    return any(name in fallbacks(edition.locale) for edition in editions)
