"""Quickened drawing: glyphs are written once for each advance, and the objects of the file once.

WeasyPrint asks Pango for four numbers of each glyph through as many objects, and has each array that it hands to
HarfBuzz described by a parser of C; pydyf makes every object of the file and compresses every stream twice if the file
has an identifier: once to write them, once to hash them.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from imprint.paginate.clusters import is_shaped

# PangoGlyphInfo: glyph, width, offsets, and whether a cluster starts.
_GLYPH = struct.Struct("=IiiiI")
# Pango writes glyph sizes wrong before this version, which WeasyPrint mends.
_SOUND_SIZES = 14802


def _quick_drawing(original: Any) -> Any:
    """`draw_first_line`, for lines of ordinary glyphs: what a glyph of some advance adds to the text is kept.

    Lines that are cut, shaped scripts, glyphs that are raised or missing, and fonts of pictures are the original's.
    """
    from weasyprint.text.ffi import ffi, pango

    sound = pango.pango_version() >= _SOUND_SIZES and ffi.sizeof("PangoGlyphInfo") == _GLYPH.size

    def draw_first_line(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Any) -> Any:
        whole = text_overflow != "ellipsis" and block_ellipsis == "none"
        shown = bool(textbox.text.strip()) and textbox.style["font_size"] >= 1e-6
        if not (sound and whole and shown) or is_shaped(textbox):
            return original(stream, textbox, text_overflow, block_ellipsis, matrix)
        layout = textbox.pango_layout
        pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
        line, _ = layout.get_first_line()
        runs: list[tuple[Any, ...]] = []
        previous = None
        link = line.runs[0]
        while link != ffi.NULL:
            item, string = link.data.item, link.data.glyphs
            if item.analysis.font != previous:
                previous = item.analysis.font
                font, size = stream.add_font(previous)
            glyphs = list(_GLYPH.iter_unpack(ffi.buffer(string.glyphs, _GLYPH.size * string.num_glyphs)))
            if font.bitmap or font.svg or font.png or font.colr or not all(map(_is_ordinary, glyphs)):
                return original(stream, textbox, text_overflow, block_ellipsis, matrix)
            runs.append((item, string, font, size, glyphs))
            link = link.next
        stream.set_text_matrix(*matrix.values)
        previous = None
        written = ""
        for item, string, font, size, glyphs in runs:
            if item.analysis.font != previous:
                previous = item.analysis.font
                if written:
                    stream.show_text(written)
                written = ""
                stream.set_font_size(font.hash, size)
            written = _close(f"{written}<{_write(stream, layout, item, string, font, size, glyphs)}")
        stream.show_text(written)
        return []

    return draw_first_line


def _is_ordinary(glyph: tuple[int, int, int, int, int]) -> bool:
    """Whether the glyph is one of the font, and not raised."""
    return glyph[0] < _EMPTY and not glyph[3]


# PANGO_GLYPH_EMPTY; what is above it is missing.
_EMPTY = 0x0FFFFFFF


def _close(written: str) -> str:
    return written[:-1] if written[-1] == "<" else f"{written}>"


def _write(stream: Any, layout: Any, item: Any, string: Any, font: Any, size: float, glyphs: list[Any]) -> str:
    """The glyphs of a run between `<` and `>`, as WeasyPrint's loop writes them."""
    kept = vars(font).setdefault("_imprint_written", {}).setdefault(size, {})
    parts = []
    for index, (glyph, width, offset, _, _) in enumerate(glyphs):
        part = kept.get((glyph, width, offset))
        if part is None:
            if glyph not in font.to_unicode:
                font.to_unicode[glyph] = _cluster(layout, item, string, index)
            part = kept[glyph, width, offset] = _write_glyph(stream, item, font, size, glyph, width, offset)
        parts.append(part)
    return "".join(parts)


def _cluster(layout: Any, item: Any, string: Any, index: int) -> str:
    """The text of the glyph's cluster."""
    start = string.log_clusters[index]
    last = 0 if item.analysis.level % 2 else string.num_glyphs - 1
    after = item.length if index == last else string.log_clusters[index + (-1 if item.analysis.level % 2 else 1)]
    encoded: bytes = layout.text.encode()
    return encoded[item.offset + start : item.offset + after].decode()


def _write_glyph(stream: Any, item: Any, font: Any, size: float, glyph: int, width: int, x_offset: int) -> str:
    from weasyprint.text.ffi import FROM_UNITS, pango

    offset = x_offset / size
    if glyph not in font.widths:
        pango.pango_font_get_glyph_extents(item.analysis.font, glyph, stream.ink_rect, stream.logical_rect)
        font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
    kerning = font.widths[glyph] + offset - width * 1000 * FROM_UNITS / size
    return (f">{-offset}<" if offset else "") + f"{glyph:04x}" + (f">{int(kerning)}<" if kerning else "")


def _quick_bytes(original: Any) -> Any:
    """`_to_bytes`: the commonest kinds first, by their exact type."""

    def to_bytes(item: Any) -> Any:
        kind = type(item)
        if kind is bytes:
            return item
        if kind is str:
            return item.encode("ascii")
        if kind is int:
            return b"%d" % item
        return original(item)

    return to_bytes


class _Arrays:
    """cffi, but an array of a given length is one of its type: the description of each length is parsed otherwise, by a
    parser of C, which takes as long as the subsetting that the array is for."""

    def __init__(self, ffi: Any) -> None:
        self._ffi = ffi

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ffi, name)

    def new(self, kind: str, value: Any = None) -> Any:
        """`FFI.new`."""
        item, _, length = kind.rstrip("]").partition("[")
        if not length or (value is not None and len(value) != int(length)):
            return self._ffi.new(kind, value)
        return self._ffi.new(f"{item}[]", int(length) if value is None else value)


class _Writing:
    """Keeps the bytes of each numbered object while a file is written, for nothing changes any more."""

    def __init__(self) -> None:
        self._kept: dict[int, bytes] | None = None

    def write(self, original: Any) -> Any:
        """`PDF.write`."""

        def write(pdf: Any, *arguments: Any, **options: Any) -> None:
            self._kept = {}
            try:
                original(pdf, *arguments, **options)
            finally:
                self._kept = None

        return write

    def data(self, original: property) -> property:
        """`Object.data` of a kind of object."""
        make: Any = original.fget

        def data(item: Any) -> bytes:
            if self._kept is None or item.number is None:
                return bytes(make(item))
            kept = self._kept.get(item.number)
            if kept is None:
                kept = self._kept[item.number] = make(item)
            return kept

        return property(data)


_writing = _Writing()


def _pydyf() -> Any:
    return import_module("pydyf")


DRAWING_SHORTCUTS: tuple[tuple[Callable[[], Any], str, Callable[[Any], Any]], ...] = (
    (partial(import_module, "weasyprint.draw.text"), "draw_first_line", _quick_drawing),
    (partial(import_module, "weasyprint.pdf.fonts"), "ffi", _Arrays),
    (_pydyf, "_to_bytes", _quick_bytes),
    (lambda: _pydyf().PDF, "write", _writing.write),
    (lambda: _pydyf().Dictionary, "data", _writing.data),
    (lambda: _pydyf().Stream, "data", _writing.data),
)
