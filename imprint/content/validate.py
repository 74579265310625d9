"""A Document in, what an author got wrong in it out: references, ids, headings, notes, placeholders, markup."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from imprint.base.diagnostic import Diagnostics, Location
from imprint.content.document import Document
from imprint.content.inline import find_slips, scan_inline
from imprint.content.number import Label, collect_labels, number_document
from imprint.content.select import select_region
from imprint.content.toml import suggest
from imprint.content.tree import Element, Text, Value, walk

# Kinds of text that go where no markup can: a title bar, an attribute, a drawing.
PLAIN_KINDS = frozenset({"title", "keyword", "placeholder", "alt text", "figure text"})
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CLOSES = {"\u202c": "\u202a\u202b\u202d\u202e", "\u2069": "\u2066\u2067\u2068"}
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_HEADING = re.compile(r"h[1-6]")


class _Use(NamedTuple):
    kind: str
    value: str
    at: Location


def validate_document(document: Document, diagnostics: Diagnostics) -> None:
    """Keep every slip as an error, first those of the texts, then those that only some editions have."""
    names = document.paper.placeholder_names
    for text in document.texts():
        _validate_text(text, names, diagnostics)
    for part in document.parts():
        for node in walk(part):
            if isinstance(node, Value) and isinstance(node.value, str):
                _validate_characters(node.value, node.at, diagnostics)
    for key, source in document.references.items():
        _validate_characters(source.title + source.publisher, Location("content/sources.toml"), diagnostics)
        if not re.fullmatch(r"[A-Za-z0-9][\w.-]*", key):
            diagnostics.error("bad-key", f"'{key}' cannot be a source's key", Location("content/sources.toml"))
    for use in _uses(document):
        if use.kind == "cite" and use.value not in document.references:
            hint = suggest(use.value, document.references) or "add it to content/sources.toml"
            diagnostics.error("unknown-source", f"the source '{use.value}' is not in sources.toml", use.at, hint)
    _validate_regions(document, diagnostics)


def _validate_regions(document: Document, diagnostics: Diagnostics) -> None:
    """Every region's part, each as it is numbered. Regions that show the same are tried once, unless it has slips,
    which are told of each: a paper of a thousand editions has a few different texts."""
    selectors = {
        node.attrs["regions"]
        for part in (*document.chapters, document.glossary)
        for node in walk(part)
        if isinstance(node, Element) and "regions" in node.attrs
    }
    members = {selector: frozenset(selector.split()) for selector in selectors}
    titles = replace(document, chapters=(), glossary=Element("glossary"))
    sound: set[tuple[frozenset[str], ...]] = set()
    for region in document.paper.regions:
        own = select_region(titles, region)
        shown = frozenset(selector for selector, regions in members.items() if region in regions)
        part = (shown, frozenset(_available(own)), frozenset(f"{use.kind} {use.value}" for use in _uses(own)))
        if part in sound:
            continue
        found = Diagnostics()
        _validate_region(number_document(select_region(document, region)), region, found)
        diagnostics.extend(found)
        if not tuple(found):
            sound.add(part)


def _validate_text(text: Text, names: frozenset[str], diagnostics: Diagnostics) -> None:
    message = text.message
    for slip in find_slips(message.msgid):
        diagnostics.error(slip.rule, slip.message, message.at, slip.hint)
    for token in scan_inline(message.msgid):
        if token.kind != "placeholder" and message.kind in PLAIN_KINDS:
            hint = "write plain text; only placeholders are allowed here"
            diagnostics.error("markup", f"markup in a {message.kind}", message.at, hint)
        elif token.kind == "placeholder" and token.value not in names:
            near = difflib.get_close_matches(token.value.lower(), names, n=1, cutoff=0.7)
            if near:
                hint = f"did you mean '{{{near[0]}}}'? Or write \\{{{token.value}}} to show it as it is"
                reason = f"there is no placeholder '{{{token.value}}}'"
                diagnostics.error("unknown-placeholder", reason, message.at, hint)
    _validate_characters(message.msgid, message.at, diagnostics)


def _validate_characters(text: str, at: Location, diagnostics: Diagnostics) -> None:
    """No control characters (TOML can escape them); embeddings, overrides and isolates are closed in the message, each
    by its own kind (UAX #9, 3.1.2)."""
    if found := _CONTROL.search(text):
        diagnostics.error("control-character", f"control character U+{ord(found[0]):04X}", at, "delete it")
    opened: list[str] = []
    for character in _BIDI.findall(text):
        if character not in _CLOSES:
            opened.append(character)
        elif not opened or opened.pop() not in _CLOSES[character]:
            opened.append(character)
            break
    if opened:
        reason = f"unpaired bidi control character U+{ord(opened[-1]):04X}"
        diagnostics.error("bidi-control", reason, at, "use <bdi> or <span dir=\"…\">")


def _validate_region(document: Document, region: str, diagnostics: Diagnostics) -> None:
    labels = collect_labels(document)
    uses = list(_uses(document))
    for use in uses:
        if use.kind == "link" and use.value.startswith("#") and use.value[1:] not in labels:
            hint = suggest(use.value[1:], labels) or "give what it leads to this id"
            reason = f"'{use.value}' leads nowhere in the region '{region}'"
            diagnostics.error("broken-reference", reason, use.at, hint)
        elif use.kind == "link" and use.value == "#":
            diagnostics.error("broken-reference", "'#' leads nowhere", use.at, "name an id")
    _validate_terms(document, region, labels, uses, diagnostics)
    _validate_ids(document, diagnostics)
    available = _available(document)
    names = document.paper.placeholder_names
    for use in uses:
        declared = use.value in names
        if use.kind == "placeholder" and declared and use.value not in available | {"title", "version", "date"}:
            hint = f"declare it in content/regions/{region}.toml or in content/paper.toml"
            reason = f"'{{{use.value}}}' has no value in the region '{region}'"
            diagnostics.error("undeclared-placeholder", reason, use.at, hint)
    for chapter in document.chapters:
        _validate_levels(chapter, 1, diagnostics)
        _validate_notes(chapter, region, diagnostics)
        for node in walk(chapter):
            if isinstance(node, Element) and node.tag == "data-table" and not any(
                isinstance(child, Element) and child.tag == "row" for child in node.children
            ):
                hint = "put the block into a region block, or give it rows"
                diagnostics.error("empty-table", f"the table is empty in the region '{region}'", node.at, hint)


def _validate_terms(
    document: Document, region: str, labels: Mapping[str, Label], uses: Iterable[_Use], diagnostics: Diagnostics
) -> None:
    """What the chapters say leads to a term: the glossary must stand somewhere."""
    if any(isinstance(node, Element) and node.tag == "glossary" for part in document.chapters for node in walk(part)):
        return
    terms = {f"#{name}" for name, label in labels.items() if label.kind == "term"}
    for use in uses:
        # The terms' own links are shown with the glossary, or not at all.
        if use.kind == "link" and use.value in terms and use.at.file != document.glossary.at.file:
            reason = f"'{use.value}' leads to the glossary, which stands nowhere in the region '{region}'"
            diagnostics.error("broken-reference", reason, use.at, "write /// glossary where it is to stand")


def _available(document: Document) -> set[str]:
    """The names of the placeholders that have a value."""
    placeholders = (e for e in document.meta.children if isinstance(e, Element) and e.tag == "placeholder")
    return {str(placeholder.attrs["name"]) for placeholder in placeholders}


def _uses(document: Document) -> Iterator[_Use]:
    """Every construct of every message and cell, with its place."""
    for part in document.parts():
        for node in walk(part):
            if isinstance(node, Text):
                for token in scan_inline(node.message.msgid):
                    yield _Use(token.kind, token.value, node.message.at)
            elif isinstance(node, Value) and node.kind == "cite" and isinstance(node.value, tuple):
                for key in node.value:
                    yield _Use("cite", key, node.at)


def _validate_ids(document: Document, diagnostics: Diagnostics) -> None:
    places: dict[str, Location] = {}
    for part in (*document.chapters, document.glossary):
        for node in walk(part):
            if not isinstance(node, Element) or "id" not in node.attrs or node.tag == "fnote":
                continue
            name = f"term-{node.attrs['id']}" if node.tag == "entry" else node.attrs["id"]
            if not re.fullmatch(r"[A-Za-z][\w.-]*", name):
                diagnostics.error("bad-id", f"'{name}' cannot be an id", node.at, "use letters, digits and hyphens")
            if name in places:
                hint = f"it stands at {places[name]} too; choose another"
                diagnostics.error("duplicate-id", f"the id '{name}' stands twice", node.at, hint)
            places.setdefault(name, node.at)


def _validate_levels(element: Element, level: int, diagnostics: Diagnostics) -> None:
    """No heading level is skipped (`##` under `#`, `###` under `##`), and none stands inside a list or block.

    Such a heading opened no section, and would not be shown.
    """
    for child in element.children[1:] if element.tag == "section" else element.children:
        if not isinstance(child, Element) or child.tag == "h1":
            continue
        if child.tag == "section":
            _validate_levels(child, level + 1, diagnostics)
            continue
        for heading in (node for node in walk(child) if isinstance(node, Element) and _HEADING.fullmatch(node.tag)):
            found, wanted = "#" * int(heading.tag[1]), "#" * (level + 1)
            if heading is child:
                reason = f"the heading '{found}' skips a level"
                diagnostics.error("heading-skip", reason, heading.at, f"make it '{wanted}'")
            else:
                hint = "give the block a title, or move the heading out of it"
                diagnostics.error("heading-inside", "a heading inside a list or block", heading.at, hint)


def _validate_notes(chapter: Element, region: str, diagnostics: Diagnostics) -> None:
    """Each note is written once and used once in its chapter."""
    written = [e for e in chapter.children if isinstance(e, Element) and e.tag == "fnote"]
    counted = Counter(note.attrs["id"] for note in written)
    used = _used_notes(chapter, diagnostics)
    for key, at in used.items():
        if key not in counted:
            hint = suggest(key, counted) or f"write [^{key}]: … below the paragraph"
            diagnostics.error("unknown-note", f"[^{key}] has no text in the region '{region}'", at, hint)
    for note in written:
        key = note.attrs["id"]
        if key not in used:
            reason = f"the note [^{key}] is not used in the region '{region}'"
            diagnostics.error("unused-note", reason, note.at, "delete it")
        elif counted[key] > 1:
            diagnostics.error("duplicate-note", f"the note [^{key}] stands twice", note.at, "keep one of them")


def _used_notes(chapter: Element, diagnostics: Diagnostics) -> dict[str, Location]:
    """Where each note is referred to; a second reference to one is an error."""
    used: dict[str, Location] = {}
    for note in (e for e in chapter.children if isinstance(e, Element) and e.tag == "fnote"):
        for text in (node for node in walk(note) if isinstance(node, Text)):
            if any(token.kind == "note" for token in scan_inline(text.message.msgid)):
                diagnostics.error("nested-note", "a note inside a note", note.at, "say both in one note")
    for node in walk(chapter):
        if not isinstance(node, Text):
            continue
        for token in scan_inline(node.message.msgid):
            if token.kind == "note" and token.value in used:
                at = node.message.at
                diagnostics.error("note-twice", f"[^{token.value}] is used twice", at, "give it a note of its own")
            elif token.kind == "note":
                used[token.value] = node.message.at
    return used
