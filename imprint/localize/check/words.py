"""Words, whatever the script: letters with the marks that belong to them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache


@cache
def _marks() -> str:
    """A character class of the BMP's combining marks (Python's \\w leaves out the vowel signs of Indic scripts)."""
    ranges: list[list[int]] = []
    for code in range(0x300, 0x10000):
        if unicodedata.category(chr(code)) in ("Mn", "Mc", "Me"):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"\\u{a:04x}-\\u{b:04x}" for a, b in ranges)


LETTER = rf"(?:[^\W\d_]|[{_marks()}\u200c\u200d])"
WORD = re.compile(rf"{LETTER}+(?:['’ʼ]{LETTER}+)*")


def script_of(character: str) -> str:
    """The script of a letter, as the first word of its Unicode name (`LATIN`, `CYRILLIC`, `CJK` …); "" for others."""
    return unicodedata.name(character, "").split(" ", 1)[0].split("-", 1)[0] if character.isalpha() else ""


# Spellings of one word: alef with and without its hamza, Persian and Arabic letters on one keyboard; the Turkish i
# without its point, of which I is the capital; the Russian ё, which most write е.
_SAME = str.maketrans("أإآٱىيكةۀıё", "ااااییکههiе")
# Points and tatweel; the nukta and the candrabindu, which many writers leave out; the point that small İ keeps.
_POINTS = re.compile("(?<=i)\u0307|[\u0591-\u05c7\u0640\u064b-\u0655\u0670\u093c\u09bc]")
# Devanagari writes a nasal before its consonant as a half letter or as a point above (पन्द्रह, पंद्रह).
_NASAL = re.compile("[\u0919\u091e\u0923\u0928\u092e]\u094d(?=[\u0915-\u092e])|\u0901")


def fold(word: str) -> str:
    """The word for comparison: casefolded, composed, and in one of the spellings that its script allows."""
    text = unicodedata.normalize("NFC", word.casefold())
    if text.isascii():
        return text
    return _NASAL.sub("\u0902", _POINTS.sub("", text)).translate(_SAME)
