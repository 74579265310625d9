"""Finds number words that stand without spaces: Han numerals, and the words of Thai and Korean anywhere."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from imprint.localize.check import beside, tables
from imprint.localize.check.halves import half_behind, half_of, with_half
from imprint.localize.check.measures import PERCENT, Quantity, scale_after, unit_beside
from imprint.localize.check.numerals import HAN_NUMERAL, number_words, parse_han
from imprint.localize.check.profile import LanguageProfile

# Measure words: a Han numeral before one of them is surely a number (and not the 三 of a name).
_MEASURE = re.compile("[个個项項种種类類条條名家次天周週级級层層步章节節套张張台款份位件倍か箇つ]")
# Ten and some: 十几 is 11 to 19.
_SOME = frozenset("几幾多余餘来數数")
# Chinese and Japanese: what makes tenths of a numeral (八成).
TENTH = re.compile("割(?![りるっれ])|成(?![为為功員员立果本熟長长分就交])")
# Chinese tells by how much a thing has grown: 增长两倍 is to three times as much.
GROWN = re.compile("[增长長涨漲升高多快大][了出加]?[近约約]?$")
# Korean digits of one syllable are particles and pieces of words as well, but for those between these.
SYLLABLE = re.compile("[일이삼사오육칠팔구십]")
_COUNTS = re.compile("[차중분원각대십백천만억년월회개세층종급자]|단계|개월|인칭|배|시간|퍼센트")
_LEADS = frozenset("제십백천만억")
# And its native numerals of one syllable, but for those behind another (두세, 한두).
_NATIVE, _PAIRED = re.compile("[두세네석넉둘셋넷양]"), frozenset("한두세네")
_HALVES = tuple(
    (value, re.compile(half))
    for value, half in ((30, "半[个個]?(?:小[时時]|[钟鐘][头頭]|時間)|(?<=[点點時])半"), (6, "半年"), (12, "半[天日]"))
)


def parse_han_words(prose: str, profile: LanguageProfile) -> Iterator[Quantity]:
    """Han numerals, their fractions, and the number words beside them; those with a measure word are `counted`."""
    numerals = list(HAN_NUMERAL.finditer(prose))
    for match in numerals:
        percent = prose.endswith("百分之", 0, match.start())
        unit = PERCENT if percent else unit_beside(prose, match.start(), match.end(), profile)[0]
        numbers = parse_han(match[0])
        if half_behind(prose, match.end(), profile):
            numbers |= {value + Fraction(1, 2) for value in numbers}
        if match[0][-1] in "十拾" and prose[match.end() : match.end() + 1] in _SOME:
            numbers |= {value + more for value in numbers for more in range(1, 10)}
        if prose.startswith("倍", match.end()) and GROWN.search(prose, match.start() - 4, match.start()):
            numbers |= {value + 1 for value in numbers}
        if TENTH.match(prose, match.end()):
            numbers, unit = frozenset(value * 10 for value in numbers), PERCENT
        values: frozenset[Fraction | str] = frozenset(numbers)
        measured = _MEASURE.match(prose, match.end()) is not None and prose[match.start() - 1 : match.start()] != "第"
        counted = (unit != "" and len(match[0]) > 1 and match[0][0] not in "百千万萬") or (
            (measured or unit.startswith("duration-")) and len(match[0]) == 1
        )
        yield Quantity(match.start(), match.end(), match[0], values, unit, False, counted)
    yield from _han_parts(prose, numerals)
    for number, half in _HALVES:
        for match in half.finditer(prose):
            yield Quantity(match.start(), match.end(), match[0], frozenset({Fraction(number)}), exact=False)
    for phrase, value in _beside_numerals(profile.language, profile.script):
        place = prose.find(phrase)
        if place >= 0:
            yield Quantity(place, place + len(phrase), phrase, with_half(value), exact=False)


def _han_parts(prose: str, numerals: list[re.Match[str]]) -> Iterator[Quantity]:
    """Fractions in Han numerals: 三分之二."""
    for whole, part in itertools.pairwise(numerals):
        if prose[whole.end() : part.start()] in ("分之", "分の"):
            shares = {b / a for a in parse_han(whole[0]) for b in parse_han(part[0]) if a}
            values: frozenset[Fraction | str] = frozenset(times * s for s in shares for times in (1, 100) if s < 1)
            if values:
                start, end = whole.start(), part.end()
                yield Quantity(start, end, prose[start:end], values, "", False, counted=True)


@cache
def _beside_numerals(language: str, script: str) -> tuple[tuple[str, Fraction], ...]:
    """The number words that are no Han numerals; the same for every message."""
    values = number_words(language, script).values
    return tuple((phrase, value) for phrase, value in values.items() if phrase and not HAN_NUMERAL.fullmatch(phrase))


def parse_anywhere(prose: str, profile: LanguageProfile) -> Iterator[Quantity]:
    """Number words of languages that write them without a space: they answer a number; those that count something (two
    with a measure word behind) are surely numbers."""
    words = number_words(profile.language, profile.script)
    sure = _sure_places(prose, profile)
    for phrase, value in words.values.items():
        place = prose.find(phrase) if phrase else -1
        while place >= 0:
            end = place + len(phrase)
            if _is_piece(prose, place, end) or sure.get(place, (place, end)) != (place, end):
                place = prose.find(phrase, end)
                continue
            times, after = scale_after(prose, end, profile)
            unit, after = unit_beside(prose, place, after, profile)
            values = with_half(value) | {value * times}
            if half_behind(prose, end, profile):
                values |= {value * times + Fraction(times, 2)}
            counted = place in sure and times == 1
            yield Quantity(place, after, phrase, values, unit, exact=False, counted=counted)
            yield from half_of(value, place, end, prose, profile)
            place = prose.find(phrase, end)
    for factor, stems in tables.SCALES.get(profile.language, {}).items():
        for word in stems.split():
            if word.lstrip("=") in prose:
                yield Quantity(0, 0, word, frozenset({Fraction(factor)}), exact=False)


def _is_piece(prose: str, place: int, end: int) -> bool:
    """Whether a Korean number word of one syllable is a piece of another word there (누르세요, 모두, 14세)."""
    word, before = prose[place:end], prose[place - 1 : place]
    if _NATIVE.fullmatch(word):
        return before.isalnum() and before not in _PAIRED
    return SYLLABLE.fullmatch(word) is not None and not _COUNTS.match(prose, end) and before not in _LEADS


def _sure_places(prose: str, profile: LanguageProfile) -> dict[int, tuple[int, int]]:
    """The number words that count something: each place inside one, with where it begins and ends."""
    pattern = beside.COUNTING.get(profile.language)
    spans = [match.span(1) for match in pattern.finditer(prose)] if pattern else []
    return {place: span for span in spans for place in range(*span)}
