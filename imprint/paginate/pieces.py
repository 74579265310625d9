"""Pieces: pages that were drawn apart, with what was found on the way, and how they are put into a document.

A page's content depends on the pages before it in one thing only: what a font knows of its glyphs is what the page that
first showed them found (WeasyPrint 70.0 keeps widths, rounded at that page's size, and texts). So a piece is put in
only where the same was found, or nothing yet, and the page is still made of the same boxes. What cannot be kept
(pictures, groups, patterns, a font's first page), and what a piece does not hold (the page's margin boxes), is drawn
where it is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from imprint.paginate.replacement import as_method, replaced


@dataclass(frozen=True, slots=True)
class Piece:
    """The flow of one page, drawn apart: all but its margin boxes.

    `shape` is what the page was made of (`page_shape`). `contents` is what each of its boxes adds to the page's stream
    (None: to be drawn where it is wanted), `tags` are the marked boxes by their id. By font, `widths` and `texts` are
    what was found on this page, at least what none before it had; `shaped` says that the contents depend on the texts.
    `states` are transparencies by name.
    """

    shape: tuple[int, ...]
    contents: tuple[bytes, ...] | None
    tags: tuple[tuple[int, dict[str, Any]], ...]
    widths: dict[int, dict[int, int]]
    texts: dict[int, dict[int, str]]
    shaped: bool
    states: dict[str, dict[str, float]]


def flow_of(page: Any) -> list[Any]:
    """The boxes of a page that are not in its margins, in paint order."""
    from weasyprint.formatting_structure.boxes import MarginBox

    return [child for child in page.children if not isinstance(child, MarginBox)]


def page_shape(page: Any) -> tuple[int, ...]:
    """The identities of a page's boxes (the first of which fixed boxes are put into, from whatever page they are)."""
    flow = flow_of(page)
    return (*map(id, flow), *map(id, flow[0].children))


def in_paint_order(page: Any) -> bool:
    """Whether the page's boxes are painted in their order: none has asked for another place."""
    return all(child.style["z_index"] in ("auto", 0) for child in page.children)


class Putting:
    """Puts in the pieces that `find` has for a page (its box); `last` is the page where that was last done."""

    def __init__(self, find: Callable[[Any], Piece | None]) -> None:
        self._find = find
        self.last: Any = None
        # Whether the widths and the texts of the pieces are those found here; on texts only some pages depend.
        self._same_widths = self._same_texts = True
        # What is being put in, and which part of it by the context that stands for each box.
        self._piece: Piece | None = None
        self._contents: dict[int, bytes] = {}
        self._boxes: dict[int, Any] = {}

    @contextmanager
    def put_in(self) -> Iterator[None]:
        """Within, pages that there are pieces for are not drawn."""
        from weasyprint import draw
        from weasyprint.document import Page
        from weasyprint.stacking import StackingContext

        with (
            replaced(Page, "paint", as_method(self.paint, Page.paint)),
            replaced(StackingContext, "from_page", partial(self.stack_page, StackingContext.from_page)),
            replaced(draw, "draw_stacking_context", partial(self.draw_context, draw.draw_stacking_context)),
        ):
            yield

    def paint(self, original: Any, page: Any, stream: Any, scale: float = 1) -> None:
        """`Page.paint`."""
        box = page._page_box
        piece = self._find(box) if self._same_widths else None
        self.last = None
        if piece and not (self._fits(piece, stream._fonts) and _is_whole(piece, box)):
            original(page, stream, scale)
            self._fits(piece, stream._fonts)
            return
        self._piece = piece
        try:
            original(page, stream, scale)
            self.last = box if piece else None
        finally:
            self._piece = None
            self._contents, self._boxes = {}, {}

    def stack_page(self, original: Any, page: Any) -> Any:
        """`StackingContext.from_page`: what is drawn already is a context without anything in it."""
        piece = self._piece
        if piece is None or piece.contents is None:
            return original(page)
        from weasyprint.stacking import StackingContext

        flow = flow_of(page)
        made = original(page.copy_with_children(page.children[len(flow) :]))
        drawn = [StackingContext(child, [], [], [], {}, made.page) for child in flow]
        made.zero_z_contexts[:0] = drawn
        self._contents = dict(zip(map(id, drawn), piece.contents, strict=True))
        self._boxes = {id(box): box for box in page.descendants(placeholders=True)}
        return made

    def draw_context(self, original: Any, stream: Any, context: Any) -> None:
        """`draw_stacking_context`."""
        content = self._contents.pop(id(context), None)
        if content is None:
            original(stream, context)
            return
        if self._piece is not None:
            _give(self._piece, stream, self._boxes)
            self._piece = None
        if content:
            stream.stream.append(content)

    def _fits(self, piece: Piece, fonts: dict[int, Any]) -> bool:
        """Whether what was found on this page is what was found here."""
        for key, widths in piece.widths.items():
            known = fonts[key].widths if key in fonts else {}
            # The pages after it were set with those widths.
            self._same_widths &= all(known.get(glyph, width) == width for glyph, width in widths.items())
        for key, texts in piece.texts.items():
            known = fonts[key].to_unicode if key in fonts else {}
            self._same_texts &= all(known.get(glyph, text) == text for glyph, text in texts.items())
        known_fonts = all(key in fonts for key in (*piece.widths, *piece.texts))
        return self._same_widths and known_fonts and (self._same_texts or not piece.shaped)


def _is_whole(piece: Piece, page: Any) -> bool:
    """Whether all of the piece could be kept, and the page is made of the boxes that were drawn."""
    if piece.contents is None or piece.shape != page_shape(page) or not in_paint_order(page):
        return False
    return set(map(id, page.descendants(placeholders=True))).issuperset(identity for identity, _ in piece.tags)


def _give(piece: Piece, stream: Any, boxes: dict[int, Any]) -> None:
    """What was found on the way is known here from now on."""
    import pydyf

    for key, texts in piece.texts.items():
        kept = stream._fonts[key].to_unicode
        for glyph, text in texts.items():
            kept.setdefault(glyph, text)
    for key, widths in piece.widths.items():
        measured = stream._fonts[key].widths
        for glyph, width in widths.items():
            measured.setdefault(glyph, width)
    for name, state in piece.states.items():
        stream._resources["ExtGState"].setdefault(name, pydyf.Dictionary(state))
    if stream._tags is not None:
        stream._tags.update((boxes[identity], tag) for identity, tag in piece.tags)


def join(items: list[Any]) -> bytes:
    """The bytes of a stream's items, as pydyf writes them."""
    import pydyf

    return b"\n".join(pydyf._to_bytes(item) for item in items)
