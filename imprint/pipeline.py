"""The four calls: content → Document → localised Document → HTML page → proven PDF, for one edition."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from time import perf_counter

from imprint.base.artifact import Artifact
from imprint.base.diagnostic import Diagnostic, Diagnostics, Location
from imprint.base.edition import Edition
from imprint.base.sources import Sources
from imprint.content.document import Document
from imprint.content.load import load_document
from imprint.content.number import cited_sources, number_document
from imprint.content.select import select_region
from imprint.content.tree import Text, Value, walk
from imprint.localize.approved import Approved, load_approved
from imprint.localize.gate import check_edition
from imprint.localize.translate import Coverage, is_source, translate_document
from imprint.markup.page import Page, render_page
from imprint.paginate.library import find_fonts
from imprint.paginate.prove import prove_edition
from imprint.paginate.render import Pagination, paginate_edition
from imprint.paginate.store import Store

RECORD = "edition.json"


@dataclass(frozen=True, slots=True)
class Built:
    """One finished edition: its files, and what there is to say of it. `seconds` is wall time by stage."""

    edition: Edition
    title: str
    pdf: Artifact
    record: Artifact
    pages: int
    words: int
    coverage: float
    proof: Mapping[str, object]
    warnings: tuple[Diagnostic, ...]
    seconds: Mapping[str, float]


def load(sources: Sources, diagnostics: Diagnostics) -> Document:
    """Parse the paper once, for all its editions. Raises Rejected with every slip."""
    document = load_document(sources, diagnostics)
    diagnostics.raise_errors()
    if document is None:
        raise AssertionError("a paper without settings has errors")
    return document


def build_edition(document: Document, edition: Edition, sources: Sources, store: Store, *, draft: bool) -> Built:
    """Build one edition in memory. Raises Rejected with every diagnostic; a draft only for what it cannot show."""
    diagnostics = Diagnostics()
    clock = _Clock()
    mine = number_document(select_region(document, edition.region))
    approved = load_approved(sources, edition, diagnostics)
    localised, coverage = translate_document(mine, edition, approved.lookup)
    coverage = _with_labels(coverage, approved, sources, edition, document.paper.language, diagnostics)
    check_edition(localised, approved, coverage, document, edition, diagnostics, draft=draft)
    diagnostics.raise_errors()
    clock.lap("localize")
    page = render_page(localised, edition, sources, approved.label, diagnostics, draft)
    diagnostics.raise_errors()
    if page is None:
        raise AssertionError("a template that failed is an error")
    clock.lap("markup")
    printed = paginate_edition(
        page.html,
        page.files,
        find_fonts(),
        _shaping_tag(edition),
        diagnostics,
        direction=edition.direction,
        locate=_locator(localised),
        store=store,
    )
    clock.lap("paginate")
    proof = prove_edition(printed, page, edition, diagnostics, draft=draft)
    diagnostics.raise_errors()
    clock.lap("proof")
    seconds = {**clock.laps, **{f"paginate.{step}": time for step, time in printed.seconds.items()}}
    return _built(localised, edition, page, printed, coverage, proof, sources, diagnostics, seconds)


def _built(
    document: Document,
    edition: Edition,
    page: Page,
    printed: Pagination,
    coverage: Coverage,
    proof: Mapping[str, object],
    sources: Sources,
    diagnostics: Diagnostics,
    seconds: Mapping[str, float],
) -> Built:
    paper = document.paper
    pdf = Artifact(f"{edition.folder()}/{edition.stem(paper.id)}.pdf", printed.pdf)
    words = _count_words(document)
    record = {
        "paper": paper.id,
        "version": paper.version,
        "date": paper.date.isoformat(),
        "region": edition.region,
        "language": edition.language,
        "title": page.title,
        "path": pdf.path,
        "sha256": pdf.sha256,
        "bytes": len(pdf.data),
        "pages": printed.pages,
        "words": words,
        "coverage": round(coverage.ratio, 4),
        "sources_cited": list(cited_sources(document)),
        "warnings": [str(warning) for warning in diagnostics.warnings],
        "proof": proof,
        "fonts": [asdict(font) for font in printed.fonts],
        "toolchain": dict(printed.toolchain),
        "trace": dict(sources.trace),
    }
    data = json.dumps(record, ensure_ascii=False, indent=2).encode() + b"\n"
    return Built(
        edition,
        page.title,
        pdf,
        Artifact(f"{edition.folder()}/{RECORD}", data),
        printed.pages,
        words,
        coverage.ratio,
        proof,
        diagnostics.warnings,
        seconds,
    )


class _Clock:
    """Wall time by stage."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = perf_counter()

    def lap(self, name: str) -> None:
        now = perf_counter()
        self.laps[name], self._last = now - self._last, now


def _with_labels(
    coverage: Coverage, approved: Approved, sources: Sources, edition: Edition, source: str, diagnostics: Diagnostics
) -> Coverage:
    """The coverage with the templates' own words counted in."""
    from imprint.localize.labels import extract_labels

    labels = {label.msgid: label for label in extract_labels(sources, diagnostics)}
    missing = () if is_source(edition, source) else tuple(l for m, l in labels.items() if not approved.lookup(m))
    return replace(coverage, total=coverage.total + len(labels), missing=(*coverage.missing, *missing))


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


def _count_words(document: Document) -> int:
    """Words as a reader counts them: runs of letters and digits, and each Han character or kana."""
    pattern = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+(?:[’'-][^\W_]+)*")
    total = 0
    for text in document.texts():
        plain = re.sub(r"\]\([^()]*\)|\[@[^\]]*\]|\[\^[^\]]*\]", " ", text.text)
        total += len(pattern.findall(re.sub(r"([\u3040-\u30ff\u3400-\u9fff])", r" \1 ", plain)))
    return total
