"""The structure tree as a flat list in reading order: elements, marked contents and annotations with their depth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pikepdf

from imprint.paginate.preflight.objects import (
    as_dict,
    as_list,
    as_number,
    as_text,
    entry,
    object_id,
    object_key,
)

NODE_LIMIT, DEPTH_LIMIT = 500_000, 500

# ISO 32000-1, 14.8.4: the standard structure types.
STANDARD = frozenset(
    [
        "Document",
        "Part",
        "Art",
        "Sect",
        "Div",
        "BlockQuote",
        "Caption",
        "TOC",
        "TOCI",
        "Index",
        "NonStruct",
        "Private",
        "P",
        "H",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "THead",
        "TBody",
        "TFoot",
        "Span",
        "Quote",
        "Note",
        "Reference",
        "BibEntry",
        "Code",
        "Link",
        "Annot",
        "Ruby",
        "Warichu",
        "RB",
        "RT",
        "RP",
        "WT",
        "WP",
        "Figure",
        "Formula",
        "Form",
    ]
)


@dataclass(frozen=True, slots=True)
class Content:
    """A piece of content in an element: `key` as the interpreter names its mark."""

    key: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation that an element refers to (OBJR)."""

    key: tuple[int, int] | None


@dataclass(eq=False, slots=True)
class Node:
    """A structure element: `tag` is its standard type by the role map, `page` counts from 0."""

    tag: str
    own_tag: str
    obj: pikepdf.Object
    parent: Node | None
    page: int | None
    lang: str
    alt: str | None
    actual: str | None
    kids: list[Node | Content | Annotation] = field(default_factory=list)

    @property
    def object_id(self) -> str | None:
        """The element's object number, as reports write it."""
        return object_id(self.obj)

    @property
    def number(self) -> int | None:
        """The element's page, counted from 1."""
        return None if self.page is None else self.page + 1

    def above(self, *tags: str) -> Node | None:
        """The nearest element above this one that has one of the tags."""
        node = self.parent
        while node is not None and node.tag not in tags:
            node = node.parent
        return node

    def children(self) -> list[Node]:
        """The element's child elements, looking through NonStruct, which says nothing (ISO 32000-1, 14.8.4.2)."""
        found: list[Node] = []
        waiting: list[Node | Content | Annotation] = self.kids[::-1]
        while waiting:
            kid = waiting.pop()
            if isinstance(kid, Node):
                if kid.tag in ("NonStruct", "Private"):
                    waiting.extend(kid.kids[::-1])
                else:
                    found.append(kid)
        return found

    def walk(self) -> Iterator[Node | Content | Annotation]:
        """This element and everything below it, in reading order."""
        waiting: list[Node | Content | Annotation] = [self]
        while waiting:
            item = waiting.pop()
            yield item
            if isinstance(item, Node):
                waiting.extend(reversed(item.kids))


@dataclass
class Tree:
    """The whole structure: `nodes` in reading order; `trouble` says why it is not whole."""

    root: Node | None
    nodes: list[Node]
    trouble: str = ""

    def tagged(self, *tags: str) -> list[Node]:
        """The elements with one of the tags, in reading order."""
        found = [place for tag in tags for place in self._by_tag.get(tag, ())]
        return [self.nodes[place] for place in (sorted(found) if len(tags) > 1 else found)]

    @cached_property
    def _by_tag(self) -> dict[str, list[int]]:
        """The places of each tag's elements. Asked for only once the tree is read."""
        places: dict[str, list[int]] = {}
        for place, node in enumerate(self.nodes):
            places.setdefault(node.tag, []).append(place)
        return places


def load_tree(catalog: object, pages: Mapping[tuple[int, int], int]) -> Tree:
    """Read the structure tree; `pages` maps a page object's number to the page's place. Loops and bombs are cut off."""
    top = as_dict(entry(catalog, "/StructTreeRoot"))
    if top is None:
        return Tree(None, [])
    roles = _role_map(entry(top, "/RoleMap"))
    root = Node("StructTreeRoot", "StructTreeRoot", top, None, None, as_text(entry(catalog, "/Lang")), None, None)
    tree = Tree(root, [])
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[Any, Node, int]] = [(kid, root, 1) for kid in reversed(as_list(entry(top, "/K")))]
    while waiting:
        item, parent, depth = waiting.pop()
        if isinstance(item, int):
            if parent.page is not None:
                parent.kids.append(Content((parent.page, item)))
            continue
        if as_dict(item) is None:
            continue
        # All of an element's entries at once: a third of the time that asking for each takes.
        entries = dict(item.items())
        kind = as_text(entries.get("/Type"))
        if kind == "OBJR":
            parent.kids.append(Annotation(object_key(entries.get("/Obj"))))
        elif kind == "MCR":
            parent.kids.append(Content(_content_key(item, parent, pages)))
        else:
            key = object_key(item)
            if (key and key in seen) or depth > DEPTH_LIMIT or len(tree.nodes) >= NODE_LIMIT:
                tree.trouble = tree.trouble or f"the structure tree loops or never ends (object {object_id(item)})"
                continue
            if key:
                seen.add(key)
            node = _node(item, entries, parent, roles, pages)
            parent.kids.append(node)
            tree.nodes.append(node)
            waiting.extend([(kid, node, depth + 1) for kid in reversed(as_list(entries.get("/K")))])
    return tree


def _node(
    item: pikepdf.Object,
    entries: Mapping[str, Any],
    parent: Node,
    roles: Mapping[str, str],
    pages: Mapping[tuple[int, int], int],
) -> Node:
    tag = as_text(entries.get("/S"))
    page = object_key(entries.get("/Pg"))
    alt, actual = entries.get("/Alt"), entries.get("/ActualText")
    return Node(
        tag=roles.get(tag, tag),
        own_tag=tag,
        obj=item,
        parent=parent,
        page=parent.page if page is None else pages.get(page, parent.page),
        lang=(as_text(entries["/Lang"]) if "/Lang" in entries else "") or parent.lang,
        alt=None if alt is None else as_text(alt),
        actual=None if actual is None else as_text(actual),
    )


def _content_key(item: pikepdf.Object, parent: Node, pages: Mapping[tuple[int, int], int]) -> tuple[Any, ...]:
    page = pages.get(object_key(item.get("/Pg")) or (0, 0), parent.page if parent.page is not None else -1)
    number = int(as_number(item.get("/MCID")) or 0)
    form = object_key(item.get("/Stm"))
    return (page, number) if form is None else (page, form, number)


def _role_map(value: object) -> dict[str, str]:
    """Each mapped tag → the standard type that its chain of mappings ends in (ISO 32000-1, 14.7.3)."""
    dictionary = as_dict(value)
    if dictionary is None:
        return {}
    raw = {str(key)[1:]: as_text(target) for key, target in dictionary.items()}
    roles = {}
    for tag in raw:
        target, steps = tag, 0
        while target in raw and target not in STANDARD and steps < 32:
            target, steps = raw[target], steps + 1
        roles[tag] = target
    return roles
