"""A laid-out document in, everything that is wrong with its pages out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from imprint.base.diagnostic import Diagnostics
from imprint.paginate.layout.breaks import find_parted
from imprint.paginate.layout.cells import find_squeezed
from imprint.paginate.layout.finding import Finding, Locate, limited
from imprint.paginate.layout.kinsoku import find_forbidden_breaks
from imprint.paginate.layout.labels import find_escaped_labels
from imprint.paginate.layout.lines import find_uneven
from imprint.paginate.layout.notes import find_lost_notes
from imprint.paginate.layout.overflow import find_overflow
from imprint.paginate.layout.overlap import find_overlap
from imprint.paginate.layout.pages import find_empty_pages
from imprint.paginate.layout.reader import read_pages
from imprint.paginate.layout.rows import find_torn
from imprint.paginate.layout.tree import Laid
from imprint.paginate.render import Inspector

_CHECKS: tuple[Callable[[Laid], Iterator[Finding]], ...] = (
    find_overflow,
    find_overlap,
    find_squeezed,
    find_parted,
    find_torn,
    find_uneven,
    find_forbidden_breaks,
    find_escaped_labels,
    find_empty_pages,
)


def inspect_layout(document: Any, notes: int | None = None) -> tuple[Finding, ...]:
    """Return what is wrong with the pages of a `weasyprint.Document` after layout; at most eight and a count of a rule.

    `notes` is the number of footnotes that the source has (None: whatever the page calls).
    """
    laid = read_pages(document)
    found = [finding for check in _CHECKS for finding in check(laid)]
    found += find_lost_notes(laid, notes)
    return tuple(sorted(limited(found), key=lambda finding: finding.page))


def layout_inspector(
    notes: int | None, locate: Locate, *, draft: bool = False, keep: Callable[[Finding], None] = lambda _: None
) -> Inspector:
    """An inspector for `paginate_edition`: each finding becomes a diagnostic at its message's place.

    In a draft all are warnings. `keep` gets the findings themselves, for who must say them again later, when the
    messages' lines have moved.
    """

    def inspect(document: Any, diagnostics: Diagnostics) -> None:
        for finding in inspect_layout(document, notes):
            keep(finding)
            diagnostics.add(finding.diagnostic(locate, draft=draft))

    return inspect
