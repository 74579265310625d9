"""Finds number words in a text, as each script writes them: words between spaces, Han numerals, syllables anywhere."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from imprint.localize.check import tables
from imprint.localize.check.halves import half_behind, part_before
from imprint.localize.check.measures import PERCENT, Quantity, scale_after, unit_beside
from imprint.localize.check.numerals import HAN_NUMERAL, NumberWords, number_words, parse_han
from imprint.localize.check.profile import LanguageProfile
from imprint.localize.check.words import WORD, fold

# Measure words: a Han numeral before one of them is surely a number (and not the 三 of a name).
_MEASURE = re.compile("[个個项項种種类類条條名家次天周週级級层層步章节節套张張台款份位件倍か箇つ]")
# What Arabic and Hebrew write in front of a word without a space: and, in, to, like, the; French and Italian elisions.
_PREFIXES = {
    "ar": re.compile("^[وف]?[بلک]?(?:ال)?"),
    "he": re.compile("^[וה]?[בלמכש]?ה?"),
    "fr": re.compile("^(?:[cdjlns]|(?:jus|lors|puis)?qu)['’]"),
    "it": re.compile("^(?:[dl]|(?:[dn]e|da|a|su)ll)['’]"),
}
# What Turkish writes behind a number word: plural, possessive, case.
_ENDINGS = {"tr": re.compile("(?:l[ae]r)?(?:s?[ıiuü])?(?:n?[ıiuü]n|n?[dt][ae]n?|[yn]?[ae]|[yn]?[ıiuü]|y?l[ae])?")}
_ARTICLE = re.compile("[ \u00a0](?:an?|of an?)(?=[ \u00a0])")
# Alone, or with the ending of a French ordinal (XXIe siècle; "Le" is no number).
_ROMAN = re.compile(r"(?<![A-Za-z])(?:[IVXLC]{1,6}(?![A-Za-z])|(?:[IVXLC]{2,6}|[VX])(?=(?:ᵉ|e|ème)s?(?![A-Za-z])))")
# Ten and some: 十几 is 11 to 19.
_SOME = frozenset("几幾多余餘来數数")
# Chinese and Japanese: what makes tenths of a numeral (八成).
TENTH = re.compile("割(?![りるっれ])|成(?![为為功員员立果本熟長长分就交])")
# Chinese tells by how much a thing has grown: 增长两倍 is to three times as much.
GROWN = re.compile("[增长長涨漲升高多快大][了出加]?[近约約]?$")
# The ends of an Arabic dual, as `fold` leaves them; one of them is an accusative's too.
_DUAL = ("ا", "ان", "ین", "ی")
# English: half of something (no half hour).
_HALF_OF = re.compile(r"\0 (?:of|the|all|those|its|our|their)\b|\bby \0")
# Languages that do not count by dozens say tens (две дюжины, 二十多).
_DOZEN = 12
# Up to here a word that may be another one is a number where a unit stands behind it (altı yıl, sei mesi).
_TEN = 10
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
            yield Quantity(place, place + len(phrase), phrase, _with_half(value), exact=False)


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


def _anywhere(prose: str, profile: LanguageProfile) -> Iterator[Quantity]:
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
            values = _with_half(value) | {value * times}
            if half_behind(prose, end, profile):
                values |= {value * times + Fraction(times, 2)}
            counted = place in sure and times == 1
            yield Quantity(place, after, phrase, values, unit, exact=False, counted=counted)
            yield from _half_of(value, place, end, prose, profile)
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
    pattern = tables.COUNTING.get(profile.language)
    spans = [match.span(1) for match in pattern.finditer(prose)] if pattern else []
    return {place: span for span in spans for place in range(*span)}


def _spelled(prose: str, profile: LanguageProfile) -> Iterator[Quantity]:
    """Number words between spaces: the longest phrase first, put together as the language counts."""
    words = number_words(profile.language, profile.script)
    tokens = [(m.start(), m.end(), fold(m[0])) for m in WORD.finditer(prose)]
    if prefix := _PREFIXES.get(profile.language):
        tokens = list(_bared(tokens, prefix, words.values, profile))
    if endings := _ENDINGS.get(profile.language):
        tokens = list(_stemmed(tokens, endings, words.values, profile))
    index, before = 0, Fraction(0)
    while index < len(tokens):
        value, count, sure = _phrase_at(tokens, index, prose, profile)
        if not count:
            # "A third", and "two thirds" below.
            before = Fraction(tokens[index][2] in ("a", "an") and profile.language == "en")
            index += 1
            continue
        start, end = tokens[index][0], tokens[index + count - 1][1]
        unit, end = unit_beside(prose, start, end, profile)
        other = not (unit and 1 < value <= _TEN) and _is_other_word(tokens, index, count, words, profile)
        counted = sure and not other
        values = _with_half(value) | _also(value, tokens, index, count, profile)
        yield Quantity(start, end, prose[start:end], values, unit, False, counted)
        yield from _half_of(value, start, end, prose, profile)
        if before and profile.language == "en" and (share := _share(before, value, tokens[index][2], words)):
            values = _with_half(share) | _also(share, tokens, index, count, profile)
            yield Quantity(start, end, prose[start:end], values, exact=False, counted=True)
        elif profile.language == "en" and value > 2 and _share(Fraction(1), value, tokens[index][2], words):
            # "The remaining third"; but the plural has its number before it.
            if not tokens[index][2].endswith("s"):
                yield Quantity(start, end, prose[start:end], _with_half(1 / value), exact=False)
        elif (value == Fraction(1, 2) and _HALF_OF.search(f"{prose[:start][-4:]}\0{prose[end:][:8]}")) or (
            value == Fraction(1, 4) and before == 1 and prose.startswith(" of", end)
        ):
            yield Quantity(start, end, prose[start:end], _with_half(value), exact=False, counted=True)
        index, before = index + count, value


def _is_other_word(
    tokens: list[tuple[int, int, str]], index: int, count: int, words: NumberWords, profile: LanguageProfile
) -> bool:
    """Whether the word may be no number: always, or by its neighbours ("thứ hai" is Monday, "ba mẹ" parents)."""
    if " ".join(token[2] for token in tokens[index : index + count]) in words.ambiguous:
        return True
    if count > 1:
        return False
    before, after = tables.BESIDE_OTHER.get(profile.language, (frozenset(), frozenset()))
    near = tokens[index - 1][2] if index else "", tokens[index + 1][2] if index + 1 < len(tokens) else ""
    return near[0] in before or near[1] in after


def _also(
    value: Fraction, tokens: list[tuple[int, int, str]], index: int, count: int, profile: LanguageProfile
) -> frozenset[Fraction | str]:
    """What a number may say as well: three dozen is thirty where nobody counts by dozens, a thirty-second limit is one
    of thirty seconds, a quarter of a million 250,000, Arabic مليونا a million or two."""
    last, behind = tokens[index + count - 1][2], [token[2] for token in tokens[index + count : index + count + 3]]
    if count > 1 and _is_dozen(last, profile):
        return frozenset({value * 10 / _DOZEN})
    if count > 1 and last == "second" and profile.language == "en":
        return frozenset({value - 2})
    known = number_words(profile.language, profile.script).values
    if profile.language == "ar" and count == 1 and last not in known and last.endswith(_DUAL):
        return frozenset({value * 2})
    scaled = 0 < value < 1 and behind[:2] == ["of", "a"] and len(behind) == 3
    return frozenset({value * _scale_word(behind[2], profile)} if scaled else ())


def _half_of(value: Fraction, start: int, end: int, prose: str, profile: LanguageProfile) -> Iterator[Quantity]:
    """Half an hour, half a year: thirty minutes, six months."""
    if value != Fraction(1, 2):
        return
    article = _ARTICLE.match(prose, end)
    unit, _ = unit_beside(prose, start, article.end() if article else end, profile)
    if unit in tables.HALF_OF:
        number, smaller = tables.HALF_OF[unit]
        yield Quantity(start, end, prose[start:end], frozenset({Fraction(number)}), smaller, exact=False)


def _share(count: Fraction, value: Fraction, word: str, words: NumberWords) -> Fraction:
    """English: two thirds, three quarters, a fifth; 0 where the word names no share."""
    if 0 < value < 1:
        return count * value if count > 1 else Fraction(0)
    ordinal = value > 2 and word in words.values and word not in words.cardinals
    return count / value if ordinal else Fraction(0)


def _stemmed(
    tokens: list[tuple[int, int, str]], endings: re.Pattern[str], values: dict[str, Fraction], profile: LanguageProfile
) -> Iterator[tuple[int, int, str]]:
    """The words without their endings. An ending is the end of a number ("onda altısı": six in ten, and no sixteen;
    "milyonu iki haftada"), so that behind it stands an empty word."""
    for start, end, word in tokens:
        stem = _stem(word, endings, values, profile)
        yield start, end, stem
        if stem != word or any(word.startswith(name) and endings.fullmatch(word, len(name)) and word != name
                               for name, _, _ in profile.scales if len(name) > 2):  # fmt: skip
            yield end, end, "\0"


def _stem(word: str, endings: re.Pattern[str], values: dict[str, Fraction], profile: LanguageProfile) -> str:
    """The number word without its endings; the word itself, where it is none (or says "percent")."""
    if word in values or word in profile.percent:
        return word
    # An ending has ten letters at most.
    stems = (word[:cut] for cut in range(len(word) - 1, max(1, len(word) - 11), -1))
    return next((stem for stem in stems if stem in values and endings.fullmatch(word, len(stem))), word)


def _bared(
    tokens: list[tuple[int, int, str]], prefix: re.Pattern[str], values: dict[str, Fraction], profile: LanguageProfile
) -> Iterator[tuple[int, int, str]]:
    """The words, with the prefix taken off where only that makes a number of one, or of it and the word behind ("the
    seven", "the twelve", "in the million", but not "five-and-")."""
    before = ""
    for index, (start, end, word) in enumerate(tokens):
        bare = prefix.sub("", word, count=1)
        article = f"ال{bare}"
        if article in values and word.endswith(article):
            bare = article
        behind = tokens[index + 1][2] if index + 1 < len(tokens) else ""
        known = bare in values or f"{bare} {behind}" in values or (bare != word and _scale_word(bare, profile) > 1)
        compound = f"{before} {word}" in values
        before = bare if known else word
        yield start, end, bare if known and word not in values and not compound else word


def _with_half(value: Fraction) -> frozenset[Fraction | str]:
    """A half may be told as 50 (percent), a quarter as 25."""
    return frozenset({value, value * 100}) if 0 < value < 1 else frozenset({value})


def _phrase_at(
    tokens: list[tuple[int, int, str]], index: int, prose: str, profile: LanguageProfile
) -> tuple[Fraction, int, bool]:
    """The value of the number words from `index` on, how many words they are, and whether they are surely a number."""
    words = number_words(profile.language, profile.script)
    total, group, used, sure, place, step = Fraction(0), Fraction(0), 0, True, index, 1
    while place < len(tokens):
        if used and prose[tokens[place - 1][1] : tokens[place][0]].strip("-‐‑") not in ("", " ", "\u00a0"):
            break
        value, taken = _longest(tokens, place, words.values, words.longest)
        phrase = " ".join(t[2] for t in tokens[place : place + taken])
        factor = _scale_word(tokens[place][2], profile) if not taken or value >= 100 or used else 1
        half = _and_a_half(tokens, place, profile, words.values) if used else 0
        if half:
            group, total = (group + Fraction(1, 2), total) if group or step == 1 else (group, total + Fraction(step, 2))
            taken = half
        elif (used and factor > 1) or factor >= 1000 or (factor >= 100 and not taken):
            # Alone ("millions of", Arabic "a million") the word says its own value, or a vague one.
            lead = [token[2] for token in tokens[max(0, index - 2) : index]]
            sure = sure and (used > 0 or (profile.language == "en" and lead[-1:] == ["a"] and lead[0] != "of"))
            group = (group or Fraction(1)) * factor
            if factor > 100:
                total, group, step = total + group, Fraction(0), factor
            taken = 1
        elif taken and (not used or (group == 0 and total) or _follows(group, value, phrase in words.cardinals)):
            group += value
            if index and not used:
                group += part_before(tokens[index - 1][2], profile.language)
            sure = sure and phrase in words.cardinals
        elif used and not taken and _joins(tokens, place, group, profile):
            taken = 1
        else:
            break
        place += taken
        used = place - index
    return total + group, used, sure


def _joins(tokens: list[tuple[int, int, str]], place: int, group: Fraction, profile: LanguageProfile) -> bool:
    """Whether the word joins a number before it with one behind: two hundred and fifty, half a dozen (or a million)."""
    if tokens[place][2] == "a":
        scaled = place + 1 < len(tokens) and _scale_word(tokens[place + 1][2], profile) > 1
        return group == Fraction(1, 2) and scaled
    if tokens[place][2] not in ("and", "y", "e", "et", "und", "و", "và") or group < 100:
        return False
    words = number_words(profile.language, profile.script)
    value, count = _longest(tokens, place + 1, words.values, words.longest)
    return count > 0 and _follows(group, value, cardinal=True)


def _and_a_half(
    tokens: list[tuple[int, int, str]], place: int, profile: LanguageProfile, values: dict[str, Fraction]
) -> int:
    """How many words from `place` on say that the number is more by a half; 0 where none do."""
    words = [word for _, _, word in tokens[place : place + 3]]
    if words[0] == fold(tables.HALF_AFTER.get(profile.language, "\0")):
        # Arabic may name the million once more: a million and half the million.
        again = profile.language == "ar" and len(words) > 1 and _scale_word(words[1], profile) > 1
        return 2 if again else 1
    for joint in tables.AND_A_HALF.get(profile.language, ()):
        size = len(joint.split())
        if words[:size] == joint.split() and values.get(" ".join(words[size : size + 1])) == Fraction(1, 2):
            return size + 1
    return 0


def _is_dozen(word: str, profile: LanguageProfile) -> bool:
    """Whether the word says "dozen"."""
    return _scale_word(word, profile) == _DOZEN


def _follows(group: Fraction, value: Fraction, cardinal: bool) -> bool:
    """Whether a number word can be added to those before it: two hundred · fifty; twenty · five (thirty · second is one
    phrase or, where seconds are counted, no number)."""
    return (group >= 100 and group % 100 == 0 and 0 < value < 100) or (
        cardinal and group % 100 >= 20 and group % 10 == 0 and 0 < value < 10
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
