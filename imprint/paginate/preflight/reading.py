"""Reading order: the text in structure order, held against the edition's text in source order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial

from imprint.paginate.preflight.expectation import Expectation, normalise
from imprint.paginate.preflight.opened import Opened
from imprint.paginate.preflight.tagging import find_headings, node_text
from imprint.paginate.preflight.tree import Annotation, Content, Node

# How far ahead of a difference the next piece of text is looked for.
WINDOW = 4_000
DIFFERENCES = 8
# What an entry of the contents, or a reference to a page, draws beside its text: leaders and page numbers, arabic or
# roman, in any script's digits.
_LEADER = re.compile(r"(?:[\W\d_]|[ivxlcdm])*", re.IGNORECASE)
_COUNTED = ("Reference", "TOC", "TOCI", "Link")
# What the layout has drawn, and what it has drawn where it is a leader or a number.
_MADE, _MAYBE = "made", "maybe"
_HYPHENS = "-\u2010\u00ad"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one element. `made` says that the layout drew it, not the author (label, leader, folio);
    `other` gives the same run were its line's direction the other one (empty where nothing says so)."""

    text: str
    page: int | None
    made: bool
    other: Callable[[], str] = str


def pieces(opened: Opened, notes_apart: bool) -> Iterator[Piece]:
    """The pieces of the document's main text in structure order, figures and (if they are apart) notes left out."""
    root, again = opened.tree.root, _repeated_heads(opened)
    waiting: list[tuple[Node | Content | Annotation, str]] = [(root, "")] if root else []
    while waiting:
        item, kind = waiting.pop()
        if isinstance(item, Content):
            other = partial(opened.other_text_of, item.key)
            yield _piece(opened.text_of(item.key), kind, item.key[0] + 1, other)
        elif isinstance(item, Node):
            if item.tag in ("Figure", "Formula") or (notes_apart and item.tag == "Note"):
                continue
            # What all below it is: made by the layout, or counted (where such an element is not made itself).
            if item.tag == "Lbl" or item in again:
                kind = _MADE
            elif item.tag in _COUNTED and not kind:
                kind = _MAYBE
            if item.actual is not None:
                yield _piece(item.actual, kind, item.number)
            else:
                waiting.extend([(kid, kind) for kid in reversed(item.kids)])


def _repeated_heads(opened: Opened) -> set[Node | None]:
    """The heads of tables that go on from the page before, repeated by the layout."""
    again: set[Node | None] = set()
    before: tuple[str, int | None] = ("", None)
    for table in opened.tree.tagged("Table"):
        head = next((kid for kid in table.children() if kid.tag == "THead"), None)
        text = normalise(node_text(opened, head)) if head else ""
        if text and text == before[0] and table.page not in (None, before[1]):
            again.add(head)
        before = (text, table.page)
    return again


def _piece(text: str, kind: str, page: int | None, other: Callable[[], str] = str) -> Piece:
    made = kind == _MADE or (kind == _MAYBE and _LEADER.fullmatch(text) is not None)
    return Piece(text, page, made, other)


def check_reading_order(opened: Opened, expected: Expectation) -> None:
    """The structure's text is the edition's, character for character (NFC, white space folded).

    Where a piece ends a line, the space or the hyphen that the break swallowed or made is allowed for. After a
    difference, the comparison goes on at the next place where both agree, so that each is named once.
    """
    if expected.text is None:
        return
    for message, page in compare(normalise(expected.text), pieces(opened, expected.notes is not None)):
        opened.found.add("reading-order", message, page)


def compare(wanted: str, got: Iterable[Piece]) -> list[tuple[str, int | None]]:
    """The differences between a normalised text and the pieces that should make it up, each with its page."""
    comparison = _Comparison(wanted)
    for piece in got:
        if text := normalise(piece.text):
            comparison.take(piece, text)
        if len(comparison.differences) >= DIFFERENCES:
            return comparison.differences
    comparison.finish()
    return comparison.differences


class _Comparison:
    """Follows the wanted text piece by piece; `at` is how far it has been found."""

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted
        self.at = 0
        self.differences: list[tuple[str, int | None]] = []
        self._made: list[str] = []

    def take(self, piece: Piece, text: str) -> None:
        """Compare a piece, whose normalised text is given. What the layout made is put by, until the next piece shows
        whether the source has it too."""
        if piece.made:
            self._made.append(text)
            return
        self.at += self.wanted.startswith(" ", self.at)
        end = self._find(text)
        if end is None and (other := normalise(piece.other())):
            end = self._find(other)
        self._made.clear()
        if end is None:
            self._differ(text, piece.page)
        else:
            self.at = end

    def _find(self, text: str) -> int | None:
        """Where the text ends, if it stands here, or if only what the layout has made stands before it."""
        # All of that first: a term may read as its description does.
        end = self._find_behind(text) if self._made else None
        if end is None:
            end = _match(self.wanted, text, self.at)
        if end is not None:
            return end
        reach = self.at + sum(map(len, self._made)) + 2 * len(self._made) + len(text)
        # The piece as it is, or without the hyphen of a line's end.
        for words in (text, text[:-1]) if text[-1:] in _HYPHENS and len(text) > 1 else (text,):
            start = self.wanted.find(words, self.at, reach)
            if start >= 0 and _covered(self.wanted[self.at : start], self._made):
                return start + len(words)
        return None

    def _find_behind(self, text: str) -> int | None:
        """Where the text ends, if all that the layout seems to have made stands here, and then the text."""
        at = self.at
        for part in (*self._made, text):
            end = _match(self.wanted, part, at + self.wanted.startswith(" ", at))
            if end is None:
                return None
            at = end
        return at

    def _differ(self, text: str, page: int | None) -> None:
        later = self.wanted.find(text, self.at, self.at + WINDOW) if len(text) > 3 else -1
        if later < 0:
            message = f"“{_show(text)}” stands where the source has “{_show(self.wanted[self.at :])}”"
            self.at = _resume(self.wanted, text, self.at)
        else:
            message = f"“{_show(self.wanted[self.at : later])}” of the source is missing before “{_show(text)}”"
            self.at = later + len(text)
        self.differences.append((message, page))

    def finish(self) -> None:
        """What is left of the wanted text must have been made by the layout too."""
        rest = self.wanted[self.at :]
        if not _covered(rest, self._made):
            self.differences.append((f"the source's end is missing: “{_show(rest.strip())}”", None))


def _covered(gap: str, made: list[str]) -> bool:
    """Whether a stretch of the source is made of some of these pieces, in their order."""
    for text in reversed(made):
        gap = gap.rstrip()
        broken = len(text) > 1 and text[-1] in _HYPHENS and not gap.endswith(text)
        gap = gap.removesuffix(text[:-1] if broken else text)
    return not gap.strip()


def _match(wanted: str, text: str, at: int) -> int | None:
    """Where the text ends in the wanted text, if it stands there, with or without the hyphen of a line's end."""
    if wanted.startswith(text, at):
        return at + len(text)
    if text[-1:] in _HYPHENS and len(text) > 1 and wanted.startswith(text[:-1], at):
        return at + len(text) - 1
    return None


def _resume(wanted: str, text: str, at: int) -> int:
    """Where to go on after a piece that differs: after its like in the source, or where we were if it has none."""
    there = wanted[at : at + len(text) + 10]
    blocks = [block for block in SequenceMatcher(None, text, there, autojunk=False).get_matching_blocks() if block.size]
    alike = sum(block.size for block in blocks) * 2 > len(text)
    return at + blocks[-1].b + blocks[-1].size if alike else at


def _show(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def check_expected_headings(opened: Opened, expected: Expectation) -> None:
    """The tagged headings are the edition's: text, level, order."""
    if expected.headings is None:
        return
    found = [
        (level, _bare(node_text(opened, node, frozenset({"Note", "Lbl"})))) for level, node in find_headings(opened)
    ]
    wanted = [(level, _bare(text)) for level, text in expected.headings]
    if found == wanted:
        return
    pairs = zip(found, wanted, strict=False)
    place = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(found), len(wanted)))
    shown = [f"H{level} “{text[:40]}”" for level, text in (found[place : place + 1] + wanted[place : place + 1])]
    message = f"{len(found)} headings for {len(wanted)} of the source; they part at number {place + 1}: " + " / ".join(
        shown
    )
    opened.found.add("headings-differ", message)


def check_expected_figures(opened: Opened, expected: Expectation) -> None:
    """Every figure of the edition is tagged, with its alternative text, in order."""
    if expected.figures is None:
        return
    found = [normalise(node.alt or "") for node in opened.tree.tagged("Figure")]
    wanted = [normalise(alt) for alt in expected.figures]
    if found != wanted:
        lost = [alt for alt in wanted if alt not in found]
        detail = f"; missing: “{lost[0][:60]}”" if lost else "; their order or alternative texts differ"
        opened.found.add("figures-differ", f"{len(found)} figures for {len(wanted)} of the source{detail}")


def check_expected_notes(opened: Opened, expected: Expectation) -> None:
    """Every footnote of the edition is printed and tagged as a Note, with its text."""
    if expected.notes is None:
        return
    if expected.notes and not opened.tree.tagged("Note"):
        opened.found.add("notes-differ", f"no Note is tagged, for {len(expected.notes)} footnotes of the source")
        return
    labels = frozenset({"Lbl", "Link"})
    found = [_bare(node_text(opened, node, labels)) for node in opened.tree.tagged("Note")]
    whole = [_bare(node_text(opened, node)) for node in opened.tree.tagged("Note")]
    for note in expected.notes:
        text = _bare(note)
        if text not in found and not any(text in other for other in whole):
            opened.found.add("notes-differ", f"the footnote “{_show(note)}” is not in a Note")
    if len(found) != len(expected.notes):
        opened.found.add("notes-differ", f"{len(found)} Notes for {len(expected.notes)} footnotes of the source")


def _bare(text: str) -> str:
    """The text without white space and hyphens, which line breaks add and take."""
    return re.sub(r"[\s\u2010-]", "", normalise(text))
