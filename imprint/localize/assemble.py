"""A merge's entries → the catalog's bytes: each entry in its place, and no byte touched that need not be."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from imprint.localize.catalog import Catalog, rebuild
from imprint.localize.compose import compose_previous, compose_source, compose_target
from imprint.localize.encoding import Decoded
from imprint.localize.entry import Entry, Key
from imprint.localize.layout import bury


@dataclass(frozen=True, slots=True)
class Assembled:
    """A catalog's new bytes, the entries in them whose text is not the file's, and whether it had to become UTF-8."""

    data: bytes
    composed: tuple[Entry, ...] = ()
    converted: bool = False


def assemble(catalog: Catalog, slots: Sequence[Entry], heirs: Mapping[Key, int], gone: Collection[Key]) -> Assembled:
    """The catalog with `slots` in use.

    Every entry of the catalog that is not among the slots is or becomes obsolete, but for those whose key is in `gone`
    and those without a text or comment. `heirs` says which slot stands where an old key stood. The bytes that were read
    come back where nothing changed.
    """
    parts = list(_parts(catalog, slots, heirs, gone))
    was = catalog.parts
    if len(parts) == len(was) and all(a is b for a, b in zip(parts, was, strict=True)):
        return Assembled(rebuild(catalog, was))
    return arrange(catalog, parts)


def arrange(catalog: Catalog, parts: Sequence[Entry]) -> Assembled:
    """The catalog with `parts`, header and obsolete ones included, for its entries.

    Of two obsolete entries of one key the last keeps it, and an entry in use before both; the other gets a context of
    its own, or goes where it says the same. An entry that has come to follow another has a blank line before it.
    """
    whole = tuple(_spaced(catalog, _distinct(parts, catalog.decoded.newline)))
    try:
        return Assembled(rebuild(catalog, whole), _composed(catalog, whole))
    except UnicodeEncodeError:
        return _converted(catalog, whole)


def _composed(catalog: Catalog, parts: tuple[Entry, ...]) -> tuple[Entry, ...]:
    known = {(part.raw, part.key, part.msgstrs) for part in catalog.parts}
    return tuple(part for part in parts if (part.raw, part.key, part.msgstrs) not in known)


def _parts(
    catalog: Catalog, slots: Sequence[Entry], heirs: Mapping[Key, int], gone: Collection[Key]
) -> Iterator[Entry]:
    """Header, the POT's messages in its order, and the obsolete ones: each where it was, new ones in the last block."""
    if catalog.header_entry:
        yield catalog.header_entry
    anchored, final = _anchored(catalog, gone)
    inherited: dict[int, list[Key]] = {}
    for key, place in heirs.items():
        inherited.setdefault(place, []).append(key)
    used: set[Key] = set()
    for place, entry in enumerate(slots):
        yield entry
        used.add(entry.key)
        for key in (entry.key, *inherited.get(place, ())):
            yield from anchored.pop(key, ())
    stray = [entry for entries in anchored.values() for entry in entries]
    left = [entry for entry in catalog.entries if entry.key not in used and entry.key not in gone]
    yield from put_among([*stray, *final], [bury(entry) for entry in left if any(entry.msgstrs) or entry.comments])


def put_among(last: Sequence[Entry], late: Sequence[Entry]) -> list[Entry]:
    """The obsolete entries at a catalog's end with those that are new there.

    By msgid where they are in that order: what two branches put in between others merges like text. Else behind them.
    """
    if all(a.msgid <= b.msgid for a, b in pairwise(last)):
        return sorted([*last, *late], key=lambda entry: entry.msgid)
    return [*last, *late]


def _anchored(catalog: Catalog, gone: Collection[Key]) -> tuple[dict[Key, list[Entry]], list[Entry]]:
    """The obsolete entries that stay: by the entry in use that they follow, and those behind the last one."""
    anchored: dict[Key, list[Entry]] = {}
    run: list[Entry] = []
    last: Key | None = None
    for entry in catalog.parts:
        if not entry.obsolete:
            if run and last is not None:
                anchored.setdefault(last, []).extend(run)
                run = []
            last = entry.key
        elif entry.key not in gone:
            run.append(entry)
    return anchored, run


def _spaced(catalog: Catalog, parts: list[Entry]) -> list[Entry]:
    """A blank line before each entry that has come to follow another without one."""
    newline = catalog.decoded.newline
    first = catalog.parts[0] if catalog.parts else None
    return [
        part if (part is first if place == 0 else "\n" in part.gap) else replace(part, gap=newline * 2 if place else "")
        for place, part in enumerate(parts)
    ]


def _distinct(parts: Sequence[Entry], newline: str) -> list[Entry]:
    """No two entries of one key, which msgfmt refuses: the obsolete one of the two gets a context of its own."""
    active = {part.key: part for part in parts if not part.obsolete}
    seen: set[Key] = set(active)
    result: list[Entry] = []
    for part in reversed(parts):
        if part.obsolete and part.key in seen:
            twin = active.get(part.key) or next(p for p in result if p.key == part.key)
            if part.msgstrs == twin.msgstrs or not any(part.msgstrs):
                continue
            part = _renamed(part, seen, newline)
        seen.add(part.key)
        result.append(part)
    return result[::-1]


def _renamed(part: Entry, seen: set[Key], newline: str) -> Entry:
    number = 1
    while ((context := f"{part.context or ''} (superseded {number})".strip()), part.msgid) in seen:
        number += 1
    lines = [
        *part.marks,
        *(compose_previous(part.previous, "#~| ") if part.previous else ()),
        *compose_source(context, part.msgid, part.plural, "#~ "),
        *compose_target(part.msgstrs, part.plural is not None, "#~ "),
    ]
    return replace(part, context=context, raw=newline.join(lines))


def _converted(catalog: Catalog, parts: tuple[Entry, ...]) -> Assembled:
    """The catalog in UTF-8, where its own charset lacks a character of the new messages."""
    header = catalog.header_entry
    assert header is not None
    raw, text = (re.sub(r"(?i)(charset=)[^\s\\\";]*", r"\1UTF-8", was, count=1) for was in (header.raw, header.msgstr))
    decoded = Decoded(catalog.decoded.text, "utf-8", False, catalog.decoded.newline)
    whole = tuple(
        replace(part, raw=raw, msgstrs=(text, *header.msgstrs[1:])) if part.raw == header.raw else part
        for part in parts
    )
    return Assembled(rebuild(replace(catalog, decoded=decoded), whole), _composed(catalog, whole), True)
