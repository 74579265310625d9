"""Where a line of a PO string breaks: at Unicode's line breaks (UAX #14), as GNU gettext has them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from unicode_segmentation_rs import line_break_units

# Gettext does not have rule 29 (no break in "e.g." or an address); the library does.
_AFTER_STOP = re.compile(r"(?<=[.,:;])(?=[^\W\d_])")
_OPEN_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")


def display_width(text: str) -> int:
    """The columns that `text` takes: two for a wide character, none for a combining one (UAX #11).

    Character by character, as gettext counts: a family of emoji is as wide as its members.
    """
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


@cache
def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap_line(escaped: str, width: int) -> list[str]:
    """Break one escaped line into parts of at most `width` columns, where a break is allowed at all.

    Greedy, like libunistring's ulc_width_linebreaks, from which gettext has its line ends. The library's own
    `gettext_wrap` is not that: it breaks before a full stop.
    """
    pieces: list[str] = []
    for unit in line_break_units(escaped):
        # No break within an escape.
        whole = pieces.pop() + unit if pieces and _OPEN_ESCAPE.search(pieces[-1]) else unit
        pieces += _AFTER_STOP.split(whole)
    lines, used = [""], 0
    for piece in pieces:
        columns = display_width(piece)
        if used and used + columns > width:
            lines.append("")
            used = 0
        lines[-1] += piece
        used += columns
    return lines
