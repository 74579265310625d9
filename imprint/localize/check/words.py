"""Words, whatever the script: letters with the marks that belong to them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache


@cache
def _marks() -> str:
    """A character class of every combining mark of the BMP (Python's \\w leaves out the vowel signs of Indic scripts)."""
    ranges: list[list[int]] = []
    for code in range(0x300, 0x10000):
        if unicodedata.category(chr(code)) in ("Mn", "Mc", "Me"):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"\\u{a:04x}-\\u{b:04x}" for a, b in ranges)


_LETTER = rf"(?:[^\W\d_]|[{_marks()}\u200c\u200d])"
WORD = re.compile(rf"{_LETTER}+(?:['’ʼ]{_LETTER}+)*")


def script_of(character: str) -> str:
    """The script of a letter, as the first word of its Unicode name (`LATIN`, `CYRILLIC`, `CJK` …); "" for others."""
    return unicodedata.name(character, "").split(" ", 1)[0].split("-", 1)[0] if character.isalpha() else ""


def fold(word: str) -> str:
    """The word for comparison: casefolded, composed, without Arabic and Hebrew points."""
    text = unicodedata.normalize("NFC", word.replace("\u0640", "").casefold())
    return re.sub("[\u0591-\u05c7\u064b-\u0655\u0670]", "", text)
