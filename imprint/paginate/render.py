"""Pagination: one HTML page and its files in, the bytes of one PDF out."""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from imprint.base.confine import note_place
from imprint.base.diagnostic import Diagnostics, Location, Rejected, nowhere
from imprint.paginate.characters import collect_characters, texts_of
from imprint.paginate.coverage import check_coverage
from imprint.paginate.direction import resolve_directions
from imprint.paginate.engine import extended_engine, import_engine
from imprint.paginate.families import check_families
from imprint.paginate.fetch import BASE, fetcher_class
from imprint.paginate.figure_text import lay_out_figure
from imprint.paginate.fontconfig import private_fonts
from imprint.paginate.kept import Kept
from imprint.paginate.library import FontLibrary
from imprint.paginate.openings import page_openings
from imprint.paginate.preflight.expectation import Expectation, expect_tree
from imprint.paginate.shared_drawing import shared_drawing
from imprint.paginate.store import Store
from imprint.paginate.styles import FOLDER, check_styles, in_templates
from imprint.paginate.target import SCREEN, Target
from imprint.paginate.toolchain import toolchain
from imprint.paginate.unlink import unlinked_layout
from imprint.paginate.wardrobe import Wardrobe, prepare_wardrobe

# What WeasyPrint may log without harm, with the reason.
ALLOWED_WARNINGS: tuple[tuple[re.Pattern[str], str], ...] = ()


@dataclass(frozen=True, slots=True)
class FontUse:
    """A face of the PDF: its family and name there, and the file it was made from."""

    family: str
    weight: int
    italic: bool
    wheel: str
    version: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Pagination:
    """A PDF and how it came about. `seconds` is wall time by step, `toolchain` the versions of all tools,
    `expected` what the HTML promises: the proof holds the PDF against it. `openings` are the words that each page
    begins with."""

    pdf: bytes
    pages: int
    seconds: Mapping[str, float]
    fonts: tuple[FontUse, ...]
    toolchain: Mapping[str, str]
    expected: Expectation
    openings: tuple[str, ...] = ()


# Looks at the laid-out weasyprint Document before it is drawn, and adds what it finds.
Inspector = Callable[[Any, Diagnostics], None]


def paginate_edition(
    html: str,
    files: Mapping[str, bytes],
    library: FontLibrary,
    language: str,
    diagnostics: Diagnostics,
    *,
    direction: str = "ltr",
    locate: Callable[[str], Location | None] = nowhere,
    locate_style: Callable[[str], Location] = in_templates,
    locate_address: Callable[[str], Location | None] = nowhere,
    store: Store = Store(),  # noqa: B008  # frozen
    main_matter: str = "main-matter",
    inspectors: tuple[Inspector, ...] = (),
    target: Target = SCREEN,
    hands: int = 1,
    kept: Kept | None = None,
    written: Callable[[bytes], None] = lambda _: None,
    beside: Callable[[], None] = lambda: None,
) -> Pagination:
    """Lay out the page `html` and write it for `target`: without another, as PDF/A-2a and PDF/UA-1 in one file.

    `files` maps relative addresses to bytes (styles, drawings, pictures): all that the page may use. `language`
    (BCP 47; `zh-Hant-HK` for Hong Kong's forms) chooses fonts, `direction` is the page's. `locate` tells where a
    character was written, for the errors about missing glyphs, `locate_style` where words of a style in the page
    are, `locate_address` where an address that the page may not use is. The page's styles get the custom properties
    `--serif`, `--sans`, `--mono` and `--display` for `font-family`. Arabic folios begin on the page of the element with
    the id `main_matter` (PDF page labels). `inspectors` see the layout before it is drawn. With two `hands` a fork of
    this process helps with faces and drawing; `beside` is called between the two, when only one is at work. `kept` is
    what this process has of the last time: then it draws alone. `written` is given the PDF at once, before what it was
    made from is taken apart.

    The result depends on the arguments alone, not on clock, path, locale, hash seed or hands. Every warning of the
    engine is an error here. Raises Rejected with all diagnostics if there is an error before or after rendering.
    """
    clock = _Clock()
    library.report_missing(diagnostics)
    diagnostics.raise_errors()
    styles = {path: data.decode("utf-8", "replace") for path, data in sorted(files.items()) if path.endswith(".css")}
    if styles:
        longest = max(styles, key=lambda path: len(styles[path]))
        note_place("the styles", f"{FOLDER}/{longest}")
    characters = collect_characters(html, texts_of(files, ".css"), texts_of(files, ".svg"))
    check_styles(styles, diagnostics, inline=characters.styles, locate=locate_style)
    wardrobe = prepare_wardrobe(language, characters, library, store, hands)
    clock.lap("fonts")
    check_coverage(characters, wardrobe, locate, diagnostics)
    check_families({f"{FOLDER}/{path}": css for path, css in styles.items()}, wardrobe.families, diagnostics)
    diagnostics.raise_errors()
    beside()
    pages = _Pages(
        html, files, wardrobe, direction, main_matter, inspectors, target, locate_address, hands, kept, written
    )
    pdf, openings, expected = _render(pages, diagnostics, clock)
    diagnostics.raise_errors()
    count = target.count(len(openings))
    return Pagination(pdf, count, clock.laps, _fonts(wardrobe), toolchain(), expected, openings)


class _Clock:
    """Wall time by step."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = perf_counter()

    def lap(self, name: str) -> None:
        now = perf_counter()
        self.laps[name], self._last = now - self._last, now


@dataclass(frozen=True, slots=True)
class _Pages:
    """What is rendered, and how."""

    html: str
    files: Mapping[str, bytes]
    wardrobe: Wardrobe
    direction: str
    main_matter: str
    inspectors: tuple[Inspector, ...]
    target: Target
    locate_address: Callable[[str], Location | None]
    hands: int
    kept: Kept | None
    written: Callable[[bytes], None]


def _render(pages: _Pages, diagnostics: Diagnostics, clock: _Clock) -> tuple[bytes, tuple[str, ...], Expectation]:
    """Run the engine with everything around it that makes it hermetic; return the PDF and its pages' openings."""
    import_engine()
    kept = pages.kept
    own = nullcontext(kept.fonts(pages.wardrobe)) if kept else private_fonts(pages.wardrobe)
    with own as fonts, _logged(diagnostics), nullcontext() if kept else _quiet_collector():
        try:
            with extended_engine(), pages.target.extension():
                clock.lap("start")
                return _drive(pages, fonts, diagnostics, clock)
        except (RecursionError, SyntaxError):  # SyntaxError: cssselect2 compiles a nested selector to Python
            reason = "the page or its style is nested too deeply"
            diagnostics.error("too-deep", reason, Location(FOLDER), "nest less")
        except MemoryError:
            message, hint = "the page needs more memory than it may use", "use smaller pictures and tables"
            diagnostics.error("out-of-memory", message, None, hint)
        raise Rejected(tuple(diagnostics))


def _drive(
    pages: _Pages, fonts: Any, diagnostics: Diagnostics, clock: _Clock
) -> tuple[bytes, tuple[str, ...], Expectation]:
    """Drawings, layout, inspection, drawing."""
    # Late, because importing WeasyPrint takes half a second.
    from weasyprint import CSS, HTML

    served = {
        path: lay_out_figure(data, path, pages.wardrobe, pages.direction, diagnostics)
        if path.endswith(".svg")
        else data
        for path, data in pages.files.items()
    }
    clock.lap("figures")
    fetcher = fetcher_class()(served, diagnostics, pages.locate_address)
    page = HTML(string=pages.html, base_url=BASE, url_fetcher=fetcher)
    expected = expect_tree(page.etree_element)
    resolve_directions(page.etree_element, pages.direction)
    sheet = CSS(string=pages.wardrobe.css(), base_url=BASE, url_fetcher=fetcher, font_config=fonts)
    options, kept = dict(pages.target.options), pages.kept
    with kept.laying_out(page.etree_element, served, pages.wardrobe.css()) if kept else nullcontext():
        document = page.render(font_config=fonts, stylesheets=[sheet], **options)
    clock.lap("layout")
    with kept.drawing() if kept else shared_drawing(document, options, pages.hands):
        for inspect in pages.inspectors:
            inspect(document, diagnostics)
        clock.lap("inspection")
        diagnostics.raise_errors()
        pdf: bytes = document.write_pdf(finisher=pages.target.finisher(pages.main_matter), **options)
        clock.lap("drawing")
    pages.written(pdf)
    return pdf, page_openings(document), expected


class _LogCollector(logging.Handler):
    """Turns each warning of the engine into an error."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        super().__init__(logging.WARNING)
        self._diagnostics = diagnostics

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if not any(pattern.search(message) for pattern, _ in ALLOWED_WARNINGS):
            hint = "the engine leaves out what it does not understand; mend the template, style or drawing"
            self._diagnostics.error("engine-warning", message, None, hint)


@contextmanager
def _logged(diagnostics: Diagnostics) -> Iterator[None]:
    handler = _LogCollector(diagnostics)
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(handler)


@contextmanager
def _quiet_collector() -> Iterator[None]:
    """No cyclic garbage collection while pages are made (10 to 18 % of the time); what there is now is set aside.

    Where it is off already, in a worker that lives for one edition, it stays off: the first collection afterwards would
    walk all that the pages left. They are taken apart instead.
    """
    if not gc.isenabled():
        with unlinked_layout():
            yield
        return
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.enable()


def _fonts(wardrobe: Wardrobe) -> tuple[FontUse, ...]:
    return tuple(
        FontUse(
            prepared.face.family, prepared.face.weight, prepared.face.italic, prepared.source.wheel,
            prepared.source.version, prepared.source.path.name, prepared.source.sha256,
        )
        for prepared in wardrobe.faces
    )  # fmt: skip
