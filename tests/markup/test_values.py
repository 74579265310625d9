"""Typed values are written in the locale's own manner."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale

from imprint.base.diagnostic import Location
from imprint.base.edition import Edition
from imprint.content.tree import Value
from imprint.markup.values import counter_style, format_number, format_value, language_name


@pytest.mark.parametrize(
    ("locale", "kind", "value", "text"),
    [
        ("en", "date", date(2021, 12, 28), "December 28, 2021"),
        ("en_GB", "date", date(2021, 12, 28), "28 December 2021"),
        ("zh_Hans_CN", "date", date(2021, 12, 28), "2021年12月28日"),
        ("zh_Hans_CN", "date", 2021, "2021年"),
        ("en", "date", 2021, "2021"),
        ("de", "number", 20000, "20.000"),
        ("en", "number", 20000, "20,000"),
        ("hi_IN", "number", 1234567, "12,34,567"),
        ("en", "territories", ("IN", "RU", "CN"), "India, Russia, and China"),
        ("zh_Hans_CN", "territories", ("IN", "RU", "CN"), "印度、俄罗斯和中国"),
        ("en", "territories", ("XQ",), "XQ"),
        ("en", "territories", (), ""),
        ("en", "list", ("a", "b"), "a and b"),
        ("en", "verbatim", "v1", "v1"),
    ],
)  # fmt: skip
def test_values(locale: str, kind: str, value: date | int | str | tuple[str, ...], text: str) -> None:
    """Dates, numbers, countries and lists are CLDR's; what is verbatim stays."""
    assert format_value(Value(kind, value, Location("a")), Locale.parse(locale)) == text


@pytest.mark.parametrize(
    ("locale", "number", "text", "style"),
    [("en", "3.10", "3.10", "decimal"), ("ar_EG", "3.10", "٣.١٠", "arabic-indic"), ("fa", "12", "۱۲", "persian")],
)
def test_numbers_of_chapters(locale: str, number: str, text: str, style: str) -> None:
    """A dotted number has the locale's digits, part by part, and folios the CSS style of the same digits."""
    assert format_number(number, Locale.parse(locale)) == text
    assert counter_style(Locale.parse(locale)) == style


@pytest.mark.parametrize(
    ("language", "locale", "name"),
    [
        ("pt", "pt_BR", "português"),
        ("pt", "pt_PT", "português"),
        ("pt-PT", "pt_PT", "português europeu"),
        ("zh-Hans", "zh_Hans_CN", "简体中文"),
        ("zh-Hant-HK", "zh_Hant_HK", "繁體中文 (中國香港特別行政區)"),
    ],
)
def test_name_of_a_language(language: str, locale: str, name: str) -> None:
    """It is the language's own, with the country where its tag names one: two of a region must not be called alike."""
    assert language_name(Edition("global", language, locale)) == name
