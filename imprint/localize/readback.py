"""Entries composed anew → an error for each that the Translate Toolkit's reader or ours does not find as it was meant.

The two share no code. pypo is lax (it takes a quotation mark that has no backslash), ours is as strict as `msgfmt`. To
be imported late: the Toolkit takes some 25 ms, and what writes no catalog needs none of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest
from typing import Any, NamedTuple

from translate.storage.pypo import pofile, pounit, unquotefrompo

from imprint.base.diagnostic import Diagnostics, Location
from imprint.localize.entry import Entry, parse_flags
from imprint.localize.syntax import parse_entries

# What pypo makes refers to itself and is freed by a collection alone: these many are read before the next.
_BATCH = 100
# Of a writer that is broken the first entries tell as much as all.
_SHOWN = 10
_HINT = "this is a fault of imprint and not of the catalog, which is as it was: report it with what is said here"
_INDENT = re.compile(r"^[ \t\f\v]+", re.MULTILINE)
_HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


class _Told(NamedTuple):
    """What an entry says, each part as texts, whoever read it; none where it has no such part."""

    msgctxt: tuple[str, ...]
    msgid: tuple[str, ...]
    msgid_plural: tuple[str, ...]
    msgstr: tuple[str, ...]
    fuzzy: tuple[str, ...]
    obsolete: tuple[str, ...]
    previous: tuple[str, ...]
    comments: tuple[str, ...]
    extracted: tuple[str, ...]
    references: tuple[str, ...]
    flags: tuple[str, ...]


_Reader = Callable[[Sequence[str]], Sequence[_Told]]


class _AsRead(pounit):
    """A unit as pypo's parser leaves it, without what pypo makes of it afterwards and the file does not say."""

    def __init__(self, source: str | None = None, **options: Any) -> None:
        super().__init__(source, **options)
        # A line of a msgid that begins with `_:` is text for gettext; pypo sets it apart as one of KDE's contexts.
        self.msgidcomments, self.msgid_pluralcomments = self.msgid, self.msgid_plural

    def makeobsolete(self) -> None:
        """Leave what pypo takes from an obsolete unit: `#.` and `#:`, and without a translation `fuzzy`."""
        self.obsolete = True


class _File(pofile):
    def create_unit(self) -> pounit:
        return _AsRead(wrapper=self.wrapper)


def read_back(composed: Sequence[Entry], was: Iterable[Entry], path: str, diagnostics: Diagnostics) -> None:
    """Read each composed entry's `raw` anew, and report (`po-read-back`) where it does not say what its values do.

    `was` are the entries that `path` has now, by whose lines an entry says which of them it comes from: a part that a
    reader took wrongly there already (octal escapes, say) keeps its lines, and is not held against them.
    """
    origins = {entry.line: entry for entry in was}
    batches = (composed[start : start + _BATCH] for start in range(0, len(composed), _BATCH))
    faults = [fault for batch in batches for fault in _faults(batch, origins)]
    for entry, what in faults[:_SHOWN]:
        diagnostics.error("po-read-back", f"{what}; nothing was written", Location(path, entry.line), _HINT)
    if len(faults) > _SHOWN:
        diagnostics.error("po-read-back", f"{len(faults) - _SHOWN} more such faults", Location(path), _HINT)


def _faults(entries: Sequence[Entry], origins: Mapping[int, Entry]) -> Iterator[tuple[Entry, str]]:
    meant = [_meant(entry) for entry in entries]
    for name, read in (("the Translate Toolkit", _read_toolkit), ("our own reader", _read_own)):
        for entry in _differing(entries, meant, read):
            if fault := _fault(entry, origins.get(entry.line), read):
                yield entry, f"{name} {fault}"


def _differing(entries: Sequence[Entry], meant: Sequence[_Told], read: _Reader) -> Sequence[Entry]:
    """The entries that are not found as they were meant when all are read in one go."""
    told = read([entry.raw for entry in entries])
    if len(told) != len(entries):
        return entries
    return [entry for entry, found, wanted in zip(entries, told, meant, strict=True) if found != wanted]


def _fault(entry: Entry, origin: Entry | None, read: _Reader) -> str:
    """What is wrong with one entry when it is read alone, but for what is wrong with its origin; empty: nothing."""
    found = _read_alone(entry, read)
    odd: Container[str] = ()
    if origin is not None and found != _meant(entry):
        known = _read_alone(origin, read)
        if known is None:
            return ""
        odd = _wrong(known, origin)
    if found is None:
        return f"cannot read what was composed for {_quoted(entry.msgid)}"
    for part, texts in _wrong(found, entry).items():
        if part not in odd:
            got, meant = _apart(*texts)
            return f"reads {part} of {_quoted(entry.msgid)} as {got} where {meant} was meant"
    return ""


def _read_alone(entry: Entry, read: _Reader) -> _Told | None:
    told = read([entry.raw])
    return told[0] if len(told) == 1 else None


def _wrong(found: _Told, entry: Entry) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """The parts that are read otherwise than they were meant: as found, and as meant."""
    pairs = zip(_Told._fields, found, _meant(entry), strict=True)
    return {part: (got, meant) for part, got, meant in pairs if got != meant}


def _apart(found: tuple[str, ...], meant: tuple[str, ...]) -> tuple[str, str]:
    """The first two texts that differ, as a message shows them: from shortly before they do."""
    got, wanted = next((pair for pair in zip_longest(found, meant) if pair[0] != pair[1]), (None, None))
    if got is None or wanted is None:
        return _quoted(got), _quoted(wanted)
    same = next((n for n, (a, b) in enumerate(zip(got, wanted, strict=False)) if a != b), min(len(got), len(wanted)))
    return _quoted(got, same - 20), _quoted(wanted, same - 20)


def _quoted(text: str | None, start: int = 0) -> str:
    if text is None:
        return "nothing"
    start = max(start, 0)
    shown = text[start : start + 40].replace("\n", "\\n")
    return f"“{'…' if start else ''}{shown}{'…' if len(text) > start + 40 else ''}”"


def _meant(entry: Entry) -> _Told:
    """What the values of an entry say."""
    old = entry.previous
    return _Told(
        _present(entry.context),
        (entry.msgid,),
        _present(entry.plural),
        entry.msgstrs,
        ("fuzzy",) * entry.fuzzy,
        ("obsolete",) * entry.obsolete,
        (old.context or "", old.msgid, old.plural or "") if old else (),
        *_sorted(entry.marks),
    )


def _present(text: str | None) -> tuple[str, ...]:
    return () if text is None else (text,)


def _sorted(marks: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The comment lines by kind: a translator's, extracted ones, references, and the flags, which have no order."""
    comments, extracted, references, flags = [], [], [], []
    for mark in marks:
        line = mark.strip()
        match line[:2]:
            case "#.":
                extracted.append(line)
            case "#:":
                references.append(line)
            case "#," | "#=":
                flags.append(line)
            case "":
                pass
            case _:
                comments.append(line)
    told = tuple(sorted({*parse_flags(flags)})) if flags else ()
    return tuple(comments), tuple(extracted), tuple(references), told


def _read_own(texts: Sequence[str]) -> Sequence[_Told]:
    """What our own reader finds; nothing where it finds fault."""
    diagnostics = Diagnostics()
    entries = parse_entries("\n\n".join(texts), "", diagnostics).entries
    return [] if diagnostics.errors else [_meant(entry) for entry in entries]


def _read_toolkit(texts: Sequence[str]) -> Sequence[_Told]:
    """What pypo finds; nothing where it gives up or finds but half an entry (a msgid and a msgstr on one line).

    CRLF goes, for pypo reads one kind of line end in a file, and so does indentation: it knows no indented keyword, and
    at an indented `#|` it never ends.
    """
    text = _INDENT.sub("", "\n\n".join([_HEADER, *texts, ""]).replace("\r\n", "\n"))
    try:
        units = _File(text.encode()).units[1:]
    except (ValueError, IndexError):
        return []
    return [_told(unit) for unit in units] if all(unit.msgid and unit.msgstr for unit in units) else []


def _told(unit: pounit) -> _Told:
    forms = [lines for _, lines in sorted(unit.msgstr.items())] if isinstance(unit.msgstr, dict) else [unit.msgstr]
    previous = (unit.prev_msgctxt, unit.prev_msgid, unit.prev_msgid_plural)
    marks = chain(unit.othercomments, unit.automaticcomments, unit.sourcecomments, unit.typecomments)
    return _Told(
        _unquoted(unit.msgctxt),
        _unquoted(unit.msgid),
        _unquoted(unit.msgid_plural),
        tuple(unquotefrompo(lines) for lines in forms),
        ("fuzzy",) * unit.hastypecomment("fuzzy"),
        ("obsolete",) * unit.obsolete,
        tuple(unquotefrompo(lines) for lines in previous) if any(previous) else (),
        *_sorted(marks),
    )


def _unquoted(lines: list[str]) -> tuple[str, ...]:
    return (unquotefrompo(lines),) if lines else ()
