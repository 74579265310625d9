"""Quickened flow: what is in it, which page it asks for, and where a line stands that nothing floats beside.

WeasyPrint asks each block, when it is laid out, for the pages that its first and last descendants want, and each line
twice for the floats that it may collide with.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any


def _quick_flow(original: Any) -> Any:
    """`is_in_normal_flow`: neither floated nor positioned is what most boxes are."""

    def is_in_normal_flow(box: Any) -> bool:
        style = box.style
        if style["float"] == "none" and style["position"] in ("static", "relative"):
            return True
        return bool(original(box))

    return is_in_normal_flow


def _quick_page_values(_: Any) -> Any:
    """`page_values`: a box whose descendants all want its own page is known once, and so are its copies, for what they
    keep of its children wants that page, too; of others the first and the last child in the flow are looked for."""

    def page_values(box: Any) -> tuple[Any, Any]:
        start = end = box.style["page"]
        if _is_uniform(box):
            return start, end
        first = next(filter(_is_in_flow, box.children), None)
        if first is None:
            return start, end
        last = next(filter(_is_in_flow, reversed(box.children)))
        start_values = first.page_values()
        end_values = start_values if last is first else last.page_values()
        return start_values[0] or start, end_values[1] or end

    return page_values


def _is_in_flow(box: Any) -> bool:
    return bool(box.is_in_normal_flow() or box.is_floated())


def _is_uniform(box: Any) -> bool:
    """Whether all that is in the box has its page (so most of a paper has, but for its root)."""
    uniform: bool | None = vars(box).get("_imprint_uniform")
    if uniform is None:
        page = box.style["page"]
        # All of them are looked at, so that each is known.
        found = [_is_uniform(child) and child.style["page"] == page for child in box.children]
        uniform = box._imprint_uniform = all(found)
    return uniform


def _quick_collisions(original: Any) -> Any:
    """`avoid_collisions` for a line from left to right, where nothing floats: its place is the block's."""
    from weasyprint.formatting_structure.boxes import LineBox

    def avoid_collisions(context: Any, box: Any, containing_block: Any, outer: bool = True) -> Any:
        plain = isinstance(box, LineBox) and box.style["float"] == "none" and not outer
        if not plain or containing_block.style["direction"] != "ltr" or context.excluded_shapes:
            return original(context, box, containing_block, outer)
        left = containing_block.content_box_x()
        right = left + containing_block.width
        # In WeasyPrint's order, for the last bit.
        left += box.margin_left
        right -= box.margin_right
        return left - box.margin_left, box.border_box_y() - box.margin_top, right - left

    return avoid_collisions


def _boxes() -> Any:
    return import_module("weasyprint.formatting_structure.boxes")


FLOW_SHORTCUTS: tuple[tuple[Callable[[], Any], str, Callable[[Any], Any]], ...] = (
    (lambda: _boxes().Box, "is_in_normal_flow", _quick_flow),
    (lambda: _boxes().ParentBox, "page_values", _quick_page_values),
    (partial(import_module, "weasyprint.layout.inline"), "avoid_collisions", _quick_collisions),
)
