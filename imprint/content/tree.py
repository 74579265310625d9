"""The nodes of a Document: what an author wrote, as a tree of frozen values, each message in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from imprint.base.diagnostic import Location


@dataclass(frozen=True, slots=True)
class Message:
    """One translatable text: a block's inline Markdown with white space folded.

    `kind` is where it stands (`heading`, `paragraph`, `list item`, `cell`, `caption`, `alt text`, `figure text`,
    `term`, `note`, `title`, `label` …), `note` the author's word to translators, `width` a hint in characters for a
    narrow place (0: none), `placeholders` the declared names that it uses.
    """

    msgid: str
    at: Location
    kind: str = "paragraph"
    context: str | None = None
    note: str = ""
    width: int = 0
    placeholders: frozenset[str] = frozenset()

    # A Document goes to a worker whole, and has thousands of nodes. Dataclasses' own way to pickle a frozen one looks
    # its fields up each time: all take half as long again.
    def __reduce__(self) -> tuple[type[Message], tuple[Any, ...]]:
        fields = (self.msgid, self.at, self.kind, self.context, self.note, self.width, self.placeholders)
        return Message, fields


@dataclass(frozen=True, slots=True)
class Text:
    """A message in its place: `text` is what is shown (the msgid, until translated) and `lang` its language where
    that is not the edition's."""

    message: Message
    text: str
    lang: str | None = None

    def __reduce__(self) -> tuple[type[Text], tuple[Any, ...]]:
        return Text, (self.message, self.text, self.lang)


@dataclass(frozen=True, slots=True)
class Value:
    """A typed datum that the edition's locale writes: `kind` is `date`, `number`, `territory`, `list`, `verbatim`,
    `url` or `cite`."""

    kind: str
    value: date | int | float | str | tuple[str, ...]
    at: Location


Node: TypeAlias = "Element | Text | Value"


@dataclass(frozen=True, slots=True)
class Element:
    """A block. `tag` is an HTML name or one of ours (`chapter`, `region`, `figure`, `data-table` …)."""

    tag: str
    attrs: Mapping[str, str] = field(default_factory=dict)
    children: tuple[Node, ...] = ()
    at: Location = Location("")

    def __reduce__(self) -> tuple[type[Element], tuple[Any, ...]]:
        return Element, (self.tag, self.attrs, self.children, self.at)

    @property
    def message(self) -> Text | None:
        """The first message that stands directly in it: a heading's or a caption's words."""
        return next((child for child in self.children if isinstance(child, Text)), None)

    def find(self, tag: str) -> Element | None:
        """The first child element called `tag`."""
        return next((child for child in self.children if isinstance(child, Element) and child.tag == tag), None)


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and all below it, in the reader's order."""
    # A stack and no recursion: nested generators cost each node its depth.
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        if isinstance(found, Element):
            waiting.extend(found.children[::-1])


def map_texts(node: Element, change: Callable[[Text], Text]) -> Element:
    """The same tree with `change` applied to every Text."""
    children = tuple(
        change(child) if isinstance(child, Text) else map_texts(child, change) if isinstance(child, Element) else child
        for child in node.children
    )
    return Element(node.tag, node.attrs, children, node.at)
