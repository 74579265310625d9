"""One market's Document in, the same with every chapter, section, figure, table and note numbered out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from operator import is_

from imprint.content.document import Document
from imprint.content.inline import scan_inline
from imprint.content.tree import Element, Node, Text, Value, walk


@dataclass(frozen=True, slots=True)
class Label:
    """What a cross reference says: `kind` is `chapter`, `section`, `figure`, `table`, `term` or `part`."""

    kind: str
    number: str
    title: Text | None = None


def number_document(document: Document) -> Document:
    """Give every chapter, section, figure, table and note its `number`, and an `id` where it has none.

    Figures and tables run through the paper, notes restart with each chapter: layout never counts, so that a
    chapter can be laid out alone. An id that is made comes from the numbers, never from a translatable text.
    """
    counts = {"figure": 0, "table": 0}
    chapters = []
    for position, chapter in enumerate(document.chapters, 1):
        notes = {key: str(n) for n, key in enumerate(_cited(chapter, "note"), 1)}
        chapters.append(_number_chapter(chapter, str(position), counts, notes))
    return replace(document, chapters=tuple(chapters))


def collect_labels(document: Document) -> Mapping[str, Label]:
    """Every id that a link can lead to, with its label; of two equal ids the first wins."""
    labels: dict[str, Label] = {}
    kinds = {"table-block": "table", "data-table": "table"}
    for chapter in document.chapters:
        for node in walk(chapter):
            if isinstance(node, Element) and "id" in node.attrs and node.tag != "fnote":
                kind = node.tag if node.tag in ("chapter", "section", "figure") else kinds.get(node.tag, "part")
                labels.setdefault(node.attrs["id"], Label(kind, node.attrs.get("number", ""), _title(node)))
    for entry in document.glossary.children:
        if isinstance(entry, Element):
            labels.setdefault(f"term-{entry.attrs['id']}", Label("term", "", _title(entry)))
    return labels


def cited_sources(document: Document) -> tuple[str, ...]:
    """The keys of the sources that the Document cites, in the order in which a reader meets them."""
    keys: dict[str, None] = {}
    for part in (*document.chapters, document.glossary):
        keys |= dict.fromkeys(_cited(part, "cite"))
    return tuple(keys)


def _cited(part: Element, kind: str) -> Iterator[str]:
    """The notes or sources that the part's messages and cells refer to, each once, in order; notes' own texts last."""
    seen: dict[str, None] = {}
    for node in walk(part):
        if isinstance(node, Text):
            seen |= dict.fromkeys(token.value for token in scan_inline(node.message.msgid) if token.kind == kind)
        elif isinstance(node, Value) and node.kind == "cite" == kind and isinstance(node.value, tuple):
            seen |= dict.fromkeys(node.value)
    return iter(seen)


def _title(element: Element) -> Text | None:
    """The text of the element's heading or term, or its own where that stands first."""
    for child in element.children:
        if isinstance(child, Text):
            return child
        if isinstance(child, Element) and child.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "term"):
            return child.message
    return None


def _number_chapter(chapter: Element, number: str, counts: dict[str, int], notes: Mapping[str, str]) -> Element:
    attrs = {"id": f"chapter-{number}", **chapter.attrs, "number": number}
    return replace(chapter, attrs=attrs, children=tuple(_number(chapter.children, number, counts, notes)))


def _number(
    nodes: tuple[Node, ...], above: str, counts: dict[str, int], notes: Mapping[str, str]
) -> Iterator[Node]:
    sections = 0
    for node in nodes:
        if not isinstance(node, Element):
            yield node
            continue
        attrs = node.attrs
        number = above
        if node.tag == "section":
            sections += 1
            number = f"{above}.{sections}"
            attrs = {"id": f"section-{number.replace('.', '-')}", **attrs, "number": number}
        elif node.tag in ("figure", "table-block", "data-table"):
            kind = "figure" if node.tag == "figure" else "table"
            counts[kind] += 1
            attrs = {"id": f"{kind}-{counts[kind]}", **attrs, "number": str(counts[kind])}
        elif node.tag == "fnote" and attrs["id"] in notes:
            attrs = {**attrs, "number": notes[attrs["id"]]}
        children = tuple(_number(node.children, number, counts, notes))
        unchanged = attrs is node.attrs and all(map(is_, children, node.children))
        yield node if unchanged else Element(node.tag, attrs, children, node.at)
