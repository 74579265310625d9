"""Text on text, text on pictures, and boxes in flow whose edges cross other text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf

from imprint.paginate.layout.finding import Finding, error, quoted
from imprint.paginate.layout.tree import Laid, Node, Page, Piece, Rect

# CSS pixels by which two rectangles must cross. Letters of an italic and its neighbour cross by less.
_ACROSS, _DOWN = 1.2, 0.6
_HINT = "look for a negative margin, a fixed height, a position or a line height that is too small"


def find_overlap(laid: Laid) -> Iterator[Finding]:
    """Yield `overlap`: at most one for a pair of paragraphs, pictures or boxes."""
    for page in laid.pages:
        yield from _text_on_text(page)
        if page.images:
            yield from _text_on_images(page)
        yield from _text_on_edges(page)


def _text_on_text(page: Page) -> Iterator[Finding]:
    seen: set[tuple[int, int]] = set()
    for upper, lower in _crossings(page.pieces):
        if _turned(upper) or _turned(lower) or not (upper.text.strip() and lower.text.strip()):
            continue
        blocks = (id(upper.line.block), id(lower.line.block))
        if blocks not in seen:
            seen.add(blocks)
            message = f"{quoted(upper.line.text)} and {quoted(lower.line.text)} are printed over each other"
            yield error("overlap", page.number, message, lower.line.block.words, _HINT)


def _crossings(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, Piece]]:
    """Pairs of pieces whose rectangles cross, by a sweep down the page."""
    active: list[tuple[float, float, float, Piece]] = []
    # Where the first of them ends.
    soonest = inf
    for piece in sorted(pieces, key=_top):
        left, top, right, bottom = piece.rect
        if soonest <= top:
            active = [item for item in active if item[0] > top]
            soonest = min([item[0] for item in active], default=inf)
        inner, end = right - _ACROSS, bottom - _DOWN
        for _, other_left, other_inner, other in active:
            if other_left < inner and left < other_inner:
                yield other, piece
        active.append((end, left, inner, piece))
        soonest = min(soonest, end)


def _top(piece: Piece) -> float:
    return piece.rect[1]


def _turned(piece: Piece) -> bool:
    """Whether it is rotated: the rectangle around it is then larger than its letters."""
    matrix = piece.line.matrix
    return matrix is not None and bool(matrix[0][1] or matrix[1][0])


def _text_on_images(page: Page) -> Iterator[Finding]:
    images = [node for node in page.images if node.zone == "main"]
    for position, image in enumerate(images):
        frame = image.frame
        others: Iterator[tuple[Rect, str]] = (
            (piece.rect, piece.line.block.words) for piece in page.pieces if piece.line.zone in ("main", "note")
        )
        found = next((words for rect, words in others if _cross(rect, frame)), None)
        if found is not None:
            yield error("overlap", page.number, f"a picture covers {quoted(found)}", found, _HINT)
        if any(_cross(other.frame, frame) for other in images[position + 1 :]):
            words = image.element.get("alt", "") if image.element is not None else ""
            yield error("overlap", page.number, "two pictures are printed over each other", words, _HINT)


def _text_on_edges(page: Page) -> Iterator[Finding]:
    """Boxes whose background or border shows, and text beside them that crosses it."""
    shown = [
        node
        for node in page.boxes
        if node.kind in ("block", "table") and node.parent is not None and node.zone == "main" and node.decorated
    ]
    for position, node in enumerate(shown):
        frame = node.frame
        for line in page.lines:
            if line.zone not in ("main", "note") or not line.pieces:
                continue
            if any(_cross(piece.rect, frame) for piece in line.pieces) and not _belongs(line, node):
                message = f"a box covers {quoted(line.text)}"
                yield error("overlap", page.number, message, line.block.words, _HINT)
                break
        for other in shown[position + 1 :]:
            if _cross(other.frame, frame) and not _belongs(other, node):
                yield error("overlap", page.number, "two boxes lie on each other", "", _HINT)


def _belongs(inner: Node, outer: Node) -> bool:
    """Whether the one stands in the other, or is floated (a box reaches beneath the floats beside its text)."""
    return any(node is outer or node.box.is_floated() for node in inner.ancestors()) or outer.box.is_floated()


def _cross(first: Rect, second: Rect) -> bool:
    return (
        first[0] < second[2] - _ACROSS
        and second[0] < first[2] - _ACROSS
        and first[1] < second[3] - _DOWN
        and second[1] < first[3] - _DOWN
    )
