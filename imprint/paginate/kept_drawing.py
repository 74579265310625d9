"""Kept drawing: pages that are put in again as they were laid out are put in as they were drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from imprint.paginate.pieces import Piece, Putting, page_shape
from imprint.paginate.recording import Recording

# A font and its size are chosen, or glyphs shown by their numbers; once property lists (ActualText) are taken away.
_SHOWN = re.compile(rb"/(\S+) [\d.]+ Tf|<([0-9a-f]+)>")
# A graphics state is chosen.
_STATE = re.compile(rb"/(\S+) gs\b")
_PROPERTIES = re.compile(rb"<<.*?>>", re.DOTALL)


class KeptPieces(Recording):
    """The pieces of the last drawing, by page (its box, which stays alive with it, so that no other has its identity).

    A fork's piece holds what was found first on its page. These hold all that their page shows, for what stands before
    it may have changed.
    """

    def __init__(self) -> None:
        super().__init__()
        self._pieces: dict[int, tuple[Any, Piece]] = {}
        self._drawn: dict[int, tuple[Any, Piece]] = {}
        self._putting = Putting(self._find)

    @contextmanager
    def put_in(self) -> Iterator[None]:
        """Within, a document is written: what is kept is put in, and what is drawn is kept."""
        self._drawn, self._putting = {}, Putting(self._find)
        with self._putting.put_in(), self.record():
            yield
        self._pieces = self._drawn

    def paint(self, original: Any, page: Any, stream: Any, scale: float = 1) -> None:
        """`Page.paint`."""
        box = page._page_box
        self.begin(box)
        original(page, stream, scale)
        if self._putting.last is box:
            self._drawn[id(box)] = self._pieces[id(box)]
            return
        piece = self._piece(box, stream)
        if piece.contents is not None and not piece.shaped:
            self._drawn[id(box)] = box, piece

    def _find(self, page: Any) -> Piece | None:
        held = self._pieces.get(id(page))
        return held[1] if held else None

    def _piece(self, box: Any, stream: Any) -> Piece:
        fonts = stream._fonts
        by_name = {font.hash: key for key, font in fonts.items()}
        if len(by_name) < len(fonts):
            self._sendable = False
        content = b"\n".join(self._contents)
        states = stream._resources["ExtGState"]
        self._states = {name: states[name] for name in map(bytes.decode, _STATE.findall(content))}
        used = {by_name[name]: glyphs for name, glyphs in _glyphs(content).items()}
        widths = {key: {glyph: fonts[key].widths[glyph] for glyph in glyphs} for key, glyphs in used.items()}
        texts = {key: {glyph: fonts[key].to_unicode[glyph] for glyph in glyphs} for key, glyphs in used.items()}
        return self.piece(page_shape(box), stream, widths, texts)


def _glyphs(content: bytes) -> dict[str, dict[int, None]]:
    """The glyphs that a content shows, by the name of the font, in order."""
    used: dict[str, dict[int, None]] = {}
    glyphs: dict[int, None] = {}
    for name, shown in _SHOWN.findall(_PROPERTIES.sub(b"", content)):
        if name:
            glyphs = used.setdefault(name.decode(), {})
        else:
            glyphs.update((int(shown[place : place + 4], 16), None) for place in range(0, len(shown), 4))
    return used
