"""Reads the quantities of a text by value: numbers in digits and in words, with scale, percent and unit; months."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache

from imprint.localize.check import tables
from imprint.localize.check.figures import Figure, parse_figures
from imprint.localize.check.halves import VULGAR, half_behind, parse_vulgar, vulgar
from imprint.localize.check.inline import MASK
from imprint.localize.check.measures import PERCENT, Quantity, letter_scale, scale_after, unit_beside
from imprint.localize.check.multiples import parse_multiples
from imprint.localize.check.profile import LanguageProfile, profile_for
from imprint.localize.check.shares import parse_shares
from imprint.localize.check.spelled import parse_words
from imprint.localize.check.unspaced import GROWN, TENTH
from imprint.localize.check.words import WORD, fold

_RANGE = re.compile(
    r"[\s\u00a0]*(?:[-–—‑~～〜至到]|to|bis|à|al?|au|and|und|et|[ye]|и|до|إلى|से|đến|hingga|sampai|ile|do)[\s\u00a0]*"
)
# What stands between a day or a year and its month.
_BESIDE = re.compile(r"[\s\u00a0]*(?:st|nd|rd|th|er|º|ª|°|-го|-е)?[\s\u00a0.,]*(?:of|de|del|d[’'])?[\s\u00a0]*")
# What stands behind Korean 만 where it is no number's: the end of a word or of the sentence, and no counter.
_ONLY = re.compile(r"(?=$|[.,)]|[ \u00a0](?!\d|[명개원건대달년번회종장권톤배여천백십]))|(?:이|을|은)(?![가-힣])")
# A scale of one letter, to which nothing is added (4K 60fps).
_ONE_LETTER = re.compile(r"\d[A-Za-z]$")
# How far apart two numbers that share a scale stand, and what parts them.
_SHARED, _APART = 14, re.compile("[.,;:!?()，；。：]")
_PREFIXES = {"ar": "وفبل", "he": "בלמהוש"}
# Chinese, Japanese and Korean name the denominator first.
_OF = re.compile("(?:分の|分之|분의)[ \u00a0]?")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}


def parse_quantities(prose: str, profile: LanguageProfile) -> list[Quantity]:
    """Every quantity of the text in order of place, digits before words.

    Values by CLDR's number symbols, month and unit names and spell-out rules; scale words (thousand, 万, लाख …) by
    table.
    """
    found = [_measured(figure, prose, profile) for figure in parse_figures(prose, profile)]
    found = list(_ranges(list(_fractions(_composed(found, prose, profile), prose)), prose))
    found = list(_shared_scales(found, prose))
    found += _months(prose, profile, found)
    found += parse_vulgar(prose)
    found += parse_words(prose, profile)
    found += parse_multiples(prose, profile)
    found += parse_shares(prose, profile, found)
    return found


def _measured(figure: Figure, prose: str, profile: LanguageProfile) -> Quantity:
    """The figure with what stands around it: scale, percent, unit, era, Buddhist year, half of the day."""
    factor, end = scale_after(prose, figure.end, profile)
    letter, stop, sure = letter_scale(prose, figure.start, figure.end) if factor == 1 else (1, end, False)
    if sure:
        factor, end = letter, stop
    singles = [reading[0] for reading in figure.readings if len(reading) == 1]
    values: set[Fraction | str] = {v * factor if isinstance(v, Fraction) else v for v in singles}
    if letter > 1 and not sure:
        values |= {v * letter for v in values if isinstance(v, Fraction)}
    lists = tuple(frozenset({part}) for reading in figure.readings if len(reading) > 1 for part in reading)
    before, after = prose[max(0, figure.start - 12) : figure.start], prose[end : end + 12]
    first = singles[0] if singles else None
    if more := VULGAR.match(prose, end):
        values, end = {v + vulgar(more[0]) for v in values if isinstance(v, Fraction)}, more.end()
    elif half_behind(prose, end, profile):
        values |= {v + Fraction(factor, 2) for v in values if isinstance(v, Fraction)}
    if profile.han and TENTH.match(prose, end):
        values = {value * 10 for value in values if isinstance(value, Fraction)}
        return Quantity(figure.start, end + 1, prose[figure.start : end + 1], frozenset(values), PERCENT)
    if isinstance(first, Fraction):
        values |= set(
            _calendars(first, before, after, profile) if factor == 1 else _articles(first, factor, after, profile)
        )
        values |= set(_increase(first, before, after, profile))
    glued = before[-1:].isalpha() and after[:1].isalpha() and before[-1:].isascii() and after[:1].isascii()
    half = re.search(r"\bH$", before) is not None and first in (1, 2)
    clock = (figure.written == "24" and after.startswith("/7")) or (figure.written == "7" and before.endswith("24/"))
    # "Thứ 2" is Monday; 10進数 and 16进制 name a system of counting.
    name = before.casefold().endswith("thứ ") or after.lstrip()[:1] in ("進", "进", "진")
    # "1 in 4 users" is every fourth.
    share = first == 1 and re.match(r" (?:in|out of) (?:every )?\d", after) is not None
    exact = figure.exact and not (glued or half or clock or name or share)
    if not values:
        values = set(lists[0]) if lists else set()
    unit, end = unit_beside(prose, figure.start, end, profile)
    written = prose[figure.start : end].strip()
    return Quantity(figure.start, end, written, frozenset(values), unit, exact, scale=factor, lists=lists)


def _calendars(value: Fraction, before: str, after: str, profile: LanguageProfile) -> Iterator[Fraction]:
    if profile.language == "th" and 2400 <= value < 2700:
        yield value - 543
    for era, offset in _ERAS.items():
        if before.rstrip().endswith(era):
            yield value + offset
    if re.match(r"(?:[:.]\d\d)?\s?p\.?\s?m\b", after, re.IGNORECASE) and value < 12:
        yield value + 12
    if re.match(r"['’]?s\b", after) and value % 10 == 0 and 1500 < value < 2100:
        yield value % 100
        yield Fraction(value // 100 + 1)  # The 1990s are the nineties of the 20th century.
    if value == 12 and re.match(r"(?:[:.]\d\d)?\s?(?:a\.?\s?m\b|midnight)", after, re.IGNORECASE):
        yield Fraction(0)
        yield Fraction(24)
    if (start := re.search(r"(?<!\d)(1[5-9]|20)(\d\d)[-–/]$", before)) and 10 <= value < 100 and value > int(start[2]):
        yield int(start[1]) * 100 + value  # 2019–20.


def _articles(value: Fraction, factor: int, after: str, profile: LanguageProfile) -> Iterator[Fraction]:
    """Korean 조 is an article of a law as well as a million millions, and 만 says "only" as well as ten thousand."""
    if profile.language == "ko" and (factor == 10**12 or (factor == 10**4 and _ONLY.match(after))):
        yield value


def _increase(value: Fraction, before: str, after: str, profile: LanguageProfile) -> Iterator[Fraction]:
    """Chinese tells by how much a thing has grown: 增长2倍 is to three times as much."""
    if profile.language == "zh" and after.startswith("倍") and GROWN.search(before):
        yield value + 1


def _composed(found: list[Quantity], prose: str, profile: LanguageProfile) -> list[Quantity]:
    """Numbers in steps put together: 2億3000万, 2만 5천, 1 लाख 20 हज़ार."""
    result: list[Quantity] = []
    for quantity in found:
        last = result[-1] if result else None
        gap = prose[last.end : quantity.start] if last else ""
        # Korean puts a space between the steps (1만 2,480).
        close = (profile.han and not gap) or (profile.language == "ko" and last is not None and last.scale < 10**12)
        smaller = last and quantity.scale < last.scale and (quantity.scale > 1 or close)
        apart = gap.strip() or len(gap) > 1 or (last is not None and _ONE_LETTER.search(last.written))
        if last and smaller and not last.unit and not apart:
            values = frozenset(
                a + b for a in last.values for b in quantity.values
                if isinstance(a, Fraction) and isinstance(b, Fraction) and b < last.scale
            )  # fmt: skip
            if values:
                written = prose[last.start : quantity.end]
                result[-1] = replace(quantity, start=last.start, written=written, values=values)
                continue
        result.append(quantity)
    return result


def _in_date(prose: str, start: int, end: int) -> bool:
    """Whether "02/02" stands in a date: one of three numbers, or two digits with a zero before."""
    written = prose[start:end]
    chained = prose[end : end + 1] == "/" or prose[max(0, start - 1) : start] == "/"
    return chained or written.startswith("0") or "/0" in written


def _fractions(found: list[Quantity], prose: str) -> Iterator[Quantity]:
    """Fractions put together: 3分の2 is two thirds, and so is 2/3, whose two numbers stand for themselves as well."""
    last: Quantity | None = None
    for quantity in found:
        between = prose[last.end : quantity.start] if last else ""
        denominator_first = _OF.fullmatch(between) is not None
        if last and (denominator_first or (between == "/" and not _in_date(prose, last.start, quantity.end))):
            over, under = (quantity, last) if denominator_first else (last, quantity)
            parts = [
                a / b for a in over.values for b in under.values
                if isinstance(a, Fraction) and isinstance(b, Fraction) and b
            ]  # fmt: skip
            values: frozenset[Fraction | str] = frozenset(part * times for part in parts for times in (1, 100))
            if denominator_first:
                last, quantity = replace(last, exact=False), replace(quantity, exact=False)
            elif last.values == {Fraction(1)}:
                last = replace(last, exact=False)  # 1/10: a tenth.
            yield last
            yield Quantity(
                last.start, quantity.end, prose[last.start : quantity.end], values, "", denominator_first,
                phrase=not denominator_first,
            )  # fmt: skip
        elif last:
            yield last
        last = quantity
    if last:
        yield last


def _ranges(found: list[Quantity], prose: str) -> Iterator[Quantity]:
    """In "5–10 %" the first number is a percentage too."""
    for index, quantity in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        joined = following is not None and _RANGE.fullmatch(prose[quantity.end : following.start]) is not None
        if following and joined and following.unit and not quantity.unit:
            quantity = replace(quantity, unit=following.unit)
        yield quantity


def _shared_scales(found: list[Quantity], prose: str) -> Iterator[Quantity]:
    """In "10 to 20 million" and "1,2 der 7,9 Milliarden" the first number may be told in the scale of the second."""
    for one, two in itertools.zip_longest(found, found[1:]):
        near = two is not None and 0 < two.start - one.end <= _SHARED and one.scale == 1 < two.scale
        if near and not _APART.search(prose, one.end, two.start):
            scaled = {v * two.scale for v in one.values if isinstance(v, Fraction)}
            one = replace(one, values=one.values | scaled)
        yield one


def _months(prose: str, profile: LanguageProfile, numbers: list[Quantity]) -> Iterator[Quantity]:
    """Month names by CLDR; one beside a number is a date's and must be answered ("May 2021", not "may")."""
    if not profile.months:
        return
    ends, starts = {q.end for q in numbers}, {q.start for q in numbers}
    for match in _month_pattern(profile.tag).finditer(prose):
        word = fold(match[0])
        number = profile.months.get(match[0]) or profile.months.get(word) or _inflected_month(word, profile)
        if number is None:
            continue
        # "1 November", "1st of November", "1 de noviembre de 2021", "11. November", "November 2021", "May 1".
        nearby = range(max(0, match.start() - 8), match.start() + 1)
        before = any(place in ends and _BESIDE.fullmatch(prose, place, match.start()) for place in nearby)
        nearby = range(match.end(), match.end() + 6)
        after = any(place in starts and _BESIDE.fullmatch(prose, match.end(), place) for place in nearby)
        yield Quantity(match.start(), match.end(), match[0], frozenset({Fraction(number)}), exact=before or after)


@cache
def _month_pattern(tag: str) -> re.Pattern[str]:
    """A word, or a month's name with points inside it (Thai "มี.ค.") or without spaces around it ("เดือนมีนาคม")."""
    profile = profile_for(tag)
    dotted = sorted((name for name in profile.months if "." in name or profile.spaceless), key=len, reverse=True)
    return re.compile("|".join([*map(re.escape, dotted), *(() if profile.spaceless and dotted else (WORD.pattern,))]))


def _inflected_month(word: str, profile: LanguageProfile) -> int | None:
    """A month in a case that CLDR does not list (Russian "в июне"), or behind a preposition or "and" of one letter."""
    if profile.language in _PREFIXES and word[:1] in _PREFIXES[profile.language]:
        return profile.months.get(word[1:])
    for stem, longest, number in _month_stems(profile.tag):
        if word.startswith(stem) and len(stem) < len(word) <= longest:
            return number
    return None


@cache
def _month_stems(tag: str) -> tuple[tuple[str, int, int], ...]:
    """Stems of the months of a language with cases: the stem, the longest word it may be of, the month."""
    profile = profile_for(tag)
    if profile.language not in tables.CASED:
        return ()
    stems = []
    for name, number in profile.months.items():
        if any(other != name and other.startswith(name) for other in profile.months):
            continue  # An abbreviation says too little to take endings.
        stem = name[:-1] if len(name) > 3 or profile.script == "Cyrl" else name
        stems.append((stem, len(name) + 4 if len(stem) > 2 else len(name), number))
    return tuple(stems)


def masked(prose: str, spans: list[tuple[int, int]]) -> str:
    """The prose with the spans (standards, law numbers; in order) masked, place for place."""
    pieces: list[str] = []
    last = 0
    for start, end in spans:
        start = max(start, last)
        pieces += [prose[last:start], MASK * (end - start)]
        last = max(end, last)
    return "".join(pieces) + prose[last:]
