"""Footnotes: each that the source has is laid out once, and called from the text."""

from __future__ import annotations

from collections.abc import Iterator

from imprint.paginate.layout.finding import Finding, error, quoted, warning
from imprint.paginate.layout.tree import Laid, Line, Node, Piece


def find_lost_notes(laid: Laid, expected: int | None) -> Iterator[Finding]:
    """Yield `note-lost`, `note-doubled` and `note-away`; `expected` is the number of notes that the source has."""
    notes: dict[int, list[Node]] = {}
    for node in laid.notes:
        notes.setdefault(id(node.element), []).append(node)
    calls = {id(piece.box.element): piece for piece in laid.calls}
    lost = [piece for element, piece in calls.items() if element not in notes]
    for piece in lost:
        yield _lost(piece)
    for element, found in notes.items():
        yield from _check_note(found, calls.get(element))
    laid_out = len(notes)
    if expected is not None and laid_out + len(lost) != expected:
        page = laid.pages[-1].number if laid.pages else 0
        message = f"the source has {expected} footnotes, the pages show {laid_out}"
        hint = "count the notes page by page; a note whose call is hidden or whose text is empty is lost"
        rule = "note-lost" if laid_out < expected else "note-doubled"
        yield error(rule, page, message, "", hint)


def _lost(piece: Piece) -> Finding:
    words = " ".join("".join(piece.box.element.itertext()).split())
    message = f"the footnote {piece.text.strip()} is called here and stands on no page: {quoted(words)}"
    hint = "a known fault of the engine where notes do not fit: shorten the note, or move its call"
    return error("note-lost", piece.line.page.number, message, words, hint)


def _check_note(found: list[Node], call: Piece | None) -> Iterator[Finding]:
    first = found[0]
    lines = [line for node in found for line in _lines(node)]
    words = " ".join(line.text for line in lines)
    if not any(line.items for line in lines):
        yield error("note-lost", first.page.number, "a footnote is laid out without its text", words, "write its text")
    # A note that goes on over the page begins once: its parts differ.
    texts = [tuple(line.text for line in _lines(node)) for node in found]
    if len(texts) > len(set(texts)):
        pages = " and ".join(str(node.page.number) for node in found)
        hint = "a note is written once; refer to it again by its number"
        message = f"a footnote is printed twice, on pages {pages}: {quoted(words)}"
        yield error("note-doubled", first.page.number, message, words, hint)
    if call is not None and call.line.page.number != first.page.number:
        message = f"the footnote {quoted(words)} is called on page {call.line.page.number}"
        hint = "`footnote-policy: line` moves the call to the page of its note"
        yield warning("note-away", first.page.number, message, words, hint)


def _lines(note: Node) -> list[Line]:
    return [line for node in note.page.boxes if node is note or note in node.ancestors() for line in node.lines]
