"""A message's tokens → where its sentences begin and end."""

from __future__ import annotations

from collections.abc import Sequence

from imprint.localize.abbreviation import ABBREVIATIONS
from imprint.localize.spelling import is_word
from imprint.localize.token import Token

# Names of persons that are common words: after a label ("**Owner:** Mark reviews …") who is named is likely a person.
_FIRST_NAMES = frozenset("will mark bill grace hope frank rob sue jack pat drew art faith joy rose dean".split())
# Words that open a message as its label: "Note: turn it off".
_LABELS = frozenset(
    "note notes tip hint warning caution important attention example remark notice danger exception definition reason "
    "result answer question summary reminder".split()
)
_LABEL_LENGTH = 4


def starts_sentence(row: Sequence[Token], place: int) -> bool:
    """Whether the word at `place` is the first of a sentence, or of what follows an opening label, without doubt."""
    before = place - 1
    while before >= 0 and row[before].kind in ("quote", "emphasis", "tag"):
        before -= 1
    if before >= 0 and row[before].kind == "mark" and row[before].text in "[(":
        before -= 1
        while before >= 0 and row[before].kind in ("quote", "emphasis"):
            before -= 1
    if before < 0:
        return True
    if _labels(row, before) and _says(row, place):
        return True
    return ends_sentence(row, before) and any(token.spaced for token in row[before + 1 : place + 1])


def _labels(whole: Sequence[Token], end: int) -> bool:
    """Whether the message opens with a label that ends here with its colon: **Good to know:**, Note:."""
    row = whole[: end + 1]
    marks = [token for token in row if token.kind != "word"]
    words = [token.text for token in row if token.kind == "word"]
    if row[-1].text != ":" or not 0 < len(words) <= _LABEL_LENGTH:
        return False
    if any(token.kind != "emphasis" and token is not row[-1] for token in marks):
        return False
    # The whole label stands out: it begins with the emphasis, which ends at the colon, before or after.
    rest = whole[end + 1 : end + 2]
    closed = row[-2].kind == "emphasis" or (bool(rest) and rest[0].kind == "emphasis" and not rest[0].spaced)
    bold = row[0].kind == "emphasis" and closed and sum(t.kind == "emphasis" for t in (*row, *rest)) == 2
    common = all(word.islower() for word in words[1:]) and is_word(words[0].lower())
    return common and (bold or (len(row) == 2 and words[0].lower() in _LABELS))


def _says(row: Sequence[Token], place: int) -> bool:
    """Whether a clause follows the label, not a name or a value: a small word comes next, and another."""
    rest = [token for token in row[place + 1 : place + 3] if token.kind == "word"]
    small = len(rest) == 2 and rest[0].text.islower() and rest[0].spaced
    return small and row[place].text.lower() not in _FIRST_NAMES and row[place].spaced


def ends_sentence(row: Sequence[Token], place: int) -> bool:
    """Whether the mark ends a sentence: it follows a common word that is no abbreviation."""
    mark, word = row[place], row[place - 1] if place else None
    if not (mark.kind == "mark" and mark.text in ".!?") or word is None or word.kind != "word":
        return False
    return word.text.islower() and len(word.text) > 2 and word.text not in ABBREVIATIONS and is_word(word.text)
