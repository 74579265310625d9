"""What makes a number more by a part: 2 ans et demi, 2 с половиной, 两个半, 2 ปีครึ่ง, 2½, साढ़े तीन."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from imprint.localize.check import beside
from imprint.localize.check.measures import Quantity, unit_beside
from imprint.localize.check.numerals import number_words
from imprint.localize.check.profile import LanguageProfile
from imprint.localize.check.words import WORD, fold

VULGAR = re.compile("[¼-¾⅐-⅞]")
_HALF = Fraction(1, 2)
_ARTICLE = re.compile("[ \u00a0](?:an?|of an?)(?=[ \u00a0])")
_GAP = r"[\s\u00a0\u202f\u2009-]{0,2}"
# Where words stand without spaces, what may stand between number and half: a measure word or a unit.
_HALF_BEHIND = {
    "zh": re.compile("(?:[个個年天日周]|小[时時])半"),
    "ja": re.compile("(?:[個年日]|週間?|時間|[かヶカ]月)半"),
    "ko": re.compile(r"[ \u00a0]?(?:시간|개월|[년해달주일배개명])[ \u00a0]?반(?=[이을은의간만도 .,)]|$)"),
    "th": re.compile(r"[ \u00a0]?(?:ชั่วโมง|นาที|วัน|สัปดาห์|เดือน|ปี|เท่า|ล้าน|พัน|แสน|หมื่น)ครึ่ง"),
}


def half_behind(prose: str, end: int, profile: LanguageProfile) -> bool:
    """Whether the words behind a number, and behind its unit, say that it is more by a half."""
    pattern = _half_pattern(profile.language, profile.script)
    return pattern is not None and pattern.match(prose, end) is not None


@cache
def _half_pattern(language: str, script: str) -> re.Pattern[str] | None:
    if language in _HALF_BEHIND:
        return _HALF_BEHIND[language]
    joints = [joint.replace(" ", r"[\s\u00a0]+") + r"[\s\u00a0]+" for joint in beside.AND_A_HALF.get(language, ())]
    values = number_words(language, script).values
    halves = [word for word, value in values.items() if value == _HALF]
    if language in beside.HALF_AFTER:
        joints, halves = ["و?" if script == "Arab" else ""], [beside.HALF_AFTER[language]]
    if not joints or not halves:
        return None
    words = "|".join(re.escape(word) for word in halves)
    return re.compile(rf"(?:{_GAP}{WORD.pattern})?{_GAP}(?:{'|'.join(joints)})(?:{words})(?!\w)", re.IGNORECASE)


def parse_vulgar(prose: str) -> Iterator[Quantity]:
    """The fractions that are one character and stand by themselves: ½, ⅔."""
    for match in VULGAR.finditer(prose):
        if not prose[match.start() - 1 : match.start()].isdecimal():
            value = vulgar(match[0])
            yield Quantity(match.start(), match.end(), match[0], frozenset({value, value * 100}), exact=False)


def vulgar(character: str) -> Fraction:
    """The value of a fraction that is one character."""
    over, _, under = unicodedata.normalize("NFKC", character).partition("\u2044")
    return Fraction(int(over), int(under))


def part_before(word: str, language: str) -> Fraction:
    """How much more or less than its number word a number is for the word before it (साढ़े तीन is 3½); 0 for others."""
    return next((Fraction(part) for part, before in beside.PART_BEFORE.get(language, {}).items()
                 if word == fold(before)), Fraction(0))  # fmt: skip


def with_half(value: Fraction) -> frozenset[Fraction | str]:
    """A half may be told as 50 (percent), a quarter as 25."""
    return frozenset({value, value * 100}) if 0 < value < 1 else frozenset({value})


def half_of(value: Fraction, start: int, end: int, prose: str, profile: LanguageProfile) -> Iterator[Quantity]:
    """Half an hour, half a year: thirty minutes, six months."""
    if value != Fraction(1, 2):
        return
    article = _ARTICLE.match(prose, end)
    unit, _ = unit_beside(prose, start, article.end() if article else end, profile)
    if unit in beside.HALF_OF:
        number, smaller = beside.HALF_OF[unit]
        yield Quantity(start, end, prose[start:end], frozenset({Fraction(number)}), smaller, exact=False)
