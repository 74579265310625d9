"""One edition's Document in, its HTML page and the files it shows out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel import Locale
from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError
from markupsafe import Markup

from imprint.base.diagnostic import Diagnostics, Location, Rejected
from imprint.base.edition import Edition
from imprint.base.sources import Sources
from imprint.content.document import Document
from imprint.content.tree import Element, Text
from imprint.markup.annex import render_appendix
from imprint.markup.appendix import Appendix
from imprint.markup.blocks import BlockRenderer, breakable
from imprint.markup.figure import render_figure
from imprint.markup.inline import InlineRenderer
from imprint.markup.parts import Chapter, Entry
from imprint.markup.renderer import EditionRenderer
from imprint.markup.scripts import mark_scripts
from imprint.markup.templates import PRESS, PRINT, WEB, list_templates, make_environment, read_template
from imprint.markup.values import counter_style, format_number, language_name

_PACKAGE = str(Path(__file__).resolve().parent.parent)


@dataclass(frozen=True, slots=True)
class Page:
    """One edition as HTML, with the files it refers to by relative URL, and what its PDF says of itself."""

    html: str
    files: Mapping[str, bytes]
    title: str
    language: str


def render_page(
    document: Document,
    edition: Edition,
    sources: Sources,
    translate: Callable[[str], str],
    diagnostics: Diagnostics,
    draft: bool = False,
    *,
    medium: str = PRINT,
    extra: Mapping[str, object] = {},
    appendices: Sequence[Appendix] = (),
) -> Page | None:
    """Render the edition through `page.html`. None, with an error kept, where a template fails.

    `document` is one region's, numbered, in the edition's language; `translate` gives the templates' own words.
    `medium` says whose partials and styles are taken; `extra` is given to `page.html` besides what it always gets;
    `appendices` are made at its end.
    """
    environment = make_environment(sources, translate, medium)
    state = EditionRenderer(document, edition, environment)
    try:
        return _render(state, sources, draft, medium, extra, appendices)
    except Rejected as rejected:
        diagnostics.extend(rejected.diagnostics)
    except TemplateError as error:
        report_template_error(error, diagnostics)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # What a template does wrong with values; the same from our own code is a bug.
        if _template_place(error) is None:
            raise
        report_template_error(error, diagnostics)
    return None


def report_template_error(error: Exception, diagnostics: Diagnostics) -> None:
    """Keep a template's failure, with its file and line."""
    if isinstance(error, TemplateNotFound):
        message = f"the template '{error.name}' is missing"
        diagnostics.error("missing-template", message, Location("templates"), "write it")
        return
    if isinstance(error, TemplateSyntaxError):
        at = Location(f"templates/{error.filename or error.name}", error.lineno)
    else:
        at = _template_place(error) or Location("templates")
    diagnostics.error("template", f"the template fails: {error}", at, "mend the template")


def _template_place(error: BaseException) -> Location | None:
    """Where a template raised the error; None where what it called did (Jinja maps tracebacks to template lines)."""
    trace, place = error.__traceback__, None
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename.endswith(".html"):
            place = Location(f"templates/{code.co_filename}", trace.tb_lineno)
        elif code.co_filename.startswith(_PACKAGE):
            place = None
        trace = trace.tb_next
    return place


def _render(
    state: EditionRenderer,
    sources: Sources,
    draft: bool,
    medium: str,
    extra: Mapping[str, object],
    appendices: Sequence[Appendix],
) -> Page:
    document, edition, locale = state.document, state.edition, state.locale
    paper = document.paper
    inline = state.inline(None)
    titles = {
        name: inline.set_plain(text.text) if (text := document.title(name)) else ""
        for name in ("title", "subtitle", "subject", "author", "notice", "licence")
    }
    context: dict[str, object] = {
        "edition": edition,
        "paper": paper.settings.paper,
        "region": paper.regions[edition.region].profile,
        "titles": titles,
        "keywords": _keywords(document, inline),
        "values": state.values,
        "draft": draft,
        "medium": medium,
        "folio_style": counter_style(locale),
        "language_name": language_name(edition),
        "breakable": breakable,
        "describe": state.describe,
        "marked": lambda text: mark_scripts(text, edition.language),
        "number_of": lambda text: format_number(str(text), locale),
        "references": state.references(),
        "terms": state.terms(),
    }
    chapters = [_chapter(chapter, state, context) for chapter in document.chapters]
    annexes = [render_appendix(appendix, state, context) for appendix in appendices]
    contents = [*(chapter.entry for chapter in chapters), *(annex.entry for annex in annexes)]
    template = state.environment.get_template("page.html")
    html = template.render(**context, **extra, chapters=chapters, appendices=annexes, contents=contents)
    folder = "web/figures" if medium == WEB else "figures"
    files = {f"{folder}/{name}": render_figure(figure, inline) for name, figure in document.figures.items()}
    files |= {f"{folder}/{name}": data for name, data in document.pictures.items()}
    return Page(html, files | read_styles(sources, medium), titles["title"], edition.language)


def read_styles(sources: Sources, medium: str) -> dict[str, bytes]:
    """The designers' style sheets and drawings for a medium, by the path that a page names them by.

    The web has its own, `web/…`, and shows print's drawings too; the press has print's and its own, `press/…`.
    """
    names = [name for suffix in (".css", ".svg") for name in list_templates(sources, suffix)]
    media = (PRINT, PRESS) if medium == PRESS else (medium,)
    named = {name: name for name in names if _medium(name) in media}
    if medium == WEB:
        shared = [name for name in names if name.startswith("styles/") and name.endswith(".svg")]
        named |= {f"{WEB}/{name.removeprefix('styles/')}": name for name in shared}
    return {path: read_template(sources, name).encode() for path, name in sorted(named.items())}


def _medium(name: str) -> str:
    """The medium that a template belongs to, by the folder it stands in."""
    folder = name.split("/")[0]
    return folder if folder in (WEB, PRESS) else PRINT


def _chapter(chapter: Element, state: EditionRenderer, context: Mapping[str, object]) -> Chapter:
    inline = state.inline(chapter)
    blocks = BlockRenderer(state.environment, inline, state.locale, context)
    heading = chapter.find("h1")
    title = heading.message if heading else None
    body = tuple(c for c in chapter.children if c is not heading and not (isinstance(c, Element) and c.tag == "fnote"))
    plain = inline.plain(title.text) if title else ""
    number = format_number(chapter.attrs["number"], state.locale)
    entries = _entries(chapter, inline, state.locale)
    return Chapter(
        chapter.attrs["id"],
        number,
        blocks.text(title) if title else Markup(""),
        plain,
        blocks.render(body),
        Entry(chapter.attrs["id"], number, plain, 1, title.lang if title else None, entries),
        state.notes(chapter),
    )


def _entries(parent: Element, inline: InlineRenderer, locale: Locale) -> tuple[Entry, ...]:
    """The sections below a chapter or section, as lines of the contents."""
    found = []
    for child in parent.children:
        if isinstance(child, Element) and child.tag == "section" and isinstance(child.children[0], Element):
            title = child.children[0].message
            found.append(
                Entry(
                    child.attrs["id"],
                    format_number(child.attrs["number"], locale),
                    inline.plain(title.text) if title else "",
                    int(child.attrs["level"]),
                    title.lang if title else None,
                    _entries(child, inline, locale),
                )
            )
    return tuple(found)


def _keywords(document: Document, inline: InlineRenderer) -> list[str]:
    element = document.meta.find("keywords")
    return [inline.set_plain(c.text) for c in element.children if isinstance(c, Text)] if element else []
