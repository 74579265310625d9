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


# And between the whole and its part, where the whole comes first.
_WHOLE_FIRST = {
    "zh": "[人名个個家位台款項项次]?[用户戶]{0,2}(?:中|里|裡|当中|當中)?[就便]?(?:仅|僅|只)?[有]?",
    "ja": "(?:人|社|件|個|つ|台|本|回|名)?(?:のうち|中|に)、?",
    "ko": r"[ \u00a0]?(?:명|건|개|곳|사람|대|번|분|가구)?(?:의[ \u00a0]사용자)?[ \u00a0]?(?:중|가운데)(?:에서|에)?",
    "hi": "में से(?: केवल| सिर्फ़| लगभग)?", "tr": r"(?<=[dt][ae])(?!\S)|[^\W\d]+(?:den|dan|ten|tan)",
    "vi": r"[^\W\d]+(?: [^\W\d]+)? thì(?: có)?(?: chỉ)?(?: hơn)?",
}  # fmt: skip
# English: so many times less, and by what factor.
_LESS = re.compile(r"(?:[ -]times|x|×|-?fold)[ ](?:less|fewer|smaller|lower|shorter|slower|cheaper|lighter|thinner)\b")
_FACTOR = re.compile(r"\bfactor of $")


def parse_shares(prose: str, profile: LanguageProfile, found: list[Quantity]) -> Iterator[Quantity]:
    """Each share of the text, as a fraction and in per cent; it answers a number; one of number words asks for
    a share too."""
    numbers = sorted((q for q in found if q.values and q.end > q.start), key=lambda q: (q.start, q.end))
    pattern, reverse = _between(_BETWEEN, profile.language), _between(_WHOLE_FIRST, profile.language)
    for index, one in enumerate(numbers):
        for two in numbers[index + 1 : index + 4]:
            if two.start < one.end:
                continue
            if pattern and pattern.fullmatch(prose, one.end, two.start):
                yield from _share(one, two, one, two, prose)
            if reverse and reverse.fullmatch(prose, one.end, two.start):
                yield from _share(two, one, one, two, prose)
        if profile.language == "en" and _is_divisor(one, prose):
            parts = frozenset(1 / v for v in one.values if isinstance(v, Fraction) and v > 1)
            if parts:
                yield Quantity(one.start, one.end, one.written, parts, "", False, phrase=True)


def _is_divisor(number: Quantity, prose: str) -> bool:
    """Whether the text says that something is so many times less, or changed by that factor."""
    before = max(0, number.start - 12)
    return (_LESS.match(prose, number.end) or _FACTOR.search(prose, before, number.start)) is not None


def _share(part: Quantity, whole: Quantity, first: Quantity, last: Quantity, prose: str) -> Iterator[Quantity]:
    """The share that the two numbers tell, if the part is less than the whole."""
    values = {
        share for a in part.values for b in whole.values
        if isinstance(a, Fraction) and isinstance(b, Fraction) and 0 < a < b
        for share in (a / b, a * 100 / b)
    }  # fmt: skip
    if values:
        written = prose[first.start : last.end]
        sure = whole.counted and (part.counted or part.values == {Fraction(1)}) and not (part.phrase or whole.phrase)
        yield Quantity(first.start, last.end, written, frozenset(values), PERCENT, False, sure, phrase=True)


def _between(words: dict[str, str], language: str) -> re.Pattern[str] | None:
    """What stands between the two numbers; what is counted may stand there too (one backup in three)."""
    return _compiled(words[language]) if language in words else None


@cache
def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:[\s\u00a0][^\W\d]+){{0,2}}[\s\u00a0]?(?:{words})[\s\u00a0]?")
