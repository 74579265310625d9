"""Quickened measuring: a text that was measured once is not shaped again where it fits its line.

Most pieces of text stand on their line as a whole: folios, marks and numbers of notes, words of a table's cell, texts
between two tags. WeasyPrint shapes each of them whenever it meets it, for the widths of columns, for its line, and
again for a line that is laid out anew. What fits has the same size whatever the room, so it is measured once for all
styles that look the same.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from imprint.paginate.quicken_text import Prepared, keep_prepared

# What ends a line, or is as wide as where it stands asks for.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Longer texts hardly occur twice, and hardly fit a line.
_LONGEST = 200


class Measure(NamedTuple):
    """A text on one line: its length in bytes, width, height and baseline in pixels, and Pango's direction."""

    length: int
    width: float
    height: float
    baseline: float
    direction: int


def is_plain(text: str) -> bool:
    """Whether the text stays on one line if there is room, and is as wide everywhere."""
    return len(text) <= _LONGEST and _CONTROL.search(text) is None


def keep_measure(text: str, style: Any, prepared: Prepared) -> Measure:
    """The measure of a plain text in a style without spacing of its own, shaped if it is the first time."""
    found: Measure | None = prepared.measures.get(text)
    if found is None:
        found = prepared.measures[text] = _measure(text, style, prepared)
    return found


def _measure(text: str, style: Any, prepared: Prepared) -> Measure:
    from weasyprint.text.ffi import FROM_UNITS, pango
    from weasyprint.text.line_break import Layout, line_size

    if not prepared.ruler:
        prepared.ruler.append(Layout(style))
        # Which may be freed before it.
        del prepared.ruler[0].style
    layout = prepared.ruler[0]
    layout.set_text(text)
    line, _ = layout.get_first_line()
    width, height = line_size(line, style)
    baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
    return Measure(line.length, width, height, baseline, layout.first_line_direction)


def note_measure(text: str, prepared: Prepared, found: Any) -> None:
    """Keep what `split_first_line` found for a plain text that fits."""
    layout, length, _, width, height, baseline = found
    prepared.measures[text] = Measure(length, width, height, baseline, layout.first_line_direction)


def line_of(text: str, measure: Measure, prepared: Prepared, max_width: float | None, spacing: float) -> Any:
    """What `split_first_line` returns for a text that fits: its layout is shaped when it is drawn."""
    from weasyprint.text.line_break import Layout

    layout = Layout.__new__(Layout)
    fields = vars(layout)
    fields.update(prepared.facts)
    fields.update(text=text, justification_spacing=spacing, max_width=max_width, first_line_direction=measure.direction)
    return layout, measure.length, None, measure.width, measure.height, measure.baseline


def prepared_if_plain(style: Any) -> Prepared | None:
    """What texts of the style are shaped from, if they get no spacing or breaks of their own."""
    prepared, plain = keep_prepared(style)
    return prepared if plain else None
