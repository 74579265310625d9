"""Unlinking: what a layout leaves behind is freed as soon as its PDF is written, though no garbage is collected.

A worker collects no garbage, so whatever refers to itself would stay until its end, beside all that the proof needs.
WeasyPrint 70.0 ties its boxes, styles and contexts together in a few places; they are cut, and the reference counts do
the rest.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from imprint.paginate.replacement import replaced

# M_ARENA_MAX of malloc.h.
_ARENA_MAX = -8


@contextmanager
def unlinked_layout() -> Iterator[None]:
    """On exit, free the boxes and styles of what was laid out within; pages that were laid out again are freed before
    anything is drawn.

    No page of a document that was made within can be read afterwards.
    """
    from weasyprint.document import Document
    from weasyprint.formatting_structure.boxes import PageBox
    from weasyprint.layout import LayoutContext

    contexts: list[Any] = []
    documents: list[Any] = []
    pages: list[Any] = []
    _share_heap()

    def made(document: Any) -> None:
        documents.append(document)
        shown = {id(page._page_box) for page in document.pages}
        _part(page for page in pages if id(page) not in shown)
        pages.clear()

    with ExitStack() as stack:
        for owner, note in ((LayoutContext, contexts.append), (Document, made), (PageBox, pages.append)):
            stack.enter_context(replaced(owner, "__init__", _noting(owner.__init__, note)))
        try:
            yield
        finally:
            for context in contexts:
                _cut(context)
            for document in documents:
                for page in vars(document).get("pages", ()):
                    _empty(page._page_box)
            contexts.clear()
            documents.clear()
            pages.clear()


def _noting(original: Any, note: Callable[[Any], None]) -> Any:
    def initialise(made: Any, *arguments: Any, **options: Any) -> None:
        original(made, *arguments, **options)
        note(made)

    return initialise


def _part(pages: Iterable[Any]) -> None:
    """Take a page out of its note area, which stands in it: nothing else holds one that was laid out again."""
    for page in pages:
        for child in vars(page).get("children", ()):
            if vars(child).get("page") is page:
                child.page = None


def _cut(context: Any) -> None:
    """The context, which its parts know; what was to be parsed again; and each style's anonymous twin."""
    # Neither is there where the engine was stopped before it had begun.
    if (styles := vars(context).get("style_for")) is not None:
        for style in styles.get_computed_styles().values():
            twin = vars(style).pop("anonymous_style", None)
            # Of a twin there is one again where a box without an element stands in another.
            while twin is not None:
                # It is itself.
                twin.specified = None
                twin = vars(twin).pop("anonymous_style", None)
    if (targets := vars(context).get("target_collector")) is not None:
        vars(targets).clear()
    vars(context).clear()


def _empty(page: Any) -> None:
    """Every box of the page, which know each other through notes, and are known to whoever looked at the layout."""
    from weasyprint.layout.absolute import AbsolutePlaceholder

    waiting = [page]
    while waiting:
        box = waiting.pop()
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        waiting.extend(vars(box).get("children", ()))
        vars(box).clear()


def _share_heap() -> None:
    """Let every thread take its memory from one heap (glibc): what the layout leaves then serves the validator's
    thread, which would open a heap of its own beside it."""
    if sys.platform == "linux":
        limit = getattr(ctypes.CDLL(None), "mallopt", None)
        if limit is not None:
            limit(_ARENA_MAX, 1)
