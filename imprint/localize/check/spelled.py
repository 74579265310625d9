"""Finds number words in a text, as each script writes them: words between spaces, Roman and Han numerals, syllables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from imprint.localize.check import beside
from imprint.localize.check.composed import DOZEN, is_dozen, phrase_at, scale_word
from imprint.localize.check.halves import half_of, with_half
from imprint.localize.check.measures import Quantity, unit_beside
from imprint.localize.check.numerals import NumberWords, number_words
from imprint.localize.check.profile import LanguageProfile
from imprint.localize.check.unspaced import parse_anywhere, parse_han_words
from imprint.localize.check.words import WORD, fold

# What Arabic and Hebrew write in front of a word without a space: and, in, to, like, the; French and Italian elisions.
_PREFIXES = {
    "ar": re.compile("^[وف]?[بلک]?(?:ال)?"),
    "he": re.compile("^[וה]?[בלמכש]?ה?"),
    "fr": re.compile("^(?:[cdjlns]|(?:jus|lors|puis)?qu)['’]"),
    "it": re.compile("^(?:[dl]|(?:[dn]e|da|a|su)ll)['’]"),
}
# What Turkish writes behind a number word: plural, possessive, case.
_ENDINGS = {"tr": re.compile("(?:l[ae]r)?(?:s?[ıiuü])?(?:n?[ıiuü]n|n?[dt][ae]n?|[yn]?[ae]|[yn]?[ıiuü]|y?l[ae])?")}
# Alone, or with the ending of a French ordinal (XXIe siècle; "Le" is no number).
_ROMAN = re.compile(r"(?<![A-Za-z])(?:[IVXLC]{1,6}(?![A-Za-z])|(?:[IVXLC]{2,6}|[VX])(?=(?:ᵉ|e|ème)s?(?![A-Za-z])))")
# The ends of an Arabic dual, as `fold` leaves them; one of them is an accusative's too.
_DUAL = ("ا", "ان", "ین", "ی")
# English: half of something (no half hour).
_HALF_OF = re.compile(r"\0 (?:of|the|all|those|its|our|their)\b|\bby \0")
# Up to here a word that may be another one is a number where a unit stands behind it (altı yıl, sei mesi).
_TEN = 10


def parse_words(prose: str, profile: LanguageProfile) -> Iterator[Quantity]:
    """Every number word of the text; none of them is exact, those that are surely numbers are `counted`."""
    for match in _ROMAN.finditer(prose):
        if value := _roman(match[0]):
            yield Quantity(match.start(), match.end(), match[0], frozenset({Fraction(value)}), exact=False)
    if profile.han:
        yield from parse_han_words(prose, profile)
    elif profile.spaceless or profile.language == "ko":
        yield from parse_anywhere(prose, profile)
    else:
        yield from _spelled(prose, profile)


def _roman(text: str) -> int:
    digits = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[c] for c in text]
    return sum(-d if d < max(digits[i:]) else d for i, d in enumerate(digits))


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
        value, count, sure = phrase_at(tokens, index, prose, profile)
        if not count:
            # "A third", and "two thirds" below.
            before = Fraction(tokens[index][2] in ("a", "an") and profile.language == "en")
            index += 1
            continue
        start, end = tokens[index][0], tokens[index + count - 1][1]
        unit, end = unit_beside(prose, start, end, profile)
        other = not (unit and 1 < value <= _TEN) and _is_other_word(tokens, index, count, words, profile)
        counted = sure and not other
        values = with_half(value) | _also(value, tokens, index, count, profile)
        yield Quantity(start, end, prose[start:end], values, unit, False, counted)
        yield from half_of(value, start, end, prose, profile)
        if before and profile.language == "en" and (share := _share(before, value, tokens[index][2], words)):
            values = with_half(share) | _also(share, tokens, index, count, profile)
            yield Quantity(start, end, prose[start:end], values, exact=False, counted=True)
        elif profile.language == "en" and value > 2 and _share(Fraction(1), value, tokens[index][2], words):
            # "The remaining third"; but the plural has its number before it.
            if not tokens[index][2].endswith("s"):
                yield Quantity(start, end, prose[start:end], with_half(1 / value), exact=False)
        elif (value == Fraction(1, 2) and _HALF_OF.search(f"{prose[:start][-4:]}\0{prose[end:][:8]}")) or (
            value == Fraction(1, 4) and before == 1 and prose.startswith(" of", end)
        ):
            yield Quantity(start, end, prose[start:end], with_half(value), exact=False, counted=True)
        index, before = index + count, value


def _is_other_word(
    tokens: list[tuple[int, int, str]], index: int, count: int, words: NumberWords, profile: LanguageProfile
) -> bool:
    """Whether the word may be no number: always, or by its neighbours ("thứ hai" is Monday, "ba mẹ" parents)."""
    if " ".join(token[2] for token in tokens[index : index + count]) in words.ambiguous:
        return True
    if count > 1:
        return False
    before, after = beside.BESIDE_OTHER.get(profile.language, (frozenset(), frozenset()))
    near = tokens[index - 1][2] if index else "", tokens[index + 1][2] if index + 1 < len(tokens) else ""
    return near[0] in before or near[1] in after


def _also(
    value: Fraction, tokens: list[tuple[int, int, str]], index: int, count: int, profile: LanguageProfile
) -> frozenset[Fraction | str]:
    """What a number may say as well: three dozen is thirty where nobody counts by dozens, a thirty-second limit is one
    of thirty seconds, a quarter of a million 250,000, Arabic مليونا a million or two."""
    last, behind = tokens[index + count - 1][2], [token[2] for token in tokens[index + count : index + count + 3]]
    if count > 1 and is_dozen(last, profile):
        # Languages that do not count by dozens say tens (две дюжины, 二十多).
        return frozenset({value * 10 / DOZEN})
    if count > 1 and last == "second" and profile.language == "en":
        return frozenset({value - 2})
    known = number_words(profile.language, profile.script).values
    if profile.language == "ar" and count == 1 and last not in known and last.endswith(_DUAL):
        return frozenset({value * 2})
    scaled = 0 < value < 1 and behind[:2] == ["of", "a"] and len(behind) == 3
    return frozenset({value * scale_word(behind[2], profile)} if scaled else ())


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
        known = bare in values or f"{bare} {behind}" in values or (bare != word and scale_word(bare, profile) > 1)
        compound = f"{before} {word}" in values
        before = bare if known else word
        yield start, end, bare if known and word not in values and not compound else word
