"""Puts right-to-left text, which a page draws from left to right, back into the order in which it is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

# Hebrew, Arabic, Syriac, Thaana, N'Ko … and the Arabic presentation forms.
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
# Each opening bracket of texts that mix scripts (Bidi_Paired_Bracket) with its closing one.
_BRACKETS = {"(": ")", "[": "]", "{": "}", "（": "）", "［": "］", "⟨": "⟩", "⟦": "⟧"}
_OPENING = {closing: opening for opening, closing in _BRACKETS.items()}
# What of them is of class AL (UAX #9, table 4): all but Hebrew and what came after N'Ko.
_ARABIC = re.compile("[\u0600-\u07bf\u0860-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")


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
        stop = next((i for i in range(start, len(units)) if kinds[i] == "L"), len(units))
        end = max(i for i in range(start, stop) if kinds[i] == "R")
        restored += _turn(units[start : end + 1], kinds[start : end + 1])
        start = end + 1
    return restored


def _letters(units: Sequence[str], kinds: Sequence[str], kind: str) -> int:
    return sum(len(unit.strip()) for unit, its in zip(units, kinds, strict=True) if its == kind)


def _turn(units: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """The units backwards, with each run of letters and numbers from left to right as it was."""
    # After an Arabic letter numbers are Arabic numbers (rule W2), which signs and hyphens do not join (W4, W5).
    arabic = _ARABIC.search("".join(units)) is not None
    groups: list[Sequence[str]] = []
    start = 0
    while start < len(units):
        end = _run_end(units, kinds, start, arabic) if kinds[start] in "LN" else start
        groups.append(units[start : end + 1])
        start = end + 1
    return [unit for group in reversed(groups) for unit in group]


def _run_end(units: Sequence[str], kinds: Sequence[str], start: int, arabic: bool) -> int:
    """The last unit of the left-to-right run that starts here (UAX #9, rules W4, W5, W7, N0 and N1)."""
    latin, end = kinds[start] == "L", start
    for index in range(start + 1, len(kinds)):
        kind, gap = kinds[index], "".join(kinds[end + 1 : index])
        if kind == "R" or (units[index] in _OPENING and _is_turned(units, start, index)):
            break
        joins = gap in ("", "C") or (gap == "S" and not arabic)
        if (kind == "L" and (latin or not gap)) or (kind == "N" and (latin or joins)):
            latin, end = latin or kind == "L", index
        elif kind in "LN":
            break
        elif kind == "T" and not gap and not arabic:
            end = index
    return _closing(units, kinds, start, end) if latin else end


def _is_turned(units: Sequence[str], start: int, index: int) -> bool:
    """Whether a closing bracket is drawn before its opening one, as a pair of the line's own direction is (rule N0)."""
    closing, opening = units[index], _OPENING[units[index]]
    following = next((unit for unit in units[index + 1 :] if unit in (closing, opening)), "")
    before = units[start:index]
    return following == opening and before.count(opening) <= before.count(closing)


def _closing(units: Sequence[str], kinds: Sequence[str], start: int, end: int) -> int:
    """The end of a Latin run, moved to the brackets after it that close one in it (UAX #9, rule N0)."""
    waiting: list[str] = []
    for index in range(start, len(units)):
        if index > end and (kinds[index] in "LRN" or not waiting):
            break
        for character in units[index]:
            if character in _BRACKETS:
                waiting.append(_BRACKETS[character])
            elif waiting and character == waiting[-1]:
                waiting.pop()
                end = max(end, index)
    return end


# Bidirectional classes (UAX #9, table 4) → R, L, N (a number), C (joins numbers), S (a sign), T (stands by a number).
_KINDS = {"R": "R", "AL": "R", "L": "L", "EN": "N", "AN": "N", "CS": "C", "ES": "S", "ET": "T"}


@lru_cache(maxsize=4096)
def _kind(unit: str) -> str:
    """The kind of a unit's first strong character or number; else of its only character; `-` for a neutral one."""
    kinds = [_KINDS.get(unicodedata.bidirectional(character), "-") for character in unit]
    return next((kind for kind in kinds if kind in "RLN"), kinds[0] if len(kinds) == 1 else "-")
