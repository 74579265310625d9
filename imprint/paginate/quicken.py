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

from imprint.paginate.replacement import replaced

# A line of the narrowest width ends after one or two ideographs: so many characters are context enough to find it.
_CONTEXT = 32
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


def _remembered(original: Any) -> Any:
    """`get_font_description`: one for all boxes of the same font. Pango copies it into each layout."""
    names = (
        "font_style", "font_stretch", "font_weight", "font_size", "font_variant_caps", "font_variation_settings",
    )  # fmt: skip
    made: dict[tuple[Any, ...], Any] = {}

    def get_font_description(style: Any) -> Any:
        # A drawing's text has its families in a list.
        key = (tuple(style["font_family"]), *(style[name] for name in names))
        if key not in made:
            made[key] = original(style)
        return made[key]

    return get_font_description


def _quick_split(original: Any) -> Any:
    return partial(_split_narrowest, original)


def _split_narrowest(
    original: Any, text: str, style: Any, context: Any, max_width: Any, spacing: Any, **options: Any
) -> Any:
    """`split_first_line` for the narrowest width of a table's cell, without shaping the whole rest of the text.

    The original is called once for every ideograph, with all that follows it: a cell costs the square of its length.
    """
    if max_width == 0 and len(text) > 2 * _CONTEXT:
        start = text[:_CONTEXT]
        if start.isalpha() and not start.isascii():
            found = original(start, style, context, max_width, spacing, **options)
            # Only where the line ended well before what was cut off.
            if found[2] is not None and found[2] < len(start[: _CONTEXT // 2].encode()):
                return found
    return original(text, style, context, max_width, spacing, **options)


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


# Module or class (imported when it is needed), the name in it, and what makes the quick one of the original.
SHORTCUTS: tuple[tuple[Callable[[], Any], str, Callable[[Any], Any]], ...] = (
    (_styles, "__missing__", _quick_missing),
    (partial(import_module, "weasyprint.layout.percent"), "resolve_one_percentage", _quick_percentage),
    (partial(import_module, "weasyprint.text.line_break"), "get_font_description", _remembered),
    (partial(import_module, "weasyprint.layout.preferred"), "split_first_line", _quick_split),
    (lambda: import_module("pydyf").PDF, "page_references", _quick_references),
)


@contextmanager
def quick_engine() -> Iterator[None]:
    """Shortcuts for styles, percentages, font descriptions, narrowest widths and page references."""
    with ExitStack() as stack:
        for find, name, quicken in SHORTCUTS:
            owner = find()
            stack.enter_context(replaced(owner, name, quicken(vars(owner)[name])))
        yield
