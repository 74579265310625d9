"""A PDF opened for judging: its pages, structure and drawn content, each read once and within limits."""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf.settings import set_qpdf_limits

from imprint.paginate.preflight.bidi import restore_order
from imprint.paginate.preflight.drawn import PageContent
from imprint.paginate.preflight.expectation import Expectation
from imprint.paginate.preflight.interpreter import Interpreter
from imprint.paginate.preflight.objects import as_text, entry, object_key
from imprint.paginate.preflight.report import Findings
from imprint.paginate.preflight.tree import Content, Tree, load_tree

MEBIBYTE = 2**20
INPUT_LIMIT = 256 * MEBIBYTE
PAGE_LIMIT = 5_000
# All streams of one file, unpacked. A kilobyte of Flate can hold a megabyte, and of Flate in Flate a gigabyte.
DECODED_LIMIT = 512 * MEBIBYTE
_QPDF_LIMITS = {
    "doc_max_warnings": 200,
    "parser_max_nesting": 200,
    "parser_max_container_size": 2_000_000,
    "max_stream_filters": 4,
    "flate_max_memory": 128 * MEBIBYTE,
    "run_length_max_memory": 128 * MEBIBYTE,
    "png_max_memory": 128 * MEBIBYTE,
    "tiff_max_memory": 128 * MEBIBYTE,
    "dct_max_memory": 256 * MEBIBYTE,
}


class TooLong(Exception):
    """The time set for the judgement is over."""


@dataclass(slots=True)
class Opened:
    """What the rules look at. `deadline` is a monotonic time; `page_of` maps a page object's number to its place."""

    pdf: pikepdf.Pdf
    size: int
    expected: Expectation | None
    found: Findings
    deadline: float
    pages: list[pikepdf.Object] = field(default_factory=list)
    page_of: dict[tuple[int, int], int] = field(default_factory=dict)
    tree: Tree = field(default_factory=lambda: Tree(None, []))
    contents: list[PageContent] = field(default_factory=list)
    interpreter: Interpreter = field(default_factory=Interpreter)
    replaced: set[tuple[Any, ...]] = field(default_factory=set)
    _texts: dict[tuple[Any, ...], str] = field(default_factory=dict)

    @property
    def catalog(self) -> pikepdf.Object:
        """The document catalogue."""
        return self.pdf.Root

    @property
    def language(self) -> str:
        """The document's language as the catalogue states it."""
        return as_text(entry(self.catalog, "/Lang"))

    def load_pages(self) -> None:
        """Find the pages and the structure. Raises pikepdf.PdfError where the page tree is beyond repair."""
        for index, page in enumerate(self.pdf.pages):
            if index >= PAGE_LIMIT:
                self.found.add("too-large", f"more than {PAGE_LIMIT} pages: the rest is not judged")
                break
            self.pages.append(page.obj)
            self.page_of[object_key(page.obj) or (0, 0)] = index
            self.check_time()
        self.tree = load_tree(self.catalog, self.page_of)
        self.replaced = _replaced(self.tree)
        if self.tree.trouble:
            self.found.add("check-failed", self.tree.trouble)

    def draw_pages(self) -> None:
        """Run every page's content."""
        for index, page in enumerate(self.pages):
            self.contents.append(self.interpreter.run(page, index))
            self.check_time()

    def text_of(self, key: tuple[Any, ...]) -> str:
        """The text of a marked content; empty where no page draws it."""
        if key not in self._texts:
            page = key[0]
            mark = self.contents[page].marks.get(key) if 0 <= page < len(self.contents) else None
            self._texts[key] = mark.text() if mark else ""
        return self._texts[key]

    def other_text_of(self, key: tuple[Any, ...]) -> str:
        """The text of a marked content were its line's direction the other one; empty where nothing says that it is.

        Of a mark that has no right-to-left letter itself (a bracket and a stop after a link) the document's other marks
        say whether it may stand in a right-to-left line.
        """
        page = key[0]
        marks = self.contents[page].marks if 0 <= page < len(self.contents) else {}
        mark = marks.get(key)
        if mark is None or not self._has_rtl():
            return ""
        if not mark.rtl:
            return "".join(restore_order(list(self.text_of(key)), "R"))
        return next((text for base in "RL" if (text := mark.text(base)) != self.text_of(key)), "")

    def _has_rtl(self) -> bool:
        return any(mark.rtl for content in self.contents for mark in content.marks.values())

    def check_time(self) -> None:
        """Raise TooLong where the deadline is past."""
        if time.monotonic() > self.deadline:
            raise TooLong


def _replaced(tree: Tree) -> set[tuple[Any, ...]]:
    """The contents for which an element's ActualText, or a figure's alternative text, is read instead."""
    found: set[tuple[Any, ...]] = set()
    for node in tree.nodes:
        if node.actual is not None or (node.tag in ("Figure", "Formula") and node.alt):
            found |= {item.key for item in node.walk() if isinstance(item, Content)}
    return found


@contextlib.contextmanager
def qpdf_limits() -> Iterator[None]:
    """Bound what qpdf may unpack and nest, and put the process's own limits back after."""
    previous = set_qpdf_limits(**_QPDF_LIMITS)  # type: ignore[arg-type]  # every value is an int
    try:
        yield
    finally:
        set_qpdf_limits(**previous)  # type: ignore[arg-type]


def open_pdf(data: bytes) -> pikepdf.Pdf:
    """Open a PDF from memory. Raises pikepdf.PdfError, and PasswordError where it cannot be read without a password."""
    return pikepdf.open(io.BytesIO(data))
