"""A localised Document in, its passages out: every message and datum that the edition's reader reads, in his order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from babel import Locale

from imprint.base.edition import Edition
from imprint.content.document import Document
from imprint.content.number import cited_sources
from imprint.content.tree import Element, Message, Text, Value, walk
from imprint.localize.compare.passages import DATA, LABEL, TEXT, Passage
from imprint.markup.values import format_value

# What is written there are facts of a market or of a table, and no text of an author's.
_DATA_FOLDERS = ("content/regions/", "content/data/")


def list_passages(
    document: Document, edition: Edition, labels: Iterable[Message], translate: Callable[[str], str]
) -> tuple[Passage, ...]:
    """The title page, the chapters each with the drawings that it shows, glossary, cited sources, templates' words.

    `document` is one market's, numbered, in the edition's language; `translate` gives the templates' own words.
    """
    locale = edition.babel
    found: list[Passage] = []
    part, heading = "meta", ""
    for tree in document.parts():
        # A drawing follows the chapter that shows it, and is part of it.
        if tree.tag == "chapter":
            part, heading = tree.attrs["id"], _heading(tree)
        elif tree.tag in ("meta", "glossary"):
            part, heading = tree.tag, ""
        found += _passages(tree, part, heading, locale)
    found += _sources(document)
    words = dict.fromkeys((label.msgid, label.at.file) for label in labels)
    found += (Passage("labels", "", "label", LABEL, file, msgid, translate(msgid)) for msgid, file in words)
    return tuple(found)


def _passages(tree: Element, part: str, heading: str, locale: Locale) -> Iterator[Passage]:
    slot = ""
    for node in walk(tree):
        if isinstance(node, Element):
            slot = node.attrs["name"] if node.tag == "placeholder" else ""
        elif isinstance(node, Text) and node.message.msgid:
            message = node.message
            facts = bool(slot) or message.at.file.startswith(_DATA_FOLDERS)
            origin, kind, file = DATA if facts else TEXT, message.kind, message.at.file
            yield Passage(part, heading, kind, origin, file, message.msgid, node.text, message.context, slot)
        elif isinstance(node, Value):
            plain = ", ".join(map(str, node.value)) if isinstance(node.value, tuple) else str(node.value)
            shown = format_value(node, locale)
            yield Passage(part, heading, node.kind, DATA, node.at.file, plain, shown, slot=slot)


def _sources(document: Document) -> Iterator[Passage]:
    for key in cited_sources(document):
        source = document.references[key]
        facts = (source.title, source.publisher, str(source.date or ""), source.url or "")
        text = " · ".join(fact for fact in facts if fact)
        yield Passage("sources", "", "source", TEXT, "content/sources.toml", text, text, slot=key)


def _heading(chapter: Element) -> str:
    title = chapter.find("h1")
    return next((node.text for node in title.children if isinstance(node, Text)), "") if title else ""
