"""Where a line of a PO string breaks: UAX #14's pair table, as GNU gettext has it, so that both wrap alike."""

from __future__ import annotations

import unicodedata
from functools import cache

# The line breaking classes of UAX #14 (Unicode 5.2, table 2) but for those that no text line needs. A row is the class
# before, a column the class after: ^ never breaks, % breaks after a space only, _ breaks.
_CLASSES = "OP CL CP QU GL NS EX SY IS PR PO NU AL ID IN HY BA BB B2".split()
_TABLE = """
OP ^^^^^^^^^^^^^^^^^^^
CL _^^%%^^^^%%____%%__
CP _^^%%^^^^%%%%__%%__
QU ^^^%%%^^^%%%%%%%%%%
GL %^^%%%^^^%%%%%%%%%%
NS _^^%%%^^^______%%__
EX _^^%%%^^^______%%__
SY _^^%%%^^^__%___%%__
IS _^^%%%^^^__%___%%__
PR %^^%%%^^^__%%%_%%__
PO %^^%%%^^^__%%__%%__
NU %^^%%%^^^%%%%_%%%__
AL %^^%%%^^^%%%%_%%%__
ID _^^%%%^^^_%___%%%__
IN _^^%%%^^^_____%%%__
HY _^^%_%^^^__%___%%__
BA _^^%_%^^^______%%__
BB %^^%%%^^^%%%%%%%%%%
B2 _^^%%%^^^______%%_^
"""
_PAIRS = {
    (row[:2], after): mark
    for row in _TABLE.split("\n")
    if row
    for after, mark in zip(_CLASSES, row[3:], strict=True)
}

# A class's characters, where the general category does not tell it.
_MEMBERS = {
    "QU": "\"'«»‘’‛“”‟‹›",
    "IS": ",.:;",
    "EX": "!?！？",
    "SY": "/",
    "HY": "-",
    "BA": "\t|‐‒–­",
    "B2": "—",
    "GL": "\u00a0\u2007\u2011\u202f\u2060\ufeff",
    "PR": "$+\\£¤¥±№−₩€₹＄￥",
    "PO": "%¢°‰′″℃％￠",
    "IN": "…‥",
    "CL": "、。，．｡､」』】》〉）］｝",
    "NS": "：；・ーゝゞ々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ〜゛゜",
    "CP": ")]",
    "OP": "¡¿",
    "AL": "*@#&·",
}
_BY_CHARACTER = {character: name for name, characters in _MEMBERS.items() for character in characters}


@cache
def _class(character: str) -> str:
    """The line breaking class of a character; `CM` for one that joins the character before."""
    if character in _BY_CHARACTER:
        return _BY_CHARACTER[character]
    category = unicodedata.category(character)
    by_category = {"Nd": "NU", "Ps": "OP", "Pe": "CL", "Pi": "QU", "Pf": "QU", "Sc": "PR", "Mn": "CM", "Me": "CM"}
    if category in by_category:
        return by_category[category]
    return "ID" if unicodedata.east_asian_width(character) in "WF" else "AL"


def display_width(text: str) -> int:
    """The columns that `text` takes: two for a wide character, none for a combining one (UAX #11)."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


@cache
def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _breaks(text: str) -> list[int]:
    """The positions before which the line may break."""
    found: list[int] = []
    before, spaced, escaped = "", False, False
    for place, character in enumerate(text):
        if character == " ":
            spaced = True
            continue
        kind = _class(character)
        if kind == "CM" and not spaced and before:
            continue
        kind = "AL" if kind == "CM" else kind
        mark = _PAIRS[before, kind] if before else "^"
        if kind == "OP" and before in ("AL", "NU") and _width(character) == 2:
            # Rule 30 keeps a word and its bracket together, but not a full-width one.
            mark = "_"
        if (mark == "_" or (mark == "%" and spaced)) and not escaped:
            found.append(place)
        # No break within an escape; its backslash is a character like another.
        escaped = character == "\\" and not escaped
        before, spaced = kind, False
    return found


def wrap_line(escaped: str, width: int) -> list[str]:
    """Break one escaped line into parts of at most `width` columns, where a break is allowed at all.

    Greedy, like libunistring's ulc_width_linebreaks, from which gettext has its line ends.
    """
    lines: list[str] = []
    start = last = 0
    for place in [*_breaks(escaped), len(escaped)]:
        if last > start and display_width(escaped[start:place]) > width:
            lines.append(escaped[start:last])
            start = last
        last = place
    return [*lines, escaped[start:]]
