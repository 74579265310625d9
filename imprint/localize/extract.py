"""The Document of all editions in, the messages of its POT out: each once, with its places and who needs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from imprint.base.diagnostic import Location
from imprint.content.document import Document
from imprint.content.number import number_document
from imprint.content.select import select_region
from imprint.content.tree import Element, Message, Text, walk

Key = tuple[str, str | None]

# The parts of a paper that are no chapters, as `status` names them.
SETTINGS, GLOSSARY, TEMPLATES = "(settings)", "(glossary)", "(templates)"


@dataclass(slots=True)
class Extracted:
    """One message of the union: its first place, all its places and kinds in the reader's order, its chapter's title
    (or `(settings)`, `(glossary)`, `(templates)`).

    `regions` names the markets whose editions show it.
    """

    message: Message
    references: list[Location] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    chapter: str = ""
    regions: frozenset[str] = frozenset()

    def comments(self, all_regions: frozenset[str]) -> tuple[str, ...]:
        """The extracted comments: the author's notes, where it stands, a width hint, who alone needs it."""
        lines = list(self.notes)
        where = ", ".join(dict.fromkeys(self.kinds))
        lines.append(where if self.chapter.startswith("(") else f"{where} in “{self.chapter}”")
        if self.message.width:
            lines.append(f"narrow: about {self.message.width} characters")
        if self.regions and self.regions != all_regions:
            lines.append(f"only in: {', '.join(sorted(self.regions))}")
        return tuple(lines)


def extract_messages(document: Document, labels: Iterable[Message]) -> tuple[Extracted, ...]:
    """Walk the union of all editions in the reader's order, then the templates' labels.

    The walk and the keys are those of `translate_document`, so that a msgid never differs between the two.
    """
    needed = needed_keys(document)
    found: dict[Key, Extracted] = {}
    chapter = ""
    for part in document.parts():
        chapter = {"meta": SETTINGS, "chapter": _title(part), "glossary": GLOSSARY}.get(part.tag, chapter)
        for node in walk(part):
            if isinstance(node, Text) and node.message.kind != "untranslated":
                _add(found, node.message, chapter)
    for label in labels:
        _add(found, label, TEMPLATES)
    for key, extracted in found.items():
        showing = frozenset(region for region, keys in needed.items() if key in keys)
        extracted.regions = showing or frozenset(document.paper.regions)
    # A message that no edition shows (a figure's drawing in no region, say) is not asked of translators.
    shown = set().union(*needed.values()) | {(label.msgid, label.context) for label in labels}
    return tuple(extracted for key, extracted in found.items() if key in shown)


def needed_keys(document: Document) -> Mapping[str, frozenset[Key]]:
    """The messages that each market's editions show, by market."""
    return {
        region: frozenset(
            (text.message.msgid, text.message.context)
            for text in number_document(select_region(document, region)).texts()
            if text.message.msgid
        )
        for region in document.paper.regions
    }


def _add(found: dict[Key, Extracted], message: Message, chapter: str) -> None:
    if not message.msgid:
        return
    key = (message.msgid, message.context)
    extracted = found.setdefault(key, Extracted(message, chapter=chapter))
    extracted.references.append(message.at)
    extracted.kinds.append(message.kind)
    if message.note and message.note not in extracted.notes:
        extracted.notes.append(message.note)
    if message.width and (not extracted.message.width or message.width < extracted.message.width):
        extracted.message = replace(extracted.message, width=message.width)


def _title(chapter: Element) -> str:
    heading = chapter.find("h1")
    title = heading.message if heading else None
    return title.text if title else ""
