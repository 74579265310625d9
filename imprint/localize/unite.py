"""Two versions of one catalog → one that has every text of both, or the messages of which a text must be chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from imprint.base.diagnostic import Diagnostics, Location
from imprint.localize.assemble import arrange, put_among
from imprint.localize.catalog import Catalog
from imprint.localize.entry import Entry, Key
from imprint.localize.layout import buried, bury, revive, split_layout

_CHOOSE = (
    "write the one that is right in both places (a word on the other in a comment, '# …', above the message), leave "
    "the markers where they are, and run 'python build.py update' again: it puts all the rest together"
)


@dataclass(frozen=True, slots=True)
class United:
    """The one catalog's bytes, the entries in them whose text is not the base's, and what was done, in words."""

    data: bytes
    composed: tuple[Entry, ...]
    note: str


@dataclass(slots=True)
class _Message:
    """What both versions have of one message: the entry that stays and, obsolete, those whose texts it has not."""

    entry: Entry
    others: list[Entry] = field(default_factory=list)


def unite(first: Catalog, second: Catalog, diagnostics: Diagnostics) -> United | None:
    """One catalog of two that were read without errors: `first` in its order, with what only `second` has.

    Law: every msgstr of both is in the result, in use, fuzzy or obsolete. Of one message the approved text is used,
    else the one that is in use, else the first's; the other is kept as the merge keeps an obsolete entry of a message
    in use (`(superseded 1)`), if it is not what a merge made of an entry that is there. Two approved texts of one
    message in use are an error (`po-conflict`) at its lines, and there is no result. The header is the first's, but the
    second's where that alone is a draft: what comes from there was not reviewed.
    """
    if not _compatible(first, second, diagnostics):
        return None
    newline = first.decoded.newline
    union = _Union(first.parts, _fitted(second, newline), first.path, newline)
    messages = union.messages(diagnostics)
    if messages is None:
        return None
    draft = [catalog.header.get("X-Review", "draft") == "draft" for catalog in (first, second)]
    parts = union.in_order(messages, union.header(second_first=draft == [False, True]))
    late = [line for line in second.tail.splitlines() if line.strip() and line not in first.tail.splitlines()]
    tail = first.tail + "".join(f"{line}{newline}" for line in late)
    assembled = arrange(replace(first, tail=tail), parts)
    return United(assembled.data, assembled.composed, union.note(messages))


def _compatible(first: Catalog, second: Catalog, diagnostics: Diagnostics) -> bool:
    """Whether the entries of both can stand in one file: one charset, and one number of plural forms."""
    plural = any(entry.plural is not None for entry in (*first.parts, *second.parts))
    if first.decoded.charset != second.decoded.charset:
        what = "charset"
    elif plural and first.nplurals != second.nplurals:
        what = "number of plural forms"
    else:
        return True
    here, there = (c.header_entry.msgstr_line if c.header_entry else 0 for c in (first, second))
    message = f"the two sides of the conflict do not state the same {what}; the second does at {second.path}:{there}"
    diagnostics.error("po-conflict", message, Location(first.path, here), "give both headers the right one")
    return False


def _fitted(catalog: Catalog, newline: str) -> tuple[Entry, ...]:
    """The entries with the line ends of the catalog that they come into."""
    old = catalog.decoded.newline
    if old == newline:
        return catalog.parts
    return tuple(replace(e, raw=e.raw.replace(old, newline), gap=e.gap.replace(old, newline)) for e in catalog.parts)


class _Union:
    """Puts the entries of two versions together, message by message."""

    def __init__(self, first: Sequence[Entry], second: Sequence[Entry], path: str, newline: str) -> None:
        self._first, self._second = first, second
        self._path, self._newline = path, newline
        self._ours, self._theirs = _by_key(first), _by_key(second)

    def messages(self, diagnostics: Diagnostics) -> dict[Key, _Message] | None:
        """Each message of either; None where one has two approved texts, of which each is told."""
        before = len(diagnostics.errors)
        messages = {key: self._message(key, diagnostics) for key in dict.fromkeys((*self._ours, *self._theirs))}
        return messages if len(diagnostics.errors) == before else None

    def _message(self, key: Key, diagnostics: Diagnostics) -> _Message:
        ours, theirs = self._ours.get(key, []), self._theirs.get(key, [])
        found = [*ours, *theirs]
        if _same(ours, theirs):
            # Nothing that the conflict is about, be it odd.
            entry = max(ours, key=lambda e: not e.obsolete)
            return _Message(entry, [other for other in ours if other is not entry])
        chosen = max(found, key=_weight)
        used = any(not entry.obsolete for entry in found)
        message = _Message(revive(chosen) if used and chosen.obsolete else chosen)
        for other in (entry for entry in found if entry is not chosen):
            if not other.obsolete and _approved(other) and other.msgstrs != chosen.msgstrs:
                # What is chosen is approved and in use as well.
                self._ask(chosen, other, diagnostics)
            elif not {*other.msgstrs} - {*chosen.msgstrs, ""} or self._made_of_another(other):
                message.entry = self._commented(message.entry, other)
            else:
                self._keep(message.others, other if other.obsolete else bury(other))
        return message

    def _ask(self, one: Entry, other: Entry, diagnostics: Diagnostics) -> None:
        here, there = next((a, b) for a, b in zip_longest(one.msgstrs, other.msgstrs, fillvalue="") if a != b)
        message = (
            f"{_short(one.msgid)} has two approved translations, {_short(here)} here and {_short(there)} at "
            f"{self._path}:{other.msgstr_line}; nothing was written"
        )
        diagnostics.error("po-conflict", message, Location(self._path, one.msgstr_line), _CHOOSE)

    def _made_of_another(self, entry: Entry) -> bool:
        """Whether a fuzzy text is that of another message which has it as its own, and so is in the result."""
        if not entry.fuzzy or entry.previous is None:
            return False
        origin = (entry.previous.context, entry.previous.msgid)
        there = (*self._ours.get(origin, ()), *self._theirs.get(origin, ()))
        own = (e for e in there if not e.fuzzy and e.key != entry.key)
        return any({*entry.msgstrs} <= {*e.msgstrs, ""} for e in own)

    def _keep(self, others: list[Entry], entry: Entry) -> None:
        """One entry more, or its comments with one that says the same."""
        for place, other in enumerate(others):
            if other.msgstrs == entry.msgstrs:
                others[place] = self._commented(other, entry)
                return
        others.append(entry)

    def _commented(self, entry: Entry, other: Entry) -> Entry:
        """The entry with those comments of a translator's that only the other has."""
        layout = split_layout(entry)
        known = {"", *(line.strip() for line in layout.comments)}
        late = tuple(line for line in split_layout(other).comments if line.strip() not in known)
        if not late:
            return entry
        raw = replace(layout, comments=(*layout.comments, *late)).raw(self._newline)
        marks = (*entry.marks, *(line.strip() for line in late))
        return replace(entry, raw=buried(raw) if entry.obsolete else raw, marks=marks)

    def header(self, *, second_first: bool) -> Entry:
        """The header of the one, with the other's comments."""
        ours, theirs = (next(e for e in parts if _is_header(e)) for parts in (self._first, self._second))
        return self._commented(theirs, ours) if second_first else self._commented(ours, theirs)

    def in_order(self, messages: Mapping[Key, _Message], header: Entry) -> list[Entry]:
        """The first's entries at their places, and what only the second uses behind what it follows there."""
        used = {key: message.entry for key, message in messages.items() if not message.entry.obsolete}
        used[header.key] = header
        kept = {
            key: [*message.others, *([message.entry] if message.entry.obsolete else [])]
            for key, message in messages.items()
        }
        following = self._following()
        body: list[Entry] = []
        for part in self._first:
            if part.obsolete:
                body += kept.pop(part.key, [])
            elif part.key in used:
                body += [used.pop(key) for key in (part.key, *following.get(part.key, ()))]
        end = next((n for n in range(len(body), 0, -1) if not body[n - 1].obsolete), 0)
        return [*body[:end], *put_among(body[end:], [entry for late in kept.values() for entry in late])]

    def _following(self) -> dict[Key, list[Key]]:
        """The messages that only the second uses, by the one before them that both use (the header, if by none)."""
        used = {entry.key for entry in self._first if not entry.obsolete}
        following: dict[Key, list[Key]] = {}
        last: Key = (None, "")
        for key in dict.fromkeys(entry.key for entry in self._second if not entry.obsolete):
            if key in used:
                last = key
            else:
                following.setdefault(last, []).append(key)
        return following

    def note(self, messages: Mapping[Key, _Message]) -> str:
        """What was done, in words."""
        known = {entry.raw for entry in self._first}
        taken = sum(message.entry.raw not in known for message in messages.values())
        kept = sum(entry.raw not in known for message in messages.values() for entry in message.others)
        more = f"; {kept} texts that are not used are kept as obsolete" if kept else ""
        return f"both sides of a git conflict are in it ({taken} from the second{more})"


def _is_header(entry: Entry) -> bool:
    return entry.key == (None, "") and not entry.obsolete


def _by_key(parts: Sequence[Entry]) -> dict[Key, list[Entry]]:
    found: dict[Key, list[Entry]] = {}
    for entry in parts:
        if not _is_header(entry):
            found.setdefault(entry.key, []).append(entry)
    return found


def _same(ours: Sequence[Entry], theirs: Sequence[Entry]) -> bool:
    """Whether both have the same of a message: at most one entry in use, and one obsolete."""
    return [e.raw for e in ours] == [e.raw for e in theirs] and len({e.obsolete for e in ours}) == len(ours)


def _approved(entry: Entry) -> bool:
    return entry.translated and not entry.fuzzy


def _weight(entry: Entry) -> tuple[bool, bool, bool]:
    return _approved(entry), any(entry.msgstrs), not entry.obsolete


def _short(text: str) -> str:
    return f"“{text[:37]}…”" if len(text) > 40 else f"“{text}”"
