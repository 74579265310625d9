"""The four calls: content → Document → localised Document → HTML page → proven PDF, for one edition."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from imprint.base.artifact import Artifact
from imprint.base.diagnostic import Diagnostic, Diagnostics, Location
from imprint.base.edition import Edition
from imprint.base.sources import Sources
from imprint.content.document import Document
from imprint.content.load import load_document
from imprint.content.number import cited_sources, number_document
from imprint.content.select import select_region
from imprint.content.tree import Message, Text, Value, walk
from imprint.localize.approved import load_approved
from imprint.localize.gate import check_edition, load_verdicts
from imprint.localize.labels import extract_labels
from imprint.localize.translate import Coverage, add_labels, translate_document
from imprint.localize.words import count_words
from imprint.markup.page import Page, render_page
from imprint.paginate.library import find_fonts
from imprint.paginate.prove import Proven, prove_page
from imprint.paginate.render import paginate_edition
from imprint.paginate.store import Store

RECORD = "edition.json"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What all editions are made from: the paper's Document and the templates' own words."""

    document: Document
    labels: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a build may use again: prepared faces, and proven pages by what they were made from.

    `engine` stands for everything outside the paper that shapes the bytes; it is part of a page's key. `verdicts` is
    the folder where findings about translations are kept.
    """

    faces: Store
    pages: Store
    verdicts: Path | None
    engine: str


@dataclass(frozen=True, slots=True)
class Built:
    """One finished edition: its PDF, and what there is to say of it. `seconds` is wall time by stage.

    `rendered` is False where the page was the same as one proven before, and was taken from the workshop.
    """

    edition: Edition
    pdf: Artifact
    record: Mapping[str, Any]
    warnings: tuple[Diagnostic, ...]
    seconds: Mapping[str, float]
    rendered: bool

    @property
    def files(self) -> tuple[Artifact, ...]:
        """What is put in place: the PDF, then the record that vouches for it."""
        data = json.dumps(self.record, ensure_ascii=False, indent=2).encode() + b"\n"
        return (self.pdf, Artifact(f"{self.edition.folder()}/{RECORD}", data))


def load(sources: Sources, diagnostics: Diagnostics) -> Loaded:
    """Parse the paper once, for all its editions. Raises Rejected with every slip."""
    document = load_document(sources, diagnostics)
    labels = extract_labels(sources, diagnostics)
    diagnostics.raise_errors()
    if document is None:
        raise AssertionError("a paper without settings has errors")
    return Loaded(document, labels)


def build_edition(loaded: Loaded, edition: Edition, sources: Sources, workshop: Workshop, *, draft: bool) -> Built:
    """Build one edition in memory. Raises Rejected with every diagnostic; a draft only for what it cannot show."""
    diagnostics = Diagnostics()
    clock = _Clock()
    document, coverage, page = _write_page(loaded, edition, sources, workshop, diagnostics, clock, draft)
    made: list[Proven] = []

    def print_page() -> bytes:
        printed = paginate_edition(
            page.html,
            page.files,
            find_fonts(),
            _shaping_tag(edition),
            diagnostics,
            direction=edition.direction,
            locate=_locator(document),
            store=workshop.faces,
        )
        clock.lap("paginate", printed.seconds)
        made.append(prove_page(printed, page, edition, diagnostics, draft=draft))
        diagnostics.raise_errors()
        clock.lap("proof", {})
        return made[0].pack()

    packed = workshop.pages.fetch(_page_key(page, edition, workshop.engine, draft), print_page)
    proven = made[0] if made else Proven.unpack(packed)
    diagnostics.extend(proven.warnings)
    record = _record(document, edition, page, proven, coverage, sources, diagnostics, workshop.engine, draft)
    pdf = Artifact(record["path"], proven.pdf)
    return Built(edition, pdf, record, diagnostics.warnings, clock.laps, rendered=bool(made))


def write_page(
    loaded: Loaded, edition: Edition, sources: Sources, workshop: Workshop, diagnostics: Diagnostics, *, draft: bool
) -> Page:
    """The edition's HTML page alone, as `build_edition` prints it. Raises Rejected."""
    return _write_page(loaded, edition, sources, workshop, diagnostics, _Clock(), draft)[2]


def _write_page(
    loaded: Loaded,
    edition: Edition,
    sources: Sources,
    workshop: Workshop,
    diagnostics: Diagnostics,
    clock: _Clock,
    draft: bool,
) -> tuple[Document, Coverage, Page]:
    mine = number_document(select_region(loaded.document, edition.region))
    approved = load_approved(sources, edition, diagnostics)
    localised, coverage = translate_document(mine, edition, approved.lookup)
    coverage = add_labels(coverage, loaded.labels, edition, loaded.document.paper.language, approved.lookup)
    paper = loaded.document.paper
    verdicts = load_verdicts(sources, paper, edition.locale, workshop.engine, workshop.verdicts, diagnostics)
    check_edition(localised, loaded.labels, approved, coverage, edition, verdicts, diagnostics, draft=draft)
    diagnostics.raise_errors()
    clock.lap("localize", {})
    page = render_page(localised, edition, sources, approved.label, diagnostics, draft)
    diagnostics.raise_errors()
    if page is None:
        raise AssertionError("a template that failed is an error")
    clock.lap("markup", {})
    return localised, coverage, page


def _page_key(page: Page, edition: Edition, engine: str, draft: bool) -> str:
    """What a proven page was made from: the same key gives the same PDF."""
    digest = hashlib.sha256()
    for part in (engine, _shaping_tag(edition), edition.direction, str(draft), page.html):
        digest.update(f"{len(part)} {part}\n".encode())
    for name, data in sorted(page.files.items()):
        digest.update(f"{name} {hashlib.sha256(data).hexdigest()}\n".encode())
    return digest.hexdigest()


def _record(
    document: Document,
    edition: Edition,
    page: Page,
    proven: Proven,
    coverage: Coverage,
    sources: Sources,
    diagnostics: Diagnostics,
    engine: str,
    draft: bool,
) -> dict[str, Any]:
    """What edition.json says. Nothing of it depends on clock, folder or job count."""
    paper = document.paper
    return {
        "paper": paper.id,
        "version": paper.version,
        "date": paper.date.isoformat(),
        "region": edition.region,
        "language": edition.language,
        "title": page.title,
        "path": f"{edition.folder()}/{edition.stem(paper.id)}.pdf",
        "sha256": hashlib.sha256(proven.pdf).hexdigest(),
        "bytes": len(proven.pdf),
        "pages": proven.pages,
        "words": count_words(text.text for text in document.texts()),
        "coverage": round(coverage.ratio, 4),
        "draft": draft,
        "sources_cited": list(cited_sources(document)),
        "warnings": [str(warning) for warning in diagnostics.warnings],
        "proof": proven.proof,
        "fonts": list(proven.fonts),
        "toolchain": dict(proven.toolchain),
        "engine": engine,
        "trace": dict(sources.trace),
    }


class _Clock:
    """Wall time by stage, with the steps of a stage below it (`paginate.layout`)."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = perf_counter()

    def lap(self, name: str, steps: Mapping[str, float]) -> None:
        now = perf_counter()
        self.laps[name], self._last = now - self._last, now
        self.laps |= {f"{name}.{step}": seconds for step, seconds in steps.items()}


def _shaping_tag(edition: Edition) -> str:
    """The tag that chooses glyph forms: with the territory, for Hong Kong's Han differ from Taiwan's."""
    return edition.locale.replace("_", "-") if edition.locale.startswith("zh_Hant") else edition.language


def _locator(document: Document) -> Callable[[str], Location | None]:
    """Where a character was first written, for the errors about missing glyphs."""

    def locate(character: str) -> Location | None:
        for part in document.parts():
            for node in walk(part):
                if isinstance(node, Text) and character in node.text:
                    return node.message.at
                if isinstance(node, Value) and character in str(node.value):
                    return node.at
        return None

    return locate
