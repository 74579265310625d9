"""Kept drawing: pages that are put in again as they were laid out are put in as they were drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

from imprint.paginate.pieces import Piece, Putting, page_shape
from imprint.paginate.recording import Recording
from imprint.paginate.renumber import Numbers, Renumbered

T = TypeVar("T")

# A font and its size are chosen, or glyphs shown by their numbers, or neither: a property list (ActualText).
_SHOWN = re.compile(rb"<<.*?>>|/(\S+) [\d.]+ Tf|<([0-9a-f]+)>", re.DOTALL)
# A graphics state is chosen.
_STATE = re.compile(rb"/(\S+) gs\b")


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
        # By the key of a font: its name in the contents, and its file.
        self._files: dict[int, tuple[str, bytes]] = {}
        self._noted: dict[int, tuple[str, bytes]] = {}

    def renumber(self, faces: Iterable[Renumbered]) -> None:
        """The faces are others from now on. What shows a glyph whose number there is not known is forgotten."""
        others = {face.before: face for face in faces}
        known = {key: (name, others[file].numbers) for key, (name, file) in self._files.items() if file in others}
        pieces = ((key, box, _renumber(piece, known)) for key, (box, piece) in self._pieces.items())
        self._pieces = {key: (box, piece) for key, box, piece in pieces if piece}
        files = ((key, name, others.get(file), file) for key, (name, file) in self._files.items())
        self._files = {key: (name, other.after if other else file) for key, name, other, file in files}

    @contextmanager
    def put_in(self) -> Iterator[None]:
        """Within, a document is written: what is kept is put in, and what is drawn is kept."""
        self._drawn, self._putting = {}, Putting(self._find)
        self._noted = {}
        with self._putting.put_in(), self.record():
            yield
        self._pieces, self._files = self._drawn, self._noted

    def paint(self, original: Any, page: Any, stream: Any, scale: float = 1) -> None:
        """`Page.paint`."""
        box = page._page_box
        self.begin(box)
        original(page, stream, scale)
        for key in stream._fonts.keys() - self._noted.keys():
            font = stream._fonts[key]
            self._noted[key] = font.hash, font.file_content
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
    for name, shown in _SHOWN.findall(content):
        if name:
            glyphs = used.setdefault(name.decode(), {})
        else:
            glyphs.update((int(number, 16), None) for number in _numbers(shown))
    return used


def _numbers(shown: bytes) -> list[bytes]:
    """The numbers of shown glyphs, of four digits each."""
    return [shown[place : place + 4] for place in range(0, len(shown), 4)]


def _renumber(piece: Piece, fonts: Mapping[int, tuple[str, Numbers]]) -> Piece | None:
    """The piece with the numbers that glyphs have now; None if it shows another. `fonts` has by their keys the names of
    those with other numbers, and these."""
    shown = piece.texts.keys() & fonts.keys()
    if any(piece.texts[key].keys() - fonts[key][1].keys() for key in shown):
        return None
    written = {
        fonts[key][0].encode(): {b"%04x" % old: b"%04x" % new for old, new in fonts[key][1].items()} for key in shown
    }
    numbers: Mapping[bytes, bytes] | None = None

    def substitute(match: re.Match[bytes]) -> bytes:
        nonlocal numbers
        name, glyphs = match.groups()
        if name:
            numbers = written.get(name)
        if not glyphs or numbers is None:
            return match[0]
        return b"<%b>" % b"".join(numbers[number] for number in _numbers(glyphs))

    def tell(found: dict[int, dict[int, T]]) -> dict[int, dict[int, T]]:
        """What is known of glyphs, under their numbers."""
        return {
            key: {fonts[key][1][old]: value for old, value in glyphs.items()} if key in shown else glyphs
            for key, glyphs in found.items()
        }

    contents = piece.contents and tuple(_SHOWN.sub(substitute, content) for content in piece.contents)
    return replace(piece, contents=contents, widths=tell(piece.widths), texts=tell(piece.texts))
