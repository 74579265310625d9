"""WeasyPrint's laid-out box tree in, each page's lines, pieces of text, boxes, rows and pictures out.

The one module that touches the private box tree of WeasyPrint 70.0; all checks read what is here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from typing import Any

# (left, top, right, bottom) in CSS pixels from the sheet's upper left corner.
Rect = tuple[float, float, float, float]

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
FORCED = frozenset({"page", "left", "right", "recto", "verso", "always", "all"})
# Of a font's size, above and below the baseline: what letters of every script surely cover.
_ASCENT, _DESCENT = 0.66, 0.08
# Kinds of boxes that do not grow with their content where a length is given.
_HOLDERS = frozenset({"block", "cell", "caption", "column"})
_SPACES = " \t\n\u00a0\u200b"


class Node:
    """A box of the page. `kind` is `block`, `line`, `cell`, `row`, `group`, `table`, `caption`, `image`, `column` or
    `area` (footnotes, margins).

    `zone` is `main`, `note`, `margin`, `absolute` or `marker` (of a list item, outside it). `clip` is the nearest of
    itself and the boxes around it that hides what overflows, `fixed` the nearest whose height or width is given,
    `cell` the cell of a table that it is or stands in.
    `continued` says that it began on an earlier page, `continues` that it goes on.
    """

    __slots__ = ("box", "cell", "clip", "continued", "continues", "fixed", "kind", "lines", "matrix", "page", "parent", "zone")

    def __init__(self, box: Any, kind: str, parent: Node | None, page: Page, zone: str) -> None:
        self.box = box
        self.kind = kind
        self.parent = parent
        self.page = page
        self.zone = zone
        self.clip: Node | None = None
        self.fixed: Node | None = None
        self.cell: Node | None = None
        self.matrix: Any = None
        if parent is not None:
            self.clip, self.fixed, self.cell, self.matrix = parent.clip, parent.fixed, parent.cell, parent.matrix
        self.lines: list[Line] = []
        self.continued = False
        self.continues = False

    @property
    def tag(self) -> str:
        """The HTML element's name, with `::marker` and the like for what is generated."""
        return self.box.element_tag or ""

    @property
    def element(self) -> Any:
        """The HTML element, for its identity and attributes; None for margins."""
        return self.box.element

    @property
    def style(self) -> Any:
        """The computed values by CSS property, with `_` for `-`."""
        return self.box.style

    @property
    def frame(self) -> Rect:
        """The border box."""
        b = self.box
        x, y = b.position_x + b.margin_left, b.position_y + b.margin_top
        return self._place((x, y, x + b.border_width(), y + b.border_height()))

    @property
    def padding(self) -> Rect:
        """The padding box."""
        b = self.box
        x, y = b.padding_box_x(), b.padding_box_y()
        return self._place((x, y, x + b.padding_width(), y + b.padding_height()))

    @property
    def content(self) -> Rect:
        """The content box."""
        b = self.box
        x, y = b.content_box_x(), b.content_box_y()
        return self._place((x, y, x + b.width, y + b.height))

    @property
    def decorated(self) -> bool:
        """Whether its edges show: a background or a border."""
        b = self.box
        borders = b.border_top_width or b.border_bottom_width or b.border_left_width or b.border_right_width
        return bool(borders or getattr(b, "background", None))

    @property
    def drawing(self) -> tuple[Any, Any, Any] | None:
        """Of a picture that is a drawing: its `<svg>` element, and the fonts and the context to shape its text with."""
        image = getattr(self.box, "replacement", None)
        svg = getattr(image, "_svg", None)
        return (svg.tree._etree_node, svg.font_config, image._context) if svg is not None else None

    def ancestors(self) -> Iterator[Node]:
        """Itself, and the boxes around it, outwards."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def within(self, *tags: str) -> Node | None:
        """The nearest of itself and the boxes around it that is one of the elements."""
        return next((node for node in self.ancestors() if node.tag in tags), None)

    @property
    def words(self) -> str:
        """The text of its own lines, one after the other."""
        return " ".join(line.text.strip() for line in self.lines)

    def _place(self, rect: Rect) -> Rect:
        return _transformed(rect, self.matrix) if self.matrix else rect


@dataclass(slots=True)
class Piece:
    """A run of text in one style on one line: where its letters surely are, and how it is set."""

    rect: Rect
    text: str
    size: float
    spacing: float
    box: Any
    line: Line

    @property
    def style(self) -> Any:
        """The computed values by CSS property."""
        return self.box.style


class Line(Node):
    """A line of text. `items` are its pieces of text and boxes (inline blocks, pictures) in reading order."""

    __slots__ = ("forced", "items", "pieces")

    def __init__(self, box: Any, parent: Node, page: Page, zone: str) -> None:
        super().__init__(box, "line", parent, page, zone)
        self.items: list[Piece | Node] = []
        self.pieces: list[Piece] = []
        self.forced = False

    @property
    def block(self) -> Node:
        """The block container whose line it is."""
        assert self.parent is not None
        return self.parent

    @property
    def soft(self) -> bool:
        """Whether the text goes on, and the line's end was the layout's choice."""
        return not self.forced and self.box.resume_at is not None

    @property
    def text(self) -> str:
        """Its text, that of boxes on it included."""
        return "".join(item.text if isinstance(item, Piece) else item.words for item in self.items)


@dataclass(slots=True)
class Page:
    """A page, and what is on it in reading order.

    `area` is its content box, `sheet` the paper inside the bleed; `cells` gives the lines of each cell of a table.
    """

    number: int
    box: Any
    sheet: Rect
    area: Rect
    lines: list[Line] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    images: list[Node] = field(default_factory=list)
    boxes: list[Node] = field(default_factory=list)
    rows: list[Node] = field(default_factory=list)
    cells: dict[Node, list[Line]] = field(default_factory=dict)
    tables: list[Node] = field(default_factory=list)
    captions: list[Node] = field(default_factory=list)
    # Lines and pictures of the running text, in reading order, each with its page or column.
    leaves: list[tuple[Any, Node]] = field(default_factory=list)

    @property
    def blank(self) -> bool:
        """Whether it was left empty so that the next text begins on a right or a left page."""
        return bool(self.box.page_type.blank)

    @property
    def name(self) -> str:
        """The CSS page's name."""
        return str(self.box.page_type.name)

    @property
    def decorated(self) -> bool:
        """Whether the page itself shows something: a picture or colour behind its margins, or a box that does."""
        style = self.box.style
        behind = style["background_image"] != (("none", None),) or self.box.canvas_background is not None
        return behind or any(node.decorated for node in self.boxes if node.zone in ("main", "absolute"))

    def edge(self, end: int) -> list[tuple[int, Any]]:
        """The boxes in flow along the page's beginning (0) or end (-1), outermost first: (identity, style)."""
        found = []
        box = self.box.children[0]
        while box is not None:
            found.append((id(box.element), box.style))
            children = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
            box = children[end] if children else None
        return found


@dataclass(frozen=True)
class Laid:
    """All pages, and the anchors of what is spread over several of them."""

    pages: Sequence[Page]

    @cached_property
    def notes(self) -> list[Node]:
        """The boxes of footnotes, by page."""
        return [node for page in self.pages for node in page.boxes if node.zone == "note" and _is_note(node)]

    @cached_property
    def calls(self) -> list[Piece]:
        """The pieces of text that call a footnote."""
        return [p for page in self.pages for p in page.pieces if (p.box.element_tag or "").endswith("::footnote-call")]


def _is_note(node: Node) -> bool:
    return node.parent is not None and node.parent.kind == "area"


def read_pages(document: Any) -> Laid:
    """Read the pages of a laid-out `weasyprint.Document` (after layout, before drawing)."""
    reader = _Reader()
    return Laid([reader.read(page._page_box, number) for number, page in enumerate(document.pages, 1)])


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
        self._page: Page

    def read(self, box: Any, number: int) -> Page:
        """One page."""
        x, y = box.content_box_x(), box.content_box_y()
        sheet = (0.0, 0.0, box.margin_width(), box.margin_height())
        self._page = Page(number, box, sheet, (x, y, x + box.width, y + box.height))
        before = self._unfinished
        self._unfinished = {}
        self._before = before
        for child in box.children:
            zone = {self._margin: "margin", self._notes: "note"}.get(type(child), "main")
            self._block(child, None, zone, None)
        return self._page

    def _block(self, box: Any, parent: Node | None, zone: str, column: Any) -> Node:
        """Read a box that is no text and no inline box, and all below it."""
        if not isinstance(box, self._box):
            # What is positioned absolutely stands behind a placeholder.
            box = box._box
        if box.is_absolutely_positioned():
            zone = zone if zone != "main" else "marker" if box.is_outside_marker else "absolute"
        page = self._page
        kind = self._kinds.get(type(box)) or ("column" if box.is_column else "block")
        if kind == "line":
            return self._read_line(box, parent, zone, column)
        node = Node(box, kind, parent, page, zone)
        if box.transformation_matrix:
            node.matrix = box.transformation_matrix @ node.matrix if node.matrix else box.transformation_matrix
        if kind == "image":
            page.images.append(node)
            if zone == "main":
                page.leaves.append((column, node))
            return node
        page.boxes.append(node)
        if kind == "cell":
            node.cell = node
            page.cells[node] = []
        elif kind == "row":
            page.rows.append(node)
        elif kind == "table":
            page.tables.append(node)
        elif kind == "caption" or box.element_tag == "figcaption":
            page.captions.append(node)
        elif kind == "column":
            column = box
        if parent is not None:
            style = box.style
            if style["overflow"] != "visible":
                node.clip = node
            if kind in _HOLDERS and (style["height"] != "auto" or style["max_height"].value != inf or style["width"] != "auto"):
                node.fixed = node
        for child in box.children:
            self._block(child, node, zone, column)
        if node.lines:
            self._link(node)
        return node

    def _link(self, node: Node) -> None:
        """Join a paragraph to its beginning on an earlier page."""
        key = (id(node.element), node.tag)
        if node.zone in ("main", "note") and self._before.pop(key, None):
            node.continued = True
        if node.lines[-1].box.resume_at is not None:
            node.continues = True
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
            self._piece(box, line)
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

    def _piece(self, box: Any, line: Line) -> None:
        text = box.text
        size = box.style["font_size"]
        base = box.position_y + box.baseline
        left, right = box.position_x, box.position_x + box.width
        if text[-1] in _SPACES or text[0] in _SPACES:
            left, right = _without_spaces(text, left, right, size, box)
        rect = (left, base - _ASCENT * size, right, base + _DESCENT * size)
        if line.matrix:
            rect = _transformed(rect, line.matrix)
        piece = Piece(rect, text, size, box.justification_spacing, box, line)
        line.items.append(piece)
        line.pieces.append(piece)
        self._page.pieces.append(piece)


def _without_spaces(text: str, left: float, right: float, size: float, box: Any) -> tuple[float, float]:
    """The extent of a text without the spaces at its ends (a space is about a quarter of an em)."""
    space = 0.25 * size + box.justification_spacing
    before = len(text) - len(text.lstrip(_SPACES))
    after = len(text) - len(text.rstrip(_SPACES))
    if box.style["direction"] == "rtl":
        before, after = after, before
    return min(left + before * space, right), max(right - after * space, left)


def _transformed(rect: Rect, matrix: Any) -> Rect:
    """The rectangle around a transformed rectangle."""
    points = [matrix.transform_point(x, y) for x in (rect[0], rect[2]) for y in (rect[1], rect[3])]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)
