"""Cells too narrow for what they hold, and words that are broken without a hyphen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from imprint.paginate.layout.finding import Finding, error, quoted
from imprint.paginate.layout.script import HYPHENS, breaks_freely, first_word, last_word
from imprint.paginate.layout.tree import Laid, Line, Node, Piece

# A column whose longest line holds fewer characters than this, over three lines or more, cannot be read as text.
_LETTERS, _HAN = 6, 3
# Addresses, code and identifiers are broken where they fit.
# Characters on each side of a break by which it is found again in the source.
_CONTEXT = 24
_LITERAL = frozenset({"code", "kbd", "pre", "samp", "var"})


def find_squeezed(laid: Laid) -> Iterator[Finding]:
    """Yield `cell-squeezed` and `word-broken`."""
    for page in laid.pages:
        for cell, lines in page.cells.items():
            if len(lines) > 2 and (finding := _check_cell(cell, lines, page.number)):
                yield finding
        for node in page.boxes:
            if len(node.lines) > 1 and node.zone in ("main", "note"):
                yield from _check_words(node, page.number)


def _check_cell(cell: Node, all_lines: Sequence[Line], page: int) -> Finding | None:
    """A cell whose text stands in a column of a few characters."""
    lines = [line for line in all_lines if line.pieces]
    soft = [line for line in lines if line.soft]
    if len(soft) < 2:
        return None
    text = "".join(line.text for line in lines)
    han = sum(map(breaks_freely, text)) > len(text) / 2
    longest = max(len(line.text.strip()) for line in lines)
    divided = _longest_ladder(lines)
    if longest >= (_HAN if han else _LETTERS) and divided < 3:
        return None
    left, _, right, _ = cell.content
    size = max(piece.size for line in lines for piece in line.pieces)
    measure = f"{(right - left) / size:.1f} em"
    message = f"a cell is only {measure} wide: {quoted(text)} stands on {len(lines)} lines"
    hint = "give the column a larger width, drop a column, or show each row as a card"
    return error("cell-squeezed", page, message, cell.words or lines[0].block.words, hint)


def _longest_ladder(lines: Sequence[Line]) -> int:
    """The most lines in a row that end inside a word."""
    most = run = 0
    for line in lines:
        run = run + 1 if line.soft and line.text.rstrip("\u200b").endswith(("\u2010", "\u00ad")) else 0
        most = max(most, run)
    return most


def _check_words(node: Node, page: int) -> Iterator[Finding]:
    written = ""
    for upper, lower in pairwise(node.lines):
        if upper.forced or not (upper.pieces and lower.pieces):
            continue
        end, begin = upper.pieces[-1], lower.pieces[0]
        if upper.items[-1] is not end or lower.items[0] is not begin or node.element is None:
            continue
        head, tail = last_word(end.text), first_word(begin.text)
        if not (head and tail) or head[-1] in HYPHENS or not _is_word(head, tail):
            continue
        # A space at a line's end is not laid out: only the source tells whether there was one.
        written = written or " ".join("".join(node.element.itertext()).split())
        if end.text[-_CONTEXT:] + begin.text[:_CONTEXT] not in written or _is_literal(node, end, begin):
            continue
        message = f"the word {quoted(head + tail)} is broken as ‘{head}’ and ‘{tail}’, without a hyphen"
        hint = "give the word more room, a soft hyphen (U+00AD), or the language of its text"
        yield error("word-broken", page, message, node.words, hint)


def _is_literal(node: Node, *pieces: Piece) -> bool:
    return node.within(*_LITERAL) is not None or any(piece.box.element_tag in _LITERAL for piece in pieces)


def _is_word(head: str, tail: str) -> bool:
    """Whether the two are parts of a word of letters, in a script that sets words apart."""
    if breaks_freely(head[-1]) or breaks_freely(tail[0]) or not (head[-1].isalpha() and tail[0].isalpha()):
        return False
    # Marks of an address, a path or an identifier inside; those around a word do not count.
    whole = (head + tail).strip("()[]{}“”‘’\"'«»„.,;:!?¿¡…—–")
    return not any(mark in whole for mark in "./\\_:@#=&%+~<>|") and not any(c.isdigit() for c in whole)
