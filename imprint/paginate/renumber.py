"""Renumbering: which glyphs of a face are which of the face made from the same file for other characters.

A subset numbers its glyphs anew, so one ideograph more gives most of the others other numbers. What a text that both
faces can show looks like, and how wide it is, is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from imprint.paginate.faces import CJK
from imprint.paginate.wardrobe import PreparedFace, Wardrobe

# The new numbers of glyphs by the old ones.
Numbers = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Renumbered:
    """A face's file before and after, and the numbers that its glyphs have after."""

    before: bytes
    after: bytes
    numbers: Numbers


def renumber_wardrobe(before: Wardrobe, after: Wardrobe) -> list[Renumbered] | None:
    """The faces whose glyphs have other numbers; None if what was set in one wardrobe may look otherwise in the
    other."""
    faces = [(prepared.face, prepared.source.sha256) for prepared in before.faces]
    if faces != [(prepared.face, prepared.source.sha256) for prepared in after.faces]:
        return None
    languages = sorted({wardrobe.language for wardrobe in (before, after)} | {*before.languages, *after.languages})
    made: list[Renumbered] = []
    for old, new in zip(before.faces, after.faces, strict=True):
        if old.data != new.data:
            numbers = renumber_glyphs(old, new, languages)
            if numbers is None:
                return None
            made.append(Renumbered(old.data, new.data, numbers))
    return made


def renumber_glyphs(before: PreparedFace, after: PreparedFace, languages: Iterable[str]) -> Numbers | None:
    """The new numbers of the glyphs that single characters of both faces, made from one file, have in the languages
    (BCP 47); None if a text may look otherwise.

    It may where one glyph became two: characters that share a form may have two in another language, as the first of
    them that the face has decides (`prefer_system`). Nor is a subsetter believed that changes a width.
    """
    text = " ".join(map(chr, sorted(before.coverage & after.coverage)))
    numbers: dict[int, int] = {}
    for language in languages:
        (old, old_places), (new, new_places) = (_shape(prepared, text, language) for prepared in (before, after))
        if old_places != new_places:
            return None
        if any(numbers.setdefault(one, other) != other for one, other in zip(old, new, strict=True)):
            return None
    return numbers


def _shape(prepared: PreparedFace, text: str, language: str) -> tuple[list[int], list[tuple[int, ...]]]:
    """The glyphs of the text, and of each the index of its character, its advance and its offsets."""
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    if prepared.face.family == CJK:
        # Else the script is that of the first letter, a Latin one.
        buffer.script = "Hani"
    buffer.guess_segment_properties()
    buffer.language = language
    uharfbuzz.shape(uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(prepared.data))), buffer)
    pairs = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    places: list[tuple[int, ...]] = [(info.cluster, at.x_advance, at.x_offset, at.y_offset) for info, at in pairs]
    return [info.codepoint for info in buffer.glyph_infos], places

