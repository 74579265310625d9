"""Character maps of fonts: codes to characters, codes to glyphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprint.paginate.preflight.faces import MAPPING_LIMIT, Face, parse_cid_map, parse_cmap


@pytest.mark.parametrize(
    ("cmap", "table"),
    [
        (b"1 beginbfchar <0041> <0061> endbfchar", {0x41: "a"}),
        (b"beginbfchar\n<0a><00660069>\n<0B> <D83DDE00>\nendbfchar", {10: "fi", 11: "😀"}),
        (b"1 beginbfrange <01> <03> <0041> endbfrange", {1: "A", 2: "B", 3: "C"}),
        (b"1 beginbfrange <01> <02> [<0058> <0059005A>] endbfrange", {1: "X", 2: "YZ"}),
        (b"beginbfchar <05> <> endbfchar", {5: ""}),
        (b"beginbfchar <05> endbfchar beginbfrange <01> <02>", {}),
    ],
)
def test_unicode_maps(cmap: bytes, table: dict[int, str]) -> None:
    """Single codes, ranges, lists, ligatures and characters beyond the first plane are read; fragments are not."""
    assert parse_cmap(cmap) == table


@given(
    st.dictionaries(st.integers(0, 65535), st.text(st.characters(exclude_categories=["Cs"]), max_size=3), max_size=20)
)
def test_written_map_is_read_back(table: dict[int, str]) -> None:
    """Reading a map gives what was written."""
    lines = "".join(f"<{code:04x}> <{text.encode('utf-16-be').hex()}>\n" for code, text in table.items())
    assert parse_cmap(f"{len(table)} beginbfchar\n{lines}endbfchar".encode()) == table


def test_cid_maps() -> None:
    """An embedded CMap says which glyph a code draws."""
    assert parse_cid_map(b"begincidchar <0041> 7 endcidchar begincidrange <01> <03> 5 endcidrange") == {
        0x41: 7, 1: 5, 2: 6, 3: 7,
    }  # fmt: skip


def test_map_without_end_is_cut_off() -> None:
    """A map that names the code space again and again is read up to the limit."""
    cmap = b"beginbfrange" + b"<0000> <ffff> <0041>" * 10_000 + b"endbfrange"
    assert len(parse_cmap(cmap)) <= MAPPING_LIMIT


def test_glyphs_that_a_font_does_not_have_draw_notdef() -> None:
    """Glyph 0, a code without a CID, and a glyph beyond the font's last are all `.notdef`."""
    face = Face("F", "Type0", None, True, True, 2, {}, identity=True, glyphs=100, cids={1: 0, 2: 50, 3: 200})
    assert [face.draws_notdef(code) for code in (1, 2, 3, 4)] == [True, False, True, True]


def test_codes_of_two_bytes() -> None:
    """A composite font's string is read by two bytes, an odd one's last byte left out."""
    face = Face("F", "Type0", None, True, True, 2, {})
    assert list(face.codes(b"\x00\x41\x12\x34\x99")) == [0x41, 0x1234]
