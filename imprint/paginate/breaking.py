"""Lines and pages that WeasyPrint 70.0 gets wrong: a line of one word, a footnote sent on, right-to-left lines moved.

All were found by the layout proof on real pages. The replacements are of private functions, and fit that one version.
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
    """Let the space at a text's end hang over the line's, keep each footnote on the page that calls it, and let
    right-to-left lines begin at their indent and end at the margin."""
    from weasyprint.layout import LayoutContext, inline

    with ExitStack() as stack:
        for value in (_split_first_line, _remove_last_whitespace, _get_next_linebox):
            name = value.__name__.removeprefix("_")
            stack.enter_context(replaced(inline, name, partial(value, getattr(inline, name))))
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


def _remove_last_whitespace(original: Any, context: Any, line: Any) -> None:
    """WeasyPrint's function, but that in a right-to-left text the space is taken out of what is drawn as well.

    It moves the box so that the space, still drawn at its left, lies outside the line; justification then draws the
    text anew without the space, and the line stands that much too far left.
    """
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.inline import split_text_box

    inner: list[Any] = [line]
    while isinstance(inner[-1], boxes.LineBox | boxes.InlineBox) and inner[-1].children:
        inner.append(inner[-1].children[-1])
    last = inner[-1]
    if not isinstance(last, boxes.TextBox):
        original(context, line)
        return
    text, width = last.text, last.width
    original(context, line)
    if not last.text or last.text == text:
        return
    if last.pango_layout.first_line_direction % 2:
        last.pango_layout = split_text_box(context, last, None, 0)[0].pango_layout
        for box in inner[1:]:
            box.position_x += width - last.width


def _get_next_linebox(original: Any, context: Any, linebox: Any, *rest: Any, **options: Any) -> Any:
    """WeasyPrint's function, but that `text-indent` goes from the right in a right-to-left block (CSS Text 3, 7.1)."""
    indent = linebox.text_indent
    line, resume_at = original(context, linebox, *rest, **options)
    # The room is right, but the line ends at the block's edge.
    if line is not None and indent and line.style["direction"] == "rtl":
        line.translate(dx=-indent, ignore_floats=True)
    return line, resume_at


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
