"""WeasyPrint's laid-out box tree in, its pages as the checks read them out: one walk, in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any

from imprint.paginate.layout.tree import Laid, Line, Node, Page, Piece, transformed

# Of a font's size, above and below the baseline: what letters of every script cover.
_ASCENT, _DESCENT = 0.72, 0.18
# Kinds of boxes that do not grow with their content where a length is given.
_HOLDERS = frozenset({"block", "cell", "caption", "column"})
_SPACES = " \t\n\u00a0\u200b"


def read_pages(document: Any) -> Laid:
    """Read the pages of a laid-out `weasyprint.Document` (after layout, before drawing)."""
    reader = _Reader()
    pages = [reader.read(page._page_box, number) for number, page in enumerate(document.pages, 1)]
    return Laid(pages, reader.finish())


class _Reader:
    """Walks the pages in order and remembers which paragraphs are unfinished."""

    def __init__(self) -> None:
        from weasyprint.formatting_structure import boxes

        self._box = boxes.Box
        self._text, self._line, self._inline = boxes.TextBox, boxes.LineBox, boxes.InlineBox
        self._replaced = boxes.ReplacedBox
        self._atomic = boxes.AtomicInlineLevelBox
        self._kinds = {
            boxes.TableCellBox: "cell", boxes.TableRowBox: "row", boxes.TableRowGroupBox: "group",
            boxes.TableBox: "table", boxes.InlineTableBox: "table", boxes.TableCaptionBox: "caption",
            boxes.MarginBox: "area", boxes.FootnoteAreaBox: "area", boxes.BlockReplacedBox: "image",
            boxes.InlineReplacedBox: "image", boxes.LineBox: "line",
        }  # fmt: skip
        self._margin, self._notes = boxes.MarginBox, boxes.FootnoteAreaBox
        self._unfinished: dict[tuple[int, str], Node] = {}
        self._broken: list[Node] = []
        self._before: dict[tuple[int, str], Node] = {}
        self._page: Page

    def read(self, box: Any, number: int) -> Page:
        """One page."""
        x, y = box.content_box_x(), box.content_box_y()
        sheet = (0.0, 0.0, box.margin_width(), box.margin_height())
        self._page = Page(number, box, sheet, (x, y, x + box.width, y + box.height))
        if not self._page.blank:
            # Nothing goes on on a page that is blank.
            self._broken += self._before.values()
            self._before, self._unfinished = self._unfinished, {}
        for child in box.children:
            zone = {self._margin: "margin", self._notes: "note"}.get(type(child), "main")
            self._block(child, None, zone, None)
        return self._page

    def finish(self) -> list[Node]:
        """The paragraphs that broke off, after the last page."""
        return [*self._broken, *self._before.values(), *self._unfinished.values()]

    def _block(self, box: Any, parent: Node | None, zone: str, column: Any) -> Node:
        """Read a box that is no text and no inline box, and all below it."""
        if not isinstance(box, self._box):
            # What is positioned absolutely stands behind a placeholder.
            box = box._box
        if box.is_absolutely_positioned():
            zone = zone if zone != "main" else "marker" if box.is_outside_marker else "absolute"
        kind = self._kinds.get(type(box)) or ("column" if box.is_column else "block")
        if kind == "line":
            return self._read_line(box, parent, zone, column)
        node = Node(box, kind, parent, self._page, zone)
        if box.transformation_matrix:
            node.matrix = box.transformation_matrix @ node.matrix if node.matrix else box.transformation_matrix
        self._file(node, column)
        if kind == "image":
            return node
        if parent is not None:
            _set_bounds(node)
        if kind == "column":
            column = box
        for child in box.children:
            self._block(child, node, zone, column)
        if node.lines:
            self._link(node)
        return node

    def _file(self, node: Node, column: Any) -> None:
        """Put the box into the lists of its page."""
        page, kind = self._page, node.kind
        if kind == "image":
            page.images.append(node)
            if node.zone == "main":
                page.leaves.append((column, node))
            return
        page.boxes.append(node)
        if kind == "cell":
            node.cell = node
            page.cells[node] = []
        elif kind == "row":
            page.rows.append(node)
        elif kind == "table":
            page.tables.append(node)
        elif kind == "caption" or node.tag == "figcaption":
            page.captions.append(node)

    def _link(self, node: Node) -> None:
        """Join a paragraph to its beginning on an earlier page, or in an earlier column."""
        key = (id(node.element), node.tag)
        flows = node.zone in ("main", "note")
        if flows and (key in self._before or key in self._unfinished):
            node.continued = True
            self._before.pop(key, None)
            self._unfinished.pop(key, None)
        if node.lines[-1].box.resume_at is not None:
            node.continues = True
            if flows:
                self._unfinished[key] = node

    def _read_line(self, box: Any, parent: Node | None, zone: str, column: Any) -> Line:
        assert parent is not None
        line = Line(box, parent, self._page, zone)
        parent.lines.append(line)
        self._page.lines.append(line)
        if line.cell is not None:
            self._page.cells[line.cell].append(line)
        if zone == "main":
            self._page.leaves.append((column, line))
        last = None
        for child in box.children:
            last = self._inline_box(child, line, column) or last
        line.forced = last == "br"
        return line

    def _inline_box(self, box: Any, line: Line, column: Any) -> str | None:
        """Read what stands on a line; returns what it ends with: `text`, `box`, `br`, or None for nothing."""
        if isinstance(box, self._text):
            if not box.text:
                return None
            self._add(_piece(box, line), line)
            return "text"
        if box.is_leader and box.children:
            self._add(_leader(box.children, line), line)
            return "text"
        if isinstance(box, self._inline):
            if box.element_tag == "br":
                return "br"
            last = None
            for child in box.children:
                last = self._inline_box(child, line, column) or last
            return last
        if not isinstance(box, self._atomic):
            # Floats and what is positioned absolutely only begin here.
            self._block(box, line.parent, line.zone, column)
            return None
        node = self._block(box, line, line.zone, column)
        line.items.append(node)
        return "box"

    def _add(self, piece: Piece, line: Line) -> None:
        line.items.append(piece)
        line.pieces.append(piece)
        self._page.pieces.append(piece)


def _piece(box: Any, line: Line) -> Piece:
    text = box.text
    size = box.style["font_size"]
    base = box.position_y + box.baseline
    left, right = box.position_x, box.position_x + box.width
    if text[-1] in _SPACES or text[0] in _SPACES:
        left, right = _without_spaces(text, left, right, size, box)
    rect = (left, base - _ASCENT * size, right, base + _DESCENT * size)
    if line.matrix:
        rect = transformed(rect, line.matrix)
    return Piece(rect, text, size, box.justification_spacing, box, line)


def _leader(boxes: Sequence[Any], line: Line) -> Piece:
    """The dots of a leader, a box each from right to left, as one piece: a third of all boxes of text are such dots."""
    piece, last = (_piece(box, line) for box in (boxes[0], boxes[-1]))
    pairs = list(zip(piece.rect, last.rect, strict=True))
    piece.rect = (min(pairs[0]), min(pairs[1]), max(pairs[2]), max(pairs[3]))
    piece.text *= len(boxes)
    return piece


def _set_bounds(node: Node) -> None:
    """Note whether the box hides what overflows it, and whether its text must not leave it.

    That is so where its edges show, and where its size is given, so that it does not grow with its text.
    """
    style = node.style
    if style["overflow"] != "visible":
        node.clip = node
    if node.kind in _HOLDERS:
        lengths = style["width"] != "auto", style["height"] != "auto", style["max_height"].value != inf
        if any(lengths) or (node.zone == "main" and node.decorated):
            node.fixed = node


def _without_spaces(text: str, left: float, right: float, size: float, box: Any) -> tuple[float, float]:
    """The extent of a text without the spaces at its ends (a space is about a quarter of an em)."""
    space = 0.25 * size + box.justification_spacing
    before = len(text) - len(text.lstrip(_SPACES))
    after = len(text) - len(text.rstrip(_SPACES))
    if box.style["direction"] == "rtl":
        before, after = after, before
    return min(left + before * space, right), max(right - after * space, left)
