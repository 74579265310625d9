"""Number words to values: CLDR's spell-out rules turned round, and Han numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from unicode_rbnf import RbnfEngine

from imprint.localize.check import tables
from imprint.localize.check.figures import LONGEST
from imprint.localize.check.words import fold

# Numbers whose words are asked of CLDR; larger ones are put together from these and the scale words.
_ASKED = (*range(101), *range(200, 1000, 100))

# Rule sets that write years, cheques or only a part of a number (Polish "tens": 2 as twenty).
_PARTS = re.compile("year|financial|tens|prefix|fraction")

_HAN_DIGITS = {c: i for i, row in enumerate(
    ("〇零", "一壹壱", "二贰貳弐两兩", "三叁參参", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
) for c in row}  # fmt: skip
_HAN_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_HAN_TENS = {"廿": 20, "卅": 30}
_HAN_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
HAN_NUMERAL = re.compile(
    f"[{''.join([*_HAN_DIGITS, *_HAN_SMALL, *_HAN_TENS, *_HAN_LARGE])}]+(?:[点點][{''.join(_HAN_DIGITS)}]+)?"
)


@dataclass(frozen=True, slots=True)
class NumberWords:
    """A language's number words: phrase (folded, hyphens as spaces) → value; the cardinals among them; and the phrases
    that are more often another word."""

    values: dict[str, Fraction]
    cardinals: frozenset[str]
    ambiguous: frozenset[str]
    longest: int


@cache
def number_words(language: str, script: str) -> NumberWords:
    """The number words of a language, from CLDR's spell-out rules (cardinal and ordinal, every gender and case)."""
    engine = _engine(language, script)
    values, cardinals = _from_cldr(engine) if engine else ({}, set())
    if language == "en":
        # Thirds, tenths; but not seconds, nor thirty of them.
        ordinals = [
            (phrase, value) for phrase, value in values.items()
            if phrase not in cardinals and value > 2 and not phrase.endswith("second")
        ]  # fmt: skip
        values |= {f"{phrase}s": value for phrase, value in ordinals}
    for number, word in enumerate(tables.SPELLED.get(language, "").split()):
        values.setdefault(_phrase(word), Fraction(number))
        cardinals.add(_phrase(word))
    for value, words in tables.EXTRA_WORDS.get(language, {}).items():
        for word in words.split():
            values.setdefault(_phrase(word), Fraction(value))
            if script not in tables.HAN_SCRIPTS:
                cardinals.add(_phrase(word))
    if language == "ar":
        compounds = dict(_arabic_compounds(values))
        values = compounds | values
        cardinals |= {phrase for phrase in compounds if not phrase.startswith("ال")}
    ambiguous = frozenset(_phrase(word) for word in tables.AMBIGUOUS.get(language, "").split())
    longest = max((len(phrase.split()) for phrase in values), default=1)
    return NumberWords(values, frozenset(cardinals), ambiguous, longest)


def _arabic_compounds(values: dict[str, Fraction]) -> Iterator[tuple[str, Fraction]]:
    """Arabic 13 to 99 in both genders and in the oblique case, of which CLDR has the nominative and one gender."""
    for phrase, value in values.items():
        if phrase.endswith("ون"):
            yield f"{phrase[:-2]}ین", value
    for unit, small in values.items():
        if 0 < small < 10 and small.denominator == 1:
            yield f"{unit} عشر", small + 10
            yield f"{unit} عشره", small + 10
            article = "ال" if unit.startswith("ال") else ""
            for tens, large in values.items():
                if large in range(20, 100, 10) and tens.endswith(("ون", "ین")) and not tens.startswith("ال"):
                    yield f"{unit} و{article}{tens}", small + large


def _from_cldr(engine: RbnfEngine) -> tuple[dict[str, Fraction], set[str]]:
    """Phrase → value by every spell-out rule set, and the phrases that are cardinals."""
    values: dict[str, Fraction] = {}
    cardinals: set[str] = set()
    rules = [name for name in engine.rulesets if name.startswith("spellout-") and not _PARTS.search(name)]
    cardinal = [name for name in rules if "ordinal" not in name]
    # Cardinals first: now and then CLDR writes an ordinal like another number.
    for group in (cardinal, [name for name in rules if name not in cardinal]):
        for number, phrase in _phrases(engine, group):
            values.setdefault(phrase, Fraction(number))
            if group is cardinal:
                cardinals.add(phrase)
    if " " not in engine.format_number(21_000).text:
        # Where thousands are one word (ventimila, zweihundertfünfzig), they are asked as a whole.
        for number in (*range(101, 1000), *range(1000, 101_000, 1000)):
            values.setdefault(_phrase(engine.format_number(number).text), Fraction(number))
    return values, cardinals


def _phrases(engine: RbnfEngine, rules: list[str]) -> Iterator[tuple[int, str]]:
    """Each number asked for, with its words by each of the rule sets."""
    for number in _ASKED if rules else ():
        for name, text in engine.format_number(number, ruleset_names=rules).text_by_ruleset.items():
            # Some rule sets write 0 as another number's word (Korean native numbers have no zero).
            doubtful = number == 0 and name != "spellout-numbering"
            phrase = _phrase(text)
            if phrase and not doubtful and not any(c.isdigit() for c in phrase):
                yield number, phrase


def _engine(language: str, script: str) -> RbnfEngine | None:
    for name in (f"{language}_{script}", language):
        if name in RbnfEngine.get_supported_languages():
            return RbnfEngine.for_language(name)
    return None


def _phrase(text: str) -> str:
    return " ".join(fold(re.sub("[\u00ad\u200b]", "", text)).replace("-", " ").split())


def parse_han(numeral: str) -> frozenset[Fraction]:
    """The values that a Han numeral may have: 一千二百 → 1200, 二〇二一 → 2021, 两万 → 20000, 一二 → 12, 1 or 2."""
    if len(numeral) > LONGEST:
        return frozenset()
    whole, point, decimals = re.sub("點", "点", numeral).partition("点")
    digits = [str(_HAN_DIGITS[c]) for c in whole if c in _HAN_DIGITS]
    if len(digits) == len(whole):
        readings = {Fraction(int("".join(digits)))} | {Fraction(d) for d in digits}
    else:
        readings = {Fraction(_positional(whole))}
        if len(whole) > 1 and whole[0] in _HAN_LARGE:
            readings.add(Fraction(_positional(whole[1:])))
    if point:
        fraction = "".join(str(_HAN_DIGITS[c]) for c in decimals)
        return frozenset({max(readings) + Fraction(int(fraction), 10 ** len(fraction))})
    return frozenset(readings)


def _positional(text: str) -> int:
    total = section = digit = 0
    for character in text:
        if character in _HAN_DIGITS:
            digit = digit * 10 + _HAN_DIGITS[character] if digit else _HAN_DIGITS[character]
        elif character in _HAN_TENS:
            section += _HAN_TENS[character]
        elif character in _HAN_SMALL:
            section += (digit or 1) * _HAN_SMALL[character]
            digit = 0
        else:
            factor = _HAN_LARGE[character]
            whole = section + digit
            # 一万亿: the second large unit multiplies what the first one made.
            total = (total + whole) * factor if total and not whole else total + (whole or 1) * factor
            section = digit = 0
    return total + section + digit
