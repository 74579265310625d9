"""Prepared faces: static, renamed, deterministic, with every Han region's forms and contextual spacing."""

import hashlib
from functools import cache
from io import BytesIO

import pytest
import uharfbuzz
from fontTools.ttLib import TTFont

from imprint.paginate.faces import FACES, SHARED_PUNCTUATION, Face
from imprint.paginate.han import SPACING_PROBES
from imprint.paginate.library import find_fonts
from imprint.paginate.subset import subset_face

# 直骨令 differ among regions; the quotes are wide in Chinese alone; ⾻ is a radical that shares the ideograph's glyph.
HAN = "直骨令关户⾻角“”——……·，。《》"
LANGUAGES = {"ZHS ": "zh-Hans", "ZHT ": "zh-Hant", "ZHH ": "zh-HK", "JAN ": "ja", "KOR ": "ko"}


def face_named(family: str, weight: int, italic: bool = False) -> Face:
    return next(face for face in FACES if (face.family, face.weight, face.italic) == (family, weight, italic))


@cache
def prepared(family: str, weight: int, characters: str, system: str | None = None, italic: bool = False) -> bytes:
    face = face_named(family, weight, italic)
    return subset_face(find_fonts().files[face].read_bytes(), face, set(map(ord, characters)), system)


def shape(data: bytes, text: str, language: str, **features: bool) -> list[tuple[tuple[int, ...], int]]:
    """What is drawn: each glyph's extents, which tell its form whatever its number is, and its advance."""
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(data)))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.script, buffer.language = "Hani", language
    uharfbuzz.shape(font, buffer, features)
    places = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return [(tuple(font.get_glyph_extents(info.codepoint)), place.x_advance) for info, place in places]


@pytest.mark.parametrize("base", LANGUAGES)
def test_default_forms_where_glyphs_are_shared(base: str) -> None:
    """户, 戸 and 戶 share glyphs across regions; the edition's own forms are right for all three at once."""
    whole = find_fonts().files[face_named("Imprint CJK", 400)].read_bytes()
    small = prepared("Imprint CJK", 400, "户戸戶" + "".join(map(chr, SPACING_PROBES)), base)
    for character in "户戸戶":
        assert shape(small, character, "en") == shape(whole, character, LANGUAGES[base])


@pytest.mark.parametrize("base", LANGUAGES)
def test_forms_of_every_region(base: str) -> None:
    """Whichever region's forms are the default, each language still gets exactly the full font's forms for it."""
    whole = find_fonts().files[face_named("Imprint CJK", 400)].read_bytes()
    small = prepared("Imprint CJK", 400, HAN + "".join(map(chr, SPACING_PROBES)), base)
    for language in LANGUAGES.values():
        for character in HAN:
            assert shape(small, character, language) == shape(whole, character, language), (language, character)


def test_default_forms_need_no_language() -> None:
    """Without a language the Chinese edition's face draws Chinese forms, the Japanese edition's Japanese ones."""
    whole = find_fonts().files[face_named("Imprint CJK", 400)].read_bytes()
    probes = HAN + "".join(map(chr, SPACING_PROBES))
    for base in ("ZHS ", "JAN "):
        small = prepared("Imprint CJK", 400, probes, base)
        assert shape(small, "直", "en") == shape(whole, "直", LANGUAGES[base])
    assert shape(prepared("Imprint CJK", 400, probes, "ZHS "), "直", "en") != shape(whole, "直", "ja")


def test_contextual_spacing() -> None:
    """chws closes the half-em gaps between adjoining full-width marks, and only those."""
    small = prepared("Imprint CJK", 400, HAN + "".join(map(chr, SPACING_PROBES)), "ZHS ")

    def width(text: str, on: bool) -> int:
        return sum(advance for _, advance in shape(small, text, "zh-Hans", chws=on))

    assert width("》，“", False) - width("》，“", True) == 1000
    assert width("直，直", False) == width("直，直", True)


def test_static_named_and_small() -> None:
    """No axes are left; family, weight and slant are ours; only the wanted characters remain."""
    font = TTFont(BytesIO(prepared("Imprint Serif", 700, "Abc é", italic=True)))
    assert "fvar" not in font
    assert font["name"].getDebugName(1) == "Imprint Serif"
    assert font["OS/2"].usWeightClass == 700
    assert font["OS/2"].fsSelection & 0b100001 == 0b100001
    assert set(font.getBestCmap()) == set(map(ord, "Abc é"))
    assert "Source" in font["name"].getDebugName(0) or "Adobe" in font["name"].getDebugName(0)


def test_layout_features_survive() -> None:
    """Features that nobody switches on by default are kept too: tabular and old-style figures, superiors."""
    font = TTFont(BytesIO(prepared("Imprint Serif", 400, "0123456789ab")))
    tags = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"tnum", "onum", "sups"} <= tags


def test_same_bytes_again() -> None:
    """Preparing twice gives the same bytes, chws-tool's clock stamp included."""
    face = face_named("Imprint CJK", 400)
    data = find_fonts().files[face].read_bytes()
    wanted = set(map(ord, HAN)) | SPACING_PROBES
    first, second = (hashlib.sha256(subset_face(data, face, wanted, "ZHS ")).digest() for _ in range(2))
    assert first == second


def test_twins_leave_out_shared_punctuation() -> None:
    """The Latin twin of a Chinese edition lacks the marks that must come from the CJK face."""
    data = prepared("Imprint Serif Han", 400, "ab“”’—…")
    covered = set(map(chr, TTFont(BytesIO(data)).getBestCmap()))
    assert covered == {"a", "b"}
    assert not covered & SHARED_PUNCTUATION


def test_one_file_per_family_style_and_weight() -> None:
    """WeasyPrint keys fonts by these three: two files under one key would swap glyphs in silence."""
    keys = [(face.family, face.weight, face.italic) for face in FACES]
    assert len(keys) == len(set(keys))
    assert not find_fonts().missing
