"""Quickening: what WeasyPrint computes again and again is computed once, with the same result to the last bit.

Found by profiling a paper of 50 pages (ARCHITECTURE.md, "What makes it fast"). This module replaces private functions
of WeasyPrint 70.0 and pydyf 0.13; a test holds its pages against those of the engine without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from importlib import import_module
from typing import Any

from imprint.paginate.quicken_text import TEXT_SHORTCUTS
from imprint.paginate.replacement import replaced

_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"{name}_{side}" for name in ("margin", "padding") for side in _SIDES),
    "width", "min_width", "max_width", "height", "min_height", "max_height",
)  # fmt: skip
_BORDERS = tuple(f"border_{side}_width" for side in _SIDES)
# A style of which nothing is known yet.
_UNKNOWN: dict[str, Any] = {}
_SPECIAL = frozenset({"float", "display", "position", "page"})


def _quick_missing(original: Any) -> Any:
    """`ComputedStyle.__missing__`: a property that the cascade does not set is its parent's value or its initial one.

    What is special (text decoration, floats, named pages, properties with logical twins, values still to be
    computed) is left to the original.
    """
    from weasyprint import css
    from weasyprint.css.properties import INHERITED, INITIAL_VALUES

    def plain(key: str) -> bool:
        return key not in _SPECIAL and key not in css.PHYSICAL_FUNCTIONS and not key.startswith("text_decoration_")

    inherited = frozenset(key for key in INHERITED if plain(key))
    initial = {
        key: value
        for key, value in INITIAL_VALUES.items()
        if plain(key) and key not in INHERITED and key not in css.INITIAL_NOT_COMPUTED
    }

    def missing(style: Any, key: str) -> Any:
        if key not in style.cascaded:
            if key in initial:
                value = style[key] = initial[key]
                return value
            if key in inherited and style.parent_style is not None:
                value = style[key] = style.parent_style[key]
                return value
        return original(style, key)

    return missing


def _quick_percentage(original: Any) -> Any:
    from weasyprint.css.properties import Dimension

    def resolve_one_percentage(box: Any, name: str, refer_to: Any) -> None:
        value = box.style[name]
        if type(value) is Dimension and value.unit != "%":
            setattr(box, name, value.value)
        else:
            original(box, name, refer_to)

    return resolve_one_percentage


def _quick_percentages(original: Any) -> Any:
    """`resolve_percentages`: the lengths of a style without percentages are worked out once for all its boxes."""
    from weasyprint.formatting_structure import boxes

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        style = box.style
        lengths: dict[str, Any] | None = vars(style).get("_imprint_lengths", _UNKNOWN)
        if lengths is _UNKNOWN:
            lengths = style._imprint_lengths = _plain_lengths(style)
        if lengths is None or isinstance(box, boxes.PageBox | boxes.MarginBox):
            original(box, containing_block)
        else:
            vars(box).update(lengths)

    return resolve_percentages


def _plain_lengths(style: Any) -> dict[str, Any] | None:
    """The used values of a style whose lengths depend on no other box; None if any does.

    Borders that collapse are a table's to resolve, and `box-sizing` is the original's.
    """
    from weasyprint.css.properties import Dimension

    if style["border_collapse"] == "collapse" or style["box_sizing"] != "content-box":
        return None
    lengths: dict[str, Any] = {}
    for name in _LENGTHS:
        value = style[name]
        if value == "auto":
            lengths[name] = 0 if name in ("min_width", "min_height") else "auto"
        elif type(value) is Dimension and value.unit == "px":
            lengths[name] = value.value
        else:
            return None
    return lengths | {name: style[name] for name in _BORDERS}


def _quick_page_values(original: Any) -> Any:
    """`page_values`: only the first and the last child in the flow are looked for."""

    def page_values(box: Any) -> tuple[Any, Any]:
        start = end = box.style["page"]
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


def _quick_flow(original: Any) -> Any:
    """`is_in_normal_flow`: neither floated nor positioned is what most boxes are."""

    def is_in_normal_flow(box: Any) -> bool:
        style = box.style
        if style["float"] == "none" and style["position"] in ("static", "relative"):
            return True
        return bool(original(box))

    return is_in_normal_flow


def _quick_references(_: Any) -> property:
    return property(_page_references)


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    """`page_references`, made anew only when there are more pages: it is asked for at every structure element."""
    kids = pdf.pages["Kids"]
    kept: tuple[int, tuple[bytes, ...]] | None = vars(pdf).get("_imprint_references")
    if kept is None or kept[0] != len(kids):
        kept = (len(kids), tuple(f"{number} 0 R".encode("ascii") for number in kids[::3]))
        pdf._imprint_references = kept
    return kept[1]


def _styles() -> Any:
    from weasyprint.css import ComputedStyle

    return ComputedStyle


def _boxes() -> Any:
    return import_module("weasyprint.formatting_structure.boxes")


# Every module that has the function under its own name.
_RESOLVERS = ("absolute", "block", "column", "float", "grid", "inline", "page", "table")
# Module or class (imported when it is needed), the name in it, and what makes the quick one of the original.
SHORTCUTS: tuple[tuple[Callable[[], Any], str, Callable[[Any], Any]], ...] = (
    (_styles, "__missing__", _quick_missing),
    (partial(import_module, "weasyprint.layout.percent"), "resolve_one_percentage", _quick_percentage),
    *(
        (partial(import_module, f"weasyprint.layout.{name}"), "resolve_percentages", _quick_percentages)
        for name in _RESOLVERS
    ),
    (lambda: _boxes().Box, "is_in_normal_flow", _quick_flow),
    (lambda: _boxes().ParentBox, "page_values", _quick_page_values),
    (lambda: import_module("pydyf").PDF, "page_references", _quick_references),
    *TEXT_SHORTCUTS,
)


@contextmanager
def quick_engine() -> Iterator[None]:
    """Shortcuts for styles, percentages, the flow of boxes, page references and text."""
    with ExitStack() as stack:
        for find, name, quicken in SHORTCUTS:
            owner = find()
            stack.enter_context(replaced(owner, name, quicken(vars(owner)[name])))
        yield
