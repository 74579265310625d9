"""Reads numbers written in digits, of any script, in the manner of a language: 1,000 = 1.000 = 1 000 = १,०००."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from imprint.localize.check import tables
from imprint.localize.check.profile import LanguageProfile

_SPACES = " \u00a0\u202f\u2009\u2007\u2008"
# The longest run of digits that can be one number, with separators. A space parts thousands only.
_RUN = re.compile(rf"\d+(?:[.,'’٬٫،]\d+|[{_SPACES}]\d{{3}}(?!\d))*")
# No fact has more digits; longer runs are compared as they are written.
LONGEST = 40
_DATE = re.compile(r"(?<!\d)(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{4})(?!\d)")
_TIME = re.compile(r"(?<![\d:.])([01]?\d|2[0-4])[:：]([0-5]\d)(?![\d:])")
_POINT_TIME = re.compile(r"([01]?\d|2[0-3])\.([0-5]\d)")
_GROUPED = re.compile(r"\d{1,3}(?:\D\d{3})+|\d{1,3}(?:\D\d{2})*\D\d{3}")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in digits: its place, how it is written, and its readings, likeliest first; a reading is one value or,
    where the run may be a list ("13 200"), several. `exact` is False where the number may vanish (minutes of 10:00)."""

    start: int
    end: int
    written: str
    readings: tuple[tuple[Fraction | str, ...], ...]
    exact: bool = True


def western(text: str) -> str:
    """The same text with every decimal digit as its western one, place for place."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def parse_figures(text: str, profile: LanguageProfile) -> Iterator[Figure]:
    """Every number in digits, in order. Dates (2021-11-01, 01.11.2021) and times give their parts."""
    plain, position = western(text), 0
    special = sorted([*_DATE.finditer(plain), *_TIME.finditer(plain)], key=lambda match: match.start())
    for match in [*special, None]:
        end = match.start() if match else len(plain)
        if end < position:
            continue
        for run in _RUN.finditer(plain, position, end):
            native = not text[run.start()].isascii()
            readings = tuple(_readings(run[0], profile, native))
            yield Figure(run.start(), run.end(), text[run.start() : run.end()], readings)
        if match:
            yield from _parts(match, text)
            position = match.end()


def _parts(match: re.Match[str], text: str) -> Iterator[Figure]:
    """The parts of a date, or of a time of day (whose hour may be told on a dial of twelve)."""
    time = match.re is _TIME
    for index, part in enumerate(re.finditer(r"\d+", match[0])):
        start, end = match.start() + part.start(), match.start() + part.end()
        value = Fraction(int(part[0]))
        readings: tuple[tuple[Fraction | str, ...], ...] = ((value,),)
        if time and index == 0 and value > 12:
            readings = ((value,), (value - 12,))
        yield Figure(start, end, text[start:end], readings, exact=not (time and index == 1 and value == 0))


def _readings(run: str, profile: LanguageProfile, native: bool) -> Iterator[tuple[Fraction | str, ...]]:
    """What a run of digits and separators can mean in the language, likeliest first."""
    if len(run) > LONGEST:
        yield (run,)
        return
    separators = [c for c in run if not c.isdigit()]
    parts = tuple(Fraction(int(p)) for p in re.split(r"\D", run))
    if not separators:
        yield parts
        return
    last = separators[-1]
    whole, _, decimals = run.rpartition(last)
    alone = separators.count(last) == 1
    grouped = _GROUPED.fullmatch(run) is not None and len(set(separators)) == 1
    is_space = last in _SPACES
    thousands = is_space or last in "'’٬" or last == profile.group or not alone or (native and last in ",،.")
    point = alone and (last in (profile.decimal, "٫", ".") or (native and last == ",") or len(separators) > 1)
    if grouped and thousands:
        yield (_joined(run),)
    elif point and last != "،" and not is_space and _is_whole(whole):
        yield (_decimal(whole, decimals),)
    if grouped and alone and last == "." and not profile.group.strip():
        # Where a space parts thousands (fr, ru, pl), an old-fashioned point does too.
        yield (_joined(run),)
    if last == "." and profile.language in tables.POINT_TIMES and _POINT_TIME.fullmatch(run):
        yield parts
    if last == "." and not alone and not grouped:
        yield (run,)
    if is_space or (not grouped and set(separators) <= set(",،") and last != profile.decimal):
        yield parts


def _is_whole(text: str) -> bool:
    """Whether the text can be the whole part of a number: digits, plain or in groups."""
    return text.isdigit() or _GROUPED.fullmatch(text) is not None


def _joined(run: str) -> Fraction:
    return Fraction(int(re.sub(r"\D", "", run)))


def _decimal(whole: str, decimals: str) -> Fraction:
    return _joined(whole) + Fraction(int(decimals), 10 ** len(decimals))
