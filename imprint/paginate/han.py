"""Han forms and spacing: makes one region's Han forms a font's default, and gives it contextual half-width spacing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

# What chws-tool measures before it believes that a font is proportional and has full-width punctuation.
SPACING_PROBES = frozenset(map(ord, "iIMW四水城「」（）、。，．：；！？・　“”‘’"))

_SINGLE, _EXTENSION = 1, 7


def prefer_system(font: Any, system: str) -> None:
    """Make the forms of the language system `system` (OpenType tag) the default forms of the TTFont `font`.

    WeasyPrint draws SVG text without a language, and Pango takes the process's locale where none is given; a font whose
    default forms are right needs neither. The other regions' forms stay within reach: each `locl` lookup is rewritten
    to start from the new default, so a `lang="ja"` span in a Chinese edition still gets Japanese forms.
    Where two characters of the text share their form here but not there (戸 and 戶; five ideographs), the first one
    decides in foreign spans; the default forms are always right.
    """
    table = font["GSUB"].table
    chains = _locl_lookups(table)
    forms = {tag: _Substitution(table, lookups) for tag, lookups in chains.items()}
    base = forms.get(system)
    if base is None:
        return
    cmap = font.getBestCmap()
    # Ideographs before radicals and compatibility forms, which share their glyphs.
    ordered = sorted(cmap.items(), key=lambda item: (not 0x4E00 <= item[0] <= 0x9FFF, item[0]))
    characters = {code: (glyph, base[glyph]) for code, glyph in ordered}
    taken: set[int] = set()
    for tag in sorted(forms):
        mapping: dict[str, str] = {}
        for original, default in characters.values():
            if (form := forms[tag][original]) != default:
                mapping.setdefault(default, form)
        index = next(i for i in [*chains[tag], None] if i not in taken)
        chosen = _append_lookup(table) if index is None else index
        taken.add(chosen)
        _write_lookup(table.LookupList.Lookup[chosen], mapping)
        for feature in _locl_features(table, tag):
            feature.LookupListIndex = [chosen]
            feature.LookupCount = 1
    for feature in _locl_features(table, None):
        feature.LookupListIndex, feature.LookupCount = [], 0
    for subtable in font["cmap"].tables:
        if subtable.isUnicode():
            subtable.cmap.update({code: new for code, (_, new) in characters.items() if code in subtable.cmap})


def add_spacing(font: Any) -> Any:
    """Return the TTFont with the OpenType feature `chws` (contextual half-width spacing), by Google's chws-tool.

    The feature closes the gap between two full-width punctuation marks, as JIS X 4051 and CLREQ ask. Its data is drawn
    from the shapes of the marks, so it must come after `prefer_system`.
    """
    import east_asian_spacing
    from chws_tool.config import GoogleFontsConfig

    with TemporaryDirectory() as folder:
        path = Path(folder, "font.otf")
        font.save(path, reorderTables=None)
        builder = east_asian_spacing.Builder(path, config=GoogleFontsConfig.default)
        # Late: most runs find their faces prepared, and asyncio is large.
        import asyncio

        asyncio.run(builder.build())
    if not builder.has_spacings:
        return font
    # Its own `save` would write the file that is read again at once. It stamps the clock, and writes what it has looked
    # at and not changed as it was.
    spaced = builder.font.ttfont
    spaced.recalcTimestamp = spaced.recalcBBoxes = False
    builder.font._before_save(spaced)
    return spaced


class _Substitution(dict[str, str]):
    """What a chain of single substitutions makes of a glyph; glyphs that it leaves alone map to themselves."""

    def __init__(self, table: Any, lookups: list[int]) -> None:
        steps = [_mapping(table.LookupList.Lookup[index]) for index in sorted(lookups)]
        for glyph in {glyph for step in steps for glyph in step}:
            self[glyph] = glyph
            for step in steps:
                self[glyph] = step.get(self[glyph], self[glyph])

    def __missing__(self, glyph: str) -> str:
        return glyph


def _locl_features(table: Any, tag: str | None) -> Iterator[Any]:
    """The `locl` features that the language system `tag` of any script uses; None: the scripts' default systems."""
    seen: set[int] = set()
    for record in table.ScriptList.ScriptRecord:
        systems = {language.LangSysTag: language.LangSys for language in record.Script.LangSysRecord}
        systems[None] = record.Script.DefaultLangSys
        if (system := systems.get(tag)) is None:
            continue
        for index in system.FeatureIndex:
            feature = table.FeatureList.FeatureRecord[index]
            if feature.FeatureTag == "locl" and index not in seen:
                seen.add(index)
                yield feature.Feature


def _locl_lookups(table: Any) -> dict[str, list[int]]:
    """The lookups of each language system's `locl`, by its tag."""
    tags = {language.LangSysTag for record in table.ScriptList.ScriptRecord for language in record.Script.LangSysRecord}
    found = {tag: [i for feature in _locl_features(table, tag) for i in feature.LookupListIndex] for tag in tags}
    return {tag: list(dict.fromkeys(lookups)) for tag, lookups in found.items() if lookups}


def _mapping(lookup: Any) -> dict[str, str]:
    mapping: dict[str, str] = {}
    for subtable in lookup.SubTable:
        inner = subtable.ExtSubTable if subtable.LookupType == _EXTENSION else subtable
        if inner.LookupType == _SINGLE:
            mapping.update(inner.mapping)
    return mapping


def _append_lookup(table: Any) -> int:
    from fontTools.ttLib.tables import otTables

    table.LookupList.Lookup.append(otTables.Lookup())
    table.LookupList.LookupCount = len(table.LookupList.Lookup)
    return int(table.LookupList.LookupCount) - 1


def _write_lookup(lookup: Any, mapping: dict[str, str]) -> None:
    """Make the lookup the single substitution `mapping`."""
    from fontTools.ttLib.tables import otTables

    single = otTables.SingleSubst()
    single.mapping = mapping
    lookup.LookupType, lookup.LookupFlag = _SINGLE, 0
    lookup.SubTable = [single] if mapping else []
    lookup.SubTableCount = len(lookup.SubTable)
