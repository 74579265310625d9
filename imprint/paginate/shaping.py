"""Widths of text: shapes a line with the edition's faces, as the page will, and adds up its advances."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

from imprint.paginate.wardrobe import PreparedFace, Wardrobe


@dataclass(frozen=True)
class Ruler:
    """Measures text set in a stack of families at one weight; lengths are in ems of the font size."""

    wardrobe: Wardrobe
    families: tuple[str, ...]
    weight: int
    language: str
    _widths: dict[str, float] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def _faces(self) -> tuple[tuple[PreparedFace, Any], ...]:
        import uharfbuzz

        found = [self.wardrobe.find(family, self.weight) for family in self.families]
        return tuple(
            (prepared, uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(prepared.data))))
            for prepared in found
            if prepared is not None
        )

    @cached_property
    def extents(self) -> tuple[float, float]:
        """Ascent and descent of the first face's letters, both positive (hhea)."""
        font = self._faces[0][1]
        metrics = font.get_font_extents("ltr")
        return metrics.ascender / font.face.upem, -metrics.descender / font.face.upem

    def width(self, text: str) -> float:
        """The advance of `text` on one line. Each character is drawn by the first face that has it."""
        if text not in self._widths:
            runs = groupby(zip(text, self._faces_of(text), strict=True), key=itemgetter(1))
            self._widths[text] = sum(self._advance(face, "".join(c for c, _ in run)) for face, run in runs)
        return self._widths[text]

    def _faces_of(self, text: str) -> list[int]:
        """The face of each character; a space is drawn by the face of the word before it, as Pango does."""
        faces: list[int] = []
        for character in text:
            faces.append(faces[-1] if character == " " and faces else self._face_of(character))
        return faces

    def _face_of(self, character: str) -> int:
        covering = (index for index, (face, _) in enumerate(self._faces) if ord(character) in face.coverage)
        return next(covering, 0)

    def _advance(self, face: int, text: str) -> float:
        import uharfbuzz

        font = self._faces[face][1]
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.language = self.language
        uharfbuzz.shape(font, buffer, {"chws": True})
        total: int = sum(position.x_advance for position in buffer.glyph_positions)
        return total / int(font.face.upem)
