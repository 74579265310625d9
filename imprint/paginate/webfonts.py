"""Web pages and the files they show in; out, the same with fonts of their own (WOFF2) and a sheet that names them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from io import BytesIO

from imprint.base.diagnostic import Diagnostics, Location, nowhere
from imprint.paginate.characters import collect_characters, texts_of
from imprint.paginate.coverage import check_coverage
from imprint.paginate.drawings import dark_rules, embed_drawings
from imprint.paginate.faces import CJK, DISPLAY, HAN_SUFFIX, MONO, SANS, SERIF, Face, han_system
from imprint.paginate.library import FontLibrary
from imprint.paginate.store import Store
from imprint.paginate.wardrobe import PreparedFace, Wardrobe, prepare_wardrobe

FOLDER = "web"
FIGURES = f"{FOLDER}/figures/"

# The weights of the Latin families that web.css asks for, upright and italic; a bolder one stands in for the others.
_WORN = {
    SERIF: {(400, False), (700, False), (400, True), (700, True)},
    SANS: {(400, False), (600, False), (700, False), (400, True)},
    MONO: {(400, False)},
    DISPLAY: {(300, False), (400, False)},
}
# Layout features (OpenType registry) that nothing turns on in a page set from left to right or right to left with the
# properties of web.css: vertical setting, other widths, other forms of Han, small capitals, fractions, alternates.
_UNUSED = frozenset(
    "vert vrt2 vrtr valt vpal vhal vkrn vchw halt palt hwid fwid pwid qwid twid jp78 jp83 jp90 jp04 trad smpl tnam "
    "expt nlck hojo ruby hkna vkna hngl ital aalt dlig hlig hist salt c2sc smcp c2pc pcap unic titl swsh cswh ornm "
    "afrc frac numr dnom ordn zero case size subs sups sinf".split()
) | frozenset(f"{kind}{number:02}" for kind, count in (("ss", 20), ("cv", 99)) for number in range(1, count + 1))


@dataclass(frozen=True, slots=True)
class Dressed:
    """Pages by name, the files beside them by the path that the pages name them by, and the fonts that they wear."""

    pages: Mapping[str, str]
    files: Mapping[str, bytes]
    wardrobe: Wardrobe


def dress_pages(
    pages: Mapping[str, str],
    files: Mapping[str, bytes],
    library: FontLibrary,
    language: str,
    diagnostics: Diagnostics,
    *,
    direction: str = "ltr",
    locate: Callable[[str], Location | None] = nowhere,
    store: Store = Store(),  # noqa: B008  # frozen
) -> Dressed:
    """Give pages that share a folder the fonts that their characters need.

    `files` maps relative addresses to bytes. Of the files, drawings below `web/figures/` go into the pages (they are no
    files any more); new are `web/fonts/*.woff2` and `web/edition.css`: the fonts, the stacks of families over them as
    `--serif`, `--sans`, `--mono` and `--display`, and the drawings' colours on a dark ground. `language` (BCP 47)
    chooses fonts, `direction` is the pages'. `locate` tells where a character was written.

    The bytes depend on the arguments alone. Raises Rejected where a font is missing or lacks a character.
    """
    library.report_missing(diagnostics)
    diagnostics.raise_errors()
    drawings = {path: data for path, data in files.items() if path.startswith(FIGURES) and path.endswith(".svg")}
    styles, labels = texts_of(files, ".css"), texts_of(drawings, ".svg")
    characters = collect_characters("\n".join(pages.values()), styles, labels)
    wardrobe = prepare_wardrobe(language, characters, library, store)
    wardrobe = replace(wardrobe, faces=tuple(face for face in wardrobe.faces if _is_worn(face.face)))
    check_coverage(characters, wardrobe, locate, diagnostics)
    diagnostics.raise_errors()
    dressed = embed_drawings(pages, drawings, wardrobe, direction, diagnostics)
    several = len({han_system(tag) for tag in (language, *wardrobe.languages)} - {None}) > 1
    made = {f"{FOLDER}/fonts/{face.face.name}.woff2": _woff2(face, several, store) for face in wardrobe.faces}
    made[f"{FOLDER}/edition.css"] = (_font_faces(wardrobe) + wardrobe.css() + dark_rules(dressed)).encode()
    kept = {path: data for path, data in files.items() if path not in drawings}
    return Dressed(dressed, dict(sorted((kept | made).items())), wardrobe)


def _is_worn(face: Face) -> bool:
    worn = _WORN.get(face.family.removesuffix(HAN_SUFFIX))
    return worn is None or (face.weight, face.italic) in worn


def _font_faces(wardrobe: Wardrobe) -> str:
    """One `@font-face` for each face; a browser fetches those that it draws with."""
    return "".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f"font-style: {'italic' if face.italic else 'normal'}; font-display: swap; "
        f'src: url("fonts/{face.name}.woff2") format("woff2") }}\n'
        for face in (prepared.face for prepared in wardrobe.faces)
    )


def _woff2(prepared: PreparedFace, several: bool, store: Store) -> bytes:
    """The face as WOFF2 (W3C Recommendation, 2022), made smaller and compressed once."""
    dropped = _UNUSED | (frozenset() if several or prepared.face.family != CJK else frozenset({"locl"}))
    digest = hashlib.sha256(prepared.data).hexdigest()
    tools = (version(name) for name in ("fonttools", "brotli", "uharfbuzz"))
    key = "|".join(("woff2", digest, *sorted(dropped), *tools))
    return store.fetch(key, lambda: _compress(_without(prepared.data, dropped)))


def _without(data: bytes, features: frozenset[str]) -> bytes:
    """The font without some layout features, the glyphs that only they reach, and hints, which dense screens ignore."""
    # Imported late: a build that has nothing to do must not pay for it.
    import uharfbuzz

    source = uharfbuzz.Face(uharfbuzz.Blob(data))
    wanted = uharfbuzz.SubsetInput()
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    wanted.unicode_set.update(set(source.unicodes))
    wanted.layout_script_tag_set.clear()
    wanted.layout_script_tag_set.invert()
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update({int.from_bytes(feature.encode()) for feature in features})
    wanted.layout_feature_tag_set.invert()
    written: bytes = uharfbuzz.subset(source, wanted).blob.data
    return written


def _compress(data: bytes) -> bytes:
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(data), recalcTimestamp=False, recalcBBoxes=False)
    font.flavor = "woff2"
    output = BytesIO()
    font.save(output, reorderTables=None)
    return output.getvalue()
