"""Inline Markdown in, safe HTML out: the only place where a message becomes markup."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor, SubstituteTagInlineProcessor
from markdown.serializers import to_html_string
from markdown.util import STX, AtomicString
from markupsafe import Markup

from imprint.content.inline import INLINE_TAGS
from imprint.markup.typography import set_text

# Made by Markdown of inline text, or by us; anything else never leaves this module.
_PLACEHOLDER = re.compile(r"(?<!\{)\{([A-Za-z_][A-Za-z0-9_]*)\}(?!\})")
_DROPPED = re.compile(r"\s*(?<!\\)(?:\[@[\w.-]+(?:\s*;\s*@[\w.-]+)*\]|\[\^[\w.-]+\])")
# All that a pattern of Markdown or ours begins with, and the marks of Python-Markdown's stash. Most messages have none.
_ACTIVE = re.compile(r"[\\`\[\]<>*_!&\n\x02\x03]")
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|#)[^\s\x00-\x1f]*", re.IGNORECASE)


def _undescribed(_: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class InlineContext:
    """What an inline text may refer to.

    `values`: placeholder → text. `refer`: id → the words of a cross reference, or None. `cite`: key → (number, id),
    or None. `note`: id → its HTML, or None. `describe`: a link's target → where it leads, in words, or None.
    `language`: BCP 47, for typesetting.
    """

    language: str
    values: Mapping[str, str]
    refer: Callable[[str], str | None]
    cite: Callable[[str], tuple[str, str] | None]
    note: Callable[[str], Markup | None]
    describe: Callable[[str], str | None] = _undescribed


class _Cite(InlineProcessor):
    """`[@key; @key]` → numbered links into the list of sources."""

    def __init__(self, context: InlineContext) -> None:
        super().__init__(r"\[(@[\w.-]+(?:\s*;\s*@[\w.-]+)*)\]")
        self._context = context

    def handleMatch(  # type: ignore[override]  # noqa: N802  # Python-Markdown's name; it types the older form
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | None, int | None, int | None]:
        """Python-Markdown's hook."""
        span = etree.Element("span", {"class": "cite"})
        span.text = AtomicString("[")
        last: etree.Element | None = None
        for key in (part.strip().removeprefix("@") for part in m[1].split(";")):
            found = self._context.cite(key)
            if found is None:
                return None, None, None
            if last is not None:
                # A space that does not break: WeasyPrint breaks lines too early before an inline with `nowrap`.
                last.tail = AtomicString(",\u00a0")
            last = etree.SubElement(span, "a", {"href": f"#{found[1]}"})
            last.text = AtomicString(found[0])
        if last is not None:
            last.tail = AtomicString("]")
        return span, m.start(0), m.end(0)


class _Note(InlineProcessor):
    """`[^id]` → a marker element that the serialised note replaces."""

    def __init__(self, context: InlineContext, notes: dict[str, Markup]) -> None:
        super().__init__(r"\[\^([\w.-]+)\]")
        self._context = context
        self._notes = notes

    def handleMatch(  # type: ignore[override]  # noqa: N802  # as above
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | None, int | None, int | None]:
        """Python-Markdown's hook."""
        found = self._context.note(m[1])
        if found is None:
            return None, None, None
        self._notes[m[1]] = found
        return etree.Element("x-note", {"id": m[1]}), m.start(0), m.end(0)


class _Mail(InlineProcessor):
    """`<name@example.org>` → a link. (Python-Markdown's own writes entities that only its last stage can read.)"""

    def __init__(self) -> None:
        super().__init__(r"<([\w.+-]+@[\w-]+\.[\w.-]+)>")

    def handleMatch(  # type: ignore[override]  # noqa: N802  # as above
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | None, int | None, int | None]:
        """Python-Markdown's hook."""
        link = etree.Element("a", {"href": f"mailto:{m[1]}"})
        link.text = AtomicString(m[1])
        return link, m.start(0), m.end(0)


class _Tag(InlineProcessor):
    """One of the few allowed HTML tags, with its allowed attributes; its content is inline Markdown again."""

    def __init__(self) -> None:
        names = "|".join(sorted(set(INLINE_TAGS) - {"br"}))
        super().__init__(rf"<({names})((?:\s+[a-z]+=\"[^\"<>]*\")*)\s*>(.*?)</\1>")

    def handleMatch(  # type: ignore[override]  # noqa: N802  # as above
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | None, int | None, int | None]:
        """Python-Markdown's hook."""
        attributes = dict(re.findall(r'([a-z]+)="([^"]*)"', m[2]))
        if set(attributes) - INLINE_TAGS[m[1]]:
            return None, None, None
        element = etree.Element(m[1], attributes)
        element.text = m[3]
        return element, m.start(0), m.end(0)


class InlineRenderer:
    """Renders one chapter's messages (notes are numbered by chapter)."""

    def __init__(self, context: InlineContext) -> None:
        self._context = context
        self._notes: dict[str, Markup] = {}
        self._markdown = Markdown()
        self._markdown.ESCAPED_CHARS = [*self._markdown.ESCAPED_CHARS, "<", "@", "^", "~", "|"]
        patterns = self._markdown.inlinePatterns
        images = ("image_link", "image_reference", "short_image_ref")
        for name in ("reference", "short_reference", *images, "html", "entity", "automail"):
            patterns.deregister(name)
        patterns.register(_Cite(context), "cite", 175)
        patterns.register(_Note(context, self._notes), "note", 174)
        patterns.register(_Mail(), "mail", 110)
        patterns.register(_Tag(), "tag", 90)
        patterns.register(SubstituteTagInlineProcessor(r"<br ?/?>", "br"), "break", 89)

    def render(self, text: str) -> Markup:
        """Return the HTML of a message. What is not Markdown of ours is shown as it was typed."""
        if not _ACTIVE.search(text):
            filled = self._set(text, "") or ""
            return Markup(filled.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))  # noqa: S704 (escaped)
        return self._render_markdown(text)

    def _render_markdown(self, text: str) -> Markup:
        root = etree.Element("div")
        paragraph = etree.SubElement(root, "p")
        # STX is how Python-Markdown marks its own stash: one that was typed must not address it.
        paragraph.text = text.replace(STX, "")
        self._markdown.treeprocessors["inline"].run(root)
        self._finish(paragraph, "")
        self._markdown.treeprocessors["unescape"].run(root)
        _escape_ampersands(paragraph)
        html = to_html_string(paragraph)
        html = re.sub(r'<x-note id="([\w.-]+)"></x-note>', lambda found: str(self._notes[found[1]]), html)
        return Markup(html.removeprefix("<p>").removesuffix("</p>"))  # noqa: S704 (built from an escaped tree)

    def plain(self, text: str) -> str:
        """Return a message as plain text, without notes and citations: for outlines, headers and metadata."""
        html = self.render(_DROPPED.sub("", text))
        return Markup(re.sub(r"<br\s*/?>", " ", html)).striptags()  # noqa: S704 (tags are stripped at once)

    def _finish(self, element: etree.Element, before: str) -> str:
        """Fill placeholders, set the type, guard the links; returns the last character set."""
        if element.tag in ("code", "x-note"):
            return "".join(element.itertext())[-1:] or before
        if element.tag == "a":
            self._link(element)
        element.text = self._set(element.text, before)
        before = (element.text or "")[-1:] or before
        last: etree.Element | None = None
        for child in element:
            if child.tag == "code" and self._gap(before, child):
                _append(element, last, " ")
            before = self._finish(child, before)
            child.tail = self._set(child.tail, before)
            before = (child.tail or "")[-1:] or before
            last = child
        return before

    def _gap(self, before: str, code: etree.Element) -> bool:
        """Whether the language wants a space between a character and the code after it, which itself is not set."""
        return set_text("".join(code.itertext())[:1], self._context.language, before).startswith(" ")

    def _set(self, text: str | None, before: str) -> str | None:
        return set_text(self.fill(text), self._context.language, before) if text else text

    def fill(self, text: str) -> str:
        """Replace the declared placeholders; any other brace is left alone."""
        return _PLACEHOLDER.sub(lambda found: self._context.values.get(found[1], found[0]), text)

    def set_plain(self, text: str) -> str:
        """Return a text that is no Markdown (a title, a label in a drawing) as it is to be set."""
        return set_text(self.fill(text), self._context.language)

    def describe(self, target: str) -> str:
        """Where a link leads, in words; empty where nothing is known."""
        return self._context.describe(target) or ""

    def _link(self, element: etree.Element) -> None:
        target = self.fill(element.get("href", ""))
        if not _SAFE_LINK.fullmatch(target):
            del element.attrib["href"]
            return
        element.set("href", target)
        if not (element.text or len(element)) and target.startswith("#"):
            element.set("class", "xref")
            element.text = AtomicString(self._context.refer(target[1:]) or target)
        if title := self.describe(target):
            element.set("title", title)


def _append(parent: etree.Element, last: etree.Element | None, text: str) -> None:
    """Add text at the end of what stands in `parent` up to and with its child `last`."""
    if last is None:
        parent.text = (parent.text or "") + text
    else:
        last.tail = (last.tail or "") + text


def _escape_ampersands(element: etree.Element) -> None:
    """Escape every `&`: the serialiser would let entities pass, and `&#x202e;` is not what was typed."""
    for found in element.iter():
        # Python-Markdown has escaped code already.
        if found.tag != "code" and found.text:
            found.text = found.text.replace("&", "&amp;")
        if found.tail and found is not element:
            found.tail = found.tail.replace("&", "&amp;")
        for name, value in found.items():
            found.set(name, value.replace("&", "&amp;"))
