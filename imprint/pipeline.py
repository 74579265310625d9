"""The four calls: content → Document → localised Document → HTML page → proven PDF, for one edition."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from imprint.base.artifact import Artifact
from imprint.base.built import Built, BuiltWeb
from imprint.base.clock import Clock
from imprint.base.diagnostic import Diagnostics, Rejected
from imprint.base.edition import Edition
from imprint.base.sources import Sources
from imprint.content.document import Document
from imprint.content.locate import locate_characters
from imprint.content.number import number_document
from imprint.content.select import select_region
from imprint.content.tree import Element, walk
from imprint.localize.approved import Approved, load_approved
from imprint.localize.gate import Gate, load_verdicts, open_gate
from imprint.localize.loaded import Loaded as Loaded
from imprint.localize.loaded import load as load
from imprint.localize.translate import Coverage, add_labels, translate_document
from imprint.markup.appendix import Appendix, load_appendices
from imprint.markup.page import Page, render_page
from imprint.markup.setting import Setting
from imprint.markup.templates import PRESS, PRINT, locate_address, locate_style
from imprint.paginate.layout.finding import Finding
from imprint.paginate.layout.inspect import layout_inspector
from imprint.paginate.layout.locate import locate_words
from imprint.paginate.library import find_fonts
from imprint.paginate.prove import Proven, begin_proof, prove_page
from imprint.paginate.record import edition_facts, print_record, web_record
from imprint.paginate.render import Inspector, Pagination, paginate_edition
from imprint.paginate.target import SCREEN, Target
from imprint.paginate.workshop import Workshop as Workshop

if TYPE_CHECKING:
    from imprint.paginate.preflight.conformance import Validation
    from imprint.paginate.press.condition import Condition


def build_edition(
    loaded: Loaded, edition: Edition, sources: Sources, workshop: Workshop, *, draft: bool, format_: str = "pdf"
) -> Built:
    """Build one edition's PDF in memory, as `pdf` for everybody or as `print` for the print shop.

    Raises Rejected with every diagnostic; a draft only for what it cannot show.
    """
    diagnostics = Diagnostics()
    clock = Clock()
    localised = _localise(loaded, edition, sources, workshop, diagnostics, draft, later=True)
    clock.lap("localize", {})
    condition = _load_condition(sources, diagnostics) if format_ == "print" else None
    page = _print_page(localised, sources, diagnostics, draft, PRESS if format_ == "print" else PRINT)
    clock.lap("markup", {})
    made: list[Proven] = []
    begun: list[Validation] = []
    locate = locate_words(localised.document)
    layout: list[Finding] = []

    def print_page() -> bytes:
        inspect = layout_inspector(_count_notes(localised.document), locate, draft=draft, keep=layout.append)
        press = condition is not None
        try:
            printed = _paginate(
                localised, page, condition, sources, workshop, diagnostics, inspect,
                lambda pdf: begun.append(begin_proof(pdf, press=press)),
            )  # fmt: skip
        except Rejected:
            # What is wrong with translations goes before what came of them.
            localised.gate.pass_through(diagnostics)
            raise
        localised.gate.pass_through(diagnostics)
        clock.lap("paginate", printed.seconds)
        made.append(
            prove_page(
                printed, page, edition, diagnostics, draft=draft, press=press, validation=begun[0],
                layout=tuple(layout), locate=locate,
            )
        )  # fmt: skip
        diagnostics.raise_errors()
        clock.lap("proof", {})
        return made[0].pack()

    try:
        packed = workshop.pages.fetch(_page_key(page, edition, workshop.engine, draft, condition), print_page)
        localised.gate.pass_through(diagnostics)
    finally:
        localised.gate.leave()
    proven = made[0] if made else Proven.unpack(packed)
    # Placed anew: the page may be one proven before, and its messages stand in other lines by now.
    diagnostics.extend(finding.diagnostic(locate, draft=draft) for finding in (*proven.preflight, *proven.layout))
    facts = _facts(localised, sources, diagnostics, workshop.engine, draft)
    record = print_record(facts, localised.document, edition, page, proven, format_)
    pdf = Artifact(record["path"], proven.pdf)
    return Built(edition, pdf, record, diagnostics.warnings, clock.laps, bool(made), format_)


def _paginate(
    localised: _Localised,
    page: Page,
    condition: Condition | None,
    sources: Sources,
    workshop: Workshop,
    diagnostics: Diagnostics,
    inspector: Inspector,
    written: Callable[[bytes], None],
) -> Pagination:
    """Lay the page out and draw it; where it is slow, the gate judges the translations beside it."""
    return paginate_edition(
        page.html,
        page.files,
        find_fonts(),
        _shaping_tag(localised.edition),
        diagnostics,
        direction=localised.edition.direction,
        locate=locate_characters(localised.document),
        locate_style=lambda words: locate_style(sources, words),
        locate_address=lambda address: locate_address(sources, address),
        store=workshop.faces,
        target=_press_target(condition) if condition else SCREEN,
        hands=workshop.hands,
        kept=workshop.kept,
        written=written,
        beside=localised.gate.begin,
        inspectors=(inspector,),
    )


def build_web(
    loaded: Loaded,
    edition: Edition,
    sources: Sources,
    workshop: Workshop,
    *,
    draft: bool,
    setting: Setting = Setting(),  # noqa: B008  # frozen
) -> BuiltWeb:
    """Build one edition as a web page in memory, at its place in a site. Raises Rejected as `build_edition` does."""
    # Late, for nothing else needs it.
    from imprint.markup.web import render_web
    from imprint.paginate.webfonts import dress_pages

    diagnostics = Diagnostics()
    clock = Clock()
    localised = _localise(loaded, edition, sources, workshop, diagnostics, draft)
    clock.lap("localize", {})
    label, appendices = localised.approved.label, localised.appendices
    page = render_web(localised.document, edition, sources, label, diagnostics, setting, draft, appendices)
    diagnostics.raise_errors()
    if page is None:
        raise AssertionError("a template that failed is an error")
    clock.lap("markup", {})
    dressed = dress_pages(
        {"page": page.html},
        page.files,
        find_fonts(),
        _shaping_tag(edition),
        diagnostics,
        direction=edition.direction,
        locate=locate_characters(localised.document),
        store=workshop.faces,
    )
    clock.lap("dress", {})
    main = Artifact(f"{edition.folder()}/{edition.stem(loaded.document.paper.id)}.html", dressed.pages["page"].encode())
    beside = tuple(Artifact(f"{edition.folder()}/{path}", data) for path, data in dressed.files.items())
    facts = _facts(localised, sources, diagnostics, workshop.engine, draft)
    record = web_record(facts, page, main, beside)
    return BuiltWeb(edition, main, beside, record, diagnostics.warnings, clock.laps)


def write_page(
    loaded: Loaded, edition: Edition, sources: Sources, workshop: Workshop, diagnostics: Diagnostics, *, draft: bool
) -> Page:
    """The edition's HTML page alone, as `build_edition` prints it. Raises Rejected."""
    return _print_page(_localise(loaded, edition, sources, workshop, diagnostics, draft), sources, diagnostics, draft)


@dataclass(frozen=True, slots=True)
class _Localised:
    """One edition's Document in its language, and what was known of the translation."""

    edition: Edition
    document: Document
    coverage: Coverage
    approved: Approved
    appendices: tuple[Appendix, ...]
    gate: Gate


def _localise(
    loaded: Loaded,
    edition: Edition,
    sources: Sources,
    workshop: Workshop,
    diagnostics: Diagnostics,
    draft: bool,
    later: bool = False,
) -> _Localised:
    """The edition in its language. A gate that is slow is left open with `later`."""
    mine = number_document(select_region(loaded.document, edition.region))
    approved = load_approved(sources, edition, diagnostics)
    # Of a catalog that cannot be read, every message would be told to be untranslated.
    diagnostics.raise_errors()
    localised, coverage = translate_document(mine, edition, approved.lookup)
    coverage = add_labels(coverage, loaded.labels, edition, loaded.document.paper.language, approved.lookup)
    paper = loaded.document.paper
    verdicts = load_verdicts(sources, paper, edition.locale, workshop.engine, workshop.verdicts, diagnostics)
    gate = open_gate(
        localised, loaded.labels, approved, coverage, edition, verdicts, sources, diagnostics,
        draft=draft, hands=workshop.hands,
    )  # fmt: skip
    appendices = load_appendices(loaded.document, localised, edition, sources, diagnostics)
    if not (later and gate.slow) or diagnostics.errors:
        gate.close(diagnostics)
    diagnostics.raise_errors()
    return _Localised(edition, localised, coverage, approved, appendices, gate)


# The print shop's part is imported late, for nothing else needs it.
def _load_condition(sources: Sources, diagnostics: Diagnostics) -> Condition | None:
    from imprint.paginate.press.condition import load_condition

    return load_condition(sources, diagnostics)


def _press_target(condition: Condition) -> Target:
    from imprint.paginate.press.target import press_target

    return press_target(condition)


def _print_page(
    localised: _Localised, sources: Sources, diagnostics: Diagnostics, draft: bool, medium: str = PRINT
) -> Page:
    page = render_page(
        localised.document,
        localised.edition,
        sources,
        localised.approved.label,
        diagnostics,
        draft,
        medium=medium,
        appendices=localised.appendices,
    )
    diagnostics.raise_errors()
    if page is None:
        raise AssertionError("a template that failed is an error")
    return page


def _page_key(page: Page, edition: Edition, engine: str, draft: bool, condition: Condition | None) -> str:
    """What a proven page was made from: the same key gives the same PDF."""
    digest = hashlib.sha256()
    press = condition.digest() if condition else ""
    for part in (engine, _shaping_tag(edition), edition.direction, str(draft), press, page.html):
        digest.update(f"{len(part)} {part}\n".encode())
    for name, data in sorted(page.files.items()):
        digest.update(f"{name} {hashlib.sha256(data).hexdigest()}\n".encode())
    return digest.hexdigest()


def _facts(
    localised: _Localised, sources: Sources, diagnostics: Diagnostics, engine: str, draft: bool
) -> dict[str, Any]:
    facts = edition_facts(localised.document, localised.edition, localised.coverage, engine, draft)
    return {**facts, "warnings": sorted(map(str, diagnostics.warnings)), "trace": dict(sources.trace)}


def _shaping_tag(edition: Edition) -> str:
    """The tag that chooses glyph forms: with the territory, for Hong Kong's Han differ from Taiwan's."""
    return edition.locale.replace("_", "-") if edition.locale.startswith("zh_Hant") else edition.language


def _count_notes(document: Document) -> int:
    """The footnotes that the pages must show: those that something refers to."""
    nodes = (node for chapter in document.chapters for node in walk(chapter))
    return sum(isinstance(node, Element) and node.tag == "fnote" and "number" in node.attrs for node in nodes)
