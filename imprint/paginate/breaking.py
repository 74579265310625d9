"""Breaks of lines and pages that WeasyPrint 70.0 gets wrong: a line of one word, and a footnote sent on without need.

Found by the layout proof on real pages. Both replace private functions and work with that one version.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from math import inf
from typing import Any

from imprint.paginate.replacement import replaced


@contextmanager
def sound_breaks() -> Iterator[None]:
    """Let the space at a text's end hang over the line's, and keep each footnote on the page that calls it."""
    from weasyprint.layout import LayoutContext, inline

    with ExitStack() as stack:
        split = inline.split_first_line
        stack.enter_context(replaced(inline, "split_first_line", partial(_split_first_line, split)))
        update = LayoutContext._update_footnote_area
        stack.enter_context(replaced(LayoutContext, "_update_footnote_area", _with_plain_notes(update)))
        LayoutContext.current_page_footnotes = property(_notes, _set_notes)
        try:
            yield
        finally:
            del LayoutContext.current_page_footnotes


def _split_first_line(
    original: Any, text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **options: Any
) -> Any:
    """WeasyPrint's function, but where all of a text would fit and only the space at its end does not.

    There it finds no break and takes the first word alone. The space belongs to the line's end: the caller leaves it
    out when it asks whether the line overflows.
    """
    found = original(text, style, context, max_width, *rest, **options)
    one_word = found[2] is not None and " " not in found[0].text.rstrip(" ")
    if one_word and text.endswith(" ") and " " in text.strip(" ") and style["white_space"] in ("normal", "pre-line"):
        whole = text.rstrip(" ")
        if original(whole, style, context, max_width, *rest, **options)[2] is None:
            return original(text, style, context, inf, *rest, **options)
    return found


class _Notes(list[Any]):
    """The footnotes of the page so far; seems empty to the loop that would send them on to make room for a line.

    CSS GCPM 3 (2.5) has a note follow its call; what gives way is the paragraph that does not fit. Columns, which
    measure their notes in another place, see the list as it is.
    """

    context: Any = None

    def __bool__(self) -> bool:
        return bool(self.context.in_column) and len(self) > 0


def _notes(context: Any) -> list[Any]:
    notes: list[Any] = context.__dict__["imprint_notes"]
    return notes


def _set_notes(context: Any, value: list[Any]) -> None:
    notes = _Notes(value)
    notes.context = context
    context.__dict__["imprint_notes"] = notes


def _with_plain_notes(update: Any) -> Any:
    """The area of the notes is laid out from the list as it is."""

    def update_footnote_area(context: Any) -> Any:
        notes = context.__dict__["imprint_notes"]
        context.__dict__["imprint_notes"] = list(notes)
        try:
            return update(context)
        finally:
            context.__dict__["imprint_notes"] = notes

    return update_footnote_area
