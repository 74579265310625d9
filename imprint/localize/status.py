"""Who is complete: messages × catalogs → what is done and what is to do, by language, chapter and edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from imprint.base.diagnostic import Diagnostic, Diagnostics, Severity
from imprint.base.edition import Edition
from imprint.base.sources import Sources
from imprint.content.document import Document
from imprint.content.tree import Message
from imprint.localize.approved import Approved, catalog_path, load_approved, own_folder
from imprint.localize.extract import Extracted, Key, extract_messages, needed_keys
from imprint.localize.translate import is_source
from imprint.localize.words import count_words


@dataclass(frozen=True, slots=True)
class Part:
    """How far one part is: distinct messages with an approved translation, of all that it has."""

    name: str
    translated: int
    total: int

    @property
    def ratio(self) -> float:
        """The translated part, from 0 to 1."""
        return self.translated / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class ToDo:
    """A message that is fuzzy or missing: its source, its line in the catalog (0: not in it), and where it stands."""

    msgid: str
    state: str
    line: int
    at: str


@dataclass(frozen=True, slots=True)
class LanguageStatus:
    """One language's catalog over all editions that need it. `words` are the source's words still to be translated.

    `findings` are what is wrong with the catalog's file, or with another that serves the language. With an error among
    them no edition is built, and the figures are of what could be read.
    """

    language: str
    catalog: str
    review: str
    translated: int
    fuzzy: int
    missing: int
    words: int
    chapters: tuple[Part, ...]
    editions: tuple[Part, ...]
    todo: tuple[ToDo, ...]
    findings: tuple[Diagnostic, ...] = ()

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings that refuse the language's editions."""
        return tuple(found for found in self.findings if found.severity is Severity.ERROR)

    @property
    def total(self) -> int:
        """All messages that some edition in the language shows."""
        return self.translated + self.fuzzy + self.missing

    def as_json(self) -> dict[str, Any]:
        """The same as plain data; of the findings, the errors."""
        facts = asdict(replace(self, findings=()))
        del facts["findings"]
        return {**facts, "total": self.total, "errors": [found.as_json() for found in self.errors]}


def collect_status(document: Document, labels: Iterable[Message], sources: Sources) -> list[LanguageStatus]:
    """The status of every language of the matrix but the source's own, in the order of the matrix."""
    words = tuple(labels)
    extracted = {(e.message.msgid, e.message.context): e for e in extract_messages(document, words)}
    needed = {region: keys | {(w.msgid, w.context) for w in words} for region, keys in needed_keys(document).items()}
    languages: dict[str, list[Edition]] = {}
    for edition in document.paper.editions():
        if not is_source(edition, document.paper.language):
            languages.setdefault(edition.language, []).append(edition)
    return [_status(language, editions, extracted, needed, sources) for language, editions in languages.items()]


def _status(
    language: str,
    editions: list[Edition],
    extracted: Mapping[Key, Extracted],
    needed: Mapping[str, frozenset[Key]],
    sources: Sources,
) -> LanguageStatus:
    found = Diagnostics()
    approved = load_approved(sources, editions[0], found)
    for edition in editions[1:]:
        # A market may have a catalog of its own.
        load_approved(sources, edition, found)
    wanted = [key for key in extracted if any(key in needed[edition.region] for edition in editions)]
    done = {key for key in wanted if approved.lookup(*key)}
    todo = tuple(_todo(extracted[key], approved) for key in wanted if key not in done)
    fuzzy = sum(item.state == "fuzzy" for item in todo)
    chapters: dict[str, list[Key]] = {}
    for key in wanted:
        chapters.setdefault(extracted[key].chapter, []).append(key)
    return LanguageStatus(
        language,
        approved.path() or catalog_path(own_folder(editions[0])),
        approved.header().get("X-Review", "") or ("draft" if approved.catalogs else "none"),
        len(done),
        fuzzy,
        len(todo) - fuzzy,
        count_words(item.msgid for item in todo),
        tuple(Part(name, sum(key in done for key in keys), len(keys)) for name, keys in chapters.items()),
        tuple(_edition_part(edition, needed[edition.region], approved) for edition in editions),
        todo,
        tuple(found),
    )


def _edition_part(edition: Edition, keys: frozenset[Key], approved: Approved) -> Part:
    return Part(str(edition), sum(approved.lookup(*key) is not None for key in keys), len(keys))


def _todo(extracted: Extracted, approved: Approved) -> ToDo:
    message = extracted.message
    found = [catalog.lookup(message.msgid, message.context) for catalog in approved.catalogs]
    entry = next((entry for entry in found if entry is not None), None)
    state = "fuzzy" if entry is not None and entry.fuzzy and entry.translated else "missing"
    return ToDo(message.msgid, state, entry.line if entry is not None else 0, str(message.at))
