"""Typed values in, text in the edition's own manner out: dates, numbers, countries, lists, by CLDR."""

from __future__ import annotations

from datetime import date

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from imprint.base.edition import Edition
from imprint.content.tree import Value


def format_value(value: Value, locale: Locale) -> str:
    """Write a value for readers of the locale. A year alone is a date of kind `int`; lists are joined in words."""
    data = value.value
    if isinstance(data, tuple):
        names = [territory_name(code, locale) for code in data] if value.kind == "territories" else list(data)
        return format_list(names, locale=locale) if names else ""
    if value.kind == "date" and isinstance(data, date):
        return _digits(format_date(data, "long", locale=locale), locale)
    if value.kind == "date" and isinstance(data, int):
        return _digits(format_skeleton("y", date(data, 1, 1), locale=locale), locale)
    if value.kind == "number" and isinstance(data, int | float):
        return _digits(format_decimal(data, locale=locale, numbering_system="default"), locale)
    return str(data)


def territory_name(code: str, locale: Locale) -> str:
    """The territory's name by CLDR, or its code where CLDR has none in this language."""
    return str(locale.territories.get(code, code))


def language_name(edition: Edition) -> str:
    """The language's own name for itself, with its script where it names one, and the country only if its tag does."""
    locale = edition.babel
    own = edition.language.replace("-", "_")
    if edition.country and own in locale.languages:
        return str(locale.languages[own])
    name = locale.languages.get(f"{locale.language}_{locale.script}")
    name = name or Locale(locale.language, script=locale.script).get_display_name(locale) or str(locale)
    return f"{name} ({territory_name(edition.country, locale)})" if edition.country else str(name)


def format_number(number: str, locale: Locale) -> str:
    """Write a dotted number (`3.1`) with the digits of the locale's default numbering system."""
    return _digits(number, locale)


# The digit zero of CLDR's numbering systems; the others count in Western digits. (Babel knows the systems' separators,
# and writes Western digits between them.)
_ZEROS = {
    "arab": "\u0660",
    "arabext": "\u06f0",
    "beng": "\u09e6",
    "deva": "\u0966",
    "khmr": "\u17e0",
    "laoo": "\u0ed0",
    "mymr": "\u1040",
    "thai": "\u0e50",
}


def _digits(text: str, locale: Locale) -> str:
    """The text with its Western digits written as the locale's own."""
    zero = _ZEROS.get(locale.default_numbering_system)
    if zero is None:
        return text
    return text.translate({ord("0") + digit: chr(ord(zero) + digit) for digit in range(10)})


# CSS counter styles (CSS Counter Styles 3, 6.1) of CLDR's numbering systems; the others count in Western digits.
_COUNTER_STYLES = {
    "arab": "arabic-indic",
    "arabext": "persian",
    "beng": "bengali",
    "deva": "devanagari",
    "khmr": "khmer",
    "laoo": "lao",
    "mymr": "myanmar",
    "thai": "thai",
}


def counter_style(locale: Locale) -> str:
    """The CSS counter style in which the locale writes folios."""
    return _COUNTER_STYLES.get(locale.default_numbering_system, "decimal")
