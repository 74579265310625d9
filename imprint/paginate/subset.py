"""Prepare a face: a font file in, a small static font out, with only the edition's characters and a name of ours."""

from __future__ import annotations

from collections.abc import Collection
from io import BytesIO

from imprint.paginate.faces import Face

# Bumped whenever this recipe gives other bytes: it is part of the key under which prepared faces are stored.
RECIPE = "2"

# Slots of the OpenType `name` table that we write: family, subfamily, unique id, full name, PostScript name.
_FAMILY, _SUBFAMILY, _UNIQUE, _FULL, _POSTSCRIPT = 1, 2, 3, 4, 6
_KEPT_NAMES = (0, 5, 7, 13, 14)  # copyright, version, trademark, licence and its URL: the OFL asks for them


def subset_face(data: bytes, face: Face, characters: Collection[int], system: str | None) -> bytes:
    """Return the font file `data` (sfnt) as a static font that holds `characters` (code points) alone.

    Every layout feature is kept, with all glyphs that shaping can reach. The family, weight and slant written into the
    font are the face's, so that fontconfig finds under them exactly this file (and because the names of Source and
    Noto are reserved by their licence for unmodified fonts). `system` is the OpenType language system whose Han forms
    become the default ones; only faces with Han need it. The bytes depend on the arguments alone.
    """
    # Imported late: a build that has nothing to do must not pay for them.
    import uharfbuzz
    from fontTools.ttLib import TTFont

    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(set(characters) - {ord(character) for character in face.without})
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.invert()
    wanted.layout_script_tag_set.clear()
    wanted.layout_script_tag_set.invert()
    source = uharfbuzz.Face(uharfbuzz.Blob(data))
    for tag, value in face.axes:
        wanted.pin_axis_location(source, tag, value)
    small = uharfbuzz.subset(source, wanted).blob.data
    font = TTFont(BytesIO(small), recalcTimestamp=False, recalcBBoxes=False)
    _number_cids(font)
    modified = font["head"].modified
    if system is not None:
        from imprint.paginate.han import add_spacing, prefer_system

        prefer_system(font, system)
        font = add_spacing(font)
    _rename(font, face)
    # The prepared font is as old as its source.
    font["head"].modified = modified
    output = BytesIO()
    font.save(output, reorderTables=None)
    return output.getvalue()


def _number_cids(font: TTFont) -> None:  # type: ignore[name-defined]  # noqa: F821
    """Number the CIDs of a CID-keyed CFF as its glyphs, before any other table is read.

    WeasyPrint 70.0 writes glyph numbers as character codes, but readers take them for CIDs and look them up in the
    font's charset (ISO 32000-1, 9.7.4.2): Ghostscript draws `.notdef` for most Han that poppler and PDFium draw.
    """
    top = font["CFF "].cff.topDictIndex[0] if "CFF " in font else None
    if top is None or not hasattr(top, "ROS"):
        return
    names = [".notdef", *(f"cid{number:05d}" for number in range(1, len(top.charset)))]
    outlines = top.CharStrings.charStrings
    top.CharStrings.charStrings = {new: outlines[old] for new, old in zip(names, top.charset, strict=True)}
    top.charset = names
    font.setGlyphOrder(names)


def _rename(font: TTFont, face: Face) -> None:  # type: ignore[name-defined]  # noqa: F821
    """Write the face's family, weight and slant where fontconfig and PDF viewers look for them."""
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in _KEPT_NAMES and record.platformID == 3]
    style = f"{face.weight}{' Italic' if face.italic else ''}"
    full = f"{face.family} {style}"
    written = {
        _FAMILY: face.family, _SUBFAMILY: style, _UNIQUE: full, _FULL: full, _POSTSCRIPT: full.replace(" ", "-"),
    }  # fmt: skip
    for slot, text in written.items():
        names.setName(text, slot, 3, 1, 0x409)
    metrics, head = font["OS/2"], font["head"]
    metrics.usWeightClass = face.weight
    # OS/2.fsSelection: bit 0 italic, 5 bold, 6 regular; head.macStyle: bit 0 bold, 1 italic.
    metrics.fsSelection &= ~0b1100001
    metrics.fsSelection |= face.italic | (face.weight >= 700) << 5
    head.macStyle = (face.weight >= 700) | face.italic << 1
