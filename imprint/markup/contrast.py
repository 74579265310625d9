"""Two markets' Documents in, the sections, figures, tables, terms and facts that only one of them has out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from imprint.base.edition import Edition
from imprint.content.document import Document
from imprint.content.number import collect_labels
from imprint.content.tree import Element, Node, Text, Value, walk
from imprint.markup.appendix import Differences
from imprint.markup.renderer import EditionRenderer
from imprint.markup.values import format_value

PART, TERM, FACT = "part", "term", "fact"
# Every edition has its own by its nature.
_NAMES = frozenset({"edition_name", "region_name"})
_TABLES = ("table-block", "data-table")

Points = Mapping[object, "Point"]


@dataclass(frozen=True, slots=True)
class Point:
    """What an edition has: `label` is a number in words, `titles` what stands under it, `id` where it stands."""

    sort: str
    label: str
    titles: tuple[str, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Contrast:
    """This edition beside another one: `name` is the other's, `lang` its language where it is not this edition's."""

    name: str
    lang: str | None
    here: tuple[Point, ...]
    there: tuple[Point, ...]


def list_contrasts(differences: Differences, state: EditionRenderer) -> tuple[Contrast, ...]:
    """What only this edition has and what only each other one, in the reader's order.

    A part is the same one in two editions where it stands in the same chapter and has the same title or caption in
    the source; a table's row where all its cells say the same.
    """
    mine = _points(state.document, state)
    found = []
    for other, document in differences.others:
        # The reader's own numerals and words for numbers, the other edition's words for the rest.
        like = Edition(other.region, other.language, state.edition.locale)
        theirs = EditionRenderer(document, like, state.environment)
        points = _points(document, theirs)
        lang = other.language if other.language != state.edition.language else None
        found.append(Contrast(theirs.values["edition_name"], lang, _only(mine, points), _only(points, mine)))
    return tuple(found)


def _only(points: Points, others: Points) -> tuple[Point, ...]:
    """The points without their like; facts of one table together, of a table that itself has no like not at all."""
    only = [point for key, point in points.items() if key not in others]
    parts = {point.id for point in only if point.sort == PART}
    joined: dict[object, Point] = {}
    for place, point in enumerate(only):
        key = point.id if point.sort == FACT and point.id else place
        before = joined[key].titles if key in joined else ()
        joined[key] = replace(point, titles=tuple(dict.fromkeys((*before, *point.titles))))
    return tuple(point for point in joined.values() if point.sort != FACT or point.id not in parts)


def _points(document: Document, state: EditionRenderer) -> Points:
    found: dict[object, Point] = {}
    labels = collect_labels(document)
    for chapter in document.chapters:
        for node in walk(chapter):
            if not isinstance(node, Element) or node.tag not in ("chapter", "section", "figure", *_TABLES):
                continue
            identifier = node.attrs["id"]
            name = state.name(identifier)
            text = labels[identifier].title or state.caption(identifier)
            key = (node.tag, chapter.at, text.message.msgid if text else node.at)
            found.setdefault(key, Point(PART, name[0], (name[1],), identifier))
            if node.tag == "data-table":
                found |= {(*key, cells): point for cells, point in _rows(node, name[0], state)}
    for entry in document.glossary.children:
        if isinstance(entry, Element):
            identifier = f"term-{entry.attrs['id']}"
            found[identifier] = Point(TERM, "", (state.name(identifier)[1],), identifier)
    found |= _named(document, state)
    return found


def _rows(table: Element, label: str, state: EditionRenderer) -> Iterator[tuple[object, Point]]:
    """The rows, each as its cells say it and by the cell that heads it."""
    for row in table.children:
        if isinstance(row, Element) and row.tag == "row":
            cells = [cell for cell in row.children if isinstance(cell, Element)]
            head = next((cell for cell in cells if cell.attrs["header"]), None)
            title = " ".join(_words(node, state) for node in head.children) if head else ""
            said = tuple(tuple(map(_said, cell.children)) for cell in cells)
            yield said, Point(FACT, label, (title,), table.attrs["id"])


def _named(document: Document, state: EditionRenderer) -> Iterator[tuple[object, Point]]:
    """The values of the paper's placeholders."""
    for element in document.meta.children:
        if isinstance(element, Element) and element.tag == "placeholder" and element.attrs["name"] not in _NAMES:
            name = element.attrs["name"]
            yield (name, *map(_said, element.children)), Point(FACT, "", (state.values[name],))


def _said(node: Node) -> object:
    return node.message.msgid if isinstance(node, Text) else node.value if isinstance(node, Value) else node.at


def _words(node: Node, state: EditionRenderer) -> str:
    if isinstance(node, Text):
        return state.plain(node.text)
    return format_value(node, state.locale) if isinstance(node, Value) else ""
