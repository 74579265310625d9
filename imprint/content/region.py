"""The markets: regions/*.toml in, Region values out, inheritance resolved."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from imprint.base.diagnostic import Diagnostics, Location, UsageError
from imprint.base.edition import Edition, resolve_language
from imprint.base.sources import Sources
from imprint.content.models import PlaceholderTable, RegionFile
from imprint.content.toml import TomlFile, convert_toml, load_toml, suggest

FOLDER = "content/regions"
# A region's name is part of selectors, folders and file names: no letter that a file system or a shell takes otherwise.
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")
# So many ancestors at most: each market's profile is merged along its line.
_DEPTH_LIMIT = 16
# So many markets and so many languages of one at most: CLDR knows some 300 territories, and each market's part of the
# paper is checked by itself.
_COUNT_LIMIT = 500
_LANGUAGES_LIMIT = 100
_EDITIONS_LIMIT = 5_000


@dataclass(frozen=True, slots=True)
class Region:
    """One market. `lineage` is its own name and those it inherits from, nearest first; `data` its free tables."""

    key: str
    lineage: tuple[str, ...]
    profile: RegionFile
    file: TomlFile
    data: Mapping[str, tuple[TomlFile, list[dict[str, Any]]]]
    placeholders: Mapping[str, tuple[PlaceholderTable, Location]]

    def editions(self) -> tuple[Edition, ...]:
        """The editions of this market, in the order of its profile."""
        pairs = (resolve_language(tag, self.profile.territory) for tag in self.profile.languages)
        return tuple(Edition(self.key, language, locale) for language, locale in pairs)


def load_regions(sources: Sources, diagnostics: Diagnostics) -> dict[str, Region]:
    """Read every market's profile, sorted by name; slips are kept as errors and the market left out."""
    files: dict[str, TomlFile] = {}
    paths = sources.list(FOLDER, ".toml")
    if len(paths) > _COUNT_LIMIT:
        reason = f"{len(paths):,} regions, more than the limit of {_COUNT_LIMIT}"
        hint = "let markets that get the same text share a region"
        diagnostics.error("too-many", reason, Location(FOLDER), hint)
    for path in paths[:_COUNT_LIMIT]:
        name = path.removeprefix(f"{FOLDER}/").removesuffix(".toml")
        if not _NAME.fullmatch(name):
            hint = "name the file with small letters a to z, digits, - and _, and put it into content/regions itself"
            diagnostics.error("region-name", "a region cannot be called so", Location(path), hint)
            continue
        file = load_toml(sources, path, diagnostics)
        if file is not None:
            files[name] = file
    if not files and not diagnostics.errors:
        hint = "write content/regions/<name>.toml; docs/authors.md shows how"
        diagnostics.error("no-region", "the paper has no region", Location(FOLDER), hint)
    found = {key: _load_region(key, files, diagnostics) for key in sorted(files)}
    regions = {key: region for key, region in found.items() if region is not None}
    editions = sum(len(region.profile.languages) for region in regions.values())
    if editions > _EDITIONS_LIMIT:
        reason = f"{editions:,} editions, more than the limit of {_EDITIONS_LIMIT:,}"
        hint = "make two papers of it, for some of the markets each"
        diagnostics.error("too-many", reason, Location(FOLDER), hint)
    return regions


def _load_region(key: str, files: Mapping[str, TomlFile], diagnostics: Diagnostics) -> Region | None:
    lineage = _lineage(key, files, diagnostics)
    if lineage is None:
        return None
    merged: dict[str, Any] = {}
    placed: dict[str, TomlFile] = {}
    for ancestor in reversed(lineage):
        data = files[ancestor].data
        placeholders = {**merged.get("placeholders", {}), **_table(data.get("placeholders"))}
        merged |= {name: value for name, value in data.items() if name != "inherits"}
        merged["placeholders"] = placeholders
        placed |= dict.fromkeys(data, files[ancestor])
    own = files[key]
    profile = convert_toml(TomlFile(own.path, merged, own.lines), RegionFile, diagnostics)
    if profile is None or not _check(profile, own, placed.get("languages", own), diagnostics):
        return None
    # The market is kept all the same, for what else there is to say of it.
    _check_twice(profile, placed.get("languages", own), diagnostics)
    tables = {
        name: (placed[name], [dict(row) for row in rows])
        for name, rows in (profile.model_extra or {}).items()
        if isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
    }
    placeholders = {
        name: (table, _placeholder_at(name, lineage, files)) for name, table in profile.placeholders.items()
    }
    return Region(key, lineage, profile, own, tables, placeholders)


def _lineage(key: str, files: Mapping[str, TomlFile], diagnostics: Diagnostics) -> tuple[str, ...] | None:
    """The market and its ancestors, nearest first; None, with an error kept, for a circle or an unknown parent."""
    lineage = [key]
    while (parent := files[lineage[-1]].data.get("inherits")) is not None:
        at = files[lineage[-1]].at("inherits")
        if parent in lineage:
            circle = " → ".join([*lineage[lineage.index(parent) :], parent])
            hint = "a region inherits from another one, without a circle"
            diagnostics.error("inherit-circle", f"the region '{key}' inherits from itself: {circle}", at, hint)
            return None
        if not isinstance(parent, str):
            diagnostics.error("bad-value", "'inherits': write one region's name", at, "docs/authors.md shows how")
            return None
        if parent not in files:
            hint = suggest(parent, [name for name in files if name != key])
            diagnostics.error("unknown-region", f"there is no region '{parent}' to inherit from", at, hint)
            return None
        lineage.append(parent)
        if len(lineage) - 1 > _DEPTH_LIMIT:
            at = files[key].at("inherits")
            hint = f"let it inherit from one of the first {_DEPTH_LIMIT}"
            diagnostics.error("inherit-depth", f"the region '{key}' has more than {_DEPTH_LIMIT} ancestors", at, hint)
            return None
    return tuple(lineage)


def _check(profile: RegionFile, file: TomlFile, spoken: TomlFile, diagnostics: Diagnostics) -> bool:
    """Whether the profile of `file` can be used; `spoken` is the file that has its languages."""
    slips = Diagnostics()
    for name, value in (profile.model_extra or {}).items():
        if not (isinstance(value, list) and value and all(isinstance(row, dict) for row in value)):
            hint = suggest(name, RegionFile.model_fields)
            slips.error("unknown-key", f"'{name}' is not a key of this file", file.at(name), hint)
    count = len(profile.languages)
    if count > _LANGUAGES_LIMIT:
        reason = f"{count:,} languages, more than the limit of {_LANGUAGES_LIMIT}"
        hint = "make a second region that inherits from this one"
        slips.error("too-many", reason, file.at("languages"), hint)
    for tag in profile.languages[:_LANGUAGES_LIMIT]:
        try:
            resolve_language(tag, profile.territory)
        except UsageError as error:
            at = spoken.at("languages")
            slips.error("unknown-language", str(error), at, "use a BCP 47 tag such as zh-Hans")
    # An heir may repeat what is known of its parent, which is no finding more and a slip all the same.
    diagnostics.extend(slips)
    return not slips.errors


def _check_twice(profile: RegionFile, spoken: TomlFile, diagnostics: Diagnostics) -> None:
    """Keep an error for languages that come to one edition, which has one file."""
    known: dict[str, str] = {}
    at = spoken.at("languages")
    for tag in profile.languages:
        language, _ = resolve_language(tag, profile.territory)
        if language in known:
            where = "" if profile.territory == "001" else f" in {profile.territory}"
            both = f"'{known[language]}' and '{tag}' are" if known[language] != tag else f"two times '{tag}' is"
            reason = f"{both} the same edition{where}: {language}"
            hint = f"leave '{tag}' out, or write the language and country that it should be, such as pt-PT"
            diagnostics.error("same-language", reason, at, hint)
        known.setdefault(language, tag)


def _table(value: object) -> dict[str, Any]:
    return dict(value) if isinstance(value, dict) else {}


def _placeholder_at(name: str, lineage: Iterable[str], files: Mapping[str, TomlFile]) -> Location:
    for key in lineage:
        if name in _table(files[key].data.get("placeholders")):
            return files[key].at("placeholders", name)
    return Location("")


def resolve_regions(
    spec: str | Iterable[str], regions: Mapping[str, Region], at: Location, diagnostics: Diagnostics
) -> frozenset[str]:
    """The markets that a selector names: `cn`, `cn, eu`, `!cn`; a market is also meant by its ancestor's name."""
    items = [item.strip() for item in (spec.split(",") if isinstance(spec, str) else spec) if item.strip()]
    wanted = {item for item in items if not item.startswith("!")}
    refused = {item.removeprefix("!").strip() for item in items if item.startswith("!")}
    for name in sorted((wanted | refused) - set(regions)):
        diagnostics.error("unknown-region", f"there is no region '{name}'", at, suggest(name, regions))
    return frozenset(
        key
        for key, region in regions.items()
        if not refused & set(region.lineage) and (not wanted or wanted & set(region.lineage))
    )


def require_regions(names: Iterable[str], regions: Mapping[str, Region]) -> None:
    """Raise UsageError, with what may have been meant, for a name that is no region's."""
    for name in names:
        if name not in regions:
            raise UsageError(f"there is no region '{name}'; {suggest(name, regions)}")


def choose_editions(
    regions: Mapping[str, Region], wanted_regions: Iterable[str], wanted_languages: Iterable[str]
) -> tuple[Edition, ...]:
    """The editions of the matrix that a command line asks for; all of them where it asks for none.

    Raises UsageError, with what exists and what may have been meant, for a name or a pair outside the matrix.
    """
    names, tags = tuple(wanted_regions), tuple(wanted_languages)
    require_regions(names, regions)
    matrix = {key: region.editions() for key, region in regions.items()}
    chosen: list[Edition] = []
    for key in names or tuple(regions):
        if not tags:
            chosen += matrix[key]
        for tag in tags:
            if edition := _match(tag, regions[key], matrix):
                chosen.append(edition)
            elif names:
                raise UsageError(_no_such(tag, key, matrix))
    for tag in tags:
        if not names and not any(_match(tag, region, matrix) for region in regions.values()):
            raise UsageError(_no_such(tag, "", matrix))
    return tuple(dict.fromkeys(chosen))


def _match(tag: str, region: Region, matrix: Mapping[str, tuple[Edition, ...]]) -> Edition | None:
    try:
        language, _ = resolve_language(tag, region.profile.territory)
    except UsageError as error:
        raise UsageError(f"{error}; {_languages_like(tag, matrix)}") from None
    mine = matrix[region.key]
    # Else the only one that is the same but for a country that its tag names: `pt` is the only Portuguese there is.
    near = [edition for edition in mine if edition.country and edition.language == f"{language}-{edition.country}"]
    return next((edition for edition in mine if edition.language == language), near[0] if len(near) == 1 else None)


def _no_such(tag: str, region: str, matrix: Mapping[str, tuple[Edition, ...]]) -> str:
    where = f"{region}/{tag}" if region else f"in the language '{tag}'"
    return f"there is no edition {where}; {_languages_like(tag, matrix)}"


def _languages_like(tag: str, matrix: Mapping[str, tuple[Edition, ...]]) -> str:
    """What may have been meant, and what there is."""
    existing = ", ".join(str(edition) for editions in matrix.values() for edition in editions)
    known = {edition.language for editions in matrix.values() for edition in editions}
    known |= {language.split("-")[0] for language in known}
    near = difflib.get_close_matches(tag, sorted(known), n=1, cutoff=0.5 if len(tag) <= 3 else 0.6)
    meant = f"did you mean '{near[0]}'? " if near and near[0] != tag else ""
    return f"{meant}the matrix has {existing}"
