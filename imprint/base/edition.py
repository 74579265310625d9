"""An edition: one region × one language, and the names it goes by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from imprint.base.diagnostic import UsageError

# Babel is imported when CLDR is first asked: a build with nothing to do needs only the names.
if TYPE_CHECKING:
    from babel import Locale

# Pseudo-languages (the first two after Windows' names), with their direction: disguised letters, the same from right to
# left, 40 % longer, long compounds, wide as Chinese.
PSEUDO = {"qps-ploc": "ltr", "qps-plocm": "rtl", "qps-long": "ltr", "qps-compound": "ltr", "qps-cjk": "ltr"}

_TERRITORY = re.compile(r"[A-Z]{2}|\d{3}")


@dataclass(frozen=True, slots=True)
class Edition:
    """One region × one language.

    `region` is a market's name (`cn`), `language` a BCP 47 tag (`zh-Hans`), `locale` a Babel identifier
    (`zh_Hans_CN`).
    """

    region: str
    language: str
    locale: str

    def __str__(self) -> str:
        return f"{self.region}/{self.language}"

    @property
    def babel(self) -> Locale:
        """The CLDR locale that writes this edition's numbers, dates and names."""
        from babel import Locale

        return Locale.parse(self.locale)

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`, by CLDR's character order."""
        if self.language in PSEUDO:
            return PSEUDO[self.language]
        return "rtl" if self.babel.character_order == "right-to-left" else "ltr"

    @property
    def country(self) -> str:
        """The territory that the language's tag itself names (`PT` of `pt-PT`), whatever the market's; mostly none."""
        return "" if self.language in PSEUDO else split_tag(self.language)[2] or ""

    def stem(self, paper: str) -> str:
        """The file name, without its suffix, of this edition of the paper called `paper`."""
        return f"{paper}-{self.region}-{self.language}"

    def folder(self) -> str:
        """The edition's folder, relative to the output folder."""
        return f"{self.region}/{self.language}"


@cache
def resolve_language(tag: str, territory: str) -> tuple[str, str]:
    """Return the BCP 47 language tag and the Babel locale of `tag` in `territory` (CLDR code; `001`: the world).

    By CLDR's likely subtags (UTS #35, part 1, 4.3): `zh` in `CN` is `zh-Hans` / `zh_Hans_CN`, in `TW` `zh-Hant` /
    `zh_Hant_TW`. The tag names a script only where CLDR expects the language in more than one, and a territory only
    where the tag without it would mean another one here: `pt-PT` and `zh-Hant-HK` in the world, while `pt-BR` is `pt`.
    The locale names a territory only where CLDR has data for the pair. `_` is `-`, and `sr@latin` is `sr-Latn`. Raises
    UsageError for a tag that CLDR does not know.
    """
    if tag in PSEUDO:
        return tag, "en"
    from babel.core import Locale, UnknownLocaleError

    try:
        language, script, given = split_tag(tag)
        Locale.parse(language)
    except (UnknownLocaleError, ValueError) as error:
        why = f": {error}" if isinstance(error, UnknownModifier) else ""
        raise UsageError(f"'{tag}' is not a language tag that CLDR knows{why}") from None
    region = territory if territory != "001" else None
    script = script or _likely_script(language, given or region)
    named = script if len(likely_scripts(language) | {script}) > 1 else None
    locale, bare = _known(language, named, given or region), _known(language, named, region)
    own = given if maximal_locale(locale) != maximal_locale(bare) else None
    return "-".join(part for part in (language, named, own) if part), locale


class UnknownModifier(ValueError):
    """A locale's name has a modifier that names no script, or another script than its subtags do."""


# What glibc and gettext write for a script. Other modifiers (`@euro`, `@valencia`) name none.
_MODIFIERS = {"latin": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva"}


@cache
def split_tag(tag: str) -> tuple[str, str | None, str | None]:
    """The language, script and territory that a tag or a locale's name (`zh-Hant`, `pt_BR`, `sr_RS@latin`) states.

    Raises UnknownModifier for a modifier that is no script's, and ValueError for a name that is none.
    """
    from babel.core import parse_locale

    name, at, modifier = tag.partition("@")
    language, territory, script, *_ = parse_locale(name.replace("_", "-"), sep="-")
    if not at:
        return language, script, territory
    meant = _MODIFIERS.get(modifier.lower())
    if meant is None:
        known = ", ".join(f"@{word}" for word in _MODIFIERS)
        raise UnknownModifier(f"'@{modifier}' names no script; leave it out, or write one of {known}")
    if script not in (None, meant):
        raise UnknownModifier(f"it names two scripts; write {language}-{script} or {language}-{meant}")
    return language, meant, territory


@cache
def maximal_locale(name: str) -> tuple[str, str, str]:
    """The language, script and territory that a name means by CLDR's likely subtags: (`pt`, `Latn`, `BR`) for `pt`.

    What CLDR does not know is empty. Raises ValueError for a name that is none.
    """
    from babel.core import get_global, parse_locale

    language, script, territory = split_tag(name)
    script = script or _likely_script(language, territory) or ""
    likely = get_global("likely_subtags")
    key = next((key for key in (f"{language}_{script}", language) if key in likely), "")
    if key and not territory:
        territory = parse_locale(likely[key])[1]
    return language, script, territory or ""


def _known(language: str, script: str | None, territory: str | None) -> str:
    """The locale, with its territory where CLDR has data for the pair."""
    whole = "_".join(part for part in (language, script, territory) if part)
    return whole if whole in _identifiers() else "_".join(part for part in (language, script) if part)


def _likely_script(language: str, territory: str | None) -> str | None:
    """The script that CLDR expects of the language in the territory."""
    from babel.core import get_global, parse_locale

    likely = get_global("likely_subtags")
    for key in (f"{language}_{territory}", language):
        if key in likely:
            return parse_locale(likely[key])[2]
    return None


@cache
def _identifiers() -> frozenset[str]:
    from babel.localedata import locale_identifiers

    return frozenset(locale_identifiers())


@cache
def likely_scripts(language: str) -> frozenset[str]:
    """The scripts that CLDR expects of the language, by territory."""
    from babel.core import get_global, parse_locale

    likely, prefix = get_global("likely_subtags"), f"{language}_"
    keys = (
        key for key in likely if key == language or (key.startswith(prefix) and _TERRITORY.fullmatch(key, len(prefix)))
    )
    return frozenset(script for key in keys if (script := parse_locale(likely[key])[2]))
