"""Compendiums × the catalogs of an update → what each catalog is offered: texts of its own language and script."""

from __future__ import annotations

from collections.abc import Iterable

from imprint.base.diagnostic import Diagnostics, Location
from imprint.localize.catalog import Catalog, field_line
from imprint.localize.entry import Entry
from imprint.localize.locale import script_family


def share_memory(
    compendiums: Iterable[Catalog], locales: Iterable[str], diagnostics: Diagnostics
) -> dict[str, list[Entry]]:
    """The entries that each of `locales` is offered, in the order of the compendiums.

    A compendium is for the catalogs of the language and script that its header's Language names. One that names none is
    for all, where these are of one language and script, and else for nobody. A warning names those that are left out.
    """
    shared: dict[str, list[Entry]] = {locale: [] for locale in locales}
    for compendium in compendiums:
        mine = [locale for locale in shared if _is_for(compendium, locale, shared)]
        for locale in mine:
            shared[locale] += compendium.entries
        if others := [locale for locale in shared if locale not in mine]:
            _warn(compendium, mine, others, diagnostics)
    return shared


def _is_for(compendium: Catalog, locale: str, locales: Iterable[str]) -> bool:
    if compendium.language:
        return script_family(compendium.language) == script_family(locale)
    return len({script_family(other) for other in locales}) == 1


def _warn(compendium: Catalog, mine: list[str], others: list[str], diagnostics: Diagnostics) -> None:
    header = compendium.header_entry
    at = Location(compendium.path, field_line(header, "Language") if header else 0)
    if compendium.language:
        what = f"is in {compendium.language}, so it is not offered to {', '.join(others)}"
        hint = f"--lang {mine[0].replace('_', '-')} names its catalog" if mine else "correct its header, if it is not"
    else:
        what = "does not say its language, so it is not offered to catalogs of several"
        hint = "write Language in its header, or name the catalog with --lang"
    diagnostics.warning("memory-language", what, at, hint)
