"""Lines that are too loose or break off too early, and too many hyphens under each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from imprint.paginate.layout.finding import Finding, quoted, warning
from imprint.paginate.layout.script import is_east_asian
from imprint.paginate.layout.tree import Laid, Line, Node

# What justification may add to a gap, in ems: to a word space (about a quarter of an em), and between Han characters.
WORD_GAP, HAN_GAP = 0.75, 0.25
# Hyphens at the ends of so many lines in a row are a ladder (Chicago Manual of Style 2.113: no more than three).
LADDER = 3
# A line breaks off too early where this part of its measure is empty, and the next word would fit with some to spare.
EMPTY, SPARE = 0.3, 1.3


def find_uneven(laid: Laid) -> Iterator[Finding]:
    """Yield the warnings `loose-line`, `short-line` and `hyphen-ladder`."""
    for page in laid.pages:
        for line in page.lines:
            if finding := _check_gaps(line, page.number):
                yield finding
        beside_floats = any(node.box.is_floated() for node in page.boxes)
        for node in page.boxes:
            if len(node.lines) > LADDER:
                yield from _check_ladder(node, page.number)
            if len(node.lines) > 1 and not beside_floats:
                yield from _check_early(node, page.number)


def _check_gaps(line: Line, page: int) -> Finding | None:
    spaced = [piece for piece in line.pieces if piece.spacing]
    widest = max([piece.spacing / piece.size for piece in spaced]) if spaced else 0.0
    if widest <= HAN_GAP:
        return None
    if widest <= (HAN_GAP if is_east_asian(line.style["lang"]) else WORD_GAP):
        return None
    message = f"the gaps of {quoted(line.text)} are {widest:.1f} em wider than they should be"
    hint = "reword the sentence, allow a break in its long word, or let the paragraph run ragged"
    return warning("loose-line", page, message, line.block.words, hint)


def _check_ladder(node: Node, page: int) -> Iterator[Finding]:
    for hyphenated, run in groupby(node.lines, key=_ends_in_hyphen):
        lines = list(run)
        if hyphenated and len(lines) > LADDER:
            message = f"{len(lines)} lines in a row end in a hyphen, from {quoted(lines[0].text)}"
            hint = "reword the sentence, or raise `hyphenate-limit-zone` for such paragraphs"
            yield warning("hyphen-ladder", page, message, node.words, hint)


def _ends_in_hyphen(line: Line) -> bool:
    return bool(line.pieces) and line.soft and line.pieces[-1].text.endswith(("\u2010", "\u00ad", "-"))


def _check_early(node: Node, page: int) -> Iterator[Finding]:
    """Lines that end although the first word of the next would have fitted."""
    left, _, right, _ = node.content
    room = right - left
    for line, following in pairwise(node.lines):
        if not (line.soft and line.pieces and following.pieces) or following.items[0] is not following.pieces[0]:
            continue
        free = room - line.box.width
        if free < EMPTY * room:
            continue
        begin = following.pieces[0]
        word, space, _ = begin.text.lstrip().partition(" ")
        # A word that goes on in the next piece of text, or hangs on it by a space that does not break, is longer.
        needed = (begin.rect[2] - begin.rect[0]) * (len(word) + 1) / max(1, len(begin.text.strip()))
        if space and "\u00a0" not in word and needed * SPARE < free:
            message = f"a line breaks off after {quoted(line.text)}, although ‘{word}’ would fit"
            hint = "look for a float, a negative margin or an inline box beside it; reword the sentence"
            yield warning("short-line", page, message, node.words, hint)
