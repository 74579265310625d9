"""Shares told by two numbers: one in ten, two out of three, drei von vier, onda altısı."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from imprint.localize.check.measures import PERCENT, Quantity
from imprint.localize.check.profile import LanguageProfile

# What stands between the part and the whole, by language.
_BETWEEN = {
    "en": "in|out of|of|in every|out of every|of every",
    "de": "von|unter|aus", "fr": "sur|parmi", "es": "de cada|de", "pt": "em cada|de cada|em", "it": "su|ogni",
    "ru": "из|из каждых", "uk": "із|з|із кожних|з кожних", "pl": "na|z|spośród", "id": "dari|dari setiap",
    "vi": "phần|trên|trong|trong số",
    "th": "ใน|จาก", "ar": "من|من كل|من بين|من أصل", "he": "מתוך|מכל", "hi": "में से|में", "nl": "op|van de|op de",
    "sv": "av", "da": "ud af|af", "nb": "av", "cs": "z", "ro": "din", "el": "στους|στις|στα",
}  # fmt: skip


def parse_shares(prose: str, profile: LanguageProfile, found: list[Quantity]) -> Iterator[Quantity]:
    """Each share of the text, as a fraction and in per cent; it answers a number and never asks for one."""
    pattern = _between(profile.language)
    if pattern is None:
        return
    numbers = sorted((q for q in found if q.values and q.end > q.start), key=lambda q: (q.start, q.end))
    for index, part in enumerate(numbers):
        for whole in numbers[index + 1 : index + 4]:
            if whole.start >= part.end and pattern.fullmatch(prose, part.end, whole.start):
                values = {
                    share for a in part.values for b in whole.values
                    if isinstance(a, Fraction) and isinstance(b, Fraction) and 0 < a < b
                    for share in (a / b, a * 100 / b)
                }  # fmt: skip
                if values:
                    written = prose[part.start : whole.end]
                    yield Quantity(part.start, whole.end, written, frozenset(values), PERCENT, False, phrase=True)


@cache
def _between(language: str) -> re.Pattern[str] | None:
    words = _BETWEEN.get(language)
    # Between them may stand what is counted: one backup in three.
    return re.compile(rf"(?:[\s\u00a0][^\W\d]+){{0,2}}[\s\u00a0]?(?:{words})[\s\u00a0]?") if words else None
