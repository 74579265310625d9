"""Two rows of tokens → the same, with words alike that were only run together or torn apart by a slip."""

from __future__ import annotations

from imprint.localize.spelling import CRITICAL, is_frequent, is_known
from imprint.localize.token import Token

_Row = tuple[Token, ...]


def respaced(before: _Row, after: _Row) -> tuple[_Row, _Row]:
    """The rows, where "isstored" stands against "is stored", or "sett ings" against "settings", with one of them.

    The row that was wrong takes the other's words. What could be read otherwise stays: words that are words in both
    ways (everyday, every day), and words that carry a sentence's logic (notused).
    """
    if len(before) == len(after) or abs(len(before) - len(after)) > 2:
        return before, after
    mended: list[Token] = []
    old = new = 0
    while old < len(before):
        if new + 1 < len(after) and _is_run_together(before[old], after[new], after[new + 1]):
            mended += after[new : new + 2]
            old, new = old + 1, new + 2
        elif old + 1 < len(before) and new < len(after) and _is_torn(before[old], before[old + 1], after[new]):
            mended.append(after[new])
            old, new = old + 2, new + 1
        else:
            mended.append(before[old])
            old, new = old + 1, new + 1
    return tuple(mended), after


def _is_run_together(whole: Token, first: Token, second: Token) -> bool:
    """Whether the old word is no word, and the new ones are the only two frequent words that it can be parted into."""
    if not _are_parts(whole, first, second) or is_known(whole.text):
        return False
    cuts = [cut for cut in range(1, len(whole.text)) if _are_words(whole.text[:cut], whole.text[cut:])]
    return cuts == [len(first.text)] and not {first.text, second.text} & CRITICAL


def _is_torn(first: Token, second: Token, whole: Token) -> bool:
    """Whether the new word is a word, and one of the old halves is none."""
    if not _are_parts(whole, first, second):
        return False
    # A letter alone is no word, but for two.
    known = [half.text for half in (first, second) if (len(half.text) > 1 and is_known(half.text)) or half.text in "ai"]
    return is_frequent(whole.text) and len(known) < 2 and not set(known) & CRITICAL


def _are_parts(whole: Token, first: Token, second: Token) -> bool:
    same = whole.kind == first.kind == second.kind == "word" and second.spaced and whole.text.islower()
    return same and whole.text == first.text + second.text


def _are_words(first: str, second: str) -> bool:
    return all(is_frequent(word) and (len(word) > 1 or word in "ai") for word in (first, second))
