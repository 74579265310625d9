"""What is on the laid-out pages: lines, pieces of text, boxes, rows and pictures, read from WeasyPrint's box tree.

With `reader`, all that touches the private box tree of WeasyPrint 70.0; the checks read what is here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

# (left, top, right, bottom) in CSS pixels from the sheet's upper left corner.
Rect = tuple[float, float, float, float]

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
FORCED = frozenset({"page", "left", "right", "recto", "verso", "always", "all"})


class Node:
    """A box of the page. `kind` is `block`, `line`, `cell`, `row`, `group`, `table`, `caption`, `image`, `column` or
    `area` (footnotes, margins).

    `zone` is `main`, `note`, `margin`, `absolute` or `marker` (of a list item, outside it). Of itself and the boxes
    around it, `clip` is the nearest that hides what overflows, `fixed` the nearest whose size is given or whose edges
    show, `cell` the cell of a table.
    `continued` says that it began on an earlier page, `continues` that it goes on.
    """

    __slots__ = (
        "box", "cell", "clip", "continued", "continues", "fixed", "kind", "lines", "matrix", "page", "parent", "zone",
    )  # fmt: skip

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
        image: Any = getattr(self.box, "replacement", None)
        svg = getattr(image, "_svg", None)
        return (svg.tree._etree_node, svg.font_config, image._context) if svg is not None else None

    def ancestors(self) -> Iterator[Node]:
        """Itself, and the boxes around it, outwards."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def within(self, *tags: str) -> Node | None:
        """The nearest of itself and the boxes around it that is one of the elements (no line, though it has a tag)."""
        return next((node for node in self.ancestors() if node.tag in tags and node.kind != "line"), None)

    @property
    def words(self) -> str:
        """The text of its own lines, one after the other."""
        return " ".join(line.text.strip() for line in self.lines)

    def _place(self, rect: Rect) -> Rect:
        return transformed(rect, self.matrix) if self.matrix else rect


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
    """All pages. `broken` holds the paragraphs that do not go on, although their last line is not their end."""

    pages: Sequence[Page]
    broken: Sequence[Node] = ()

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


def transformed(rect: Rect, matrix: Any) -> Rect:
    """The rectangle around a transformed rectangle."""
    points = [matrix.transform_point(x, y) for x in (rect[0], rect[2]) for y in (rect[1], rect[3])]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)
