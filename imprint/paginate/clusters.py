"""Exact text: words whose glyphs do not spell them carry their text in the PDF (ActualText), so that copies, searches
and screen readers get the source's characters back.

WeasyPrint 70.0 maps each glyph to the text of the cluster where it first stood, and to nothing if the cluster had two
glyphs: `दुनिया` is read as `दु नया`. Glyphs of Indic, Arabic or Thai clusters are reordered, joined and split, so no map
from glyph to text can be right for all of them (ISO 32000-1, 14.9.4; PDF/UA-1, 7.2). This module replaces one private
function and works with that one version.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from imprint.paginate.replacement import replaced

# Scripts whose shaping is more than one glyph per character: Hebrew to Myanmar, Khmer, their later blocks and
# presentation forms, and combining marks on any letter.
SHAPED = re.compile(
    "[\u0300-\u036f\u0590-\u109f\u1780-\u17ff\u1c80-\u1cff\ua8e0-\ua8ff\ua9e0-\ua9ff\uaa60-\uaa7f"
    "\ufb1d-\ufdff\ufe70-\ufefc]"
)

# What shows nothing between two letters, which may all the same be joined to one glyph: f, a soft hyphen, t.
_JOINED = re.compile(r"[\u00ad\u034f\u200b-\u200d\u2060\ufe00-\ufe0f](?<=\w.)(?=\w)")

# PANGO_GLYPH_EMPTY: what Pango puts for characters that show nothing (U+200B between Thai words).
EMPTY = 0x0FFFFFFF


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A glyph of a run: its id, its advance and offsets in Pango units, and where its cluster starts in the run."""

    identity: int
    width: int
    x_offset: int
    y_offset: int
    cluster: int


@contextmanager
def exact_text() -> Iterator[None]:
    """Draw lines of shaped scripts with ActualText on each word that its glyphs do not spell."""
    from weasyprint.draw import text

    with replaced(text, "draw_first_line", partial(_draw_line, text.draw_first_line)):
        yield


def _draw_line(
    original: Callable[..., Any], stream: Any, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Any
) -> Any:
    """`draw_first_line`, but for lines without shaped scripts or with an ellipsis, which are left to the original."""
    from weasyprint.text.ffi import ffi, pango

    cut = text_overflow == "ellipsis" or block_ellipsis != "none"
    if cut or textbox.style["font_size"] < 1e-6 or not is_shaped(textbox):
        return original(stream, textbox, text_overflow, block_ellipsis, matrix)
    pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)
    line, _ = textbox.pango_layout.get_first_line()
    stream.set_text_matrix(*matrix.values)
    encoded = textbox.pango_layout.text.encode()
    run = line.runs[0]
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        rtl = bool(item.analysis.level % 2)
        shaped = [
            _Glyph(
                info.glyph, info.geometry.width, info.geometry.x_offset, info.geometry.y_offset,
                glyphs.log_clusters[index],
            )
            for index, info in enumerate(glyphs.glyphs[0 : glyphs.num_glyphs])
        ]  # fmt: skip
        if any(glyph.identity & pango.PANGO_GLYPH_UNKNOWN_FLAG for glyph in shaped):
            # Coverage was checked; should it happen all the same, WeasyPrint's own drawing logs the character.
            return original(stream, textbox, text_overflow, block_ellipsis, matrix)
        font, size = stream.add_font(item.analysis.font)
        stream.set_font_size(font.hash, size)
        _draw_run(stream, item.analysis.font, font, size, shaped, encoded[item.offset :][: item.length], rtl)
        run = run.next
    return []


def is_shaped(textbox: Any) -> bool:
    """Whether glyphs may not spell the text: a shaped script, joined letters, or brackets mirrored in a line from right
    to left (« is drawn by the glyph of »)."""
    text: str = textbox.text
    if textbox.style["direction"] == "rtl":
        return bool(text.strip())
    return not text.isascii() and bool(SHAPED.search(text) or _JOINED.search(text))


def _draw_run(
    stream: Any, pango_font: Any, font: Any, size: float, glyphs: list[_Glyph], text: bytes, rtl: bool
) -> None:
    """Show a run: what its glyphs spell as it is, the rest with its text.

    Left to right the unit is a word, so that a reader who selects or searches gets words. Right to left it is the
    cluster: poppler (pdftotext) takes ActualText of several letters for visual order and turns it round.
    """
    starts = sorted({glyph.cluster for glyph in glyphs})
    clusters = list(zip(starts, [*starts[1:], len(text)], strict=True))
    for start, end in clusters:
        _map_glyphs(font, [glyph for glyph in glyphs if glyph.cluster == start], text[start:end].decode())
    # Glyphs stand in visual order: in a right-to-left run the last cluster comes first.
    for start, end in reversed(clusters) if rtl else _words(text):
        unit = [glyph for glyph in glyphs if start <= glyph.cluster < end]
        spelt = "".join(font.to_unicode.get(glyph.identity, "") for glyph in (reversed(unit) if rtl else unit))
        content = text[start:end].decode()
        displaced = any(glyph.x_offset or glyph.y_offset or not glyph.width for glyph in unit)
        if unit and (displaced or spelt != content):
            edge = _edge(stream, pango_font, font, size)
            stream.stream.append(f"/Span <</ActualText <FEFF{content.encode('utf-16-be').hex().upper()}>>> BDC")
            stream.show_text(edge[0])
            _show(stream, pango_font, font, size, unit)
            stream.show_text(edge[1])
            stream.stream.append("EMC")
        else:
            _show(stream, pango_font, font, size, unit)


def _words(text: bytes) -> list[tuple[int, int]]:
    """The places of a run's words and of the white space between them, in bytes."""
    return [(match.start(), match.end()) for match in re.finditer(rb"[^ ]+|[ ]+", text)]


def _edge(stream: Any, pango_font: Any, font: Any, size: float) -> tuple[str, str]:
    """Two TJ operands that draw a blank of no advance at the start and at the end of a marked unit.

    Readers take the place of ActualText from its first and last glyph. Those may be marks, set somewhere over a letter,
    and then readers see a gap between letters and put a space there.
    """
    blank = next(glyph for glyph, character in _nominal_characters(font).items() if character == " ")
    font.to_unicode.setdefault(blank, " ")
    advance = _advance(stream, pango_font, font, size, blank)
    return f"<{blank:04x}>{advance}", f"{advance}<{blank:04x}>"


def _map_glyphs(font: Any, glyphs: list[_Glyph], text: str) -> None:
    """Give each glyph of a cluster that has none yet a text of its own: its character's, or else the cluster's."""
    # Elsewhere the same glyph joins the same letters without what showed nothing between them.
    text = _JOINED.sub("", text)
    for glyph in glyphs:
        if glyph.identity != EMPTY and not font.to_unicode.get(glyph.identity):
            font.to_unicode[glyph.identity] = _nominal_characters(font).get(glyph.identity, text)


def _nominal_characters(font: Any) -> dict[int, str]:
    """The character of each glyph that the font's character map names, the lowest where there are several."""
    if not hasattr(font, "nominal_characters"):
        import uharfbuzz

        face = uharfbuzz.Face(uharfbuzz.Blob(font.file_content))
        shaper = uharfbuzz.Font(face)
        found: dict[int, str] = {}
        for code in sorted(face.unicodes):
            found.setdefault(shaper.get_nominal_glyph(code) or 0, chr(code))
        font.nominal_characters = found
    characters: dict[int, str] = font.nominal_characters
    return characters


def _show(stream: Any, pango_font: Any, font: Any, size: float, glyphs: list[_Glyph]) -> None:
    """Append the glyphs' TJ operators (ISO 32000-1, 9.4.3): numbers are thousandths of an em, taken off the advance."""
    from weasyprint.text.ffi import FROM_UNITS

    em = FROM_UNITS * 1000 / size
    parts: list[str] = []
    rise = 0
    error = 0.0
    for glyph in glyphs:
        if glyph.y_offset != rise:
            _flush(stream, parts)
            rise = glyph.y_offset
            stream.set_text_rise(-rise * FROM_UNITS)
        if glyph.identity == EMPTY:
            parts.append(_number(-glyph.width * em))
            continue
        before = -glyph.x_offset * em
        after = _advance(stream, pango_font, font, size, glyph.identity) - glyph.width * em - before
        parts += [_number(before), f"<{glyph.identity:04x}>", _number(round(after + error))]
        error += after - round(after + error)
    _flush(stream, parts)
    if rise:
        stream.set_text_rise(0)


def _number(value: float) -> str:
    return f"{round(value)}" if round(value) else ""


def _flush(stream: Any, parts: list[str]) -> None:
    if parts:
        stream.show_text(" ".join(filter(None, parts)).replace("> <", ""))
    parts.clear()


def _advance(stream: Any, pango_font: Any, font: Any, size: float, glyph: int) -> int:
    """The glyph's own advance in thousandths of an em, as the PDF's width table will say it."""
    from weasyprint.text.ffi import FROM_UNITS, pango

    if glyph not in font.widths:
        pango.pango_font_get_glyph_extents(pango_font, glyph, stream.ink_rect, stream.logical_rect)
        font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
    return int(font.widths[glyph])
