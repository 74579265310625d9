"""The paper's `content/` in, one Document of all its editions out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from time import process_time

from pydantic import RootModel

from imprint.base.bounded import bounded
from imprint.base.confine import Limits
from imprint.base.diagnostic import Diagnostics, Location, Rejected
from imprint.base.sources import Absent, Sources
from imprint.content.chapter import parse_chapter
from imprint.content.document import Document
from imprint.content.figure import parse_figure
from imprint.content.inline import scan_inline
from imprint.content.limits import CHAPTERS_PER_SECOND, TERMS_PER_SECOND, check_count
from imprint.content.models import GlossaryFile, SourceTable
from imprint.content.paper import Paper, load_paper, paper_meta
from imprint.content.region import resolve_regions
from imprint.content.table import check_rows, load_table
from imprint.content.toml import convert_toml, load_toml, suggest
from imprint.content.tree import Element, Message, Node, Text, walk
from imprint.content.validate import validate_document


class SourcesFile(RootModel[dict[str, SourceTable]]):
    """content/sources.toml"""


def load_document(sources: Sources, diagnostics: Diagnostics) -> Document | None:
    """Read and check the whole paper; None where not even its settings can be used. Every slip is kept.

    Settings and the rest share the time that the paper allows. Raises Rejected where it is over.
    """
    begin = process_time()
    with bounded(Limits(), "reading the paper's settings"):
        paper = load_paper(sources, diagnostics)
    if paper is None:
        return None
    try:
        with bounded(paper.limits(process_time() - begin), "reading the paper"):
            return _load_parts(sources, paper, diagnostics)
    except Rejected as stopped:
        # What was found until then may be what is wrong, and the file read last is where the time went or ran out.
        last = Location(sources.newest)
        found = (replace(slip, at=slip.at or last) for slip in stopped.diagnostics)
        raise Rejected([*diagnostics, *found]) from None


def _load_parts(sources: Sources, paper: Paper, diagnostics: Diagnostics) -> Document:
    chapters = _load_chapters(sources, paper, diagnostics)
    figures, pictures = _load_figures(sources, chapters, diagnostics)
    document = Document(
        paper=paper,
        edition=None,
        meta=paper_meta(paper),
        chapters=chapters,
        glossary=_load_glossary(sources, paper, diagnostics),
        figures=figures,
        pictures=pictures,
        references=_load_references(sources, diagnostics),
    )
    document = document.map_texts(partial(_with_placeholders, names=paper.placeholder_names))
    validate_document(document, diagnostics)
    return document


def _with_placeholders(text: Text, names: frozenset[str]) -> Text:
    used = {token.value for token in scan_inline(text.message.msgid) if token.kind == "placeholder"}
    return replace(text, message=replace(text.message, placeholders=frozenset(used & names)))


def _load_chapters(sources: Sources, paper: Paper, diagnostics: Diagnostics) -> tuple[Element, ...]:
    chapters = []
    named, at = paper.settings.paper.chapters, paper.file.at("paper", "chapters")
    seconds = paper.settings.limits.cpu_seconds
    count = check_count(len(named), CHAPTERS_PER_SECOND, seconds, "chapters", at, diagnostics)
    for index, name in enumerate(named[:count]):
        path = f"content/{name}"
        try:
            text = sources.read_text(path)
        except Absent:
            known = [found.removeprefix("content/") for found in sources.list("content", ".md")]
            at = paper.file.at("paper", "chapters", index)
            hint = suggest(name, known) or "write it, or correct its name"
            diagnostics.error("missing-chapter", f"the chapter '{name}' is missing", at, hint)
            continue
        except Rejected as rejected:
            diagnostics.extend(rejected.diagnostics)
            continue
        chapter = parse_chapter(text, path, diagnostics)
        chapters.append(_resolve(sources, paper, chapter, diagnostics))
    nodes = (node for chapter in chapters for node in walk(chapter))
    tables = (node for node in nodes if isinstance(node, Element) and node.tag == "data-table")
    check_rows(tables, seconds, diagnostics)
    return tuple(chapters)


def _resolve(sources: Sources, paper: Paper, element: Element, diagnostics: Diagnostics) -> Element:
    """The tree with its region selectors resolved to names, and its data tables filled."""
    attrs = dict(element.attrs)
    if "regions" in attrs:
        attrs["regions"] = " ".join(sorted(resolve_regions(attrs["regions"], paper.regions, element.at, diagnostics)))
    children: list[Node] = []
    for child in element.children:
        if not isinstance(child, Element):
            children.append(child)
            continue
        resolved = _resolve(sources, paper, child, diagnostics)
        if child.tag == "table-block" and "data" in child.attrs:
            table = load_table(sources, resolved, paper.regions, diagnostics, paper.settings.limits.cpu_seconds)
            children += [table] if table else []
        else:
            children.append(resolved)
    return replace(element, attrs=attrs, children=tuple(children))


def _load_figures(
    sources: Sources, chapters: tuple[Element, ...], diagnostics: Diagnostics
) -> tuple[Mapping[str, Element], Mapping[str, bytes]]:
    figures: dict[str, Element] = {}
    pictures: dict[str, bytes] = {}
    blocks = [n for c in chapters for n in walk(c) if isinstance(n, Element) and n.tag == "figure"]
    for block in blocks:
        name = block.attrs["src"]
        path = f"content/figures/{name}"
        if name in figures or name in pictures:
            continue
        if ":" in name or name.startswith("/") or "%" in name:
            hint = "name a file in content/figures/; nothing is fetched from elsewhere"
            diagnostics.error("outside", f"'{name}' is not a file of the paper", block.at, hint)
            continue
        try:
            data = sources.read_bytes(path)
        except Absent:
            known = [found.removeprefix("content/figures/") for found in sources.list("content/figures")]
            hint = suggest(name, known) or "put it in content/figures/"
            diagnostics.error("missing-picture", f"the picture '{name}' is missing", block.at, hint)
            continue
        except Rejected as rejected:
            for slip in rejected.diagnostics:
                diagnostics.error(slip.rule, f"'{name}' {slip.message}", block.at, slip.hint)
            continue
        if name.endswith(".svg"):
            figure = parse_figure(data, path, diagnostics)
            if figure is not None:
                figures[name] = figure
        elif _is_sound_picture(data, path, diagnostics):
            pictures[name] = data
    return figures, pictures


def _is_sound_picture(data: bytes, path: str, diagnostics: Diagnostics) -> bool:
    # Late: most papers have drawings alone, and need no Pillow.
    from imprint.content.picture import check_picture

    return check_picture(data, path, diagnostics) is not None


def _load_references(sources: Sources, diagnostics: Diagnostics) -> Mapping[str, SourceTable]:
    if not sources.exists("content/sources.toml"):
        return {}
    file = load_toml(sources, "content/sources.toml", diagnostics)
    loaded = convert_toml(file, SourcesFile, diagnostics) if file else None
    return loaded.root if loaded else {}


def _load_glossary(sources: Sources, paper: Paper, diagnostics: Diagnostics) -> Element:
    path = "content/glossary.toml"
    if not sources.exists(path):
        return Element("glossary", {}, (), Location(path))
    file = load_toml(sources, path, diagnostics)
    loaded = convert_toml(file, GlossaryFile, diagnostics) if file else None
    if file is None or loaded is None:
        return Element("glossary", {}, (), Location(path))
    entries = []
    seconds = paper.settings.limits.cpu_seconds
    count = check_count(len(loaded.terms), TERMS_PER_SECOND, seconds, "terms", file.at("terms", 0), diagnostics)
    for index, term in enumerate(loaded.terms[:count]):
        at = file.at("terms", index)
        regions = resolve_regions(term.regions, paper.regions, file.at("terms", index, "regions"), diagnostics)
        attrs = {"id": term.id, "abbr": term.abbr, "regions": " ".join(sorted(regions))}
        parts = []
        for name in ("term", "definition"):
            place = file.at("terms", index, name)
            text = getattr(term, name)
            parts.append(Element(name, {}, (Text(Message(text, place, name), text),), place))
        entries.append(Element("entry", attrs, tuple(parts), at))
    return Element("glossary", {}, tuple(entries), Location(path))
