"""A localised Document in, where words that stand on a page were written out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from typing import TypeAlias

from imprint.base.diagnostic import Location
from imprint.content.document import Document
from imprint.content.tree import Text, Value, walk
from imprint.paginate.layout.finding import Locate

# Letters and digits only: quotes, spaces and marks are set otherwise than they are written.
_MARKS = re.compile(r"[\W_]+")
# What of a message is not printed as it stands: placeholders, references, citations, tags.
_MARKUP = re.compile(r"\{\w+\}|\]\([^()\s]*\)|\[[@^][^\]]*\]|</?[a-z][^<>]*>")
# Words are recognised by runs of so many letters; shorter texts only as a whole.
_RUN = 8
# The part of a text's runs that must be a message's, or it is not that message's text.
_ENOUGH = 0.3

_Written: TypeAlias = tuple[str, Location]


def locate_words(document: Document) -> Locate:
    """Return the finder: the place of the message that the words of a page come from, or None if there is none.

    The words may be a part of the message, or hold more than it (a number, a label); markup and placeholders of the
    message are not expected in them. Of several that match, the one whose length is nearest wins, then the first.
    Built when it is first asked, for most editions have no finding.
    """

    @cache
    def index() -> tuple[list[_Written], dict[str, list[int]]]:
        written = list(_written(document))
        runs: dict[str, list[int]] = defaultdict(list)
        for number, (letters, _) in enumerate(written):
            for run in _runs(letters):
                runs[run].append(number)
        return written, runs

    def locate(words: str) -> Location | None:
        letters = _letters(words)
        written, runs = index()
        exact = next((at for found, at in written if found == letters), None)
        if exact is not None or not letters:
            return exact
        wanted = _runs(letters)
        votes = Counter(number for run in wanted for number in runs.get(run, ()))
        best = max(votes, key=lambda n: (votes[n], -abs(len(written[n][0]) - len(letters)), -n), default=None)
        if best is None or votes[best] < _ENOUGH * min(len(wanted), max(1, len(_runs(written[best][0])))):
            return _containing(letters, written)
        return written[best][1]

    return locate


def _written(document: Document) -> list[_Written]:
    """The letters of every text and datum, and where it stands."""
    found: list[_Written] = []
    for part in document.parts():
        for node in walk(part):
            if isinstance(node, Text):
                found.append((_letters(_MARKUP.sub(" ", node.text)), node.message.at))
            elif isinstance(node, Value) and isinstance(node.value, str):
                found.append((_letters(node.value), node.at))
    return [(letters, at) for letters, at in found if letters]


def _containing(letters: str, written: list[_Written]) -> Location | None:
    """The shortest text that holds a short one, or is held by it."""
    found = [(len(text), number) for number, (text, _) in enumerate(written) if letters in text or text in letters]
    held = [item for item in found if item[0] >= min(len(letters), 4)]
    return written[min(held)[1]][1] if held else None


def _letters(text: str) -> str:
    return _MARKS.sub("", text).casefold()


def _runs(letters: str) -> set[str]:
    return {letters[start : start + _RUN] for start in range(len(letters) - _RUN + 1)}
