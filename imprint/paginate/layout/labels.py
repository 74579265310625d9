"""Labels of drawings that leave their box, their shape or the drawing, or are printed over each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from imprint.paginate.figure_draw import shape_label
from imprint.paginate.layout.finding import Finding, error, quoted
from imprint.paginate.layout.tree import Laid, Node, Rect

# In the drawing's units, which are about a fifth of a millimetre.
_TOLERANCE = 1.0
_ASCENT, _DESCENT = 0.66, 0.08


@dataclass(frozen=True, slots=True)
class _Label:
    """A line of a label: where its letters are, and the box that its author gave it (if any)."""

    text: str
    rect: Rect
    room: Rect | None


def find_escaped_labels(laid: Laid) -> Iterator[Finding]:
    """Yield `figure-label-outside` and `figure-label-overlap`, by measuring each label as it is drawn."""
    seen: set[int] = set()
    for page in laid.pages:
        for node in page.images:
            drawing = node.drawing
            if drawing is not None and id(drawing[0]) not in seen:
                seen.add(id(drawing[0]))
                yield from _check_drawing(node, drawing, page.number)


def _check_drawing(node: Node, drawing: tuple[Any, Any, Any], page: int) -> Iterator[Finding]:
    root, font_config, context = drawing
    labels = list(_labels(root, font_config, context))
    shapes = list(_shapes(root))
    view = _rect(root.get("viewBox"))
    hint = "make the box larger, or the translation shorter"
    for label in labels:
        around = ((view, "the drawing"), (label.room, "its box"), (_shape_of(label, shapes), "its shape"))
        for room, name in around:
            if room is not None and _leaves(label.rect, room):
                message = f"the label {quoted(label.text)} of {_name(node)} leaves {name}"
                yield error("figure-label-outside", page, message, label.text, hint)
                break
    for first, second in combinations(labels, 2):
        if _cross(first.rect, second.rect):
            message = f"the labels {quoted(first.text)} and {quoted(second.text)} of {_name(node)} cross"
            yield error("figure-label-overlap", page, message, second.text, hint)


def _labels(root: Any, font_config: Any, context: Any) -> Iterator[_Label]:
    for element in root.iter():
        if element.get("data-line") is None or not element.text:  # only `<text>` has it
            continue
        size = float(element.get("font-size"))
        _, (_, _, _, width, _, _) = shape_label(element, size, font_config, context)
        x, y = float(element.get("x")), float(element.get("y"))
        rect = (x, y - _ASCENT * size, x + width, y + _DESCENT * size)
        yield _Label(element.text, rect, _rect(element.get("data-box")))


def _rect(value: str | None) -> Rect | None:
    """`x y width height` as a rectangle."""
    try:
        x, y, width, height = map(float, (value or "").replace(",", " ").split())
    except ValueError:
        return None
    return x, y, x + width, y + height


def _shapes(root: Any) -> Iterator[Rect]:
    """The rectangles around the shapes that a label may stand in."""
    for element in root.iter():
        kind = str(element.tag).rpartition("}")[2]
        try:
            if kind == "rect":
                x, y, width, height = (float(element.get(name, 0)) for name in ("x", "y", "width", "height"))
                yield x, y, x + width, y + height
            elif kind in ("circle", "ellipse"):
                x, y = float(element.get("cx", 0)), float(element.get("cy", 0))
                rx, ry = float(element.get("rx", element.get("r", 0))), float(element.get("ry", element.get("r", 0)))
                yield x - rx, y - ry, x + rx, y + ry
            elif kind == "polygon":
                numbers = [float(number) for number in element.get("points", "").replace(",", " ").split()]
                yield min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])
        except ValueError:
            continue


def _shape_of(label: _Label, shapes: list[Rect]) -> Rect | None:
    """The smallest shape around the label's middle that could hold half of it (an arrowhead holds no label)."""
    left, top, right, bottom = label.rect
    x, y = (left + right) / 2, (top + bottom) / 2
    holding = [
        shape
        for shape in shapes
        if shape[0] <= x <= shape[2]
        and shape[1] <= y <= shape[3]
        and shape[2] - shape[0] >= (right - left) / 2
        and shape[3] - shape[1] >= bottom - top
    ]
    return min(holding, key=lambda shape: (shape[2] - shape[0]) * (shape[3] - shape[1]), default=None)


def _leaves(rect: Rect, room: Rect) -> bool:
    return (
        rect[0] < room[0] - _TOLERANCE
        or rect[1] < room[1] - _TOLERANCE
        or rect[2] > room[2] + _TOLERANCE
        or rect[3] > room[3] + _TOLERANCE
    )


def _cross(first: Rect, second: Rect) -> bool:
    return (
        min(first[2], second[2]) - max(first[0], second[0]) > _TOLERANCE
        and min(first[3], second[3]) - max(first[1], second[1]) > _TOLERANCE
    )


def _name(node: Node) -> str:
    source = node.element.get("src") if node.element is not None else None
    return str(source or "a drawing")
