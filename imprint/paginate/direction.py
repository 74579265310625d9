"""Directions that follow from the text: `dir="auto"`, which WeasyPrint 70.0 takes for none, as `ltr` or `rtl`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from xml.etree.ElementTree import Element

_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}
# Elements whose text does not count (HTML, 3.2.6.4: the dir attribute).
_APART = frozenset({"bdi", "script", "style", "textarea"})


def resolve_directions(root: Element, direction: str) -> None:
    """Give each element with `dir="auto"` the direction of its first strong letter; `direction` is the page's own.

    Without it a passage of Latin titles in a page from right to left is laid out from right to left, and a line of it
    that begins with a number shows `91/2025/QH15` as `QH15/91/2025`.
    """
    for element in root.iter():
        if element.get("dir") == "auto":
            element.set("dir", next(filter(None, map(_first_strong, _texts(element))), direction))


def _texts(element: Element) -> Iterator[str]:
    """The texts below an element in reading order, less those of elements with a direction of their own."""
    yield element.text or ""
    for child in element:
        if child.get("dir") is None and child.tag not in _APART:
            yield from _texts(child)
        yield child.tail or ""


def _first_strong(text: str) -> str:
    classes = map(unicodedata.bidirectional, text)
    return next((_STRONG[name] for name in classes if name in _STRONG), "")
