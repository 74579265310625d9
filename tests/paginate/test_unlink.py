"""What a layout leaves is freed when its PDF is written, without the garbage collector."""

from __future__ import annotations

import gc
from typing import Any

from imprint.base.diagnostic import Diagnostics
from imprint.paginate.layout.inspect import inspect_layout
from imprint.paginate.library import find_fonts
from imprint.paginate.render import paginate_edition
from tests.paginate.conftest import files_of, page_of

BODY = """<h1>Chapter</h1><p>A line with a note<span class="footnote">at its foot</span>.</p>
<table><tr><td>One cell</td><td><p>Another</p> without an element</td></tr></table>"""


def test_no_box_and_no_style_is_left() -> None:
    """With the collector off, none of the boxes and styles outlives the PDF with anything in it."""
    kept: list[Any] = []

    def look(document: Any, _: Diagnostics) -> None:
        inspect_layout(document)
        kept.extend(box for page in document.pages for box in page._page_box.descendants(placeholders=False))

    gc.collect()
    gc.disable()
    try:
        page = page_of("en", BODY)
        paginate_edition(page, files_of("en"), find_fonts(), "en", Diagnostics(), inspectors=(look,))
        styles = [made for made in gc.get_objects() if type(made).__name__ in ("ComputedStyle", "AnonymousStyle")]
    finally:
        gc.enable()
    assert len(kept) > 10
    assert not any(vars(box) for box in kept)
    assert len(styles) < 20


def test_no_page_that_was_laid_out_again_is_left() -> None:
    """Where a page's number changes a page before it, only what is shown is left when it is drawn."""
    left: list[int] = []
    shown: list[int] = []

    def look(document: Any, _: Diagnostics) -> None:
        left.append(sum(type(made).__name__ == "PageBox" for made in gc.get_objects()))
        shown.append(len(document.pages))

    number = "<style>.see::after { content: target-counter(attr(href), page) } h2 { break-before: page }</style>"
    body = f'{number}<p>See <a class="see" href="#end">page </a></p>{BODY}<h2 id="end">End</h2>'
    gc.collect()
    gc.disable()
    try:
        paginate_edition(page_of("en", body), files_of("en"), find_fonts(), "en", Diagnostics(), inspectors=(look,))
    finally:
        gc.enable()
    assert shown[0] > 1
    assert left == shown
