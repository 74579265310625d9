"""What a merge makes of an old entry for a changed message, and whether an entry is nothing but what a merge made."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from imprint.localize.catalog import Catalog
from imprint.localize.check.silence import silenced_rules
from imprint.localize.edit import classify_edit
from imprint.localize.entry import Entry, Key, Previous
from imprint.localize.pot import PotEntry

# A message is put together of at most so many old ones, and tried as so many rows of them.
_JOINED = 4
_WAYS = 16


@dataclass(frozen=True, slots=True)
class Names:
    """The placeholders by which a renamed one is told from another: those of the new sources, and of those before."""

    declared: frozenset[str]
    former: frozenset[str] = frozenset()

    def then(self, old: str, new: str) -> Names | None:
        """The names at the time when the message `old` became `new`, if their placeholders may have been renamed then.

        Where both are in the sources now, they are two values; else one of them is the other's former name.
        """
        before, after = (frozenset(re.findall(r"\{(\w+)\}", text)) for text in (old, new))
        lost, given = before - after, after - before
        if not lost or (lost & self.declared and given & self.declared):
            return None
        return Names((self.declared - lost) | given)


@dataclass(frozen=True, slots=True)
class Derived:
    """A translation made from older ones: `previous` is the source that it was made for, fuzzy unless `approved`."""

    msgstrs: tuple[str, ...]
    comments: tuple[str, ...]
    reason: str
    previous: Previous | None = None
    approved: bool = False

    @property
    def fuzzy(self) -> bool:
        """Whether a translator must look at it."""
        return self.previous is not None and not self.approved

    @staticmethod
    def source(entry: Entry) -> Previous:
        """What the entry's translation was made for: its own source, or the one that it keeps as previous."""
        if entry.fuzzy and entry.previous is not None:
            return entry.previous
        return Previous(entry.msgid, entry.context, entry.plural)


def derive(
    old: Entry, message: PotEntry, nplurals: int, language: str, names: Names
) -> Derived:
    """What becomes of the old entry's translation under the changed message."""
    comments = _comments(old)
    if not any(old.msgstrs):
        return Derived((), comments, "was not translated yet")
    edit = classify_edit(old.msgid, message.msgid, language=language, declared=names.declared, former=names.former)
    carried = [edit.carry(text) for text in old.msgstrs] if edit.trivial else []
    whole = [text for text in carried if text is not None]
    texts = tuple(whole) if whole and len(whole) == len(old.msgstrs) else old.msgstrs
    simple = message.plural is None and old.plural is None
    reason = edit.reason
    if old.context != message.context:
        reason = "the context changed" if edit.trivial else f"{reason}; so did the context"
    elif edit.trivial and not whole:
        reason = f"{reason}; the translation could not be changed alike"
    elif simple and edit.trivial and not old.fuzzy and old.translated:
        return Derived(texts, comments, reason, Previous(old.msgid, old.context, old.plural), approved=True)
    if message.plural is not None and old.plural is None:
        texts = texts[:1] * nplurals
    elif message.plural is None:
        texts = texts[:1]
    return Derived(texts, _still_meant(old), reason, Derived.source(old))


def derive_joined(sources: Sequence[Entry]) -> Derived:
    """What becomes of the translations of several messages that were put together to one."""
    text = sources[0].msgstr
    for source in sources[1:]:
        # Chinese, Japanese and Thai put no space between sentences.
        wide = not text or unicodedata.east_asian_width(text[-1]) in "WF"
        text += source.msgstr if wide else f" {source.msgstr}"
    comments = tuple(comment for source in sources for comment in _still_meant(source))
    previous = Previous(" ".join(source.msgid for source in sources))
    return Derived((text,), comments, "several messages were put together", previous)


def _comments(entry: Entry) -> tuple[str, ...]:
    """The translator's comments, as they are written."""
    return tuple(mark for mark in entry.marks if mark[1:2] not in (".", ":", ",", "=", "|", "~"))


def _still_meant(old: Entry) -> tuple[str, ...]:
    """The comments that go over to what must be looked at: a rule that was silenced for the approved text, which keeps
    that comment among the obsolete, speaks again of the new one."""
    return tuple(comment for comment in _comments(old) if old.fuzzy or silenced_rules(comment) is None)


class Provenance:
    """Tells which entries of a catalog say nothing but what a merge made of an obsolete entry, and would make again.

    Such an entry need not be kept when its message leaves the source: that is what lets an edit that is taken back
    leave no trace. It is known by its previous source (`#|`), which an approved one has as well: two sources that
    differ in a link alone have translations that do the same, and each of them may be a translator's own.
    """

    def __init__(
        self,
        catalog: Catalog,
        leaving: Sequence[Entry],
        restored: Mapping[Key, Entry],
        language: str,
        names: Names,
    ) -> None:
        self._catalog, self._leaving, self._restored = catalog, leaving, restored
        self._language, self._names = language, names
        self._obsolete = {entry.key: entry for entry in reversed(catalog.obsolete)}
        self._by_msgid: dict[str, list[Entry]] = {}
        for entry in catalog.obsolete:
            if entry.plural is None:
                self._by_msgid.setdefault(entry.msgid, []).append(entry)

    def parents(self, entry: Entry) -> list[tuple[Entry, ...]]:
        """The obsolete entries that the entry's text may be of: each way in which a merge may have come to it."""
        if entry.previous is None:
            return []
        rows = [row for row in islice(self._parsed(entry.previous.msgid, _JOINED), _WAYS) if len(row) > 1]
        origin = self._obsolete.get((entry.previous.context, entry.previous.msgid))
        if origin is None or origin.key == entry.key:
            return rows
        # A message may read as others do that were put together: it is theirs only if their texts are in it.
        return [(origin,), *(row for row in rows if self._makes(row, entry))]

    def _parsed(self, msgid: str, most: int) -> Iterator[tuple[Entry, ...]]:
        """The obsolete entries, at most `most`, whose sources make `msgid` when put together: each such row of them."""
        yield from ((whole,) for whole in self._by_msgid.get(msgid, []))
        if most > 1:
            for found in re.finditer(" ", msgid):
                for first in self._by_msgid.get(msgid[: found.start()], []):
                    yield from ((first, *rest) for rest in self._parsed(msgid[found.end() :], most - 1))

    def origin(self, entry: Entry) -> tuple[Entry, ...]:
        """The obsolete entries of which a merge made this fuzzy one, if nobody touched it since; else ()."""
        if not entry.fuzzy:
            return ()
        return next((parents for parents in self.parents(entry) if self._makes(parents, entry)), ())

    def is_made(self, entry: Entry) -> bool:
        """Whether the entry, approved or fuzzy, is what a merge made of obsolete ones, and nobody touched it since."""
        return any(self._makes(parents, entry) for parents in self.parents(entry))

    def redundant(self) -> set[Key]:
        """The keys of the entries that merges made of what is restored now, step by step."""
        dropped: set[Key] = set()
        live = set(self._restored)
        idle = [e for e in self._catalog.obsolete if e.key not in self._restored]
        rest = [e for e in (*self._leaving, *idle) if any(e.msgstrs)] if live else []
        while made := {e.key for e in rest if self._is_made_of(e, live)}:
            dropped |= made
            live |= made
            rest = [entry for entry in rest if entry.key not in live]
        return dropped

    def _is_made_of(self, entry: Entry, live: set[Key]) -> bool:
        return any(
            all(origin.key in live for origin in parents) and self._makes(parents, entry)
            for parents in self.parents(entry)
        )

    def _makes(self, parents: tuple[Entry, ...], entry: Entry) -> bool:
        if any(origin.key == entry.key for origin in parents):
            return False
        if len(parents) > 1:
            return _equals(derive_joined(parents), entry)
        message = PotEntry(entry.msgid, entry.context, plural=entry.plural)
        # The sources may have gone on, or back, since the merge that made it.
        then = self._names.then(parents[0].msgid, entry.msgid)
        known = (self._names, then) if then is not None else (self._names,)
        return any(
            _equals(derive(parents[0], message, self._catalog.nplurals, self._language, names), entry)
            for names in known
        )


def _equals(derived: Derived, entry: Entry) -> bool:
    return (
        derived.msgstrs == entry.msgstrs
        and derived.previous == entry.previous
        and derived.fuzzy == entry.fuzzy
        and derived.comments == _comments(entry)
    )
