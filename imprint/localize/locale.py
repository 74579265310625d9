"""The chain of catalogs that serves a locale, and the names of a language's catalog, by CLDR."""

from __future__ import annotations

from functools import cache

from babel.core import get_global

from imprint.base.edition import PSEUDO, maximal_locale, split_tag


@cache
def fallbacks(locale: str) -> tuple[str, ...]:
    """The locales whose catalogs serve `locale`, nearest first: `zh_Hant_HK` → (`zh_Hant_HK`, `zh_Hant`).

    The source language follows the last. Subtags are cut from the end, but never the script where CLDR would then
    expect another one (UTS #35, 4.1.2: parentLocales): `zh_Hant` does not fall back to `zh`, which is `zh_Hans`, and
    `pt_BR` does to `pt`, `es_MX` to `es_419` and then `es`. Takes `_` or `-` between the subtags; a tag without its
    script gets the catalog's name that has it (`zh_TW` → `zh_TW`, `zh_Hant`). Raises ValueError for a tag that is none.
    """
    if locale in PSEUDO:
        return (locale,)
    language, script, territory = split_tag(locale)
    family = script_family(locale)
    given = _joined(language, script, territory)
    candidates = [
        given,
        _joined(language, family[1], territory),
        get_global("parent_exceptions").get(given),
        _joined(language, family[1], None),
        language,
    ]
    return tuple(name for name in dict.fromkeys(candidates) if name and script_family(name) == family)


@cache
def script_family(locale: str) -> tuple[str, str]:
    """The language and the script that CLDR expects of the locale: (`zh`, `Hant`) for `zh_TW`."""
    if locale in PSEUDO:
        return (locale, "Latn")
    try:
        return maximal_locale(locale)[:2]
    except ValueError:
        return (locale, "")


def _joined(language: str, script: str | None, territory: str | None) -> str:
    return "_".join(part for part in (language, script, territory) if part)
