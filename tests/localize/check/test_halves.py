"""Numbers that are more by a part."""

from __future__ import annotations

from fractions import Fraction

import pytest

from imprint.localize.check.profile import profile_for
from imprint.localize.check.quantities import parse_quantities
from tests.localize.check.conftest import Ask

HALF_MORE = {
    "zh-Hans": "2年半", "ja": "2年半", "ko": "2년 반이", "vi": "2 năm rưỡi", "th": "2 ปีครึ่ง", "fr": "2 ans et demi",
    "es": "2 años y medio", "pt-BR": "2 anos e meio", "it": "2 anni e mezzo", "ru": "2 с половиной года",
    "tr": "2 buçuk yıl", "id": "2 setengah tahun", "de": "2½ Jahre",
}  # fmt: skip


@pytest.mark.parametrize("lang", HALF_MORE)
def test_a_half_more_behind_digits_is_the_sources_half(ask: Ask, lang: str) -> None:
    """Digits with the language's words for a half more are two and a half, and not three and a half."""
    text = HALF_MORE[lang]
    assert ask(lang, "two and a half years", text) == []
    assert [d.rule for d in ask(lang, "two and a half years", text.replace("2", "3"))] == ["numbers"]


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("en", "2½ years", Fraction(5, 2)),
        ("en", "¾ of it", Fraction(3, 4)),
        ("hi", "साढ़े तीन घंटे", Fraction(7, 2)),
        ("hi", "साढ़े तीन लाख", 350_000),
        ("hi", "पौने दो घंटे", Fraction(7, 4)),
        ("ko", "세 시간 반 동안", Fraction(7, 2)),
        ("th", "สามชั่วโมงครึ่ง", Fraction(7, 2)),
        ("ru", "2 миллиона с половиной", 2_500_000),
    ],
)
def test_parts_beside_a_number(lang: str, text: str, value: int | Fraction) -> None:
    """A fraction of one character, and the words before and behind a number that make it more by a part."""
    assert any(value in quantity.values for quantity in parse_quantities(text, profile_for(lang)))
