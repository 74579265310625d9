"""A merge's entries → the catalog's bytes: each entry in its place, and no byte touched that need not be."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from imprint.localize.catalog import Catalog, rebuild
from imprint.localize.compose import escape
from imprint.localize.encoding import Decoded
from imprint.localize.entry import Entry, Key
from imprint.localize.layout import bury


def assemble(
    catalog: Catalog, slots: Sequence[Entry], heirs: Mapping[Key, int], gone: Collection[Key]
) -> tuple[bytes, bool]:
    """The bytes of the catalog with `slots` in use, and whether they had to be converted to UTF-8.

    Every entry of the catalog that is not among the slots is or becomes obsolete, but for those whose key is in `gone`
    and those without a text or comment. `heirs` says which slot stands where an old key stood. The bytes that were read
    come back where nothing changed.
    """
    parts = list(_parts(catalog, slots, heirs, gone))
    was = catalog.parts
    if len(parts) == len(was) and all(a is b for a, b in zip(parts, was, strict=True)):
        return rebuild(catalog, was), False
    parts = _spaced(catalog, _distinct(parts, catalog.decoded.newline))
    try:
        return rebuild(catalog, tuple(parts)), False
    except UnicodeEncodeError:
        return _convert(catalog, parts), True


def _parts(
    catalog: Catalog, slots: Sequence[Entry], heirs: Mapping[Key, int], gone: Collection[Key]
) -> Iterator[Entry]:
    """Header, the POT's messages in its order, and the obsolete ones: each where it was, new ones at the end."""
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
    for stray in anchored.values():
        yield from stray
    yield from final
    for entry in catalog.entries:
        if entry.key not in used and entry.key not in gone and (any(entry.msgstrs) or entry.comments):
            yield bury(entry)


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
        part
        if (part is first if place == 0 else "\n" in part.gap)
        else replace(part, gap=newline * 2 if place else "")
        for place, part in enumerate(parts)
    ]


def _distinct(parts: list[Entry], newline: str) -> list[Entry]:
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
    lines = part.raw.split("\n")
    lines = [line for line in lines if not re.match(r"#~\s*msgctxt", line)] if part.context is not None else lines
    at = next(n for n, line in enumerate(lines) if re.match(r"#~\s*msgid", line))
    lines.insert(at, f'#~ msgctxt "{escape(context)}"' + ("\r" if newline == "\r\n" else ""))
    return replace(part, context=context, raw="\n".join(lines))


def _convert(catalog: Catalog, parts: list[Entry]) -> bytes:
    """The bytes in UTF-8, where the catalog's own charset lacks a character of the new messages."""
    header = catalog.header_entry
    assert header is not None
    told = replace(header, raw=re.sub(r"(?i)(charset=)[^\s\\\";]*", r"\1UTF-8", header.raw, count=1))
    decoded = Decoded(catalog.decoded.text, "utf-8", False, catalog.decoded.newline)
    whole = tuple(told if part is header else part for part in parts)
    return rebuild(replace(catalog, decoded=decoded), whole)

