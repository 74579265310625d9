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

    def stem(self, paper: str) -> str:
        """The file name, without its suffix, of this edition of the paper called `paper`."""
        return f"{paper}-{self.region}-{self.language}"

    def folder(self) -> str:
        """The edition's folder, relative to the output folder."""
        return f"{self.region}/{self.language}"


def resolve_language(tag: str, territory: str) -> tuple[str, str]:
    """Return the BCP 47 language tag and the Babel locale of `tag` in `territory` (CLDR code; `001`: the world).

    By CLDR's likely subtags (UTS #35, part 1, 4.3): `zh` in `CN` is `zh-Hans` / `zh_Hans_CN`, in `TW` `zh-Hant` /
    `zh_Hant_TW`. The tag names a script only where CLDR expects the language in more than one, and the locale a
    territory only where CLDR has data for the pair. Raises UsageError for a tag that CLDR does not know.
    """
    if tag in PSEUDO:
        return tag, "en"
    from babel.core import Locale, UnknownLocaleError, parse_locale

    try:
        language, given, script, *_ = parse_locale(tag.replace("_", "-"), sep="-")
        Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        raise UsageError(f"'{tag}' is not a language tag that CLDR knows") from None
    place = given or (territory if territory != "001" else None)
    script = script or _likely_script(language, place)
    named = script if len(likely_scripts(language) | {script}) > 1 else None
    for parts in ((language, named, place), (language, named)):
        locale = "_".join(part for part in parts if part)
        if locale in _identifiers():
            break
    return "-".join(part for part in (language, named) if part), locale


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
