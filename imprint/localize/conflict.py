"""The bytes of a .po file → its Catalog, where git's conflict markers part it one in which both sides are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from imprint.base.diagnostic import Diagnostics, Location
from imprint.localize.catalog import Catalog, load_catalog
from imprint.localize.entry import Key
from imprint.localize.syntax import CONFLICT
from imprint.localize.unite import unite

# The part of a conflict → the markers that may come in it, by their first letter. `|` begins the base of diff3.
_MAY_COME = {"": "<", "<": "|=", "|": "=", "=": ">"}
# How often a message may be in a side: in use and obsolete, each of them moved by both branches.
_TIMES = 4
_MARKS = (b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>")


@dataclass(frozen=True, slots=True)
class Opened:
    """A catalog as read, and in words what was done to a conflict in it; nothing where there was none."""

    catalog: Catalog
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a conflict: its bytes, the same with each line where the file has it, and the lines it has alone."""

    data: bytes
    in_place: bytes
    own: frozenset[int]


def open_catalog(data: bytes, path: str, diagnostics: Diagnostics, *, language: str = "") -> Opened | None:
    """Read a catalog as `load_catalog` does; of one with conflict markers, both sides put together.

    The first side is the file with the first half of each conflict, the second side that with the second halves; the
    base that diff3 shows is left out. No text of either is lost (`unite`). Where that cannot be, or a side has a fault
    of its own, or a marker is missing, each is an error at its line in `data`, and there is no catalog.
    """
    if not any(mark in data for mark in _MARKS) or not any(_marks(data)):
        catalog = load_catalog(data, path, diagnostics, language=language)
        return Opened(catalog) if catalog else None
    halves = _split(data, path, diagnostics)
    sides = [_read(side, path, diagnostics, language) for side in halves]
    first, second = sides if len(sides) == 2 else (None, None)
    if first is None or second is None:
        return None
    united = unite(first, second, diagnostics)
    if united is None:
        return None
    from imprint.localize.readback import read_back

    before = len(diagnostics.errors)
    read_back(united.composed, (*first.parts, *second.parts), path, diagnostics)
    catalog = load_catalog(united.data, path, diagnostics, language=language)
    return Opened(catalog, united.note) if catalog and len(diagnostics.errors) == before else None


def _marks(data: bytes) -> Iterator[str]:
    """For each line the first letter of the conflict marker that it is; of another line nothing."""
    for line in data.split(b"\n"):
        # Every charset of a catalog has ASCII's letters in ASCII's places.
        yield line[:1].decode() if line[:7] in _MARKS and CONFLICT.match(line.decode("latin-1")) else ""


def _split(data: bytes, path: str, diagnostics: Diagnostics) -> tuple[_Side, ...]:
    """The two sides; none where the markers are not whole."""
    lines = data.split(b"\n")
    # Of each line the part of a conflict that it is in: none, "<", "|" or "="; a marker is in no side.
    parts: list[str | None] = []
    part, begun = "", 0
    for number, mark in enumerate(_marks(data), 1):
        if mark and mark not in _MAY_COME[part]:
            _incomplete(Location(path, number), diagnostics)
            return ()
        parts.append(None if mark else part)
        if mark:
            part, begun = mark if mark != ">" else "", number
    if part:
        _incomplete(Location(path, begun), diagnostics)
        return ()
    return tuple(_side(lines, parts, half) for half in ("<", "="))


def _incomplete(at: Location, diagnostics: Diagnostics) -> None:
    hint = f"put the missing one back ('git checkout --merge {at.file}' makes the conflict anew, without later edits)"
    diagnostics.error("po-conflict", "git conflict marker without the others that belong to it", at, hint)


def _side(lines: Sequence[bytes], parts: Sequence[str | None], half: str) -> _Side:
    inside = [part in ("", half) for part in parts]
    return _Side(
        b"\n".join(line for line, there in zip(lines, inside, strict=True) if there),
        b"\n".join(line if there else b"" for line, there in zip(lines, inside, strict=True)),
        frozenset(number for number, part in enumerate(parts, 1) if part == half),
    )


def _read(side: _Side, path: str, diagnostics: Diagnostics, language: str) -> Catalog | None:
    """The side's catalog, its entries with their lines in the file; None where it has an error.

    An entry's `msgstr_line` is the first line of its translation that the other side has not. A message that is there
    twice, because git put two moves of it side by side, is no error here: `unite` makes one of the two.
    """
    found = Diagnostics()
    in_place = load_catalog(side.in_place, path, found, language=language)
    catalog = load_catalog(side.data, path, Diagnostics(), language=language)
    times = Counter(entry.key for entry in in_place.parts) if in_place else Counter[Key]()
    moved = times[None, ""] <= 1 and max(times.values(), default=0) <= _TIMES
    errors = [error for error in found.errors if error.rule != "po-duplicate" or not moved]
    diagnostics.extend(errors)
    if in_place is None or catalog is None or errors:
        return None
    parts, number = [], 1
    for entry, there in zip(catalog.parts, in_place.parts, strict=True):
        number += there.gap.count("\n")
        end = number + there.raw.count("\n")
        line = next((n for n in range(there.msgstr_line, end + 1) if n in side.own), there.msgstr_line)
        parts.append(replace(entry, line=there.line, msgstr_line=line))
        number = end
    header = next((entry for entry in parts if entry.key == (None, "") and not entry.obsolete), None)
    used = tuple(entry for entry in parts if not entry.obsolete and entry is not header)
    obsolete = tuple(entry for entry in parts if entry.obsolete)
    return replace(catalog, parts=tuple(parts), header_entry=header, entries=used, obsolete=obsolete)
