"""One edition's Document in; out, on demand, its links in words, its notes, sources and terms as HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from babel import Locale
from jinja2 import Environment
from markupsafe import Markup

from imprint.base.diagnostic import Location
from imprint.base.edition import Edition
from imprint.content.document import Document
from imprint.content.number import cited_sources, collect_labels
from imprint.content.tree import Element, Text, Value, walk
from imprint.markup.inline import InlineContext, InlineRenderer
from imprint.markup.parts import Note, Reference, Term
from imprint.markup.values import format_number, format_value


class EditionRenderer:
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
        self._plain = self.plain_with(self.values)

    def inline(self, chapter: Element | None) -> InlineRenderer:
        """A renderer for one chapter's messages (None: those of no chapter)."""
        notes = self._notes(chapter) if chapter else {}

        def note(key: str) -> Markup | None:
            if (found := notes.get(key)) is None:
                return None
            template = self.environment.get_template("partials/note.html")
            written = template.render(key=found.key, number=found.number, body=found.body, lang=found.lang)
            return Markup(written.strip())  # noqa: S704 (autoescaped)

        return InlineRenderer(self._inline_context(note))

    def notes(self, chapter: Element) -> tuple[Note, ...]:
        """The chapter's notes, in the order of their numbers."""
        return tuple(self._notes(chapter).values())

    def plain_with(self, values: Mapping[str, str]) -> InlineRenderer:
        """A renderer without notes for texts of the edition with other values of the placeholders."""
        return InlineRenderer(
            InlineContext(self.edition.language, values, self._refer, self._cite, lambda _: None)
        )

    def plain(self, text: str) -> str:
        """A message of no chapter as plain text."""
        return self._plain.plain(text)

    def caption(self, identifier: str) -> Text | None:
        """The first paragraph of the caption of the figure or table of that id."""
        return self._captions.get(identifier)

    def name(self, identifier: str) -> tuple[str, str]:
        """What the part of that id is called: its number in words, its title or caption as plain text."""
        label = self._labels[identifier]
        text = label.title or self._captions.get(identifier)
        return self._refer(identifier) or "", self._plain.plain(text.text) if text else ""

    def _notes(self, chapter: Element) -> dict[str, Note]:
        # By a renderer of their own: Python-Markdown keeps one stash for each, and a note stands inside a paragraph.
        words = InlineRenderer(self._inline_context(lambda _: None))
        found = [c for c in chapter.children if isinstance(c, Element) and c.tag == "fnote" and "number" in c.attrs]
        return {
            element.attrs["id"]: self._note(element, chapter.attrs["number"], words)
            for element in sorted(found, key=lambda element: int(element.attrs["number"]))
        }

    def _note(self, element: Element, chapter: str, words: InlineRenderer) -> Note:
        text = element.message
        number = element.attrs["number"]
        body = words.render(text.text) if text else Markup("")
        return Note(f"{chapter}-{number}", format_number(number, self.locale), body, text.lang if text else None)

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
        words, title = self.name(identifier)
        return self._link_words(label.kind, words=words, title=title)

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


def _term(entry: Element, inline: InlineRenderer) -> Term:
    texts = {part.tag: part.message for part in entry.children if isinstance(part, Element)}
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
