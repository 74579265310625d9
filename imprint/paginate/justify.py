"""Inter-character justification: lines of Chinese and Japanese are filled by widening the gaps between characters.

WeasyPrint 70.0 stretches spaces only. CSS Text 3 (6.4, `text-justify: auto`), JIS X 4051 and CLREQ (3.2) ask for the
gaps between Han characters. This module replaces three private functions and works with that one version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

from imprint.paginate.replacement import replaced

# Han, kana, bopomofo, CJK and full-width punctuation, and the marks that Chinese shares with Latin.
CJK_RUN = re.compile(
    "[\u2014\u2018\u2019\u201c\u201d\u2026\u2e80-\u2fdf\u3000-\u30ff\u3105-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003ffff]+"
)
# In ems: a line that would need wider gaps (a long URL went to the next line) is better left ragged.
WIDEST_GAP = 0.5


@contextmanager
def inter_character_justification() -> Iterator[None]:
    """Justify boxes whose language is Chinese or Japanese between characters; leave all others as they are."""
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    with ExitStack() as stack:
        original = inline.count_expandable_spaces
        stack.enter_context(replaced(inline, "count_expandable_spaces", partial(_count_gaps, original)))
        stack.enter_context(replaced(inline, "justify_line", _justify_line))
        set_text = line_break.Layout.set_text
        stack.enter_context(replaced(line_break.Layout, "set_text", _with_gaps(set_text)))
        yield


def _is_east_asian(style: Any) -> bool:
    return bool(re.match(r"(?:zh|ja|yue)(?:-|$)", style["lang"] or "", re.IGNORECASE))


def gaps(text: str) -> float:
    """The gaps, in units of one character's spacing, that Pango opens when each CJK character of `text` gets it.

    Pango puts half of a character's letter spacing on each side of it, and none at the two ends of the text.
    """
    count = float(sum(len(match[0]) for match in CJK_RUN.finditer(text)))
    if count:
        count -= 0.5 * (CJK_RUN.match(text[0]) is not None) + 0.5 * (CJK_RUN.match(text[-1]) is not None)
    return count


def _count_gaps(original: Any, box: Any) -> float:
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        count = float(original(box))
        return count + gaps(box.text) if box.text and _is_east_asian(box.style) else count
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        return sum(_count_gaps(original, child) for child in box.children)
    return 0


def _justify_line(context: Any, line: Any, extra_width: float) -> None:
    """WeasyPrint's `justify_line`, but for lines whose gaps would be wider than WIDEST_GAP, where only CJK counts."""
    from weasyprint.layout import inline

    if not (count := inline.count_expandable_spaces(line)):
        return
    spacing = extra_width / count
    if _is_east_asian(line.style) and spacing > WIDEST_GAP * line.style["font_size"]:
        return
    inline.add_word_spacing(context, line, spacing, 0)


def _with_gaps(set_text: Any) -> Any:
    def set_text_with_gaps(layout: Any, text: str, justify: bool = False) -> None:
        set_text(layout, text, justify)
        if justify and layout.justification_spacing and text and _is_east_asian(layout.style):
            _space_characters(layout)

    return set_text_with_gaps


def _space_characters(layout: Any) -> None:
    """Give the CJK runs of a Pango layout its justification spacing as letter spacing."""
    from weasyprint.text.ffi import TO_UNITS, ffi, pango

    spacing = layout.justification_spacing
    if layout.style["letter_spacing"] != "normal":
        spacing += layout.style["letter_spacing"]
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    for match in CJK_RUN.finditer(layout.text):
        attribute = pango.pango_attr_letter_spacing_new(int(spacing * TO_UNITS))
        attribute.start_index = len(layout.text[: match.start()].encode())
        attribute.end_index = attribute.start_index + len(match[0].encode())
        pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(layout.layout, attributes)
