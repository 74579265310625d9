"""Whole strings: glyphs between which nothing is moved stand in one string of the page's content.

WeasyPrint 70.0 closes the string after each glyph whose advance differs from the font's by less than a thousandth of an
em, and writes what is left of that number: `[<0001>0<00da>0] TJ`. A move by 0 is none (ISO 32000-1, 9.4.3), so
`[<000100da>] TJ` draws the same; whoever reads the file has a seventh less to read of an English page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from imprint.paginate.replacement import replaced

_EMPTY = ("", "<>")


@contextmanager
def whole_strings() -> Iterator[None]:
    """Join the strings of each text-showing operator where nothing is moved between them; drop what shows nothing."""
    from pydyf import Stream

    original = Stream.show_text

    def show_text(stream: Any, text: str) -> None:
        if (joined := join_strings(text)) not in _EMPTY:
            original(stream, joined)

    with replaced(Stream, "show_text", show_text):
        yield


def join_strings(operands: str) -> str:
    """The operands of TJ, hexadecimal strings and numbers, without moves by 0 in or after a string."""
    # 0.0 stands where a character shows nothing (U+200B).
    joined = operands.replace(">0.0<", "").replace(">0<", "")
    return joined[: joined.rindex(">") + 1] if joined.endswith((">0", ">0.0")) else joined
