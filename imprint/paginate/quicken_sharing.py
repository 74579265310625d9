"""Styles shared: elements, pseudo-elements and pages that are styled alike have one style, whatever their anchors.

WeasyPrint 70.0 shares a style between elements of one parent style that the same rules match; but an `id` makes a style
of its own, and with it one for each element within, and pseudo-elements, pages and margin boxes share none. Here a
style is known by what it is computed from: the parent's style, the kind of pseudo-element, and what the cascade gives.
One that differs in its anchor alone is a twin of the first such: it has its anchor itself and all else from there, for
the anchor is not inherited, and nothing is computed from it. WeasyPrint writes into some styles (paddings of collapsed
tables, counters of pages, white space of markers and leaders), but what it writes follows from the style, so a shared
one may have it; where it does not (notes, first letters and lines), styles are not shared.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

# WeasyPrint writes into these as it lays out the element.
UNSHARED = frozenset({"first-letter", "first-line", "note-call", "note-marker", "note-callback"})
_ANCHOR = "anchor"


def _quick_sharing(original: Any) -> Any:
    """`StyleFor.set_computed_styles`: a style is made only if there is none of the same cascade."""
    from weasyprint.css import ComputedStyle

    class Twin(ComputedStyle):  # type: ignore[misc]
        """A style that differs from another one in its anchor."""

        def __missing__(self, key: str) -> Any:
            if key == _ANCHOR:
                return super().__missing__(key)
            value = self[key] = self._imprint_twin[key]
            return value

    def make_twin(first: Any, cascaded: Any, above: Any) -> Any:
        twin: Any = Twin.__new__(Twin)
        fields = vars(twin)
        fields.update(vars(first))
        fields.update(cascaded=cascaded, parent_style=above, anonymous_style=first.anonymous_style, _imprint_twin=first)
        return twin

    def set_computed_styles(
        styles: Any, element: Any, parent: Any, root: Any = None, pseudo_type: str | None = None,
        base_url: str | None = None, target_collector: Any = None,
    ) -> None:  # fmt: skip
        if parent is None or pseudo_type in UNSHARED:
            original(styles, element, parent, root, pseudo_type, base_url, target_collector)
            return
        computed = styles.get_computed_styles()
        cascaded = styles.get_cascaded_styles().get((element, pseudo_type), {})
        above = computed[parent, None]
        alike = vars(above).get("_imprint_twin", above)
        # Before there is a page, no length is known that is a part of it.
        key = (id(alike), pseudo_type, base_url, styles.initial_page_sizes["box"] is None, *_name(cascaded))
        first, bare = known = vars(styles).setdefault("_imprint_known", {}).setdefault(key, [None, None])
        anchored = _ANCHOR in cascaded
        if bare is not None and not anchored:
            computed[element, pseudo_type] = bare
            return
        if first is None:
            original(styles, element, parent, root, pseudo_type, base_url, target_collector)
            first = known[0] = computed[element, pseudo_type]
        else:
            twin = computed[element, pseudo_type] = make_twin(first, cascaded, above)
            if target_collector and twin[_ANCHOR]:
                target_collector.collect_anchor(twin[_ANCHOR])
        if not anchored:
            known[1] = computed[element, pseudo_type]

    return set_computed_styles


def _name(cascaded: dict[str, tuple[Any, Any]]) -> list[Any]:
    """What stands for a cascade in a key: a value is the same if it is the same object, or the same word."""
    return [
        (name, value if type(value) is str or name == "lang" else id(value), precedence, layer, *specificity)
        for name, (value, (precedence, layer, specificity)) in cascaded.items()
        if name != _ANCHOR
    ]


SHARING_SHORTCUTS: tuple[tuple[Callable[[], Any], str, Callable[[Any], Any]], ...] = (
    (lambda: import_module("weasyprint.css").StyleFor, "set_computed_styles", _quick_sharing),
)
