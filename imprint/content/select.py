"""The Document of all editions in, one market's part of it out, with its sections nested."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from operator import is_

from imprint.content.document import Document
from imprint.content.tree import Element, Node

_HEADING = re.compile(r"h([2-6])")


def select_region(document: Document, region: str) -> Document:
    """Keep what `region` shows: region blocks are opened or dropped, headings take their sections with them."""
    chapters = (chapter for chapter in document.chapters if _shown(chapter, region))
    return replace(
        document,
        meta=replace(document.meta, children=tuple(_select(document.meta.children, region))),
        chapters=tuple(_nest(replace(c, children=tuple(_select(c.children, region)))) for c in chapters),
        glossary=replace(document.glossary, children=tuple(_select(document.glossary.children, region))),
    )


def _shown(element: Element, region: str) -> bool:
    return "regions" not in element.attrs or region in element.attrs["regions"].split()


def _select(nodes: Iterable[Node], region: str) -> Iterator[Node]:
    dropped = 0  # the level of the heading whose section is being dropped
    for node in nodes:
        if not isinstance(node, Element):
            yield node
            continue
        level = _level(node)
        if dropped and (not level or level > dropped):
            continue
        dropped = level if level and not _shown(node, region) else 0
        if dropped or not _shown(node, region):
            continue
        if node.tag in ("region", "untranslated"):
            yield from _select(node.children, region)
        else:
            yield _with_children(node, tuple(_select(node.children, region)))


def _with_children(element: Element, children: tuple[Node, ...]) -> Element:
    """The element with these children: itself, where they are its own (most of a paper is in every region)."""
    same = len(children) == len(element.children) and all(map(is_, children, element.children))
    return element if same else Element(element.tag, element.attrs, children, element.at)


def _level(element: Element) -> int:
    found = _HEADING.fullmatch(element.tag)
    return int(found[1]) if found else 0


def _nest(chapter: Element) -> Element:
    """The chapter with each heading of level 2 and deeper, and what follows it, inside a `section` of its own."""
    notes = [child for child in chapter.children if isinstance(child, Element) and child.tag == "fnote"]
    body = [child for child in chapter.children if not (isinstance(child, Element) and child.tag == "fnote")]
    return replace(chapter, children=(*_sections(body, 2), *notes))


def _sections(nodes: list[Node], level: int) -> Iterator[Node]:
    starts = [i for i, node in enumerate(nodes) if isinstance(node, Element) and 0 < _level(node) <= level]
    yield from nodes[: starts[0]] if starts else nodes
    # One more end than starts where there is no heading at all.
    for start, end in zip(starts, [*starts[1:], len(nodes)], strict=False):
        heading = nodes[start]
        if not isinstance(heading, Element):
            raise TypeError(heading)
        attrs = {"level": str(level), **{key: value for key, value in heading.attrs.items() if key != "regions"}}
        bare = replace(heading, attrs={})
        yield Element("section", attrs, (bare, *_sections(nodes[start + 1 : end], level + 1)), heading.at)
