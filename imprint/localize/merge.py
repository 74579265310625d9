"""A catalog × the POT → the catalog brought up to date, and what became of each message."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from imprint.localize.catalog import Catalog, rebuild
from imprint.localize.derive import Derived, Provenance, derive, derive_joined
from imprint.localize.encoding import Decoded
from imprint.localize.entry import Entry, Key
from imprint.localize.layout import bury, revive
from imprint.localize.match import THRESHOLD, Finder, Text, assign, similarity
from imprint.localize.pot import Pot, PotEntry
from imprint.localize.revise import new_entry, reference_files, revise_entry

# A paragraph that was split or joined must be nearly the same text as its parts together.
_WHOLE = 80.0
_BETTER = 5.0
_PARTS = 4
# An obsolete entry's text was given up once: it must be much alike to be offered again, as must a memory's.
_OFFER_THRESHOLD = 75.0


class Outcome(StrEnum):
    """What became of a message."""

    CARRIED = "carried"
    FUZZY = "fuzzy"
    NEW = "new"
    OBSOLETE = "obsolete"
    RESTORED = "restored"
    REVISED = "revised"


@dataclass(frozen=True, slots=True)
class Change:
    """One message that is not as it was: `old` is the source that it came from, `reason` says why."""

    outcome: Outcome
    msgid: str
    context: str | None = None
    old: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What an update did to one catalog. `kept` counts the messages that stayed as they were."""

    path: str
    language: str
    kept: int
    changes: tuple[Change, ...] = ()
    converted: bool = False

    def of(self, outcome: Outcome) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.outcome is outcome)

    def counts(self) -> dict[str, int]:
        """How many messages had each outcome, `kept` first."""
        return {"kept": self.kept, **{outcome.value: len(self.of(outcome)) for outcome in Outcome}}


@dataclass(frozen=True, slots=True)
class MergeResult:
    """The new bytes (those that were read, where nothing changed) and the report."""

    data: bytes
    report: MergeReport


def merge_catalog(
    catalog: Catalog, pot: Pot, memory: Sequence[Entry] = (), *, source_language: str = "en"
) -> MergeResult:
    """Bring `catalog`, which was read without errors, up to date with `pot`.

    Laws: a merge that changes nothing gives the same bytes; merge twice = merge once; each msgstr that was in the
    catalog is in the result (in use, fuzzy or obsolete), but for what the merge itself made and would make again;
    merging with another POT and then again with the first gives the first bytes. `memory` are approved entries of
    other catalogs, offered as fuzzy where the catalog has nothing.
    """
    merge = _Merge(catalog, pot, source_language)
    merge.fill()
    merge.match()
    merge.remember(memory)
    return merge.result()


class _Merge:
    """One merge: `slots` are the POT's messages in order, each with its entry once it has one."""

    def __init__(self, catalog: Catalog, pot: Pot, source_language: str) -> None:
        self._catalog, self._pot = catalog, pot
        self._language = source_language
        self._newline = catalog.decoded.newline
        self._active = {e.key: e for e in reversed(catalog.entries)}
        self._obsolete = {e.key: e for e in reversed(catalog.obsolete)}
        self._leaving = [e for e in catalog.entries if e.key not in pot.keys]
        self._slots: list[Entry | None] = [None] * len(pot.entries)
        self._restored: dict[Key, Entry] = {}
        self._dropped: set[Key] = set()
        # Old key → the new message that stands in its place.
        self._heirs: dict[Key, int] = {}
        self._changes: list[Change] = []
        self._kept = 0

    def fill(self) -> None:
        """Give each message of the POT that the catalog knows, in use or obsolete, its entry."""
        for place, message in enumerate(self._pot.entries):
            entry = self._active.get(message.key)
            if entry is None:
                old = self._obsolete.get(message.key)
                if old is None:
                    continue
                self._restored[old.key] = old
                self._note(Outcome.RESTORED, message, None, "its text is in the source again")
                self._slots[place] = revise_entry(revive(old), message, self._catalog)
                continue
            revised = revise_entry(entry, message, self._catalog)
            self._slots[place] = revised
            if revised is entry:
                self._kept += 1
            else:
                self._note(Outcome.REVISED, message, None, "its comments, references or flags changed")

    def match(self) -> None:
        """Find for each new message the old one it came from."""
        new = [place for place, entry in enumerate(self._slots) if entry is None]
        provenance = Provenance(self._catalog, self._leaving, self._restored, self._language, self._pot.placeholders)
        self._dropped = provenance.redundant()
        sources = self._sources(provenance) if new else []
        texts = [self._text_of(self._pot.entries[place], place) for place in new]
        pairs = assign(texts, [text for _, text in sources], self._neighbours(new, sources))
        parts: dict[int, list[Entry]] = {new[n]: [sources[o][0]] for n, o in pairs.items()}
        free = [entry for entry, _ in sources if all(entry is not used for used, in parts.values())]
        self._join(parts, free)
        self._split(parts, new)
        taken = {entry.key for entries in parts.values() for entry in entries}
        # What a merge made fuzzy goes where its origin goes; where that goes nowhere, it is kept as it is.
        self._dropped |= {
            entry.key for entry in self._leaving if any(origin.key in taken for origin in provenance.origin(entry))
        }
        for place in new:
            self._slots[place] = self._made(place, parts.get(place, []))

    def _sources(self, provenance: Provenance) -> list[tuple[Entry, Text]]:
        """The old entries that a new message may come from: those that leave, and obsolete ones that nothing uses."""
        found: list[tuple[Entry, Text]] = []
        total = max(len(self._catalog.parts), 1)
        aliases: dict[Key, str] = {}
        leaving: list[tuple[Entry, float]] = []
        for place, entry in enumerate(self._catalog.parts):
            if entry.obsolete or entry.key in self._pot.keys or entry is self._catalog.header_entry:
                continue
            origins = provenance.origin(entry)
            if any(origin.key in self._restored for origin in origins):
                continue
            if origins:
                aliases.update((origin.key, entry.msgid) for origin in origins if len(origins) == 1)
                leaving += [(origin, place / total) for origin in origins]
                continue
            if not (any(entry.msgstrs) or entry.comments):
                continue
            leaving.append((entry, place / total))
        busy = self._in_use(provenance)
        idle = [(e, 1.0) for e in self._catalog.obsolete if any(e.msgstrs) and e.key not in self._restored]
        seen: set[Key] = set()
        unused = ((e, p) for e, p in idle if e.key not in busy and e.key not in self._dropped)
        offers = [*((e, p, THRESHOLD) for e, p in leaving), *((e, p, _OFFER_THRESHOLD) for e, p in unused)]
        for entry, place_, least in offers:
            if entry.key in seen or (entry.key in self._dropped and not entry.obsolete):
                continue
            seen.add(entry.key)
            text = Text(entry.msgid, entry.context, reference_files(entry.references), place_, aliases.get(entry.key), least)
            found.append((entry, text))
        return found

    def _in_use(self, provenance: Provenance) -> set[Key]:
        """The obsolete entries whose translation another message of the POT already has."""
        used: set[Key] = set()
        for entry in self._slots:
            if entry is not None and any(entry.msgstrs):
                used |= {origin.key for parents in provenance.parents(entry) for origin in parents}
        return used

    def _text_of(self, message: PotEntry, place: int) -> Text:
        files = reference_files(message.references)
        return Text(message.msgid, message.context, files, place / max(len(self._slots), 1))

    def _neighbours(self, new: list[int], sources: list[tuple[Entry, Text]]) -> dict[int, list[int]]:
        """For each new message the old ones that followed the same message as it does."""
        position = {id(entry): number for number, (entry, _) in enumerate(sources)}
        after: dict[Key, list[int]] = {}
        last: Key = (None, "")
        for entry in self._catalog.parts:
            if entry.obsolete:
                continue
            if entry.key in self._pot.keys:
                last = entry.key
            elif id(entry) in position:
                after.setdefault(last, []).append(position[id(entry)])
        near: dict[int, list[int]] = {}
        last, run = (None, ""), 0
        places = {place: number for number, place in enumerate(new)}
        for place, message in enumerate(self._pot.entries):
            if place not in places:
                last, run = message.key, 0
                continue
            # The n-th new message after the same one, and its neighbours: a window, not all with all.
            near[places[place]] = after.get(last, [])[max(0, run - 1) : run + 2]
            run += 1
        return near

    def _join(self, parts: dict[int, list[Entry]], free: list[Entry]) -> None:
        """Where a new message is several old neighbours put together, give it them all."""
        order = {id(entry): place for place, entry in enumerate(self._catalog.parts)}
        unused = {order[id(entry)]: entry for entry in free if id(entry) in order}
        for place, entries in parts.items():
            if id(entries[0]) not in order or entries[0].plural is not None:
                continue
            msgid = self._pot.entries[place].msgid
            best = similarity(entries[0].msgid, msgid, 0.0)
            while len(entries) < _PARTS:
                first, last = order[id(entries[0])], order[id(entries[-1])]
                trials = [[unused[first - 1], *entries]] if first - 1 in unused else []
                trials += [[*entries, unused[last + 1]]] if last + 1 in unused else []
                scored = [(similarity(" ".join(e.msgid for e in trial), msgid, 0.0), trial) for trial in trials]
                score, trial = max(scored, key=lambda pair: pair[0], default=(0.0, entries))
                if score < best + _BETTER:
                    break
                best, entries = score, trial
            if len(entries) > 1 and best >= _WHOLE:
                parts[place] = entries
                for entry in entries:
                    unused.pop(order[id(entry)], None)

    def _split(self, parts: dict[int, list[Entry]], new: list[int]) -> None:
        """Where an old message is several new neighbours put together, give it to them all."""
        waiting = {place for place in new if place not in parts}
        for place, entries in list(parts.items()):
            if len(entries) > 1 or entries[0].plural is not None:
                continue
            run, best = [place], similarity(entries[0].msgid, self._pot.entries[place].msgid, 0.0)
            while len(run) < _PARTS:
                trials = [[run[0] - 1, *run]] if run[0] - 1 in waiting else []
                trials += [[*run, run[-1] + 1]] if run[-1] + 1 in waiting else []
                scored = [
                    (similarity(" ".join(self._pot.entries[p].msgid for p in trial), entries[0].msgid, 0.0), trial)
                    for trial in trials
                ]
                score, trial_ = max(scored, key=lambda pair: pair[0], default=(0.0, run))
                if score < best + _BETTER:
                    break
                best, run = score, trial_
            if len(run) > 1 and best >= _WHOLE:
                parts.update({part: entries for part in run})
                waiting.difference_update(run)

    def _made(self, place: int, sources: list[Entry]) -> Entry:
        """The new message's entry, from the old ones that it came from."""
        message = self._pot.entries[place]
        if not sources:
            self._note(Outcome.NEW, message, None, "")
            return new_entry(message, Derived((), (), ""), self._catalog)
        if len(sources) > 1:
            derived = derive_joined(sources)
        else:
            derived = derive(sources[0], message, self._catalog.nplurals, self._language, self._pot.placeholders)
        for source in sources:
            self._heirs.setdefault(source.key, place)
        outcome = Outcome.NEW if not derived.msgstrs else Outcome.FUZZY if derived.previous else Outcome.CARRIED
        self._note(outcome, message, " ".join(source.msgid for source in sources), derived.reason)
        return new_entry(message, derived, self._catalog, sources[0] if len(sources) == 1 else None)

    def remember(self, memory: Sequence[Entry]) -> None:
        """Offer the memory's texts, as fuzzy, to what has no translation."""
        known = [e for e in memory if e.translated and not e.fuzzy and not e.obsolete and e.plural is None and e.msgid]
        if not known:
            return
        exact: dict[str, Entry] = {e.msgid: e for e in reversed(known)}
        finder = Finder([Text(e.msgid, e.context, least=_OFFER_THRESHOLD) for e in known])
        for place, entry in enumerate(self._slots):
            if entry is None or any(entry.msgstrs) or entry.plural is not None:
                continue
            message = self._pot.entries[place]
            found = exact.get(message.msgid)
            if found is None:
                ranked = finder.ranked(Text(message.msgid, message.context))
                best = max(ranked, key=lambda pair: (pair[0], -pair[1]), default=None)
                if best is None:
                    continue
                found = known[best[1]]
            derived = Derived(found.msgstrs, (), "from the memory", Derived.source(found))
            self._changes = [c for c in self._changes if (c.context, c.msgid) != message.key or c.outcome != Outcome.NEW]
            self._note(Outcome.FUZZY, message, found.msgid, derived.reason)
            self._slots[place] = replace(new_entry(message, derived, self._catalog, comments=entry), gap=entry.gap)

    def _note(self, outcome: Outcome, message: PotEntry, old: str | None, reason: str) -> None:
        self._changes.append(Change(outcome, message.msgid, message.context, old, reason))

    def result(self) -> MergeResult:
        """Put the parts together again; the bytes that were read, where none changed."""
        parts = list(self._parts())
        was = self._catalog.parts
        report = MergeReport(self._catalog.path, self._catalog.language, self._kept, tuple(self._changes))
        if len(parts) == len(was) and all(a is b for a, b in zip(parts, was, strict=True)):
            return MergeResult(rebuild(self._catalog, was), report)
        parts = self._spaced(_distinct(parts, self._newline))
        try:
            return MergeResult(rebuild(self._catalog, tuple(parts)), report)
        except UnicodeEncodeError:
            return MergeResult(_convert(self._catalog, parts), replace(report, converted=True))

    def _parts(self) -> Iterator[Entry]:
        """Header, the POT's messages in its order, and the obsolete ones: each where it was, new ones at the end."""
        if self._catalog.header_entry:
            yield self._catalog.header_entry
        anchored, final = self._anchored()
        heirs: dict[int, list[Key]] = {}
        for key, place in self._heirs.items():
            heirs.setdefault(place, []).append(key)
        for place, entry in enumerate(self._slots):
            assert entry is not None
            yield entry
            for key in (entry.key, *heirs.get(place, ())):
                yield from anchored.pop(key, ())
        for stray in anchored.values():
            yield from stray
        yield from final
        for entry in self._leaving:
            if entry.key in self._dropped or not (any(entry.msgstrs) or entry.comments):
                continue
            self._changes.append(
                Change(Outcome.OBSOLETE, entry.msgid, entry.context, None, "its text is not in the source any more")
            )
            yield bury(entry)

    def _anchored(self) -> tuple[dict[Key, list[Entry]], list[Entry]]:
        """The obsolete entries that stay: by the entry in use that they follow, and those behind the last one."""
        anchored: dict[Key, list[Entry]] = {}
        run: list[Entry] = []
        last: Key | None = None
        for entry in self._catalog.parts:
            if not entry.obsolete:
                if run and last is not None:
                    anchored.setdefault(last, []).extend(run)
                    run = []
                last = entry.key
            elif not (entry.key in self._dropped or self._restored.get(entry.key) is entry):
                run.append(entry)
        return anchored, run

    def _spaced(self, parts: list[Entry]) -> list[Entry]:
        """A blank line before each entry that has come to follow another without one."""
        first = self._catalog.parts[0] if self._catalog.parts else None
        return [
            part if (part is first if place == 0 else "\n" in part.gap)
            else replace(part, gap=self._newline * 2 if place else "")
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
    while (context := f"{part.context or ''} (superseded {number})".strip(), part.msgid) in seen:
        number += 1
    lines = part.raw.split("\n")
    lines = [line for line in lines if not re.match(r"#~\s*msgctxt", line)] if part.context is not None else lines
    at = next(n for n, line in enumerate(lines) if re.match(r"#~\s*msgid", line))
    lines.insert(at, f'#~ msgctxt "{context[0]}"' + ("\r" if newline == "\r\n" else ""))
    return replace(part, context=context[0], raw="\n".join(lines))


def _convert(catalog: Catalog, parts: list[Entry]) -> bytes:
    """The bytes in UTF-8, where the catalog's own charset lacks a character of the new messages."""
    header = catalog.header_entry
    assert header is not None
    told = replace(header, raw=re.sub(r"(?i)(charset=)[^\s\\\";]*", r"\1UTF-8", header.raw, count=1))
    decoded = Decoded(catalog.decoded.text, "utf-8", False, catalog.decoded.newline)
    whole = tuple(told if part is header else part for part in parts)
    return rebuild(replace(catalog, decoded=decoded), whole)


def count_outcomes(reports: Mapping[str, MergeReport]) -> dict[str, dict[str, int]]:
    """The counts of several catalogs, by path."""
    return {path: report.counts() for path, report in reports.items()}
