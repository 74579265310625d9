"""CIDs of CFF programs: what codes a reader finds glyphs for."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import pytest
import uharfbuzz
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from imprint.paginate.faces import FACES
from imprint.paginate.library import find_fonts
from imprint.paginate.preflight.charset import read_cids, sfnt_table
from imprint.paginate.preflight.faces import Face
from imprint.paginate.subset import subset_face


@cache
def small(family: str, characters: str, *, raw: bool = False) -> bytes:
    """A face with these characters: prepared by us, or (`raw`) as HarfBuzz leaves it, with the foundry's CIDs."""
    face = next(face for face in FACES if (face.family, face.weight) == (family, 400))
    data = find_fonts().files[face].read_bytes()
    if not raw:
        return subset_face(data, face, set(map(ord, characters)), None)
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, characters))
    return bytes(uharfbuzz.subset(uharfbuzz.Face(uharfbuzz.Blob(data)), wanted).blob.data)


@pytest.mark.parametrize("raw", [True, False], ids=["as the foundry numbers them", "as prepared"])
def test_cids_are_read(raw: bool) -> None:
    """Ours are those that fontTools reads, from an OpenType font and from the bare CFF in it."""
    data = small("Imprint CJK", "隐私白皮书，Aa", raw=raw)
    charset = TTFont(BytesIO(data))["CFF "].cff.topDictIndex[0].charset
    expected = frozenset(int(name.removeprefix("cid")) if name != ".notdef" else 0 for name in charset)
    assert read_cids(data) == expected
    assert read_cids(sfnt_table(data, b"CFF ") or b"") == expected


def test_a_reader_finds_each_glyph_by_its_number() -> None:
    """WeasyPrint writes glyph numbers as codes: in a prepared face they are CIDs too; in the foundry's they are not,
    and a reader that goes by the standard draws `.notdef`, which the preflight sees."""
    for raw in (True, False):
        data = small("Imprint CJK", "隐私白皮书，Aa", raw=raw)
        face = Face("F", "Type0", None, True, True, 2, {}, identity=True, charset=read_cids(data))
        lost = [gid for gid in range(1, TTFont(BytesIO(data))["maxp"].numGlyphs) if face.draws_notdef(gid)]
        assert bool(lost) == raw


@pytest.mark.parametrize("family", ["Imprint Serif", "Imprint Mono"])
def test_other_programs_have_no_cids(family: str) -> None:
    """In a program that is not CID-keyed a code is a glyph's number."""
    assert read_cids(small(family, "Aa")) is None


@given(st.binary(max_size=200), st.integers(0, 4000))
def test_a_broken_program_is_no_program(noise: bytes, place: int) -> None:
    """Whatever stands in it, reading ends, without an exception."""
    data = sfnt_table(small("Imprint CJK", "隐私", raw=True), b"CFF ") or b""
    for broken in (noise, b"\1" + noise, data[:place], data[:place] + noise + data[place + len(noise) :]):
        read_cids(broken)
