"""Finds number words in a text, as each script writes them: words between spaces, Han numerals, syllables anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from imprint.localize.check import tables
from imprint.localize.check.measures import PERCENT, Quantity, scale_after, unit_beside
from imprint.localize.check.numerals import HAN_NUMERAL, number_words, parse_han
from imprint.localize.check.profile import LanguageProfile
from imprint.localize.check.words import WORD, fold

# Measure words: a Han numeral before one of them is surely a number (and not the 三 of a name).
_MEASURE = re.compile("[个個项項种種类類条條名家次天周週级級层層步章节節套张張台款份位件か箇つ]")
# What Arabic and Hebrew write in front of a word without a space: and, in, to, like, the; French and Italian elisions.
_PREFIXES = {
    "ar": re.compile("^[وف]?[بلک]?(?:ال)?"),
    "he": re.compile("^[וה]?[בלמכש]?ה?"),
    "fr": re.compile("^(?:[cdjlns]|(?:jus|lors|puis)?qu)['’]"),
    "it": re.compile("^(?:[dl]|(?:[dn]e|da|a|su)ll)['’]"),
}
# Alone, or with the ending of a French ordinal (XXIe siècle; "Le" is no number).
_ROMAN = re.compile(r"(?<![A-Za-z])(?:[IVXLC]{1,6}(?![A-Za-z])|(?:[IVXLC]{2,6}|[VX])(?=(?:ᵉ|e|ème)s?(?![A-Za-z])))")
# Chinese and Japanese: what makes a numeral a tenth more (八成) or a half more (一个半小时), and half an hour, a year.
_TENTH = re.compile("成(?![为為功員员立果本熟長长分就交])")
HALF_MORE = re.compile("(?:[个個年天日周]|週間?|小[时時]|時間|[かヶカ]月)半")
_HALVES = tuple(
    (value, re.compile(half))
    for value, half in ((30, "半[个個]?(?:小[时時]|[钟鐘][头頭]|時間)|(?<=[点點時])半"), (6, "半年"), (12, "半[天日]"))
)


def parse_words(prose: str, profile: LanguageProfile) -> Iterator[Quantity]:
    """Every number word of the text; none of them is exact, those that are surely numbers are `counted`."""
    for match in _ROMAN.finditer(prose):
        if value := _roman(match[0]):
            yield Quantity(match.start(), match.end(), match[0], frozenset({Fraction(value)}), exact=False)
    if profile.han:
        yield from _han(prose, profile)
    elif profile.spaceless or profile.language == "ko":
        yield from _anywhere(prose, profile)
    else:
        yield from _spelled(prose, profile)


def _roman(text: str) -> int:
    digits = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[c] for c in text]
    return sum(-d if d < max(digits[i:]) else d for i, d in enumerate(digits))


def _han(prose: str, profile: LanguageProfile) -> Iterator[Quantity]:
    for match in HAN_NUMERAL.finditer(prose):
        percent = prose[: match.start()].endswith("百分之")
        unit = PERCENT if percent else unit_beside(prose, match.start(), match.end(), profile)[0]
        numbers = parse_han(match[0])
        if HALF_MORE.match(prose, match.end()):
            numbers |= {value + Fraction(1, 2) for value in numbers}
        if _TENTH.match(prose, match.end()):
            numbers, unit = frozenset(value * 10 for value in numbers), PERCENT
        values: frozenset[Fraction | str] = frozenset(numbers)
        measured = _MEASURE.match(prose, match.end()) is not None and prose[match.start() - 1 : match.start()] != "第"
        counted = (unit != "" and len(match[0]) > 1 and match[0][0] not in "百千万萬") or (
            measured and len(match[0]) == 1
        )
        yield Quantity(match.start(), match.end(), match[0], values, unit, False, counted)
    for number, half in _HALVES:
        for match in half.finditer(prose):
            yield Quantity(match.start(), match.end(), match[0], frozenset({Fraction(number)}), exact=False)
    for phrase, value in _beside_numerals(profile.language, profile.script):
        place = prose.find(phrase)
        if place >= 0:
            yield Quantity(place, place + len(phrase), phrase, _with_half(value), exact=False)


@cache
def _beside_numerals(language: str, script: str) -> tuple[tuple[str, Fraction], ...]:
    """The number words that are no Han numerals; the same for every message."""
    values = number_words(language, script).values
    return tuple((phrase, value) for phrase, value in values.items() if phrase and not HAN_NUMERAL.fullmatch(phrase))


def _anywhere(prose: str, profile: LanguageProfile) -> Iterator[Quantity]:
    """Number words of languages that write them without a space: they answer a number and never ask for one."""
    words = number_words(profile.language, profile.script)
    for phrase, value in words.values.items():
        place = prose.find(phrase) if phrase else -1
        while place >= 0:
            end = place + len(phrase)
            times, after = scale_after(prose, end, profile)
            unit, after = unit_beside(prose, place, after, profile)
            yield Quantity(place, after, phrase, frozenset({value, value * times}), unit, exact=False)
            place = prose.find(phrase, end)
    for factor, stems in tables.SCALES.get(profile.language, {}).items():
        for word in stems.split():
            if word.lstrip("=") in prose:
                yield Quantity(0, 0, word, frozenset({Fraction(factor)}), exact=False)


def _spelled(prose: str, profile: LanguageProfile) -> Iterator[Quantity]:
    """Number words between spaces: the longest phrase first, put together as the language counts."""
    words = number_words(profile.language, profile.script)
    tokens = [(m.start(), m.end(), fold(m[0])) for m in WORD.finditer(prose)]
    if prefix := _PREFIXES.get(profile.language):
        tokens = list(_bared(tokens, prefix, words.values))
    index = 0
    while index < len(tokens):
        value, count, sure = _phrase_at(tokens, index, prose, profile)
        if not count:
            index += 1
            continue
        start, end = tokens[index][0], tokens[index + count - 1][1]
        unit, end = unit_beside(prose, start, end, profile)
        counted = sure and not (count == 1 and tokens[index][2] in words.ambiguous)
        yield Quantity(start, end, prose[start:end], _with_half(value), unit, False, counted)
        index += count


def _bared(
    tokens: list[tuple[int, int, str]], prefix: re.Pattern[str], values: dict[str, Fraction]
) -> Iterator[tuple[int, int, str]]:
    """The words, with the prefix taken off where only that makes a number of one ("the seven", but not "five-and-")."""
    before = ""
    for start, end, word in tokens:
        bare = prefix.sub("", word, count=1)
        compound = f"{before} {word}" in values
        before = word
        yield start, end, bare if bare in values and word not in values and not compound else word


def _with_half(value: Fraction) -> frozenset[Fraction | str]:
    """A half may be told as 50 (percent), a quarter as 25."""
    return frozenset({value, value * 100}) if 0 < value < 1 else frozenset({value})


def _phrase_at(
    tokens: list[tuple[int, int, str]], index: int, prose: str, profile: LanguageProfile
) -> tuple[Fraction, int, bool]:
    """The value of the number words from `index` on, how many words they are, and whether they are surely a number."""
    words = number_words(profile.language, profile.script)
    total, group, used, sure, place = Fraction(0), Fraction(0), 0, True, index
    while place < len(tokens):
        if used and prose[tokens[place - 1][1] : tokens[place][0]].strip("-‐‑") not in ("", " ", "\u00a0"):
            break
        value, taken = _longest(tokens, place, words.values, words.longest)
        factor = _scale_word(tokens[place][2], profile) if not taken or value >= 100 else 1
        if (used and factor > 1) or factor >= 1000:
            # Alone ("millions of", Arabic "a million") the word says its own value, or a vague one.
            sure = sure and used > 0
            group = (group or Fraction(1)) * factor
            if factor > 100:
                total, group = total + group, Fraction(0)
            taken = 1
        elif taken and (not used or (group == 0 and total) or _follows(group, value)):
            group += value
            sure = sure and " ".join(t[2] for t in tokens[place : place + taken]) in words.cardinals
        elif used and not taken and tokens[place][2] in ("and", "y", "e", "et", "und", "و", "và"):
            following = _longest(tokens, place + 1, words.values, words.longest)
            if not following[1] or not _follows(group, following[0]) or group < 100:
                break
            taken = 1
        else:
            break
        place += taken
        used = place - index
    return total + group, used, sure


def _follows(group: Fraction, value: Fraction) -> bool:
    """Whether a number word can be added to those before it: two hundred · fifty; twenty · five."""
    return (group >= 100 and group % 100 == 0 and 0 < value < 100) or (
        group % 100 >= 20 and group % 10 == 0 and 0 < value < 10
    )


def _longest(
    tokens: list[tuple[int, int, str]], place: int, values: dict[str, Fraction], longest: int
) -> tuple[Fraction, int]:
    for size in range(min(longest, len(tokens) - place), 0, -1):
        phrase = " ".join(token[2] for token in tokens[place : place + size])
        if phrase in values:
            return values[phrase], size
    return Fraction(0), 0


def _scale_word(word: str, profile: LanguageProfile) -> int:
    for name, exact, factor in profile.scales:
        if len(name) > 1 and (word == name if exact else word.startswith(name)):
            return factor
    return 1
