"""The characters of an edition: what its page, styles and drawings may draw, and where its languages change."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

# Drawn by the engine itself: list markers, hyphens, ellipses, quotation marks, and what text-transform needs.
ALWAYS = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("\u00a0\u00ad\u2010•◦▪‣…“”‘’–—§†‡")
# Counters in Chinese and Japanese numbering.
_HAN_COUNTERS = frozenset("〇零一二三四五六七八九十百千萬万、")
# Elements whose text no page shows.
_UNDRAWN = frozenset({"script", "style", "title", "template", "noscript"})
_CSS_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'', re.DOTALL)
_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SVG_TEXT = re.compile(r">([^<]*)<")
# White space and controls that shaping consumes: no glyph is ever drawn for them.
INVISIBLE = frozenset("\t\n\r\f\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\ufeff\u00ad") | frozenset(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xFE00, 0xFE10)))
)


@dataclass(frozen=True, slots=True)
class Characters:
    """`drawn`: what readers will see, each character of the page's text, its styles' strings and its drawings;
    `languages`: every `lang` of the page (BCP 47), in the order of their appearance; `styles`: the CSS in the page
    itself, of elements and attributes, in order."""

    drawn: frozenset[str]
    languages: tuple[str, ...]
    styles: tuple[str, ...] = ()

    @property
    def wanted(self) -> frozenset[str]:
        """What the prepared fonts should hold: the drawn ones, their other case, and what the engine adds."""
        cased = {form for character in self.drawn for form in character.upper() + character.lower()}
        # Shaping takes characters apart (Thai ำ is drawn as two), so their parts must be there too.
        parts = {part for character in self.drawn for part in unicodedata.normalize("NFKD", character)}
        return self.drawn | cased | parts | ALWAYS | _HAN_COUNTERS


class _Reader(HTMLParser):
    """Collects the characters of text nodes and the languages."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.drawn: set[str] = set()
        self.styles: list[str] = []
        self.languages: dict[str, None] = {}
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNDRAWN:
            self._inside.append(tag)
        for name, value in attrs:
            if name in ("lang", "xml:lang") and value:
                self.languages.setdefault(value)
            elif name == "style" and value:
                self.styles.append(value)
            elif name.startswith("data-") and value:
                # attr() can draw these.
                self.drawn.update(value)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.drawn.update(data)
        elif self._inside[-1] == "style":
            self.styles.append(data)


def collect_characters(html: str, styles: Iterable[str], drawings: Iterable[str]) -> Characters:
    """Collect from the page, its style sheets (CSS text) and its drawings (SVG text).

    Strings of a style sheet are taken wherever they stand (a superset of what `content` draws, less font names);
    controls and white space are left out.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    drawn = reader.drawn
    for css in (*styles, *reader.styles):
        for text in css_strings(css):
            drawn.update(text)
    for svg in drawings:
        for match in _SVG_TEXT.finditer(svg):
            drawn.update(match[1])
    seen = frozenset(c for c in drawn if c not in INVISIBLE and c >= " ")
    return Characters(seen, tuple(reader.languages), tuple(reader.styles))


def css_strings(css: str) -> Iterable[str]:
    """Yield the strings of a style sheet, with escapes resolved (CSS Syntax 3, 4.3.7)."""
    for match in _CSS_STRING.finditer(_CSS_COMMENT.sub("", css)):
        yield _CSS_ESCAPE.sub(_unescape, match[1] if match[1] is not None else match[2])


def _unescape(match: re.Match[str]) -> str:
    if match[1] is None:
        return "" if match[2] == "\n" else match[2]
    code = int(match[1], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def texts_of(files: Mapping[str, bytes], suffix: str) -> tuple[str, ...]:
    """The files whose name ends in `suffix`, as text (UTF-8; a bad byte becomes U+FFFD, which coverage then names)."""
    return tuple(data.decode("utf-8", "replace") for name, data in sorted(files.items()) if name.endswith(suffix))
