"""Messages with their places → messages.pot, the same bytes for the same messages; and a .pot read again."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from imprint.base.diagnostic import Diagnostics
from imprint.content.tree import Message
from imprint.localize.catalog import load_catalog
from imprint.localize.compose import (
    compose_extracted,
    compose_flags,
    compose_references,
    compose_source,
    compose_target,
)
from imprint.localize.entry import Entry, Key

# Makes every gettext tool check that a translation has the msgid's placeholders.
PLACEHOLDER_FLAG = "python-brace-format"

_DATE_FIELD = re.compile(rb'^"POT-Creation-Date: [^"\n]*"\n', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PotEntry:
    """One message of the POT: `references` are `file:line`, `extracted` the comments for translators, line by line."""

    msgid: str
    context: str | None = None
    references: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    plural: str | None = None

    @property
    def key(self) -> Key:
        """What makes a message the same message: context and msgid."""
        return (self.context, self.msgid)


@dataclass(frozen=True, slots=True)
class Pot:
    """All messages of the source in the reader's order, each key once."""

    entries: tuple[PotEntry, ...]
    keys: frozenset[Key] = field(default=frozenset(), repr=False)

    @staticmethod
    def of(entries: Iterable[PotEntry]) -> Pot:
        """The POT of the entries; those of one key become one, with the places and comments of all."""
        found: dict[Key, PotEntry] = {}
        for entry in entries:
            first = found.get(entry.key)
            found[entry.key] = _joined(first, entry) if first else entry
        return Pot(tuple(found.values()), frozenset(found))

    @property
    def placeholders(self) -> frozenset[str]:
        """The names between braces in the messages that have declared placeholders."""
        marked = (entry.msgid for entry in self.entries if PLACEHOLDER_FLAG in entry.flags)
        return frozenset(name for msgid in marked for name in re.findall(r"\{(\w+)\}", msgid))


def former_pot(entries: Iterable[Entry]) -> Pot:
    """The POT that a catalog was last brought up to date with, as its entries in use tell."""
    return Pot.of(
        PotEntry(entry.msgid, entry.context, entry.references, entry.extracted, format_flags(entry.flags), entry.plural)
        for entry in entries
    )


def format_flags(flags: Iterable[str]) -> tuple[str, ...]:
    """The flags that the extraction sets, `…-format`; the others are a translator's."""
    return tuple(flag for flag in flags if flag.endswith("-format"))


def _joined(first: PotEntry, second: PotEntry) -> PotEntry:
    return replace(
        first,
        references=tuple(dict.fromkeys(first.references + second.references)),
        extracted=tuple(dict.fromkeys(first.extracted + second.extracted)),
        flags=tuple(dict.fromkeys(first.flags + second.flags)),
        plural=first.plural if first.plural is not None else second.plural,
    )


def pot_entry(message: Message, references: Iterable[str] = (), comments: Iterable[str] = ()) -> PotEntry:
    """The POT's entry of one message: `references` default to its own place, `comments` to its note, kind and width."""
    places = tuple(references) or (str(message.at),)
    told = tuple(comments)
    if not told:
        width = f"narrow: about {message.width} characters" if message.width else ""
        told = tuple(line for line in (message.note, message.kind, width) if line)
    flags = (PLACEHOLDER_FLAG,) if message.placeholders else ()
    return PotEntry(message.msgid, message.context, places, told, flags)


def write_pot(
    entries: Iterable[PotEntry],
    *,
    project: str,
    date: datetime.date,
    language: str = "en",
    bugs: str = "",
    previous: bytes = b"",
) -> bytes:
    """The bytes of messages.pot. Law: the same entries give the same bytes; `msgcat` gives them back unchanged.

    `project` is name and version, `date` the paper's date (the clock is never read), `bugs` where translators report
    faults of the source. Where the `previous` file differs in nothing but the date, its bytes are returned: no churn.
    """
    header = [
        f"Project-Id-Version: {project}",
        f"Report-Msgid-Bugs-To: {bugs}",
        f"POT-Creation-Date: {date.isoformat()} 00:00+0000",
        "PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator: FULL NAME <EMAIL@ADDRESS>",
        "Language-Team: LANGUAGE <LL@li.org>",
        "Language: ",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        f"X-Source-Language: {language}",
    ]
    blocks = [[*compose_source(None, ""), *compose_target(["".join(f"{line}\n" for line in header)], False)]]
    blocks += [compose_entry(entry) for entry in Pot.of(entries).entries]
    data = ("\n\n".join("\n".join(block) for block in blocks) + "\n").encode()
    return previous if _undated(previous) == _undated(data) else data


def _undated(data: bytes) -> bytes:
    return _DATE_FIELD.sub(b"", data, count=1)


def compose_entry(entry: PotEntry) -> list[str]:
    """The lines of a message without a translation."""
    return [
        *compose_extracted(entry.extracted),
        *compose_references(sort_references(entry.references)),
        *compose_flags(entry.flags),
        *compose_source(entry.context, entry.msgid, entry.plural),
        *compose_target(["", ""] if entry.plural is not None else [""], entry.plural is not None),
    ]


def sort_references(references: Iterable[str]) -> list[str]:
    """The references by file and line number, each once; a space in a name is written %20, as references have none."""
    return sorted({ref.replace(" ", "%20") for ref in references}, key=_place)


def _place(reference: str) -> tuple[str, int]:
    file, _, line = reference.rpartition(":")
    return (file, int(line)) if line.isdigit() else (reference, 0)


def load_pot(data: bytes, path: str, diagnostics: Diagnostics) -> Pot | None:
    """Read a .pot file; faults as for a catalog."""
    catalog = load_catalog(data, path, diagnostics, template=True)
    if catalog is None:
        return None
    entries = (
        PotEntry(
            e.msgid, e.context, e.references, e.extracted, tuple(f for f in e.flags if f != "fuzzy"), e.plural
        )
        for e in catalog.entries
    )
    return Pot.of(entries)
