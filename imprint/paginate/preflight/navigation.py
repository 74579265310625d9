"""Navigation: links that are tagged, described and alive; tab order; the outline; page labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf

from imprint.paginate.preflight.expectation import normalise
from imprint.paginate.preflight.objects import as_dict, as_list, as_number, as_text, entry, object_id, object_key
from imprint.paginate.preflight.opened import Opened
from imprint.paginate.preflight.tagging import find_headings, node_text
from imprint.paginate.preflight.tree import Annotation

OUTLINE_LIMIT = 20_000
_SCHEMES = ("http:", "https:", "mailto:")


def walk_annotations(opened: Opened) -> Iterator[tuple[int, pikepdf.Object]]:
    """Each annotation with its page, counted from 1."""
    for index, page in enumerate(opened.pages):
        for item in as_list(entry(page, "/Annots")):
            annotation = as_dict(item)
            if annotation is not None:
                yield index + 1, annotation


def check_links(opened: Opened) -> None:
    """Every link annotation hangs in the structure under a Link, has a description, and leads somewhere."""
    holders = {
        kid.key: node for node in opened.tree.nodes for kid in node.kids if isinstance(kid, Annotation) and kid.key
    }
    names = _destination_names(opened)
    for page, link in walk_annotations(opened):
        # All at once: to be told that an entry is not there costs as much as two that are.
        entries = dict(link.items())
        if as_text(entries.get("/Subtype")) != "Link":
            continue
        at = object_id(link)
        holder = holders.get(object_key(link) or (0, 0))
        if opened.tree.nodes and (holder is None or (holder.tag != "Link" and holder.above("Link") is None)):
            opened.found.add("link-untagged", "a link annotation is under no Link element", page, at)
        _check_description(opened, entries, page, at)
        _check_target(opened, entries, page, at, names)


def _check_description(opened: Opened, link: Mapping[str, Any], page: int, at: str | None) -> None:
    contents = as_text(link.get("/Contents")).strip()
    target = as_text(link.get("/Dest")) or as_text(entry(link.get("/A"), "/URI"))
    if not contents:
        opened.found.add("link-description", f"a link to {target or 'a page'} has no Contents", page, at)
    elif contents == target:
        opened.found.add("link-description-bare", f"a link is described by its address, {target}", page, at)


def _check_target(opened: Opened, link: Mapping[str, Any], page: int, at: str | None, names: set[str]) -> None:
    action = link.get("/A")
    kind = as_text(entry(action, "/S"))
    if kind == "URI":
        address = as_text(entry(action, "/URI")).strip()
        if not address.lower().startswith(_SCHEMES):
            opened.found.add("link-scheme", f"a link leads to {address[:60]!r}", page, at)
        return
    if kind not in ("", "GoTo"):
        return  # the actions check names it
    target = entry(action, "/D") if kind == "GoTo" else link.get("/Dest")
    if not _resolves(opened, target, names):
        shown = as_text(target) or "no page of this document"
        opened.found.add("link-dead", f"a link leads to {shown!r}, which is nowhere", page, at)


def _resolves(opened: Opened, target: Any, names: set[str]) -> bool:
    """Whether a destination (ISO 32000-1, 12.3.2) is a page of the document or a name that leads to one."""
    if isinstance(target, pikepdf.Array):
        return len(target) > 0 and object_key(target[0]) in opened.page_of
    return as_text(target) in names


def _destination_names(opened: Opened) -> set[str]:
    """The named destinations that lead to a page of this document."""
    found: list[tuple[str, Any]] = []
    tree = as_dict(entry(entry(opened.catalog, "/Names"), "/Dests"))
    if tree is not None:
        found += pikepdf.NameTree(tree).items()
    old = as_dict(entry(opened.catalog, "/Dests"))
    if old is not None:
        found += [(str(key)[1:], value) for key, value in old.items()]
    places = ((name, entry(value, "/D") if as_dict(value) is not None else value) for name, value in found)
    return {name for name, place in places if isinstance(place, pikepdf.Array) and _resolves(opened, place, set())}


def check_tabs(opened: Opened) -> None:
    """On a page with annotations, Tab follows the structure (PDF/UA-1, 7.18.3)."""
    for index, page in enumerate(opened.pages):
        if as_list(entry(page, "/Annots")) and as_text(entry(page, "/Tabs")) != "S":
            opened.found.add("tab-order", "the page has annotations, but its tab order is not S", index + 1)


def check_outline(opened: Opened) -> None:
    """The outline has the headings' texts, in their order; each entry leads to a page."""
    names = _destination_names(opened)
    entries = list(_outline(opened))
    for item in entries:
        action = entry(item, "/A")
        if not _resolves(opened, entry(action, "/D") if action is not None else entry(item, "/Dest"), names):
            title = as_text(entry(item, "/Title"))[:60]
            opened.found.add("link-dead", f"the outline's “{title}” leads nowhere", None, object_id(item))
    headings = [normalise(node_text(opened, node, frozenset({"Note"}))) for _, node in find_headings(opened)]
    titles = [normalise(as_text(entry(item, "/Title"))) for item in entries]
    if headings and not titles:
        opened.found.add("outline-missing", f"{len(headings)} headings, but no outline")
    elif headings and _bare(titles) != _bare(headings):
        pairs = list(zip(titles, headings, strict=False))
        place = next((i for i, (title, heading) in enumerate(pairs) if _bare([title]) != _bare([heading])), None)
        if place is None:
            message = f"the outline has {len(titles)} entries, the text {len(headings)} headings"
        else:
            title, heading = (text[:60] for text in pairs[place])
            message = f"entry {place + 1} of the outline is “{title}”, the heading “{heading}”"
        opened.found.add("outline-differs", message)


def _bare(texts: list[str]) -> list[str]:
    """Texts without white space and hyphens: a heading that breaks over lines is drawn without, or with, them."""
    return [re.sub(r"[\s\u2010-]", "", text) for text in texts]


def _outline(opened: Opened) -> Iterator[pikepdf.Object]:
    """The outline's entries in reading order; loops are cut off."""
    waiting = [entry(entry(opened.catalog, "/Outlines"), "/First")]
    seen: set[tuple[int, int]] = set()
    while waiting:
        item = as_dict(waiting.pop())
        key = object_key(item)
        if item is None or key is None or key in seen or len(seen) > OUTLINE_LIMIT:
            continue
        seen.add(key)
        yield item
        waiting += [entry(item, "/Next"), entry(item, "/First")]


def check_page_labels(opened: Opened) -> None:
    """Pages are labelled from the first on (ISO 32000-1, 12.4.2); an edition's prelims roman, its text from 1."""
    tree = as_dict(entry(opened.catalog, "/PageLabels"))
    if tree is None:
        if len(opened.pages) > 1:
            opened.found.add("page-labels", "the pages have no labels")
        return
    ranges = sorted(pikepdf.NumberTree(tree).items())
    if not ranges or ranges[0][0] != 0:
        opened.found.add("page-labels", "the labels do not begin with the first page")
    styles = [(as_text(entry(value, "/S")), as_number(entry(value, "/St")) or 1) for _, value in ranges]
    if opened.expected is None or len(opened.pages) < 3:
        return
    roman = next((i for i, (style, _) in enumerate(styles) if style in ("r", "R")), None)
    decimal = next((i for i, (style, start) in enumerate(styles) if style == "D" and start == 1), None)
    if roman is None or decimal is None or roman > decimal:
        opened.found.add("page-labels", "the labels are not i, ii … for the prelims and then 1, 2 …")
