"""Structure: title, headings, figures, tables, lists, notes; everything drawn is tagged or an artifact."""

from __future__ import annotations

import re
from collections import Counter

from imprint.paginate.preflight.objects import as_dict, as_list, as_text, entry
from imprint.paginate.preflight.opened import Opened
from imprint.paginate.preflight.running import find_running
from imprint.paginate.preflight.tree import STANDARD, Annotation, Content, Node

# Five dots or more in a row, with or without spaces between: more than any ellipsis.
_LEADER = re.compile(r"(?:[.․‥…·]\s*){5,}")
_HEADINGS = ("H", "H1", "H2", "H3", "H4", "H5", "H6")
# What may stand alike at the head of many pages: repeated heads of tables, and headings.
_HEADS = ("TH", *_HEADINGS)


def node_text(opened: Opened, node: Node, without: frozenset[str] = frozenset()) -> str:
    """The text below a structure element; an ActualText stands for all below it."""
    if node.actual is not None:
        return node.actual
    parts: list[str] = []
    waiting: list[Node | Content | Annotation] = [node]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Content):
            parts.append(opened.text_of(item.key))
        elif isinstance(item, Node) and item is not node and item.tag in without:
            continue
        elif isinstance(item, Node) and item.actual is not None:
            parts.append(item.actual)
        elif isinstance(item, Node):
            waiting.extend(reversed(item.kids))
    return "".join(parts)


def find_headings(opened: Opened) -> list[tuple[int, Node]]:
    """The headings with their level, in reading order; a plain H counts as level 1."""
    return [(int(node.tag[1:] or 1), node) for node in opened.tree.tagged(*_HEADINGS)]


def check_tagged(opened: Opened) -> None:
    """There is a structure tree, of tags that readers know, and the window shows the title."""
    marked = entry(entry(opened.catalog, "/MarkInfo"), "/Marked") is True
    if not opened.tree.nodes or not marked:
        opened.found.add("untagged", "the document is not tagged")
    for name in sorted({node.tag for node in opened.tree.nodes} - STANDARD):
        opened.found.add("tag-unknown", f"the tag {name or '(none)'} is not standard, and the RoleMap does not map it")
    if entry(entry(opened.catalog, "/ViewerPreferences"), "/DisplayDocTitle") is not True:
        opened.found.add("title-not-shown", "DisplayDocTitle is not set")


def check_headings(opened: Opened) -> None:
    """Headings exist, and go down one level at a time (PDF/UA-1, 7.4.2)."""
    headings = find_headings(opened)
    if opened.tree.nodes and not headings:
        opened.found.add("heading-missing", "nothing is tagged as a heading")
    before = 0
    for level, node in headings:
        if level > before + 1:
            title = node_text(opened, node).strip()[:60]
            message = f"H{level} “{title}” follows {f'H{before}' if before else 'no heading'}"
            opened.found.add("heading-skip", message, node.number, node.object_id)
        before = level


def check_figures(opened: Opened) -> None:
    """Every figure and formula says what it shows (PDF/UA-1, 7.3)."""
    for node in opened.tree.tagged("Figure", "Formula"):
        if not (node.alt or "").strip() and not (node.actual or "").strip():
            opened.found.add("figure-alt", f"a {node.tag} has no alternative text", node.number, node.object_id)


def check_tables(opened: Opened) -> None:
    """Every table has header cells, and every header cell a scope (PDF/UA-1, 7.5)."""
    for table in opened.tree.tagged("Table"):
        cells = [item for item in table.walk() if isinstance(item, Node) and item.tag in ("TH", "TD")]
        headers = [cell for cell in cells if cell.tag == "TH"]
        if not headers:
            message = f"a table of {len(cells)} cells has no header cell (TH)"
            opened.found.add("table-no-header", message, table.number, table.object_id)
        bare = [cell for cell in headers if not _scope(opened, cell)]
        if bare:
            first = node_text(opened, bare[0]).strip()[:40]
            message = f"{len(bare)} of {len(headers)} header cells have no Scope, first “{first}”"
            opened.found.add("table-scope", message, bare[0].number or table.number, bare[0].object_id)


def _scope(opened: Opened, cell: Node) -> str:
    """A cell's Scope, from its attributes or from a class of attributes (ISO 32000-1, 14.7.5)."""
    classes = entry(entry(opened.catalog, "/StructTreeRoot"), "/ClassMap")
    holders = as_list(cell.obj.get("/A"))
    for name in as_list(cell.obj.get("/C")):
        holders += as_list(entry(classes, f"/{as_text(name)}")) if as_text(name) else []
    scopes = (as_text(entry(holder, "/Scope")) for holder in holders if as_dict(holder) is not None)
    return next((scope for scope in scopes if scope in ("Row", "Column", "Both")), "")


def check_lists(opened: Opened) -> None:
    """Lists are L > (Caption, LI, L), items LI > (Lbl, LBody) with a body (ISO 32000-1, 14.8.4.3.3)."""
    for node in opened.tree.tagged("L"):
        for kid in node.children():
            if kid.tag not in ("Caption", "LI", "L"):
                opened.found.add("list-structure", f"a list holds a {kid.tag}", kid.number, kid.object_id)
        if not any(kid.tag in ("LI", "L") for kid in node.children()):
            opened.found.add("list-structure", "a list has no items", node.number, node.object_id)
    for node in opened.tree.tagged("LI"):
        kids = [kid.tag for kid in node.children()]
        if "LBody" not in kids:
            opened.found.add("list-structure", "a list item has no LBody", node.number, node.object_id)
        for tag in sorted(set(kids) - {"Lbl", "LBody"}):
            opened.found.add("list-structure", f"a list item holds a {tag}", node.number, node.object_id)
        if node.above("L") is None:
            opened.found.add("list-structure", "a list item is in no list", node.number, node.object_id)


def check_notes(opened: Opened) -> None:
    """Each Note has an ID (PDF/UA-1, 7.9), is called from the text, and leads back to its call."""
    notes = opened.tree.tagged("Note")
    names = Counter(as_text(note.obj.get("/ID")) for note in notes)
    for note in notes:
        name = as_text(note.obj.get("/ID"))
        if not name or names[name] > 1:
            reason = f"shares its ID {name!r}" if name else "has no ID"
            opened.found.add("note-id", f"a Note {reason}", note.number, note.object_id)
        if not any(isinstance(item, Annotation) for item in note.walk()):
            opened.found.add("note-no-backlink", "a Note has no link back to its call", note.number, note.object_id)
    calls = sum(1 for node in opened.tree.tagged("Reference") if node.above("TOC", "TOCI") is None)
    if len(notes) > calls:
        message = f"{len(notes)} Notes but {calls} References in the text"
        opened.found.add("note-unreferenced", message, notes[0].number, notes[0].object_id)


def check_coverage(opened: Opened) -> None:
    """All that is drawn as text is in the structure, or an artifact; running headers are artifacts."""
    used = {item.key for node in opened.tree.nodes for item in node.kids if isinstance(item, Content)}
    for content in opened.contents:
        page = content.number + 1
        if content.loose and opened.tree.nodes:
            text = "".join(content.loose).strip()[:60]
            opened.found.add("content-untagged", f"“{text}” is neither tagged nor an artifact", page)
        orphans = [key for key, mark in content.marks.items() if key not in used and not mark.artifact]
        if orphans:
            text = next((t for key in orphans if (t := opened.text_of(key).strip())), "")[:60]
            message = f"{len(orphans)} marked contents are in no structure element, first “{text}”"
            opened.found.add("content-orphaned", message, page)
    _check_leaders(opened, used)
    heads = {item.key for node in opened.tree.tagged(*_HEADS) for item in node.walk() if isinstance(item, Content)}
    for text in find_running(opened, used - heads):
        opened.found.add("running-header-tagged", f"“{text}” is tagged as content on most pages")


def _check_leaders(opened: Opened, used: set[tuple[object, ...]]) -> None:
    """Rows of dots are drawn for the eye; as content they are read out, dot by dot."""
    for content in opened.contents:
        text = "".join(opened.text_of(key) for key in content.marks if key in used and key not in opened.replaced)
        if row := _LEADER.search(text):
            message = f"leaders are tagged as content: “{row[0].strip()[:20]}”"
            opened.found.add("leader-tagged", message, content.number + 1)
