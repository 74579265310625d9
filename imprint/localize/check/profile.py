"""What the rules know of a language: from CLDR through Babel where it says it, from small tables where it does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError, get_global, parse_locale

from imprint.base.diagnostic import UsageError
from imprint.localize.check import tables
from imprint.localize.check.plurals import PluralForms, plural_forms
from imprint.localize.check.words import fold

# Babel's names of a unit's spellings, and of a month's.
_WIDTHS = ("long", "short", "narrow")
# Languages that always write months with a capital: "May 1" is a date, "may 1" is not.
_CAPITALS = frozenset({"en", "de"})


@dataclass(frozen=True)
class LanguageProfile:
    """A language as the rules see it.

    `tag` is BCP 47 (`zh-Hans`), `locale` Babel's identifier, `script` ISO 15924 (`Hans`, `Latn`). `decimal` and
    `group` are the separators of a number in western digits, `marks` the end marks by what they say (first: the one
    to write), `ratio` the usual length beside English, `plurals` the gettext plural forms. For the reading of numbers:
    `months` (name → 1 … 12, folded where the language writes them small), `units` (spelling, CLDR unit) and `scales`
    (word, whether it is the whole word or a stem, factor), the longest first, and `percent`, its words.
    """

    tag: str
    locale: str
    language: str
    script: str
    direction: str
    decimal: str
    group: str
    marks: Mapping[str, str]
    ends_with_space: bool
    ratio: float
    plurals: PluralForms
    months: Mapping[str, int]
    units: tuple[tuple[str, str], ...]
    scales: tuple[tuple[str, bool, int], ...]
    percent: tuple[str, ...]

    @property
    def spaceless(self) -> bool:
        """Whether words stand without spaces between them."""
        return self.script in tables.HAN_SCRIPTS or self.script in tables.SPACELESS_SCRIPTS

    @property
    def han(self) -> bool:
        """Whether the language writes numbers in Han characters."""
        return self.script in tables.HAN_SCRIPTS


@cache
def profile_for(tag: str) -> LanguageProfile:
    """The profile of a language tag (`zh-Hans`, `zh_Hant`, `pt-BR`). Raises UsageError where CLDR has no such language.

    Pseudo-languages have English's.
    """
    if tag.startswith("qps"):
        tag = "en"
    try:
        locale = Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        raise UsageError(f"'{tag}' is not a language that CLDR knows") from None
    script = _script(locale)
    # Babel types number symbols by numbering system; languages without data of their own use the root's.
    symbols = locale.number_symbols.get("latn", {})
    return LanguageProfile(
        tag=tag.replace("_", "-"),
        locale=str(locale),
        language=locale.language,
        script=script,
        direction="rtl" if locale.character_order == "right-to-left" else "ltr",
        decimal=str(symbols.get("decimal", ".")),
        group=str(symbols.get("group", ",")),
        marks=tables.END_MARKS.get(locale.language, tables.LATIN_MARKS),
        ends_with_space=locale.language in tables.NO_STOP,
        ratio=1.0 if locale.language == "en" else tables.RATIOS.get(locale.language) or tables.RATIOS.get(script, 1.1),
        plurals=plural_forms(locale),
        months=_months(locale),
        units=_units(locale),
        scales=_scales(locale.language),
        percent=tuple(w for w in (tables.PERCENT.get(locale.language, "") + "|percent").split("|") if w),
    )


def _script(locale: Locale) -> str:
    if locale.script:
        return str(locale.script)
    likely = get_global("likely_subtags")
    for key in (f"{locale.language}_{locale.territory}", locale.language):
        if key in likely:
            return str(parse_locale(likely[key])[2] or "Latn")
    return "Latn"


def _months(locale: Locale) -> dict[str, int]:
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months.get(context, {}).get(width, {}).items():
                name = (name if locale.language in _CAPITALS else fold(name)).rstrip(".॰׳")
                # "11月" and "Th11" are read as numbers; a month named by a number word only (十一月) too.
                if not any(c.isnumeric() for c in name):
                    names[name] = number
    if locale.language == "en":
        names["Sept"] = 9
    return names


def _units(locale: Locale) -> tuple[tuple[str, str], ...]:
    units: dict[str, str] = {}
    patterns = locale.unit_patterns if hasattr(locale, "unit_patterns") else locale._data["unit_patterns"]
    for unit in tables.UNITS:
        for width in _WIDTHS:
            for pattern in patterns.get(unit, {}).get(width, {}).values():
                if isinstance(pattern, str) and (word := pattern.replace("{0}", "").strip()):
                    # Narrow forms clash: 'm' is a metre, a minute and a month. The first unit listed keeps the word,
                    # but a one-letter word stays out of it unless it is unmistakable.
                    units.setdefault(word.casefold() if len(word) > 2 else word, unit)
    # One letter says too little (m: metre, minute, million), "in" and "mi" are also words, "/s" and "per hour" rates.
    rates = ("/", "pro ", "per ", "par ", "por ")
    for word in [w for w in units if (len(w.rstrip(".")) < 2 and w.isascii() and w != "h") or w.startswith(rates)]:
        del units[word]
    for word in ("in", "mi", *tables.NOT_UNITS.get(locale.language, "").split()):
        units.pop(word, None)
    units |= {word: unit for unit, words in tables.UNIT_SYMBOLS.items() for word in words.split()}
    more = tables.UNIT_WORDS.get(locale.language, {})
    units |= {word: unit for unit, words in more.items() for word in words.split()}
    return tuple(sorted(units.items(), key=lambda item: -len(item[0])))


def _scales(language: str) -> tuple[tuple[str, bool, int], ...]:
    # The English words stay readable in every language; an own word of the same spelling (de, fr: billion) wins.
    stems = {stem: value for key in ("en", language) for value, words in tables.SCALES.get(key, {}).items()
             for stem in words.split()}  # fmt: skip
    found = ((fold(stem.lstrip("=").replace("_", " ")), stem.startswith("="), value) for stem, value in stems.items())
    return tuple(sorted(found, key=lambda item: -len(item[0])))
