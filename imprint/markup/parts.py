"""What the designers' templates see of an edition: its chapters, contents, notes, sources and terms."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from imprint.content.models import SourceTable


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: `title` is plain text, `number` is written for the locale."""

    id: str
    number: str
    title: str
    level: int
    lang: str | None = None
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A note as the templates see it. `key` is unique in the paper: the chapter's number and the note's."""

    key: str
    number: str
    body: Markup
    lang: str | None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter as the templates see it."""

    id: str
    number: str
    title: Markup
    plain: str
    body: Markup
    entry: Entry
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """A made appendix as the templates see it: unnumbered, with its own line in the contents."""

    id: str
    title: str
    body: Markup
    entry: Entry


@dataclass(frozen=True, slots=True)
class Reference:
    """A cited source as the templates see it."""

    id: str
    number: str
    source: SourceTable
    date: str


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the glossary as the templates see it: `original` is the source's term where another is shown."""

    id: str
    term: Markup
    original: str
    abbr: str
    definition: Markup
    lang: str | None
