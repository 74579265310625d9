"""Shared drawing: a fork draws the later pages of a laid-out document beside this process, to the same bytes.

A page's content depends on the pages before it in one thing only: what a font knows of its glyphs is what the page that
first showed them found (WeasyPrint 70.0 keeps widths, rounded at that page's size, and texts). The fork knows nothing
of the earlier pages, so each of its pieces comes with what it found, and is taken only where this process has found the
same or nothing yet. Whatever is more than text and boxes (pictures, groups, patterns, a font's first page), and
whatever went wrong over there, is drawn here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from time import monotonic
from typing import Any

from imprint.base.twin import PATIENCE, Twin, start_twin
from imprint.paginate.packing import packed_beside
from imprint.paginate.pieces import Piece, Putting, flow_of, page_shape
from imprint.paginate.recording import Recording

# The share of the pages that this process draws: it has other things to do meanwhile.
_OWN = 0.3
# With fewer pages than this a fork costs more than it saves.
_LEAST = 8


@contextmanager
def shared_drawing(document: Any, options: dict[str, Any], hands: int) -> Iterator[None]:
    """Within, the Document's `write_pdf` is helped by a fork, which begins at once; with one hand it does all itself.

    `options` are those that `write_pdf` will be given, and nothing else of the Document may change.
    """
    first = round(len(document.pages) * _OWN)
    later = document.pages[first:]
    draw = partial(_draw, document, later, options)
    twin = start_twin(draw) if hands > 1 and first * 2 >= _LEAST else None
    if twin is None:
        yield
        return
    try:
        with Putting(_Others(later, twin).piece).put_in(), packed_beside():
            yield
    finally:
        twin.end()


def _draw(document: Any, pages: list[Any], options: dict[str, Any]) -> list[Piece]:
    """In the fork: a piece for each of the pages, in order. What was there is left in disorder."""
    fork = _Fork(len(pages))
    with fork.record(), suppress(_Drawn):
        document.copy(pages).write_pdf(**options)
    return fork.pieces


class _Others:
    """The fork's pieces, which are waited for when the first is needed."""

    def __init__(self, pages: list[Any], twin: Twin[list[Piece]]) -> None:
        self._places = {id(page._page_box): place for place, page in enumerate(pages)}
        self._twin = twin
        self._begin = monotonic()
        self._pieces: list[Piece] | None = None

    def piece(self, page: Any) -> Piece | None:
        """What the fork drew of the page; it may take as long as its parent took since."""
        if (place := self._places.get(id(page))) is None:
            return None
        if self._pieces is None:
            self._pieces = self._twin.result(monotonic() - self._begin + PATIENCE) or []
        return self._pieces[place] if self._pieces else None


class _Drawn(Exception):
    """The last page is drawn."""


class _Fork(Recording):
    """Draws the flow of each page, and notes what it found first on it."""

    def __init__(self, pages: int) -> None:
        super().__init__()
        self.pieces: list[Piece] = []
        self._left = pages

    def paint(self, original: Any, page: Any, stream: Any, scale: float = 1) -> None:
        """`Page.paint`."""
        from weasyprint.formatting_structure.boxes import ReplacedBox

        shape, fonts = page_shape(page._page_box), stream._fonts
        self.begin(page._page_box)
        known = {key: (len(font.widths), dict(font.to_unicode)) for key, font in fonts.items()}
        if any(isinstance(box, ReplacedBox) for box in page._page_box.descendants(placeholders=True)):
            # Its text could be in a font that Pango has not opened yet, which it does in a thread that a fork has not.
            self._sendable = False
        else:
            original(page, stream, scale)
        widths = {
            key: dict(list(font.widths.items())[known[key][0] if key in known else 0 :]) for key, font in fonts.items()
        }
        texts = {
            key: {g: t for g, t in font.to_unicode.items() if key not in known or known[key][1].get(g) != t}
            for key, font in fonts.items()
        }
        self.pieces.append(self.piece(shape, stream, widths, texts))
        self._left -= 1
        if not self._left:
            raise _Drawn

    def stack_page(self, original: Any, page: Any) -> Any:
        """`StackingContext.from_page`, without the margins."""
        return super().stack_page(original, page.copy_with_children(flow_of(page)))
