"""Text, boxes and pictures that run out of their container, out of the page's text area, or are cut off."""

from __future__ import annotations

from collections.abc import Iterator

from imprint.paginate.layout.finding import Finding, error, quoted
from imprint.paginate.layout.tree import Laid, Line, Node, Page, Piece, Rect

# CSS pixels: rounding of fonts and of tables adds up to less.
TOLERANCE = 1.0


def find_overflow(laid: Laid) -> Iterator[Finding]:
    """Yield `text-overflow`, `box-overflow`, `image-overflow`, `page-overflow`, `text-clipped` and `image-clipped`."""
    for page in laid.pages:
        for node in page.boxes:
            if node.lines:
                yield from _check_lines(node, page)
        for node in page.images:
            yield from _check_image(node, page)
        for node in page.boxes:
            if node.kind in ("block", "table") and node.parent is not None:
                yield from _check_box(node, page)
    for node in laid.broken:
        shown = node.lines[-1].text.strip()
        written = "".join(node.element.itertext()).strip() if node.element is not None else ""
        if not written.endswith(shown):
            hint = "let the box show all of its lines (no `max-lines`, no `continue: discard`)"
            message = f"the text breaks off after {quoted(shown)}"
            yield error("text-clipped", node.page.number, message, node.words, hint)


def _check_lines(block: Node, page: Page) -> Iterator[Finding]:
    left, _, right, _ = block.content
    area = _area(block, page)
    left, right = max(left, area[0]) - TOLERANCE, min(right, area[2]) + TOLERANCE
    top, bottom = area[1] - TOLERANCE, area[3] + TOLERANCE
    watched = block.clip is not None or block.fixed is not None
    for line in block.lines:
        if line.pieces:
            extent = line.pieces[0].rect if len(line.pieces) == 1 else _extent(line.pieces)
            # Nearly all lines; the others are looked at one by one.
            inside = extent[0] >= left and extent[2] <= right and extent[1] >= top and extent[3] <= bottom
            if watched or not inside:
                yield from _check_line(line, extent, page)


def _check_line(line: Line, extent: Rect, page: Page) -> Iterator[Finding]:
    """A line beyond its block, the page's area, or a box that hides it."""
    block = line.block
    words = block.words
    if line.clip and (side := _beyond(extent, line.clip.padding)):
        hint = "give the box the room its text needs, or do not hide what overflows"
        yield error("text-clipped", page.number, f"{quoted(line.text)} is cut off at the {side}", words, hint)
    elif side := _beyond(extent, _room(line, extent)):
        hint = "let the text break (a longer column, U+200B or a soft hyphen), or make its box wider"
        yield error("text-overflow", page.number, f"{quoted(line.text)} runs out of its {_kind(block)} at the {side}",
                    words, hint)  # fmt: skip
    elif found := _escaped(extent, line):
        around, side = found
        hint = "let the box grow with its text (`min-height` for `height`, no fixed width)"
        yield error("text-overflow", page.number, f"{quoted(line.text)} runs out of its {_kind(around)} at the {side}",
                    words, hint)  # fmt: skip
    if side := _beyond(extent, _area(line, page)):
        where = "the sheet" if line.zone in ("margin", "absolute", "marker") else "the page's text area"
        hint = "nothing of the text belongs into the margin: look for a fixed width, a negative margin or a long word"
        yield error("page-overflow", page.number, f"{quoted(line.text)} runs out of {where} at the {side}", words, hint)


def _check_image(node: Node, page: Page) -> Iterator[Finding]:
    extent = node.frame
    name = _name(node)
    words = node.element.get("alt", "") if node.element is not None else ""
    hint = "give the picture `max-width: 100%` and a height that fits the page"
    if node.clip and (side := _beyond(extent, node.clip.padding)):
        yield error("image-clipped", page.number, f"{name} is cut off at the {side}", words, hint)
    elif (around := node.parent) is not None:
        holder = around.parent if isinstance(around, Line) else around
        if holder and holder.kind != "area" and (side := _beside(extent, holder.padding)):
            yield error("image-overflow", page.number, f"{name} is wider than its {_kind(holder)}", words, hint)
        elif found := _escaped(extent, around):
            message = f"{name} runs out of its {_kind(found[0])} at the {found[1]}"
            yield error("image-overflow", page.number, message, words, hint)
    if side := _beyond(extent, _area(node, page)):
        where = "the sheet" if node.zone in ("margin", "absolute", "marker") else "the page's text area"
        yield error("page-overflow", page.number, f"{name} runs out of {where} at the {side}", words, hint)


def _check_box(node: Node, page: Page) -> Iterator[Finding]:
    """A box in flow that is wider than the box around it."""
    parent = node.parent
    if node.zone != "main" or parent is None or parent.kind in ("line", "area") or node.box.is_floated():
        return
    box = node.box
    if box.margin_left < 0 or box.margin_right < 0:
        # Drawn out on purpose; its text must still stand inside the page.
        return
    if (node.decorated or box.is_table_wrapper) and (side := _beside(node.frame, parent.padding)):
        hint = "a box is as wide as what stands around it: no fixed width, and columns that can shrink"
        message = f"a {_kind(node)} runs out of its {_kind(parent)} at the {side}"
        yield error("box-overflow", page.number, message, _first_words(node, page), hint)


def _extent(pieces: list[Piece]) -> Rect:
    rects = [piece.rect for piece in pieces]
    return (min(r[0] for r in rects), min(r[1] for r in rects), max(r[2] for r in rects), max(r[3] for r in rects))


def _room(line: Line, extent: Rect) -> Rect:
    """Where a line's text may stand: between the sides of its block's content, and its indent."""
    block = line.block
    left, _, right, _ = block.content
    if not line.block.continued and line.block.lines[0] is line:
        indent = block.box.style["text_indent"]
        hang = -indent.value if indent.unit == "px" else 0.0
        if hang > 0 and block.box.style["direction"] == "rtl":
            right += hang
        elif hang > 0:
            left -= hang
    return left, extent[1], right, extent[3]


def _escaped(extent: Rect, inner: Node) -> tuple[Node, str] | None:
    """The innermost box of a given size, or with edges that show, that the extent leaves, and where; None for none."""
    around = _home(inner).fixed if inner.zone != "absolute" else None
    while around is not None:
        if side := _beyond(extent, around.padding):
            return around, side
        around = around.parent.fixed if around.parent else None
    return None


def _home(node: Node) -> Node:
    """The box that it must not leave: of a marker outside its list item, what stands around the item."""
    item = next((outer.parent for outer in node.ancestors() if outer.box.is_outside_marker), None)
    return item.parent if item is not None and item.parent is not None else node


def _area(node: Node, page: Page) -> Rect:
    if node.zone == "main":
        return page.area
    if node.zone == "note":
        return page.area[0], 0.0, page.area[2], page.area[3]
    return page.sheet


def _beyond(extent: Rect, room: Rect) -> str:
    """The side at which the extent leaves the room; empty where it does not."""
    return _beside(extent, room) or (
        "bottom" if extent[3] > room[3] + TOLERANCE else "top" if extent[1] < room[1] - TOLERANCE else ""
    )


def _beside(extent: Rect, room: Rect) -> str:
    return "right" if extent[2] > room[2] + TOLERANCE else "left" if extent[0] < room[0] - TOLERANCE else ""


def _kind(node: Node) -> str:
    """What a reader calls the box."""
    names = {"cell": "cell", "caption": "caption", "table": "table", "column": "column", "area": "margin"}
    return names.get(node.kind) or {"figcaption": "caption", "li": "list item"}.get(node.tag, "box")


def _name(node: Node) -> str:
    source = node.element.get("src") if node.element is not None else None
    return f"the picture {source}" if source else "a picture"


def _first_words(node: Node, page: Page) -> str:
    return next((b.words for b in page.boxes if b.lines and node in b.ancestors()), "")
