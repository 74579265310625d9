"""Puts right-to-left text, which a page draws from left to right, back into the order in which it is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# Hebrew, Arabic, Syriac, Thaana, N'Ko … and the Arabic presentation forms.
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


def has_rtl(text: str) -> bool:
    """Whether a character of the text belongs to a script that runs from right to left."""
    return not text.isascii() and _RTL.search(text) is not None


def restore_order(units: Sequence[str], base: str = "") -> list[str]:
    """The units (glyph clusters, left-to-right strings, or ActualTexts) of one line from visual into logical order.

    The reverse of rule L2 of the Unicode Bidirectional Algorithm (UAX #9) for two levels: right-to-left runs are
    turned round, numbers and Latin inside them stand as they are. So do all readers, and all writers count on it.
    `base` is the line's own direction, `R` or `L`; else it is that of most letters.
    """
    kinds = [_kind(unit) for unit in units]
    if base == "R" or (base != "L" and _letters(units, kinds, "R") >= _letters(units, kinds, "L")):
        return _turn(units, kinds)
    restored: list[str] = []
    start = 0
    while start < len(units):
        if kinds[start] != "R":
            restored.append(units[start])
            start += 1
            continue
        end = start
        for index in range(start, len(units)):
            if kinds[index] == "L":
                break
            if kinds[index] == "R":
                end = index
        restored += _turn(units[start : end + 1], kinds[start : end + 1])
        start = end + 1
    return restored


def _letters(units: Sequence[str], kinds: Sequence[str], kind: str) -> int:
    return sum(len(unit.strip()) for unit, its in zip(units, kinds, strict=True) if its == kind)


def _turn(units: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """The units backwards, with each run of letters and numbers from left to right as it was."""
    turned, turned_kinds = list(units[::-1]), list(kinds[::-1])
    start = 0
    while start < len(turned):
        if turned_kinds[start] not in "LN":
            start += 1
            continue
        end = start
        for index in range(start, len(turned)):
            if turned_kinds[index] == "R":
                break
            if turned_kinds[index] in "LN":
                end = index
        turned[start : end + 1] = turned[start : end + 1][::-1]
        start = end + 1
    return turned


def _kind(unit: str) -> str:
    """R, L, N (a number) or `-` (neutral) by the first strong character's bidirectional class."""
    for character in unit:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return "R"
        if kind == "L":
            return "L"
        if kind in ("EN", "AN"):
            return "N"
    return "-"
