"""The Document: a whole paper as values, for every edition at once or for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from imprint.base.edition import Edition
from imprint.content.models import SourceTable
from imprint.content.paper import Paper
from imprint.content.tree import Element, Message, Text, Value, map_texts, walk

__all__ = ["Document", "Element", "Message", "Text", "Value"]


@dataclass(frozen=True, slots=True)
class Document:
    """The paper's parts. `edition` is None for what the author wrote (the union of all editions).

    `meta` holds the titles and placeholder values, `glossary` its entries, `figures` the drawings and `pictures` the
    photographs by the path that a figure block names, `references` the sources by key.
    """

    paper: Paper
    edition: Edition | None
    meta: Element
    chapters: tuple[Element, ...]
    glossary: Element
    figures: Mapping[str, Element]
    pictures: Mapping[str, bytes]
    references: Mapping[str, SourceTable]

    def parts(self) -> Iterator[Element]:
        """Every tree of the Document, in the reader's order; a figure's drawing follows the chapter that shows it."""
        yield self.meta
        shown: set[str] = set()
        for chapter in self.chapters:
            yield chapter
            for node in walk(chapter):
                if isinstance(node, Element) and node.tag == "figure" and node.attrs["src"] not in shown:
                    shown.add(node.attrs["src"])
                    if node.attrs["src"] in self.figures:
                        yield self.figures[node.attrs["src"]]
        yield self.glossary

    def texts(self) -> Iterator[Text]:
        """Every message in its place that a translator sees, in the reader's order."""
        for part in self.parts():
            for node in walk(part):
                if isinstance(node, Text) and node.message.kind != "untranslated":
                    yield node

    def map_texts(self, change: Callable[[Text], Text]) -> Document:
        """The same Document with `change` applied to every translatable Text."""

        def translatable(text: Text) -> Text:
            return text if text.message.kind == "untranslated" else change(text)

        return replace(
            self,
            meta=map_texts(self.meta, translatable),
            chapters=tuple(map_texts(chapter, translatable) for chapter in self.chapters),
            glossary=map_texts(self.glossary, translatable),
            figures={path: map_texts(figure, translatable) for path, figure in self.figures.items()},
        )

    def title(self, name: str) -> Text | None:
        """A text of the title page: `title`, `subtitle`, `subject`, `author`, `notice`, `licence`."""
        element = self.meta.find(name)
        return element.message if element else None
