"""One edition's Document in, its HTML page and the files it shows out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from babel import Locale
from jinja2 import Environment, TemplateError, TemplateNotFound
from markupsafe import Markup

from imprint.base.diagnostic import Diagnostics, Location
from imprint.base.edition import Edition
from imprint.base.sources import Sources
from imprint.content.document import Document
from imprint.content.models import SourceTable
from imprint.content.number import cited_sources, collect_labels
from imprint.content.tree import Element, Text, Value, walk
from imprint.markup.blocks import BlockRenderer, breakable
from imprint.markup.figure import render_figure
from imprint.markup.inline import InlineContext, InlineRenderer
from imprint.markup.scripts import mark_scripts
from imprint.markup.templates import list_templates, make_environment, read_template
from imprint.markup.values import counter_style, format_number, format_value


@dataclass(frozen=True, slots=True)
class Page:
    """One edition as HTML, with the files it refers to by relative URL, and what its PDF says of itself."""

    html: str
    files: Mapping[str, bytes]
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: `title` is plain text, `number` is written for the locale."""

    id: str
    number: str
    title: str
    level: int
    lang: str | None = None
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter as the templates see it."""

    id: str
    number: str
    title: Markup
    plain: str
    body: Markup
    entry: Entry


@dataclass(frozen=True, slots=True)
class Reference:
    """A cited source as the templates see it."""

    id: str
    number: str
    source: SourceTable
    date: str


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the glossary as the templates see it: `original` is the source's term where another is shown."""

    id: str
    term: Markup
    original: str
    abbr: str
    definition: Markup
    lang: str | None


class _Edition:
    """What every part of one edition's page is rendered with."""

    def __init__(self, document: Document, edition: Edition, environment: Environment) -> None:
        self.document = document
        self.edition = edition
        self.environment = environment
        self.locale = edition.babel
        self.values = _placeholder_values(document, self.locale)
        self._labels = collect_labels(document)
        self._numbers = {key: str(n) for n, key in enumerate(cited_sources(document), 1)}
        self._captions = _captions(document)
        self._descriptions: dict[str, str | None] = {}
        language = edition.language
        self._plain = InlineRenderer(InlineContext(language, self.values, self._refer, self._cite, lambda _: None))

    def inline(self, chapter: Element | None) -> InlineRenderer:
        """A renderer for one chapter's messages (None: those of no chapter)."""
        children = chapter.children if chapter else ()
        notes = {e.attrs["id"]: e for e in children if isinstance(e, Element) and e.tag == "fnote"}
        # A note's words are rendered while its paragraph is: Python-Markdown keeps one stash for each instance.
        words = InlineRenderer(self._inline_context(lambda _: None))

        def note(key: str) -> Markup | None:
            found = notes.get(key)
            if found is None or "number" not in found.attrs or chapter is None:
                return None
            text = next((child for child in found.children if isinstance(child, Text)), None)
            template = self.environment.get_template("partials/note.html")
            number = format_number(found.attrs["number"], self.locale)
            body = words.render(text.text) if text else Markup("")
            lang = text.lang if text else None
            key = f"{chapter.attrs['number']}-{found.attrs['number']}"
            return Markup(template.render(key=key, number=number, body=body, lang=lang).strip())  # noqa: S704 (autoescaped)

        return InlineRenderer(self._inline_context(note))

    def _inline_context(self, note: Callable[[str], Markup | None]) -> InlineContext:
        language = self.edition.language
        return InlineContext(language, self.values, self._refer, self._cite, note, self.describe)

    def _refer(self, identifier: str) -> str | None:
        label = self._labels.get(identifier)
        if label is None:
            return None
        template = self.environment.get_template("partials/reference.html")
        number = format_number(label.number, self.locale)
        title = label.title.text if label.title else identifier
        return Markup(template.render(kind=label.kind, number=number, title=title).strip()).unescape()  # noqa: S704 (unescaped to text)

    def _cite(self, key: str) -> tuple[str, str] | None:
        number = self._numbers.get(key)
        return (format_number(number, self.locale), f"source-{key}") if number else None

    def describe(self, target: str) -> str | None:
        """Where a link leads, in words that make sense alone (PDF/UA-1, 7.18.5); None for a target that is nowhere."""
        if target not in self._descriptions:
            self._descriptions[target] = self._description(target)
        return self._descriptions[target]

    def _description(self, target: str) -> str | None:
        identifier = target.removeprefix("#")
        if not target.startswith("#"):
            return self._link_words("address", title=target.removeprefix("mailto:"))
        if (key := identifier.removeprefix("source-")) in self._numbers and key != identifier:
            number = format_number(self._numbers[key], self.locale)
            return self._link_words("source", number=number, title=self.document.references[key].title)
        label = self._labels.get(identifier)
        if label is None:
            return None
        text = label.title or self._captions.get(identifier)
        title = self._plain.plain(text.text) if text else ""
        return self._link_words(label.kind, words=self._refer(identifier), title=title)

    def _link_words(self, kind: str, **words: str | None) -> str:
        template = self.environment.get_template("partials/link.html")
        return Markup(template.render(kind=kind, **words).strip()).unescape()  # noqa: S704 (unescaped to text)

    def references(self) -> list[Reference]:
        """The cited sources, in the order of their numbers."""
        found = []
        for key, number in self._numbers.items():
            source = self.document.references[key]
            at = Location("content/sources.toml")
            date = "" if source.date is None else format_value(Value("date", source.date, at), self.locale)
            found.append(Reference(f"source-{key}", format_number(number, self.locale), source, date))
        return found

    def terms(self) -> list[Term]:
        """The glossary, in the source's order."""
        inline = self.inline(None)
        return [_term(entry, inline) for entry in self.document.glossary.children if isinstance(entry, Element)]


def render_page(
    document: Document,
    edition: Edition,
    sources: Sources,
    translate: Callable[[str], str],
    diagnostics: Diagnostics,
    draft: bool = False,
) -> Page | None:
    """Render the edition through `page.html`. None, with an error kept, where a template fails.

    `document` is one region's, numbered, in the edition's language; `translate` gives the templates' own words.
    """
    environment = make_environment(sources, translate)
    state = _Edition(document, edition, environment)
    try:
        return _render(state, sources, draft)
    except TemplateNotFound as error:
        message = f"the template '{error.name}' is missing"
        diagnostics.error("missing-template", message, Location("templates"), "write it")
    except TemplateError as error:
        file = getattr(error, "filename", None) or getattr(error, "name", None) or "templates"
        line = getattr(error, "lineno", None) or _template_line(error) or 0
        at = Location(f"templates/{file}" if file != "templates" else file, line)
        diagnostics.error("template", f"the template fails: {error.message or error}", at, "mend the template")
    return None


def _captions(document: Document) -> dict[str, Text]:
    """The first paragraph of the caption of each figure and table, by id."""
    found: dict[str, Text] = {}
    for chapter in document.chapters:
        for node in walk(chapter):
            if isinstance(node, Element) and "id" in node.attrs and node.tag in ("figure", "table-block", "data-table"):
                caption = node.find("caption") or node.find("p")
                texts = (inner for inner in walk(caption) if isinstance(inner, Text)) if caption else iter(())
                if text := next(texts, None):
                    found[node.attrs["id"]] = text
    return found


def _template_line(error: BaseException) -> int | None:
    """The line of the innermost template frame (Jinja maps tracebacks to template lines)."""
    trace, line = error.__traceback__, None
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_name in ("root", "top-level template code") or code.co_filename.endswith(".html"):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _render(state: _Edition, sources: Sources, draft: bool) -> Page:
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
        "folio_style": counter_style(locale),
        "language_name": _language_name(locale),
        "breakable": breakable,
        "describe": state.describe,
        "marked": lambda text: mark_scripts(text, edition.language),
        "number_of": lambda text: format_number(str(text), locale),
        "references": state.references(),
        "terms": state.terms(),
    }
    chapters = [_chapter(chapter, state, context) for chapter in document.chapters]
    template = state.environment.get_template("page.html")
    html = template.render(**context, chapters=chapters, contents=[chapter.entry for chapter in chapters])
    files = {f"figures/{name}": render_figure(figure, inline) for name, figure in document.figures.items()}
    files |= {f"figures/{name}": data for name, data in document.pictures.items()}
    for suffix in (".css", ".svg"):
        files |= {name: read_template(sources, name).encode() for name in list_templates(sources, suffix)}
    return Page(html, files, titles["title"], edition.language)


def _chapter(chapter: Element, state: _Edition, context: Mapping[str, object]) -> Chapter:
    inline = state.inline(chapter)
    blocks = BlockRenderer(state.environment, inline, state.locale, context)
    heading = chapter.find("h1")
    title = next((c for c in heading.children if isinstance(c, Text)), None) if heading else None
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
    )


def _entries(parent: Element, inline: InlineRenderer, locale: Locale) -> tuple[Entry, ...]:
    """The sections below a chapter or section, as lines of the contents."""
    found = []
    for child in parent.children:
        if isinstance(child, Element) and child.tag == "section" and isinstance(child.children[0], Element):
            title = next((c for c in child.children[0].children if isinstance(c, Text)), None)
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


def _term(entry: Element, inline: InlineRenderer) -> Term:
    texts = {
        part.tag: next((c for c in part.children if isinstance(c, Text)), None)
        for part in entry.children
        if isinstance(part, Element)
    }
    term, definition = texts["term"], texts["definition"]
    if term is None or definition is None:
        raise TypeError(entry)
    original = inline.plain(term.message.msgid)
    shown = inline.plain(term.text)
    return Term(
        f"term-{entry.attrs['id']}",
        inline.render(term.text),
        original if original != shown else "",
        entry.attrs["abbr"],
        inline.render(definition.text),
        term.lang or definition.lang,
    )


def _language_name(locale: Locale) -> str:
    """The language's own name for itself, with its script where it names one, without the country."""
    return Locale(locale.language, script=locale.script).get_display_name(locale) or str(locale)


def _keywords(document: Document, inline: InlineRenderer) -> list[str]:
    element = document.meta.find("keywords")
    return [inline.set_plain(c.text) for c in element.children if isinstance(c, Text)] if element else []


def _placeholder_values(document: Document, locale: Locale) -> dict[str, str]:
    """Every placeholder's text for the edition; one value may use the built-in names in its turn."""
    values = {
        "title": text.text if (text := document.title("title")) else "",
        "version": document.paper.version,
        "date": format_value(Value("date", document.paper.date, Location("")), locale),
    }
    for element in document.meta.children:
        if isinstance(element, Element) and element.tag == "placeholder":
            node = element.children[0]
            if isinstance(node, Text):
                values[element.attrs["name"]] = node.text
            elif isinstance(node, Value):
                values[element.attrs["name"]] = format_value(node, locale)
    return values
