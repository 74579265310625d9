"""Which glyph of a face is which of the face made from the same file for other characters."""

from __future__ import annotations

import pytest
import uharfbuzz

from imprint.paginate.characters import collect_characters
from imprint.paginate.faces import CJK, SERIF
from imprint.paginate.library import find_fonts
from imprint.paginate.renumber import renumber_glyphs, renumber_wardrobe
from imprint.paginate.store import Store
from imprint.paginate.wardrobe import PreparedFace, Wardrobe, prepare_wardrobe


def dress(text: str, language: str = "zh-Hans") -> Wardrobe:
    """The wardrobe of a page that says the text."""
    return prepare_wardrobe(language, collect_characters(f"<p>{text}</p>", [], []), find_fonts(), Store())


def face(wardrobe: Wardrobe, family: str, weight: int = 400) -> PreparedFace:
    """One of its faces."""
    found = wardrobe.find(family, weight)
    assert found
    return found


def number(prepared: PreparedFace, character: str) -> int:
    """Of the character's glyph, in the face."""
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(prepared.data)))
    found = font.get_nominal_glyph(ord(character))
    assert found
    return int(found)


@pytest.mark.parametrize(("before", "after"), [("隐私，abc", "隐私数，据abc"), ("隐私数据", "私"), ("abc", "aβc")])
def test_a_glyph_keeps_its_character(before: str, after: str) -> None:
    """Each face that is another is named, with the number of every character that both have; the same ones are not."""
    one, other = dress(before), dress(after)
    renumbered = renumber_wardrobe(one, other)
    assert renumbered
    changed = [pair for pair in zip(one.faces, other.faces, strict=True) if pair[0].data != pair[1].data]
    assert [(made.before, made.after) for made in renumbered] == [(old.data, new.data) for old, new in changed]
    for made, (old, new) in zip(renumbered, changed, strict=True):
        # A soft hyphen is never shown as itself.
        for character in map(chr, old.coverage & new.coverage - {0xAD}):
            assert made.numbers[number(old, character)] == number(new, character)
    assert renumber_wardrobe(one, one) == []


def test_another_family_is_another_wardrobe() -> None:
    """With a script more, texts may be set in other faces."""
    assert renumber_wardrobe(dress("abc", "en"), dress("abc हिन्दी", "en")) is None


def test_a_glyph_that_became_two() -> None:
    """戸 and 戶 have one form in Hong Kong, and two in Japan."""
    one, other = (face(dress("戸戶", language), CJK) for language in ("zh-Hant-HK", "ja"))
    assert renumber_glyphs(one, other, ["en"]) is None
    assert renumber_glyphs(one, other, ["zh-Hant-HK"])


def test_a_width_that_changed() -> None:
    """Letters of another weight are no letters of the same look."""
    wardrobe = dress("abc", "en")
    assert renumber_glyphs(face(wardrobe, SERIF), face(wardrobe, SERIF, 700), ["en"]) is None
