"""Shared drawing: a fork draws the later pages of a laid-out document beside this process, to the same bytes.

A page's content depends on the pages before it in one thing only: what a font knows of its glyphs is what the page that
first showed them found (WeasyPrint 70.0 keeps widths, rounded at that page's size, and texts). The fork knows nothing
of the earlier pages, so each of its pages comes with what it found, and is taken only where this process has found the
same or nothing yet. Whatever is more than text and boxes (pictures, groups, patterns, a font's first page), and
whatever went wrong over there, is drawn here.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any

from imprint.base.twin import PATIENCE, Twin, start_twin
from imprint.paginate.clusters import is_shaped
from imprint.paginate.replacement import as_method, replaced

# The share of the pages that this process draws: it has other things to do meanwhile.
_OWN = 0.3
# With fewer pages than this a fork costs more than it saves.
_LEAST = 8
# Methods of Stream that name what they add by how much there is already, or hold what cannot be sent.
_UNSENT = ("add_image", "add_group", "add_pattern", "add_shading", "set_state")


@dataclass(frozen=True, slots=True)
class _Piece:
    """One page as the fork drew it.

    `content` is what it adds to the page's stream (None: to be drawn here), `whole` and `packed` the whole stream and
    its compression. `tags` are the marked boxes by their id. By font, `widths` and `texts` are what was found first
    on this page; `shaped` says that the content depends on the texts. `states` are transparencies by name.
    """

    content: bytes | None
    whole: bytes
    packed: bytes
    tags: tuple[tuple[int, dict[str, Any]], ...]
    widths: dict[int, dict[int, int]]
    texts: dict[int, dict[int, str]]
    shaped: bool
    states: dict[str, dict[str, float]]


@contextmanager
def shared_drawing(document: Any, options: dict[str, Any], hands: int) -> Iterator[None]:
    """Within, the Document's `write_pdf` is helped by a fork, which begins at once; with one hand it does all itself.

    `options` are those that `write_pdf` will be given, and nothing else of the Document may change.
    """
    from weasyprint.document import Page

    first = round(len(document.pages) * _OWN)
    twin = start_twin(partial(_draw_rest, document, options, first)) if hands > 1 and first * 2 >= _LEAST else None
    if twin is None:
        yield
        return
    import pydyf

    drawing = _Drawing(document, first, twin)
    try:
        with (
            replaced(Page, "paint", as_method(drawing.paint, Page.paint)),
            replaced(pydyf, "zlib", drawing),
        ):
            yield
    finally:
        twin.end()


class _Drawing:
    """This process's side: it paints the first pages, then takes the others."""

    def __init__(self, document: Any, first: int, twin: Twin[list[_Piece]]) -> None:
        self._numbers = {id(page): number for number, page in enumerate(document.pages)}
        self._fonts: dict[int, Any] = document.fonts
        self._first = first
        self._twin = twin
        self._begin = monotonic()
        self._pieces: list[_Piece] | None = None
        # The texts of the fork's glyphs are not those found here: what depends on them is not taken.
        self._other_texts = False
        self._packed: dict[bytes, bytes] = {}

    def paint(self, original: Any, page: Any, stream: Any, scale: float = 1) -> None:
        """`Page.paint`."""
        number = self._numbers[id(page)]
        if number < self._first:
            original(page, stream, scale)
            return
        if number == self._first:
            seconds = monotonic() - self._begin
            self._pieces = self._twin.result(seconds + PATIENCE)
        piece = self._pieces[number - self._first] if self._pieces else None
        if piece is None:
            original(page, stream, scale)
        elif not self._take(piece, page, stream):
            original(page, stream, scale)
            self._compare(piece)

    def _take(self, piece: _Piece, page: Any, stream: Any) -> bool:
        """Whether the page could be taken over as it is."""
        if piece.content is None or not self._fits(piece):
            return False
        boxes = {id(box): box for box in page._page_box.descendants(placeholders=True)}
        if any(identity not in boxes for identity, _ in piece.tags):
            return False
        import pydyf

        for key, texts in piece.texts.items():
            kept = self._fonts[key].to_unicode
            for glyph, text in texts.items():
                kept.setdefault(glyph, text)
        for key, widths in piece.widths.items():
            self._fonts[key].widths.update(widths)
        for name, state in piece.states.items():
            stream._resources["ExtGState"].setdefault(name, pydyf.Dictionary(state))
        if stream._tags is not None:
            stream._tags.update((boxes[identity], tag) for identity, tag in piece.tags)
        stream.stream.append(piece.content)
        self._packed[piece.whole] = piece.packed
        return True

    def _fits(self, piece: _Piece) -> bool:
        self._compare(piece)
        known = all(key in self._fonts for key in {*piece.widths, *piece.texts})
        return self._pieces is not None and known and not (piece.shaped and self._other_texts)

    def _compare(self, piece: _Piece) -> None:
        """Note whether what the fork found on this page is what was found here."""
        for key, font in self._fonts.items():
            if any(font.widths.get(glyph, width) != width for glyph, width in piece.widths.get(key, {}).items()):
                # Its later pages are set with those widths.
                self._pieces = None
            if any(font.to_unicode.get(glyph, text) != text for glyph, text in piece.texts.get(key, {}).items()):
                self._other_texts = True

    def compressobj(self, level: int) -> Any:
        """`zlib.compressobj`, for a stream's data at once: of what the fork has packed, that."""
        return _Packer(self._packed, level)


class _Packer:
    """The two methods of a `zlib.compressobj` that pydyf uses."""

    def __init__(self, packed: dict[bytes, bytes], level: int) -> None:
        self._packed = packed
        self._packer = zlib.compressobj(level=level)
        self._found = False

    def compress(self, data: bytes) -> bytes:
        """The data, packed; all or its beginning."""
        found = self._packed.get(data)
        self._found = found is not None
        return self._packer.compress(data) if found is None else found

    def flush(self) -> bytes:
        """The rest."""
        return b"" if self._found else self._packer.flush()


class _Drawn(Exception):
    """The fork has drawn its last page."""


def _draw_rest(document: Any, options: dict[str, Any], first: int) -> list[_Piece]:
    """In the fork: go the way of `write_pdf` to the last page, drawing none before `first`."""
    from weasyprint.document import Page
    from weasyprint.draw import text
    from weasyprint.pdf.stream import Stream

    rest = _Rest(document, first)
    logging.getLogger("weasyprint").addHandler(rest.warnings)
    with ExitStack() as stack:
        for name in _UNSENT:
            stack.enter_context(replaced(Stream, name, as_method(rest.unsent, getattr(Stream, name))))
        stack.enter_context(replaced(text, "draw_first_line", partial(rest.draw_line, text.draw_first_line)))
        stack.enter_context(replaced(Page, "paint", as_method(rest.paint, Page.paint)))
        with suppress(_Drawn):
            document.write_pdf(**options)
    return rest.pieces


class _Rest:
    """The fork's side."""

    def __init__(self, document: Any, first: int) -> None:
        self.pieces: list[_Piece] = []
        self.warnings = _Warnings()
        self._numbers = {id(page): number for number, page in enumerate(document.pages)}
        self._fonts: dict[int, Any] = document.fonts
        self._first = first
        self._sendable = True
        self._shaped = False

    def paint(self, original: Any, page: Any, stream: Any, scale: float = 1) -> None:
        """`Page.paint`."""
        from weasyprint.formatting_structure.boxes import ReplacedBox

        number = self._numbers[id(page)]
        if number < self._first:
            return
        self._sendable, self._shaped = True, False
        self.warnings.seen = False
        before = len(stream.stream)
        known = {key: (len(font.widths), dict(font.to_unicode)) for key, font in self._fonts.items()}
        states = set(stream._resources["ExtGState"])
        if any(isinstance(box, ReplacedBox) for box in page._page_box.descendants(placeholders=True)):
            # Its text could be in a font that Pango has not opened yet, which it does in a thread that a fork has not.
            self._sendable = False
        else:
            original(page, stream, scale)
        self._keep(stream, before, known, states)
        if number == len(self._numbers) - 1:
            raise _Drawn

    def _keep(self, stream: Any, before: int, known: dict[int, tuple[int, dict[int, str]]], states: set[str]) -> None:
        sendable = self._sendable and not self.warnings.seen and not any(f.missing for f in self._fonts.values())
        content = _join(stream.stream[before:]) if sendable else None
        whole = _join(stream.stream) if sendable else b""
        packer = zlib.compressobj(level=9)
        added = {name: state for name, state in stream._resources["ExtGState"].items() if name not in states}
        self.pieces.append(
            _Piece(
                content,
                whole,
                packer.compress(whole) + packer.flush() if sendable else b"",
                tuple((id(box), tag) for box, tag in (stream._tags or {}).items()),
                {
                    key: dict(list(font.widths.items())[known[key][0] if key in known else 0 :])
                    for key, font in self._fonts.items()
                },
                {
                    key: {g: t for g, t in font.to_unicode.items() if key not in known or known[key][1].get(g) != t}
                    for key, font in self._fonts.items()
                },
                self._shaped,
                {name: dict(state) for name, state in added.items()} if sendable else {},
            )
        )

    def unsent(self, original: Any, *arguments: Any, **options: Any) -> Any:
        """A method of `_UNSENT`."""
        self._sendable = False
        return original(*arguments, **options)

    def draw_line(self, original: Any, stream: Any, textbox: Any, *rest: Any) -> Any:
        """`draw_first_line`."""
        self._shaped = self._shaped or is_shaped(textbox)
        return original(stream, textbox, *rest)


class _Warnings(logging.Handler):
    """Sees whether the engine warns: it is to do so in the process that is listened to."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen = False

    def emit(self, record: logging.LogRecord) -> None:
        self.seen = True


def _join(items: list[Any]) -> bytes:
    """The bytes of a stream's items, as pydyf writes them."""
    import pydyf

    return b"\n".join(pydyf._to_bytes(item) for item in items)
