"""Full stops at the end of a message or of its list items: which came or went, and the same done to a translation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from imprint.localize.abbreviation import ABBREVIATIONS

_ITEM = re.compile(r"\n(?=\s*(?:[-*+]|\d+[.)])\s)")
_END = re.compile(r"(?P<said>.*?)(?P<stop>[.。।۔։።។།]?)(?P<close>[*_]*\s*)", re.DOTALL)
# What may stand before a stop that ends a sentence: no other mark, and no initial or abbreviation.
_LAST = re.compile(r"(?P<word>[^\W\d_]+)$|[\d%)\]}”\"’`]$")
_SHORT = 3
# The stop of each script, by the name of its letters; Thai and Lao have none.
_SCRIPTS = {
    "LATIN": ".", "CYRILLIC": ".", "GREEK": ".", "HANGUL": ".", "HEBREW": ".", "GEORGIAN": ".", "TAMIL": ".",
    "TELUGU": ".", "CJK": "。", "HIRAGANA": "。", "KATAKANA": "。", "DEVANAGARI": "।", "BENGALI": "।",
    "GURMUKHI": "।", "ARMENIAN": "։", "ETHIOPIC": "።", "KHMER": "។",
    "ARABIC": ".", "THAI": "", "LAO": "",
}  # fmt: skip
# Letters that Urdu has, whose stop is another than that of Arabic and Persian.
_URDU = re.compile("[ٹڈڑںےہھ]")
ADDED, KEPT, REMOVED = 1, 0, -1


def align_stops(old: str, new: str) -> tuple[str, tuple[int, ...]]:
    """The old text with the final stops of the new one, and for each item what was done: ADDED, KEPT or REMOVED.

    Only English texts; the items are the lines that begin with a list's mark, or the whole text. A stop counts as
    final where a whole word, a figure or a closing mark stands before it, but no abbreviation (Art, Art.).
    """
    before, after = _ITEM.split(old), _ITEM.split(new)
    if len(before) != len(after):
        return old, ()
    done, items = [], []
    for left, right in zip(before, after, strict=True):
        item, change = _aligned(left, right)
        items.append(item)
        done.append(change)
    return "\n".join(items), tuple(done) if any(done) else ()


def carry_stops(msgstr: str, done: Sequence[int]) -> str | None:
    """The translation with the same stops; None where it has not the same items, or its script's stop is not known."""
    items = _ITEM.split(msgstr)
    if len(items) != len(done):
        return None
    carried = [_carried(item, change) for item, change in zip(items, done, strict=True)]
    known = [item for item in carried if item is not None]
    return "\n".join(known) if len(known) == len(done) else None


def _parted(text: str) -> tuple[str, str, str]:
    found = _END.fullmatch(text)
    assert found is not None  # every part of the pattern may be empty
    return found["said"], found["stop"], found["close"]


def _aligned(old: str, new: str) -> tuple[str, int]:
    said, stop, close = _parted(old)
    other, other_stop, _ = _parted(new)
    if stop == other_stop or {stop, other_stop} != {"", "."} or not (_may_end(said) and _may_end(other)):
        return old, KEPT
    return said + other_stop + close, ADDED if other_stop else REMOVED


def _may_end(said: str) -> bool:
    last = _LAST.search(said)
    words = re.findall(r"[^\W\d_]+", said)
    if last is None or not words:
        return False
    word = last["word"]
    if word is None:
        return len(words) > 1
    # A lone "Art" is art, and "Art." an article; within a sentence no short word is taken for its abbreviation.
    whole = len(word) > 1 and word.lower() not in ABBREVIATIONS and said[last.start() - 1 : last.start()] != "."
    return whole and (len(words) > 2 or len(word) > _SHORT)


def _carried(item: str, change: int) -> str | None:
    said, stop, close = _parted(item)
    if change == REMOVED:
        return said + close
    if change == KEPT or stop:
        return item
    stop_of_script = _stop_for(said)
    return said + stop_of_script + close if stop_of_script is not None and said[-1:] not in "…!?！？:：;；" else None


def _stop_for(text: str) -> str | None:
    """The stop of the text's script, which is Latin only where no other letter is in it (names are); None: unknown."""
    scripts = [unicodedata.name(c, "").partition(" ")[0] for c in text if c.isalpha()]
    script = next((name for name in reversed(scripts) if name != "LATIN"), "LATIN" if scripts else "")
    return "۔" if _URDU.search(text) else _SCRIPTS.get(script)
