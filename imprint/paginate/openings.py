"""A laid-out document in, the words that each of its pages begins with out: they tell what stands on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def page_openings(document: Any) -> tuple[str, ...]:
    """The text of each page's first paragraph, cell or heading, as far as it stands there; empty where it has none.

    Margins, notes and what the styles add (markers, numbers) are no part of it. `document` is a `weasyprint.Document`
    that is not taken apart yet.
    """
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.absolute import AbsolutePlaceholder

    beside = (boxes.MarginBox, boxes.FootnoteAreaBox)

    def texts_of(box: Any) -> Iterator[str]:
        for inner in box.descendants():
            if isinstance(inner, boxes.TextBox) and "::" not in (inner.element_tag or ""):
                yield inner.text

    def begin(page: Any) -> str:
        waiting = [page]
        while waiting:
            box = waiting.pop()
            if isinstance(box, AbsolutePlaceholder):
                box = box._box
            children = vars(box).get("children", ())
            if any(isinstance(child, boxes.LineBox) for child in children):
                if words := " ".join("".join(texts_of(box)).split()):
                    return words
            else:
                waiting.extend(child for child in reversed(children) if not isinstance(child, beside))
        return ""

    return tuple(begin(page._page_box) for page in document.pages)
