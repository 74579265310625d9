"""What an edition should say: the text, headings, notes and figures of its HTML, to hold the PDF against."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from xml.etree.ElementTree import Element

# Never drawn, or drawn as an artifact: no text of the page.
_HIDDEN = frozenset({"head", "script", "style", "template", "noscript"})
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "dfn",
        "em",
        "i",
        "kbd",
        "mark",
        "q",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
# What parts no words; a comment has no tag.
_JOINED = _INLINE | {""}
# Characters that steer layout and have no glyph; a PDF need not give them back.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the PDF must give back; None is not compared.

    `text` is the main text in source order without the notes (if `notes` is None, with them in place), `headings`
    (level, text) pairs, `notes` the footnotes' texts and `figures` the alternative texts, each in source order;
    `date` an ISO day, `profile` the PDF/A level to prove (`2a`; `3a` where files are attached).
    """

    text: str | None = None
    language: str | None = None
    title: str | None = None
    author: str | None = None
    subject: str | None = None
    keywords: tuple[str, ...] | None = None
    headings: tuple[tuple[int, str], ...] | None = None
    notes: tuple[str, ...] | None = None
    figures: tuple[str, ...] | None = None
    profile: str | None = None
    date: str | None = None


def normalise(text: str) -> str:
    """NFC, without invisible steering characters, every run of white space one space, none at the ends."""
    if text.isascii():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


def expect_tree(root: Element) -> Expectation:
    """What an edition's parsed HTML promises: takes the tree that WeasyPrint has parsed (`HTML.etree_element`).

    Notes are the elements of role `doc-footnote` or class `footnote`. Elements that are `hidden` or `aria-hidden`
    are left out; pictures count by their alternative text.
    """
    reader = _Reader()
    reader.read(root)
    meta = {m.get("name", ""): m.get("content", "") for m in root.iter() if _tag(m) == "meta"}
    title = next(("".join(e.itertext()) for e in root.iter() if _tag(e) == "title"), None)
    keywords = meta.get("keywords")
    return Expectation(
        text=normalise("".join(reader.text)),
        language=root.get("lang"),
        title=None if title is None else normalise(title),
        author=meta.get("author"),
        subject=meta.get("description"),
        keywords=None if keywords is None else tuple(k.strip() for k in keywords.split(",") if k.strip()),
        headings=tuple((level, normalise("".join(parts))) for level, parts in reader.headings),
        notes=tuple(normalise("".join(parts)) for parts in reader.notes),
        # An empty alternative text marks a decoration, which the PDF draws as an artifact.
        figures=tuple(normalise(alt) for alt in reader.figures if alt.strip()),
        date=(meta.get("dcterms.created") or "")[:10] or None,
    )


def _tag(element: Element) -> str:
    """The element's local name; empty for a comment or processing instruction, whose tag is a function."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _is_note(element: Element) -> bool:
    return element.get("role") == "doc-footnote" or "footnote" in element.get("class", "").split()


class _Reader:
    """Collects the texts of a tree; iterative, because authors nest deeper than Python's stack."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.headings: list[tuple[int, list[str]]] = []
        self.notes: list[list[str]] = []
        self.figures: list[str] = []

    def read(self, root: Element) -> None:
        """Walk the tree in document order; `sinks` are the lists that a text goes to."""
        stack: list[tuple[Element | str, tuple[list[str], ...]]] = [(root, (self.text,))]
        while stack:
            item, sinks = stack.pop()
            if isinstance(item, str):
                _put(item, sinks)
                continue
            gap = "" if _tag(item) in _JOINED and not _is_note(item) else " "
            inner = self._enter(item, sinks)
            _put(gap, sinks)
            if inner is None:
                continue
            _put(item.text or "", inner)
            if gap:
                stack.append((gap, sinks))
            for child in reversed(item):
                # A child's tail belongs to this element and comes after the child.
                if child.tail:
                    stack.append((child.tail, inner))
                stack.append((child, inner))

    def _enter(self, element: Element, sinks: tuple[list[str], ...]) -> tuple[list[str], ...] | None:
        """The lists that the element's text goes to; None where it has none for the page."""
        tag = _tag(element)
        if tag in _HIDDEN or not tag or element.get("hidden") is not None or element.get("aria-hidden") == "true":
            return None
        if tag == "svg":
            title = element.find(f"{SVG}title")
            self.figures.append((title.text or "") if title is not None else element.get("aria-label", ""))
            return None
        if tag == "img":
            self.figures.append(element.get("alt", ""))
            return None
        if _is_note(element):
            self.notes.append([])
            return (self.notes[-1],)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), []))
            return (*sinks, self.headings[-1][1])
        return sinks


def _put(text: str, sinks: tuple[list[str], ...]) -> None:
    if text:
        for sink in sinks:
            sink.append(text)
