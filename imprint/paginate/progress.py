"""Progress: while a page is made, its number and its chapter are noted for whoever may have to stop the work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

from imprint.base.confine import note_place
from imprint.paginate.replacement import replaced

# What no chapter has is the page's own.
_TEMPLATE = "templates/page.html"


@contextmanager
def noted_progress() -> Iterator[None]:
    """Note each page as it is begun, each chapter (`<section class="chapter" id=…>`) and each block with an id as it is
    reached."""
    from weasyprint import document
    from weasyprint.layout import block, page

    place = _Place()
    with ExitStack() as stack:
        for owner, name, value in (
            (page, "make_page", place.make_page),
            (block, "block_level_layout", place.lay_out_block),
            (document, "draw_page", place.draw_page),
        ):
            stack.enter_context(replaced(owner, name, partial(value, getattr(owner, name))))
        yield


class _Place:
    """Where layout or drawing stands."""

    def __init__(self) -> None:
        self._page = 0
        self._chapter = ""
        self._block = ""

    def make_page(
        self, original: Any, context: Any, root: Any, page_type: Any, resume_at: Any, page_number: int, *rest: Any
    ) -> Any:
        """`make_page`."""
        self._page = page_number
        self._tell("layout")
        return original(context, root, page_type, resume_at, page_number, *rest)

    def lay_out_block(self, original: Any, context: Any, box: Any, *rest: Any, **options: Any) -> Any:
        """`block_level_layout`."""
        html = box.element
        if html is not None and (name := html.get("id")) and name != self._block:
            self._block = name
            if box.element_tag == "section" and "chapter" in (html.get("class") or "").split():
                self._chapter = name
            self._tell("layout")
        return original(context, box, *rest, **options)

    def draw_page(self, original: Any, page: Any, *arguments: Any) -> Any:
        """`draw_page`."""
        note_place(f"drawing page {page.page_type.index + 1}")
        return original(page, *arguments)

    def _tell(self, step: str) -> None:
        chapter = f", chapter {self._chapter}" if self._chapter else ""
        note_place(f"{step} of page {self._page}{chapter}", f"{self._block} {self._chapter} {_TEMPLATE}")
