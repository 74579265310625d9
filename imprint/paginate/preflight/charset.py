"""Which CIDs an embedded CID-keyed CFF program has: what a code must be for a reader to find its glyph."""

from __future__ import annotations

import struct
from collections.abc import Iterator

# Operators of a Top DICT (Adobe Technical Note 5176, table 9; two-byte ones begin with 12).
_CHARSET, _CHARSTRINGS, _ROS = 15, 17, 12 << 8 | 30


def sfnt_table(data: bytes, tag: bytes) -> bytes | None:
    """A table of an sfnt (OpenType 1.9, "Organization of an OpenType Font"); None where it has none, or is none."""
    if data[:4] not in (b"\0\1\0\0", b"true", b"OTTO"):
        return None
    for index in range(min(int.from_bytes(data[4:6], "big"), 64)):
        record = data[12 + 16 * index : 28 + 16 * index]
        if record[:4] == tag and len(record) == 16:
            offset, length = struct.unpack(">8xLL", record)
            return data[offset : offset + length]
    return None


def read_cids(program: bytes) -> frozenset[int] | None:
    """The CIDs in the charset of a CID-keyed CFF, bare or in an OpenType font; None where the program is none.

    A code of a composite font names a CID, which such a program looks up in its charset (ISO 32000-1, 9.7.4.2); in
    every other program the code is the glyph's number. Source: Adobe Technical Note 5176, sections 5, 9, 13 and 18.
    """
    data = program if program[:1] == b"\1" else sfnt_table(program, b"CFF ")
    if not data or len(data) < 4:
        return None
    try:
        top = _top_dict(data)
        if _ROS not in top:
            return None
        glyphs = int.from_bytes(data[top[_CHARSTRINGS] :][:2], "big")
        at = top.get(_CHARSET, 0)
        # 0, 1 and 2 name charsets of the standard, which no CID-keyed font has: its CIDs are then its glyphs' numbers.
        return frozenset(range(glyphs)) if at <= 2 else frozenset(_charset(data, at, glyphs))
    except (IndexError, KeyError, struct.error):
        return None


def _top_dict(data: bytes) -> dict[int, int]:
    """The last operand of each operator of the first Top DICT."""
    _, names_end = _index(data, data[2])
    (start, end), _ = _index(data, names_end)
    found: dict[int, int] = {}
    operand = 0
    while start < end:
        first = data[start]
        if first <= 21:
            wide = first == 12
            found[first << 8 | data[start + 1] if wide else first] = operand
            start += 2 if wide else 1
        else:
            operand, start = _operand(data, start)
    return found


def _operand(data: bytes, start: int) -> tuple[int, int]:
    """A number of a DICT and where the next one begins; a real counts as 0, for none is asked for."""
    first = data[start]
    if first == 28:
        return struct.unpack_from(">h", data, start + 1)[0], start + 3
    if first == 29:
        return struct.unpack_from(">i", data, start + 1)[0], start + 5
    if first == 30:
        while 0xF not in (data[start + 1] >> 4, data[start + 1] & 0xF):
            start += 1
        return 0, start + 2
    if first < 247:
        return first - 139, start + 1
    sign, base = (1, 247) if first < 251 else (-1, 251)
    return sign * ((first - base) * 256 + data[start + 1] + 108), start + 2


def _index(data: bytes, start: int) -> tuple[tuple[int, int], int]:
    """Where an INDEX's first object lies, and where the INDEX ends."""
    count = int.from_bytes(data[start : start + 2], "big")
    if not count:
        return (start + 2, start + 2), start + 2
    size = data[start + 2]
    base = start + 2 + size * (count + 1)

    def offset(number: int) -> int:
        place = start + 3 + size * number
        return base + int.from_bytes(data[place : place + size], "big")

    return (offset(0), offset(1)), offset(count)


def _charset(data: bytes, at: int, glyphs: int) -> Iterator[int]:
    """The CIDs in glyph order; `.notdef`, which the table leaves out, is 0."""
    yield 0
    kind, at, left = data[at], at + 1, glyphs - 1
    while left > 0:
        (first,) = struct.unpack_from(">H", data, at)
        more = 0 if kind == 0 else data[at + 2] if kind == 1 else struct.unpack_from(">H", data, at + 2)[0]
        yield from range(first, first + min(more + 1, left))
        left -= more + 1
        at += 2 + min(kind, 2)
