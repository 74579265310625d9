"""A catalog × the POT → the catalog brought up to date, and what became of each message."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from imprint.base.diagnostic import Diagnostics
from imprint.localize.assemble import assemble
from imprint.localize.catalog import Catalog, load_catalog
from imprint.localize.derive import Derived, Names, Provenance, derive, derive_joined
from imprint.localize.entry import Entry, Key
from imprint.localize.layout import revive
from imprint.localize.match import THRESHOLD, Finder, Text, assign
from imprint.localize.pot import Pot, PotEntry, former_pot
from imprint.localize.regroup import join_neighbours, split_neighbours
from imprint.localize.report import Change, MergeReport, Outcome
from imprint.localize.revise import new_entry, reference_files, revise_entry

# An obsolete entry's text was given up once: it must be much alike to be offered again, as must a memory's.
_OFFER_THRESHOLD = 75.0


@dataclass(frozen=True, slots=True)
class MergeResult:
    """The new bytes (those that were read, where nothing changed), the report, and the entries whose text is new."""

    data: bytes
    report: MergeReport
    composed: tuple[Entry, ...]


def merge_catalog(
    catalog: Catalog,
    pot: Pot,
    memory: Sequence[Entry] = (),
    *,
    source_language: str = "en",
    defined: frozenset[str] = frozenset(),
) -> MergeResult:
    """Bring `catalog`, which was read without errors, up to date with `pot`.

    Laws: a merge that changes nothing gives the same bytes; merge twice = merge once; each msgstr that was in the
    catalog is in the result (in use, fuzzy or obsolete), but for what the merge itself made and would make again;
    merging with other POTs, however many, and then again with the first gives the first bytes. Where a message left and
    came back on the way, the last law holds for the translations alone: that message was in use again beside what had
    been made of it in between, which stays (obsolete), and it has the place and references of that use; without a
    translation it was new then and may have got an offer.
    `defined` are the placeholders that the paper defines, used or not: what is still one of them was not renamed.
    `memory` are approved entries of other catalogs, offered as fuzzy where the catalog has nothing.
    """
    merge = _Merge(catalog, pot, source_language, defined)
    merge.fill()
    merge.match()
    merge.remember(memory)
    if not merge.made:
        return merge.result()
    return merge.result(_made_again(catalog, merge.result(merge.made).data, merge.made, source_language))


def _made_again(catalog: Catalog, data: bytes, made: Mapping[Key, Entry], source_language: str) -> set[Key]:
    """Which of the entries that a merge `made` come again by themselves when the catalog's own sources return.

    `data` is the merge's result without them. The others must be kept: an origin that is a little alike, or another
    message that is more so, would give another entry.
    """
    without = load_catalog(data, catalog.path, Diagnostics())
    assert without is not None
    back = _Merge(without, former_pot(catalog.entries), source_language)
    back.fill()
    back.match()
    return {key for key, entry in made.items() if back.gives(entry)}


class _Merge:
    """One merge: `slots` are the POT's messages in order, each with its entry once it has one."""

    def __init__(
        self, catalog: Catalog, pot: Pot, source_language: str, defined: frozenset[str] = frozenset()
    ) -> None:
        self._catalog, self._pot = catalog, pot
        self._language = source_language
        former = former_pot(e for e in catalog.entries if "{" in e.msgid).placeholders
        self._names = Names(pot.placeholders | defined, former)
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
        self._news: dict[Key, Change] = {}
        # The entries that leave and are nothing but what a merge made.
        self.made: dict[Key, Entry] = {}
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
        provenance = Provenance(self._catalog, self._leaving, self._restored, self._language, self._names)
        self._dropped = provenance.redundant()
        sources = self._sources(provenance) if new else []
        texts = [self._text_of(self._pot.entries[place], place) for place in new]
        pairs = assign(texts, [text for _, text in sources], self._neighbours(new, sources))
        parts: dict[int, list[Entry]] = {new[n]: [sources[o][0]] for n, o in pairs.items()}
        matched = {id(entry) for entries in parts.values() for entry in entries}
        free = [entry for entry, _ in sources if id(entry) not in matched]
        join_neighbours(parts, self._pot.entries, self._catalog.parts, free)
        split_neighbours(parts, self._pot.entries, {place for place in new if place not in parts})
        taken = {entry.key for entries in parts.values() for entry in entries}
        self.made = {
            e.key: e
            for e in self._leaving
            if e.key not in taken and e.key not in self._dropped and provenance.is_made(e)
        }
        for place in new:
            self._slots[place] = self._entry_from(place, parts.get(place, []))

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
            if any(origin.key in self._restored or origin.key in self._dropped for origin in origins):
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
            files = reference_files(entry.references)
            found.append((entry, Text(entry.msgid, entry.context, files, place_, aliases.get(entry.key), least)))
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

    def _entry_from(self, place: int, sources: list[Entry]) -> Entry:
        """The new message's entry, from the old ones that it came from."""
        message = self._pot.entries[place]
        if not sources:
            self._note(Outcome.NEW, message, None, "")
            return new_entry(message, Derived((), (), ""), self._catalog)
        if len(sources) > 1:
            derived = derive_joined(sources)
        else:
            derived = derive(sources[0], message, self._catalog.nplurals, self._language, self._names)
        for source in sources:
            self._heirs.setdefault(source.key, place)
        outcome = Outcome.NEW if not derived.msgstrs else Outcome.FUZZY if derived.fuzzy else Outcome.CARRIED
        self._note(outcome, message, " ".join(source.msgid for source in sources), derived.reason)
        entry = new_entry(message, derived, self._catalog, sources[0] if len(sources) == 1 else None)
        return replace(entry, line=sources[0].line)

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
            if changed := self._news.pop(message.key, None):
                self._changes.remove(changed)
            self._note(Outcome.FUZZY, message, found.msgid, derived.reason)
            self._slots[place] = replace(
                new_entry(message, derived, self._catalog, comments=entry), line=entry.line, gap=entry.gap
            )

    def _note(self, outcome: Outcome, message: PotEntry, old: str | None, reason: str) -> None:
        change = Change(outcome, message.msgid, message.context, old, reason)
        self._changes.append(change)
        if outcome is Outcome.NEW:
            self._news[message.key] = change

    def gives(self, entry: Entry) -> bool:
        """Whether the merge's result has this entry in use, as it is."""
        found = next((slot for slot in self._slots if slot is not None and slot.key == entry.key), None)
        return found is not None and _told(found) == _told(entry)

    def result(self, made: Collection[Key] = ()) -> MergeResult:
        """Put the parts together again, without those of key `made`; the bytes that were read, where none changed."""
        dropped = self._dropped.union(made)
        changes = list(self._changes)
        for entry in self._leaving:
            if entry.key not in dropped and (any(entry.msgstrs) or entry.comments):
                reason = "its text is not in the source any more"
                changes.append(Change(Outcome.OBSOLETE, entry.msgid, entry.context, None, reason))
        gone = dropped | self._restored.keys()
        slots = tuple(entry for entry in self._slots if entry is not None)
        assembled = assemble(self._catalog, slots, self._heirs, gone)
        language, converted = self._catalog.language, assembled.converted
        report = MergeReport(self._catalog.path, language, self._kept, tuple(changes), converted)
        return MergeResult(assembled.data, report, assembled.composed)


def _told(entry: Entry) -> tuple[object, ...]:
    return (entry.msgstrs, entry.fuzzy, entry.previous, entry.comments)
