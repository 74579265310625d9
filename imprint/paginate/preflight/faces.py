"""Fonts as a reader of the PDF meets them: character codes to Unicode, embedding, subsetting, `.notdef`."""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

import pikepdf

from imprint.paginate.preflight.bidi import has_rtl
from imprint.paginate.preflight.charset import read_cids, sfnt_table
from imprint.paginate.preflight.objects import as_dict, as_list, as_number, as_text, entry, object_id, stream_bytes

# A CMap of a hostile file may name the whole code space again and again.
MAPPING_LIMIT = 200_000
# Decoded strings that are kept for each font.
SHOWN_LIMIT = 20_000
_SECTION = re.compile(rb"begin(bfchar|bfrange|codespacerange)(.*?)end\1", re.DOTALL)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_CID_SECTION = re.compile(rb"begincid(char|range)(.*?)endcid\1", re.DOTALL)
_CID_CHAR = re.compile(rb"<([0-9A-Fa-f]{1,8})>\s*(\d{1,6})")
_CID_RANGE = re.compile(rb"<([0-9A-Fa-f]{1,8})>\s*<([0-9A-Fa-f]{1,8})>\s*(\d{1,6})")
_SUBSET_TAG = re.compile(r"[A-Z]{6}\+")
_BASE_ENCODINGS = {"WinAnsiEncoding": "cp1252", "MacRomanEncoding": "mac_roman", "StandardEncoding": "latin-1"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A decoded string: the characters of each glyph, and of all; `unmapped` if a glyph has none, `blank` if one is
    `.notdef`, `rtl` if a character runs from right to left."""

    clusters: tuple[str, ...]
    text: str
    unmapped: bool
    blank: bool
    rtl: bool


@dataclass(slots=True)
class Face:
    """A font dictionary. `table` maps a code to its characters, `width` is the code's length in bytes (1 or 2),
    `glyphs` the number of glyphs in the embedded program (None: unknown), `charset` the CIDs that it looks up (None: a
    CID is a glyph's number), `cids` an embedded CMap's map from codes to CIDs (None: a code is its CID), `shown` what
    strings have been decoded to, `sound` codes that are known to draw a glyph."""

    name: str
    kind: str
    at: str | None
    embedded: bool
    readable: bool
    width: int
    table: dict[int, str]
    identity: bool = False
    glyphs: int | None = None
    charset: frozenset[int] | None = None
    notdef: frozenset[int] = frozenset()
    cids: dict[int, int] | None = None
    shown: dict[bytes, Shown] = field(default_factory=dict)
    sound: set[int] = field(default_factory=set)

    @property
    def subset(self) -> bool:
        """Whether the name carries a subset tag (ISO 32000-1, 9.6.4): six capitals and a plus sign."""
        return bool(_SUBSET_TAG.match(self.name))

    def codes(self, data: bytes) -> array[int] | bytes:
        """The character codes of a shown string."""
        if self.width == 1:
            return data
        codes = array("H", data[: len(data) & ~1])
        if sys.byteorder == "little":
            codes.byteswap()
        return codes

    def draws_notdef(self, code: int) -> bool:
        """Whether the code draws glyph 0, by name, by number, or by naming a glyph that the font does not have."""
        cid = code if self.cids is None else self.cids.get(code, 0)
        if self.identity and self.charset is not None:
            return cid == 0 or cid not in self.charset
        if self.identity:
            return cid == 0 or (self.glyphs is not None and cid >= self.glyphs)
        return code in self.notdef

    def decode(self, data: bytes) -> Shown:
        """What a shown string says. Kept, because in shaped scripts a page shows few clusters again and again."""
        shown = self.shown.get(data)
        if shown is None:
            codes = self.codes(data)
            clusters = tuple([self.table.get(code, "") for code in codes])
            text = "".join(clusters)
            blank = any(map(self.draws_notdef, set(codes) - self.sound))
            if not blank:
                self.sound.update(codes)
            shown = Shown(clusters, text, "" in clusters, blank, has_rtl(text))
            if len(self.shown) < SHOWN_LIMIT:
                self.shown[data] = shown
        return shown


def load_face(font: pikepdf.Object) -> Face:
    """Read a font dictionary (ISO 32000-1, 9.5 to 9.10)."""
    kind = as_text(entry(font, "/Subtype"))
    composite = kind == "Type0"
    inner = next(iter(as_list(entry(font, "/DescendantFonts"))), None) if composite else font
    descriptor = as_dict(entry(inner, "/FontDescriptor"))
    program = next((p for p in (entry(descriptor, key) for key in _PROGRAMS) if isinstance(p, pikepdf.Stream)), None)
    drawn = stream_bytes(program)
    unicode_map = entry(font, "/ToUnicode")
    # Every Type0 font is read by two bytes: so are Identity and nearly all CMaps that the standard predefines.
    table, width = parse_cmap(stream_bytes(unicode_map)), 2 if composite else 1
    encoding = entry(font, "/Encoding")
    names = {} if composite else _encoding_names(encoding)
    if not composite:
        table = _encoding_table(encoding, names) | table
    return Face(
        name=as_text(entry(font, "/BaseFont")) or as_text(entry(font, "/Name")),
        kind=kind,
        at=object_id(font),
        embedded=program is not None or kind == "Type3",
        readable=isinstance(unicode_map, pikepdf.Stream) or bool(table),
        width=width,
        table=table,
        identity=composite and _identity_encoding(encoding) and _identity_gids(inner),
        cids=parse_cid_map(stream_bytes(encoding)) if composite and isinstance(encoding, pikepdf.Stream) else None,
        glyphs=_glyph_count(drawn),
        charset=read_cids(drawn) if composite else None,
        notdef=frozenset(code for code, name in names.items() if name == ".notdef"),
    )


_PROGRAMS = ("/FontFile2", "/FontFile3", "/FontFile")


def parse_cmap(data: bytes) -> dict[int, str]:
    """The code → characters map of a ToUnicode CMap (Adobe Technical Note 5014; ISO 32000-1, 9.10.3)."""
    return dict(islice(_mappings(data), MAPPING_LIMIT))


def _mappings(data: bytes) -> Iterator[tuple[int, str]]:
    """Each code with its characters, in the CMap's order."""
    for section in _SECTION.finditer(data):
        if section[1] == b"bfchar":
            codes = [b"".join(match[1].split()) for match in _TOKEN.finditer(section[2]) if match[1] is not None]
            for code, text in zip(codes[::2], codes[1::2], strict=False):
                if code and len(code) <= 8:
                    yield int(code, 16), _utf16(text)
        elif section[1] == b"bfrange":
            yield from _ranges(section[2])


def _ranges(section: bytes) -> Iterator[tuple[int, str]]:
    """The ranges `<first> <last> <text>` and `<first> <last> [<text> …]` of one section."""
    pending: list[bytes] = []
    listed: int | None = None
    for match in _TOKEN.finditer(section):
        token, opens, closes = match.groups()
        if opens and len(pending) == 2:
            listed = int(pending[0] or b"0", 16)
        elif closes:
            listed, pending = None, []
        elif token is not None and listed is not None:
            yield listed, _utf16(b"".join(token.split()))
            listed += 1
        elif token is not None:
            pending.append(b"".join(token.split()))
            if len(pending) == 3:
                yield from _range(*pending)
                pending = []


def _range(first: bytes, last: bytes, text: bytes) -> Iterator[tuple[int, str]]:
    start, end, target = int(first or b"0", 16), int(last or b"0", 16), _utf16(text)
    if not target or len(first) > 8:
        return
    for code in range(start, min(end, start + 65535) + 1):
        point = ord(target[-1]) + code - start
        yield code, target[:-1] + (chr(point) if point < 0x110000 else "\ufffd")


def _utf16(digits: bytes) -> str:
    data = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    return data.decode("utf-16-be" if len(data) > 1 else "latin-1", "replace")


def parse_cid_map(data: bytes) -> dict[int, int]:
    """The code → CID map of an embedded CMap (ISO 32000-1, 9.7.5.4)."""
    return dict(islice(_cid_mappings(data), MAPPING_LIMIT))


def _cid_mappings(data: bytes) -> Iterator[tuple[int, int]]:
    for section in _CID_SECTION.finditer(data):
        if section[1] == b"char":
            yield from ((int(m[1], 16), int(m[2])) for m in _CID_CHAR.finditer(section[2]))
            continue
        for match in _CID_RANGE.finditer(section[2]):
            start = int(match[1], 16)
            end = min(int(match[2], 16), start + 65535)
            yield from ((code, int(match[3]) + code - start) for code in range(start, end + 1))


def _identity_encoding(encoding: object) -> bool:
    """Whether we know which CID a code stands for: the code itself, or what an embedded CMap says."""
    return isinstance(encoding, pikepdf.Stream) or as_text(encoding) in ("Identity-H", "Identity-V")


def _identity_gids(descendant: object) -> bool:
    """Whether codes are glyph numbers: a TrueType or OpenType descendant without a mapping of its own."""
    mapping = entry(descendant, "/CIDToGIDMap")
    return as_text(entry(descendant, "/Subtype")) != "CIDFontType2" or mapping is None or as_text(mapping) == "Identity"


def _glyph_count(program: bytes) -> int | None:
    """`numGlyphs` of the `maxp` table of an embedded sfnt (OpenType 1.9); None for a bare CFF or Type 1 program."""
    count = (sfnt_table(program, b"maxp") or b"")[4:6]
    return int.from_bytes(count, "big") if len(count) == 2 else None


def _encoding_names(encoding: object) -> dict[int, str]:
    """Code → glyph name of an encoding's Differences (ISO 32000-1, 9.6.6)."""
    names: dict[int, str] = {}
    code = 0
    for item in as_list(entry(encoding, "/Differences")):
        number: Any = as_number(item)
        if number is not None:
            code = int(number)
        else:
            names[code] = as_text(item)
            code += 1
    return names


@cache
def _base_table(codec: str) -> dict[int, str]:
    return {code: text for code in range(32, 256) if (text := bytes([code]).decode(codec, "ignore"))}


def _encoding_table(encoding: object, names: dict[int, str]) -> dict[int, str]:
    """Code → characters of a simple font by its encoding and the Adobe glyph list; empty where it states none."""
    from fontTools.agl import toUnicode  # costs 50 ms, and no edition of ours has a simple font

    base = as_text(encoding) or as_text(entry(encoding, "/BaseEncoding"))
    table = dict(_base_table(_BASE_ENCODINGS[base])) if base in _BASE_ENCODINGS else {}
    return table | {code: toUnicode(name) for code, name in names.items() if toUnicode(name)}
