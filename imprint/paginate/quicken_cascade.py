"""Quickened cascade: which declarations win is worked out once for all elements that the same rules match.

WeasyPrint 70.0 weighs each declaration of each rule for each element, and a rule for `::marker` in its own style sheet
gives every element of the page six cascades and styles for markers and notes, of which nearly all are never asked for.
Here the rules that may match a kind of element (its name, classes and id) are gathered once, what a set of rules comes
to is kept, and a marker or note has a style only where the element may have one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib import import_module
from math import inf
from typing import Any

from imprint.paginate.quicken_sharing import UNSHARED

# The pseudo-elements that WeasyPrint's own style sheet styles for every element.
_RARE = frozenset({"marker", "footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"})
_BESIDE = ("before", "after")
# By pseudo-element, the values of properties with their weights.
_Cascades = dict[str | None, dict[str, tuple[Any, Any]]]


@dataclass(frozen=True, slots=True)
class _Rule:
    """One selector of a style sheet: its test, what it is for, and its declarations with their weights."""

    test: Callable[[Any], bool]
    rank: tuple[Any, int]
    pseudo: str | None
    weighed: list[tuple[str, Any, Any]]


@dataclass(slots=True)
class _Rules:
    """The rules of all style sheets, in the cascade's order, and what was found out about them."""

    sheets: list[tuple[Any, str, Any]]
    ids: frozenset[str]
    known: dict[tuple[int, int], _Rule] = field(default_factory=dict)
    kinds: dict[Any, list[_Rule]] = field(default_factory=dict)
    sums: dict[tuple[int, ...], _Cascades] = field(default_factory=dict)

    def sum_of(self, element: Any) -> _Cascades:
        """The cascades of an element, but for its own attributes."""
        etree = element.etree_element
        attributes = etree.attrib
        own = attributes.get("id")
        kind = (etree.tag, attributes.get("class"), "lang" in attributes, own if own in self.ids else None)
        rules = self.kinds.get(kind)
        if rules is None:
            places = range(len(self.sheets))
            rules = self.kinds[kind] = [rule for place in places for rule in self._gather(element, place)]
        matching = [rule for rule in rules if rule.test(element)]
        key = tuple(map(id, matching))
        found = self.sums.get(key)
        if found is None:
            found = self.sums[key] = {}
            for rule in matching:
                _add(found.setdefault(rule.pseudo, {}), rule.weighed)
        return found

    def _gather(self, element: Any, place: int) -> list[_Rule]:
        """What of a style sheet may match the element (cssselect2's `Matcher.match`), in the order of its weight."""
        lower = import_module("webencodings").ascii_lower
        matcher = self.sheets[place][0].matcher
        lists = [
            matcher.id_selectors.get(element.id, ()),
            *(matcher.class_selectors.get(name, ()) for name in element.classes),
            matcher.lower_local_name_selectors.get(lower(element.local_name), ()),
            matcher.namespace_selectors.get(element.namespace_url, ()),
            matcher.lang_attr_selectors if "lang" in element.etree_element.attrib else (),
            matcher.other_selectors,
        ]
        return sorted((self._rule(place, entry) for entries in lists for entry in entries), key=lambda rule: rule.rank)

    def _rule(self, place: int, entry: Any) -> _Rule:
        from weasyprint.css import declaration_precedence

        # An entry lives as long as its style sheet.
        rule = self.known.get((place, id(entry)))
        if rule is None:
            sheet, origin, own_specificity = self.sheets[place]
            test, specificity, order, pseudo, (declarations, layer) = entry
            layer_order = inf if layer is None else sheet.layers.index(layer)
            weight = (layer_order, own_specificity or specificity)
            weighed = [
                (name, values, (declaration_precedence(origin, importance), *weight))
                for name, values, importance in declarations
            ]
            rule = self.known[place, id(entry)] = _Rule(test, (specificity, order), pseudo, weighed)
        return rule


def _add(cascade: dict[str, tuple[Any, Any]], weighed: Iterable[tuple[str, Any, Any]]) -> None:
    """What weighs as much or more takes the place of what was there."""
    for name, values, weight in weighed:
        old = cascade.get(name)
        if old is None or old[1] <= weight:
            cascade[name] = values, weight


def _quick_cascade(_: Any) -> Any:
    """`StyleFor.__init__`, with the same styles for all that is ever asked for."""
    from weasyprint.css import PROGRESS_LOGGER, declaration_precedence, find_style_attributes, preprocess_declarations

    def initialise(
        styles: Any, html: Any, sheets: Any, presentational_hints: Any, font_config: Any, target_collector: Any
    ) -> None:
        cascaded = styles._cascaded_styles = {}
        styles._computed_styles = {}
        styles.initial_page_sizes = {"box": None, "area": None}
        styles._sheets = sheets
        styles.font_config = font_config
        PROGRESS_LOGGER.info("Step 3 - Applying CSS")
        attributes = find_style_attributes(html.etree_element, presentational_hints, html.base_url)
        for specificity, element, declarations, base_url in attributes:
            weighed = [
                (name, values, (declaration_precedence("author", importance), inf, specificity))
                for name, values, importance in preprocess_declarations(base_url, declarations)
            ]
            _add(cascaded.setdefault((element, None), {}), weighed)

        rules = _Rules(sheets, frozenset(name for sheet, _, _ in sheets for name in sheet.matcher.id_selectors))
        fixed = {"root": html.etree_element, "base_url": html.base_url, "target_collector": target_collector}
        made: dict[tuple[int, int], Any] = {}
        waiting = [
            (element.etree_element, _set_own(styles, element, rules.sum_of(element), made, fixed))
            for element in html.wrapper_element.iter_subtree()
        ]
        # Pseudo-elements inherit from their elements, which have their styles by now.
        for element, sums in waiting:
            _set_beside(styles, element, sums, made, fixed)
        cascaded.clear()

    return initialise


def _set_own(
    styles: Any, element: Any, sums: _Cascades, made: dict[tuple[int, int], Any], fixed: dict[str, Any]
) -> _Cascades:
    """Give an element its style; what rules say of its pseudo-elements is returned."""
    cascaded, computed = styles._cascaded_styles, styles._computed_styles
    name = (element.etree_element, None)
    parent = element.parent.etree_element if element.parent else None
    own = sums.get(None, {})
    attributes = cascaded.get(name)
    key = (id(computed.get((parent, None))), id(sums))
    if attributes is None and (found := made.get(key)) is not None:
        computed[name] = found
        return sums
    if attributes is None:
        cascaded[name] = own
    else:
        _add(attributes, [(key, values, weight) for key, (values, weight) in own.items()])
    styles.set_computed_styles(element.etree_element, parent=parent, **fixed)
    if attributes is None:
        made[key] = computed[name]
    return sums


def _set_beside(
    styles: Any, element: Any, sums: _Cascades, made: dict[tuple[int, int], Any], fixed: dict[str, Any]
) -> None:
    """Give an element's pseudo-elements their styles, if they may be asked for."""
    computed = styles._computed_styles
    style = computed[element, None]
    for pseudo, cascade in sums.items():
        if pseudo is None or (pseudo in _RARE and not _has_use(style, sums, pseudo)):
            continue
        key = (id(style), id(cascade))
        if (found := made.get(key)) is not None:
            computed[element, pseudo] = found
            continue
        styles._cascaded_styles[element, pseudo] = cascade
        styles.set_computed_styles(element, pseudo_type=pseudo, parent=element, **fixed)
        if pseudo not in UNSHARED and "anchor" not in cascade:
            made[key] = computed[element, pseudo]


def _has_use(style: Any, sums: _Cascades, pseudo: str) -> bool:
    """Whether WeasyPrint may ask for the style of a marker or note: what it looks at before it does."""
    if "anchor" in sums[pseudo]:
        return True
    if pseudo == "marker":
        # What is generated beside it may be a list item, too, and has the element's marker.
        return "list-item" in style["display"] or any(beside in sums for beside in _BESIDE)
    if pseudo.startswith("footnote"):
        return bool(style["float"] == "footnote")
    return bool(style["position"][0] == "note()")


CASCADE_SHORTCUTS: tuple[tuple[Callable[[], Any], str, Callable[[Any], Any]], ...] = (
    (lambda: import_module("weasyprint.css").StyleFor, "__init__", _quick_cascade),
)
