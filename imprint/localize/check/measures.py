"""What stands beside a number and belongs to its value: a scale (thousand, 万, लाख), a percent sign, a unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from imprint.localize.check import tables
from imprint.localize.check.profile import LanguageProfile, profile_for
from imprint.localize.check.words import LETTER, WORD, fold

PERCENT = "%"
# Percentage points: some languages write a percent sign for them, others their word for a point alone.
POINTS = "percentage-point"
# A length of time: "second" or "month", and how many of them.
Amount = tuple[str, Fraction]
_GAP = r"[\s\u00a0\u202f\u2009-]{0,2}"
_PERCENT_SIGN = re.compile(r"[\s\u00a0\u202f\u2009]{0,2}[%٪％﹪]")
_POINT = re.compile(r"percentage[ \u00a0-]points?\b|pp\b")
_PERCENT_SIGN_BEFORE = re.compile(r"(?<!\d)(?<!\d\s)[%٪]\u00a0?$")
_LETTER_SCALES = {"k": 10**3, "K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}
_CURRENCY = "[$€£¥₹₽₩₫฿₺]"
_LETTER_SCALE = re.compile(rf"(?P<gap>[\s\u00a0\u202f]?)(?P<letter>[kKMBT])(?P<money>{_CURRENCY})?(?![A-Za-z0-9])")
_MONEY_BEFORE = re.compile(rf"(?:{_CURRENCY}|USD|EUR|GBP|CNY|RMB)[ \u00a0]?$")
# Where the scripts begin that part no words by spaces.
_SPACELESS = "\u0e00"
# What may stand in Chinese and Japanese between a number and its scale ("20 多万") or a number and its unit.
_VAGUE = "[多余餘几幾来數数]?"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text. `values` are its possible values (a version with two points is its own text), `unit` its
    CLDR unit, `%`, or "" where none is known; `exact` is True for digits and months beside them, which must be
    answered; `counted` for a number word that is surely a number. `amounts` are what a length of time without a value
    of its own may be ("quarterly", "an hour and a half"); `phrase` is True for what no number word tells by itself (one
    in ten, tripled)."""

    start: int
    end: int
    written: str
    values: frozenset[Fraction | str]
    unit: str = ""
    exact: bool = True
    counted: bool = False
    scale: int = 1
    lists: tuple[frozenset[Fraction | str], ...] = ()
    amounts: frozenset[Amount] = frozenset()
    phrase: bool = False


def scale_after(prose: str, end: int, profile: LanguageProfile) -> tuple[int, int]:
    """The factor that the word after the number multiplies by, and the place behind it."""
    match = _scale_pattern(profile.language).match(prose, end)
    if match is None or tables.NOT_SCALES.match(match["word"]):
        return 1, end
    word = fold(match["word"])
    for name, exact, factor in profile.scales:
        start = match.start("word")
        tail = prose[start : start + len(name)]
        if len(name) == 1 and name.isascii():
            # One letter is glued to its number, and to nothing else (M2012K11AG); 4K画质 has no space behind it.
            behind = prose[start + 1 : start + 2]
            if fold(tail) == name and not match["gap"] and (behind > _SPACELESS or not behind.isalnum()):
                return factor, start + 1
            continue
        # An English "k" or "million" ends with its word in any language.
        glued = " " in name or (not name.isascii() and (profile.spaceless or profile.language == "ko"))
        hit = fold(tail) == name if glued else (
            word == name if exact else word.startswith(name)
        )  # fmt: skip
        if hit:
            stop = start + len(tail) if glued else match.end("word")
            return factor, stop
    return 1, end


def letter_scale(prose: str, start: int, end: int) -> tuple[int, int, bool]:
    """The factor of a capital letter behind a number (1.2B, $5M, 5 M€), the place behind it, and whether it is surely
    one, as beside a currency; otherwise it may be a part's name (Section 5B)."""
    match = _LETTER_SCALE.match(prose, end)
    if match is None or (match["gap"] and not match["money"]):
        return 1, end, False
    sure = match["money"] is not None or _MONEY_BEFORE.search(prose, max(0, start - 5), start) is not None
    return _LETTER_SCALES[match["letter"]], match.end("letter"), sure


@cache
def _scale_pattern(language: str) -> re.Pattern[str]:
    # No scale is longer, and a text of a script without spaces is one word.
    return re.compile(rf"(?P<gap>{_GAP}){_VAGUE}(?P<word>{LETTER}{{1,40}})")


def unit_beside(prose: str, start: int, end: int, profile: LanguageProfile) -> tuple[str, int]:
    """The unit before or behind a number, and the place behind it."""
    if match := _PERCENT_SIGN.match(prose, end):
        return PERCENT, match.end()
    before = prose[max(0, start - 16) : start]
    if _PERCENT_SIGN_BEFORE.search(before) and (profile.direction == "rtl" or profile.language == "tr"):
        return PERCENT, end
    folded = fold(before).rstrip()
    tail = prose[end : end + 40].lstrip(" \u00a0\u202f\u2009-")
    if _POINT.match(tail):
        return POINTS, end
    for word in profile.percent:
        if folded.endswith(fold(word)) if word in tables.PERCENT_BEFORE else fold(tail).startswith(fold(word)):
            return PERCENT, end
    for word, unit in _units_from(profile.tag).get(tail[:1].casefold(), ()):
        part = tail[: len(word)]
        if part == word or (len(word) > 2 and part.casefold() == word.casefold()):
            rest = tail[len(word) : len(word) + 1]
            # A vowel sign may be an ending (दिन, दिनों), but not of a symbol (ट and टीम).
            longer = rest.isalpha() or (len(word) < 3 and WORD.match(rest) is not None)
            glued = profile.spaceless or profile.language == "ko"
            if glued or not (longer and (len(word) < 4 or word.isupper())):
                return unit, end
    return "", end


def unit_of(word: str, profile: LanguageProfile, least: int, ending: int) -> str:
    """The unit that a word of `least` letters or more and an ending of up to `ending` names; "" where it names none."""
    folded = word.casefold()
    for name, unit in _units_from(profile.tag).get(folded[:1], ()):
        if len(name) >= least and folded.startswith(name.casefold()) and len(folded) - len(name) <= ending:
            return unit
    return ""


@cache
def _units_from(tag: str) -> dict[str, list[tuple[str, str]]]:
    """The units of a language by their first letter, longest first."""
    index: dict[str, list[tuple[str, str]]] = {}
    for word, unit in profile_for(tag).units:
        index.setdefault(word[:1].casefold(), []).append((word, unit))
    return index
