"""A Document and a catalog in, the Document in the edition's language out, and what was missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from imprint.base.edition import Edition
from imprint.content.document import Document
from imprint.content.tree import Message, Text

# Gives the approved translation of (msgid, context), or None.
Lookup = Callable[[str, str | None], str | None]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of an edition is translated: distinct messages, and those that are not, in the reader's order."""

    total: int
    missing: tuple[Message, ...]

    @property
    def translated(self) -> int:
        """How many of the edition's messages have an approved translation."""
        return self.total - len(self.missing)

    @property
    def ratio(self) -> float:
        """The translated part, from 0 to 1."""
        return self.translated / self.total if self.total else 1.0


def translate_document(document: Document, edition: Edition, lookup: Lookup) -> tuple[Document, Coverage]:
    """Put the edition's language into every message's place.

    A message without an approved translation keeps the source's text, marked with the source's language. Law:
    translating with msgstr = msgid gives the same Document.
    """
    source = document.paper.language
    needed: dict[tuple[str, str | None], Message] = {}
    missing: dict[tuple[str, str | None], Message] = {}

    def translate(text: Text) -> Text:
        message = text.message
        if not message.msgid:
            return text
        key = (message.msgid, message.context)
        needed.setdefault(key, message)
        found = lookup(*key)
        if found:
            return replace(text, text=found, lang=None)
        if is_source(edition, source):
            return text
        missing.setdefault(key, message)
        return replace(text, lang=source)

    translated = document.map_texts(translate)
    return replace(translated, edition=edition), Coverage(len(needed), tuple(missing.values()))


def is_source(edition: Edition, source: str) -> bool:
    """Whether the edition is in the language that the paper is written in, and so needs no translation."""
    return edition.language.split("-")[0] == source.split("-")[0] and not edition.language.startswith("qps")


def add_labels(
    coverage: Coverage, labels: Iterable[Message], edition: Edition, source: str, lookup: Lookup
) -> Coverage:
    """The coverage with the templates' own words counted in."""
    words = {label.msgid: label for label in labels}
    missing = () if is_source(edition, source) else tuple(label for m, label in words.items() if not lookup(m, None))
    return Coverage(coverage.total + len(words), (*coverage.missing, *missing))
