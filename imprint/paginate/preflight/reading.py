"""Reading order: the text in structure order, held against the edition's text in source order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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
_HYPHENS = "-\u2010\u00ad"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one element. `made` says that the layout drew it, not the author (label, leader, folio);
    `other` is the same run were its line's direction the other one (empty where that makes no difference)."""

    text: str
    page: int | None
    made: bool
    other: str = ""


def pieces(opened: Opened, notes_apart: bool) -> Iterator[Piece]:
    """The pieces of the document's main text in structure order, figures and (if they are apart) notes left out."""
    root = opened.tree.root
    waiting: list[tuple[Node | Content | Annotation, Node]] = [(root, root)] if root else []
    while waiting:
        item, parent = waiting.pop()
        if isinstance(item, Content):
            yield _piece(opened.text_of(item.key), parent, item.key[0] + 1, opened.other_text_of(item.key))
        elif isinstance(item, Node):
            if item.tag in ("Figure", "Formula") or (notes_apart and item.tag == "Note"):
                continue
            if item.actual is not None:
                yield _piece(item.actual, item, item.number)
            else:
                waiting.extend((kid, item) for kid in reversed(item.kids))


def _piece(text: str, node: Node, page: int | None, other: str = "") -> Piece:
    if node.tag == "Lbl" or node.above("Lbl"):
        return Piece(text, page, True, other)
    counted = node.tag in _COUNTED or node.above(*_COUNTED) is not None
    return Piece(text, page, counted and _LEADER.fullmatch(text) is not None, other)


def check_reading_order(opened: Opened, expected: Expectation) -> None:
    """The structure's text is the edition's, character for character (NFC, white space folded).

    Where a piece ends a line, the space or the hyphen that the break swallowed or made is allowed for. After a
    difference, the comparison goes on at the next place where both agree, so that each is named once.
    """
    if expected.text is None:
        return
    wanted, at, differences = normalise(expected.text), 0, 0
    got = [piece for piece in pieces(opened, expected.notes is not None) if normalise(piece.text)]
    for piece in got:
        if differences >= DIFFERENCES:
            return
        text = normalise(piece.text)
        at += wanted.startswith(" ", at)
        end = _match(wanted, text, at)
        if end is None and piece.other:
            end = _match(wanted, normalise(piece.other), at)
        if end is not None:
            at = end
            continue
        if piece.made:
            continue
        later = wanted.find(text, at, at + WINDOW) if len(text) > 3 else -1
        if later < 0:
            message = f"“{_show(text)}” stands where the source has “{_show(wanted[at:])}”"
            at = _resume(wanted, text, at)
        else:
            message = f"“{_show(wanted[at:later])}” of the source is missing before “{_show(text)}”"
            at = later + len(text)
        differences += 1
        opened.found.add("reading-order", message, piece.page)
    if wanted[at:].strip():
        opened.found.add("reading-order", f"the source's end is missing: “{_show(wanted[at:].strip())}”")


def _match(wanted: str, text: str, at: int) -> int | None:
    """Where the text ends in the wanted text, if it stands there, with or without the hyphen of a line's end."""
    if wanted.startswith(text, at):
        return at + len(text)
    if text[-1:] in _HYPHENS and len(text) > 1 and wanted.startswith(text[:-1], at):
        return at + len(text) - 1
    return None


def _resume(wanted: str, text: str, at: int) -> int:
    """Where to go on after a piece that differs: after what they share from the left, and as far as it is long."""
    common = next((i for i, (a, b) in enumerate(zip(wanted[at : at + len(text)], text, strict=False)) if a != b), 0)
    return at + len(text) if common > len(text) // 2 else at


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
