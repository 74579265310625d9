"""Quickened styles: values that the cascade does not set, and used lengths.

Most of a style's two hundred properties are set by no rule, and WeasyPrint works each of them out by the way that is
meant for those that are.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

_SIDES = ("top", "right", "bottom", "left")
# In the order in which the used values are written.
_LENGTHS = (
    *(f"{name}_{side}" for name in ("margin", "padding") for side in _SIDES),
    "width", "min_width", "max_width", "height", "min_height", "max_height",
)  # fmt: skip
_BORDERS = tuple(f"border_{side}_width" for side in _SIDES)
# A style of which nothing is known yet.
_UNKNOWN: dict[str, Any] = {}
_PROPAGATED = frozenset(f"text_decoration_{part}" for part in ("line", "color", "style", "thickness"))
# Shorthands and properties whose values are words, numbers and colours.
_SOLVED = ("font", "border", "color")


def _twins(key: str) -> frozenset[str]:
    """The logical properties that may set a physical one, for both directions of writing."""
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS

    find = PHYSICAL_FUNCTIONS.get(key)
    return frozenset(find(block="ttb", inline=way) for way in ("ltr", "rtl")) if find else frozenset()


def _quick_missing(original: Any) -> Any:
    """`ComputedStyle.__missing__`: a property that the cascade does not set is its parent's value or its initial one.

    What is set, and what needs more than the following, is left to the original.
    """
    from weasyprint import css
    from weasyprint.css.properties import INHERITED, INITIAL_VALUES

    special = {"float", "display", "position", "page", *_PROPAGATED}
    twins = {key: _twins(key) for key in INITIAL_VALUES}
    inherited = frozenset(key for key in INHERITED if key not in special and not twins[key])
    initial = {
        key: (value, twins[key])
        for key, value in INITIAL_VALUES.items()
        if key not in INHERITED and key not in special and key not in css.INITIAL_NOT_COMPUTED
    }
    lines = {f"{edge}_width": (f"{edge}_style", twins[f"{edge}_width"])
             for edge in ("outline", *(f"border_{side}" for side in _SIDES))}  # fmt: skip

    def missing(style: Any, key: str) -> Any:
        cascaded = style.cascaded
        if key in cascaded:
            return original(style, key)
        if key in initial:
            value, logical = initial[key]
            if not logical or cascaded.keys().isdisjoint(logical):
                style[key] = value
                return value
        elif (parent := style.parent_style) is not None:
            if key in inherited or key in _PROPAGATED or key == "page":
                value = style[key] = parent[key]
                return value
            if key in lines:
                line, logical = lines[key]
                if cascaded.keys().isdisjoint(logical) and style[line] in ("none", "hidden"):
                    style[key] = 0
                    return 0
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
    from weasyprint.css import AnonymousStyle, ComputedStyle
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.formatting_structure import boxes

    of_the_page = (boxes.PageBox, boxes.MarginBox)
    setting = frozenset(_LENGTHS).union(*map(_twins, _LENGTHS))
    unset = _plain_lengths(INITIAL_VALUES) or {}

    def work_out(style: Any) -> dict[str, Any] | None:
        """`box-sizing` is the original's."""
        if style["box_sizing"] != "content-box":
            return None
        kind = type(style)
        free = kind is AnonymousStyle or (kind is ComputedStyle and style.cascaded.keys().isdisjoint(setting))
        lengths = unset if free and style.keys().isdisjoint(_LENGTHS) else _plain_lengths(style)
        if lengths is None or style["border_collapse"] == "collapse":
            return lengths
        return lengths | {name: style[name] for name in _BORDERS}

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        style = box.style
        lengths: dict[str, Any] | None = vars(style).get("_imprint_lengths", _UNKNOWN)
        if lengths is _UNKNOWN:
            lengths = style._imprint_lengths = work_out(style)
        if lengths is None or isinstance(box, of_the_page):
            original(box, containing_block)
            return
        vars(box).update(lengths)
        if style["border_collapse"] == "collapse":
            # A table may have resolved them.
            for name in _BORDERS:
                if not hasattr(box, name):
                    setattr(box, name, style[name])

    return resolve_percentages


def _plain_lengths(style: Any) -> dict[str, Any] | None:
    """The used values of a style whose lengths depend on no other box; None if any does."""
    from weasyprint.css.properties import Dimension

    lengths: dict[str, Any] = {}
    for name in _LENGTHS:
        value = style[name]
        if value == "auto":
            lengths[name] = 0 if name in ("min_width", "min_height") else "auto"
        elif type(value) is Dimension and value.unit == "px":
            lengths[name] = value.value
        else:
            return None
    return lengths


def _quick_solve(original: Any) -> Any:
    """`Pending.solve`: the same words in the place of `var()` are validated once for each declaration."""

    def solve(pending: Any, tokens: Any, wanted_key: str, base_url: Any) -> Any:
        # What may hold a picture may be changed when it is computed.
        if not pending.name.startswith(_SOLVED) or "image" in wanted_key:
            return original(pending, tokens, wanted_key, base_url)
        kept = vars(pending).setdefault("_imprint_solved", {})
        key = (wanted_key, *map(id, tokens))
        if key not in kept:
            # With the tokens, so that no other ones are ever taken for them.
            kept[key] = (original(pending, tokens, wanted_key, base_url), tuple(tokens))
        return kept[key][0]

    return solve


def _quick_anonymous(original: Any) -> Any:
    """`AnonymousStyle.__missing__`: what is inherited, or initial and not to be computed, at the first look."""
    from weasyprint import css
    from weasyprint.css.properties import INHERITED, INITIAL_VALUES

    inherited = frozenset(INHERITED)
    initial = {
        key: value
        for key, value in INITIAL_VALUES.items()
        if key not in INHERITED and key not in css.INITIAL_NOT_COMPUTED and key != "page" and key not in _PROPAGATED
    }

    def missing(style: Any, key: str) -> Any:
        if key in inherited:
            value = style[key] = style.parent_style[key]
        elif key in initial:
            value = style[key] = initial[key]
        else:
            return original(style, key)
        return value

    return missing


def _styles() -> Any:
    return import_module("weasyprint.css")


# Every module that has the function under its own name.
_RESOLVERS = ("absolute", "block", "column", "float", "grid", "inline", "page", "table")
STYLE_SHORTCUTS: tuple[tuple[Callable[[], Any], str, Callable[[Any], Any]], ...] = (
    (lambda: _styles().ComputedStyle, "__missing__", _quick_missing),
    (lambda: _styles().AnonymousStyle, "__missing__", _quick_anonymous),
    (lambda: import_module("weasyprint.css.tokens").Pending, "solve", _quick_solve),
    (partial(import_module, "weasyprint.layout.percent"), "resolve_one_percentage", _quick_percentage),
    *(
        (partial(import_module, f"weasyprint.layout.{name}"), "resolve_percentages", _quick_percentages)
        for name in _RESOLVERS
    ),
)
