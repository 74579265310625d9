"""Where a line of a PO string may break, by the Translate Toolkit's own implementation of gettext's rule."""

from __future__ import annotations

import unicodedata

from unicode_segmentation_rs import gettext_wrap


def display_width(text: str) -> int:
    """The columns that `text` takes: two for a wide character, none for a combining one (UAX #11)."""
    if text.isascii():
        return len(text)
    return sum(
        2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text
    )


def wrap_line(escaped: str, width: int) -> list[str]:
    """Break one escaped line into parts of at most `width` columns, where a break is allowed at all."""
    return list(gettext_wrap(escaped, width))
