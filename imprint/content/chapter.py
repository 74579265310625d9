"""One chapter's Markdown in, its tree of blocks and messages out, each with file and line."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator, Mapping
from dataclasses import replace

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.attr_list import get_attrs_and_remainder
from markdown.util import AtomicString

from imprint.base.diagnostic import Diagnostics, Location
from imprint.content.blocks import CALLOUTS, BlockSyntax, Opening, scan_blocks
from imprint.content.limits import check_limits
from imprint.content.lines import split_lines
from imprint.content.tree import Element, Message, Node, Text, Value

QUOTE_LIMIT = 12
INDENT_LIMIT = 48

# `{#id .class name="value"}` or `{: …}`; `{product}` at a message's end is a placeholder.
_ATTRIBUTES = re.compile(
    r"(?:^|(?<![ \n])[ \n]+)(?:\{:[ ]*|\{[ ]*(?=[#.]|[A-Za-z][\w-]*[ ]*=))([#.A-Za-z][^{}\n]*)\}[ ]*$"
)
_HAN = r"\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "li": "list item",
    "td": "cell",
    "th": "column heading",
    "dt": "term",
    "dd": "definition",
    "fnote": "footnote",
}
_ALLOWED_ATTRIBUTES = frozenset({"id", "class", "regions", "context", "translators"})


def fold_space(text: str) -> str:
    """Fold white space: a message does not change when its paragraph is re-wrapped.

    A line break between two Han (or kana) characters is no space; two spaces before a line break are a `<br>`.
    """
    text = re.sub(r"(?<![ ])[ ]{2,}\n[ ]*", "<br>", text.strip())
    text = re.sub(rf"(?<=[{_HAN}])[ \t]*\n[ \t]*(?=[{_HAN}])", "", text)
    return re.sub(r"[ \t\n\r\f]+", " ", text)


def parse_chapter(text: str, path: str, diagnostics: Diagnostics) -> Element:
    """Return the chapter as a flat tree (sections are nested after a region is chosen): tag `chapter`.

    Messages are the raw inline Markdown of each block, as Python-Markdown's block parser leaves it.
    """
    nothing = Element("chapter", {"file": path}, (), Location(path))
    if not check_limits(text, path, diagnostics):
        return nothing
    lines, openings = scan_blocks(split_lines(text, path, diagnostics), path, diagnostics)
    lines = ["" if _too_deep(line, path, number, diagnostics) else line for number, line in enumerate(lines, 1)]
    try:
        root = _parser().parseDocument(lines).getroot()
    except RecursionError:
        root = None
    if root is None:
        diagnostics.error("too-deep", "nested too deeply", Location(path), "flatten the lists and quotes")
        return nothing
    return _Converter(path, lines, openings, diagnostics).chapter(root)


def _too_deep(line: str, path: str, number: int, diagnostics: Diagnostics) -> bool:
    marks = re.match(r"[ >*+-]*", line)
    deep = marks is not None and (marks[0].count(">") > QUOTE_LIMIT or marks[0].count(" ") > INDENT_LIMIT)
    if deep:
        diagnostics.error("too-deep", "nested too deeply", Location(path, number), "flatten the lists and quotes")
    return deep


class _NoteProcessor(BlockProcessor):
    """`[^id]: text` becomes an element `x-fnote` where it stands."""

    _START = re.compile(r"^\[\^([\w.-]+)\]:[ ]*", re.MULTILINE)

    def test(self, parent: etree.Element, block: str) -> bool:
        return bool(self._START.match(block))

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        starts = [*self._START.finditer(block)]
        for found, following in zip(starts, [*starts[1:], None], strict=True):
            note = etree.SubElement(parent, "x-fnote", {"id": found[1]})
            note.text = block[found.end() : following.start() if following else None].strip()


def _parser() -> BlockParser:
    """Python-Markdown's block parser with our blocks, and without raw HTML and reference links."""
    markdown = Markdown(extensions=["tables", "def_list", "sane_lists", BlockSyntax()])
    markdown.parser.blockprocessors.deregister("reference")
    markdown.parser.blockprocessors.register(_NoteProcessor(markdown.parser), "note", 17)
    return markdown.parser


class _Converter:
    """Turns the element tree into ours, finding each text's line by a cursor that only moves on."""

    def __init__(self, path: str, lines: list[str], openings: list[Opening], diagnostics: Diagnostics) -> None:
        self._path = path
        self._lines = lines
        self._openings = iter(openings)
        self._diagnostics = diagnostics
        self._cursor = 0  # the line, from 0, where the last text was found
        self._from = 0  # where the next one is looked for
        self._note = ""
        self._untranslated = False
        self._row = False
        self._paragraph = "paragraph"

    def chapter(self, root: etree.Element) -> Element:
        children = tuple(self._children(root))
        headings = [child for child in children if isinstance(child, Element) and child.tag == "h1"]
        if not headings:
            hint = "begin the file with '# Title {#ch-…}'"
            self._diagnostics.error("no-title", "the chapter has no title", Location(self._path, 1), hint)
        elif children[0] is not headings[0]:
            self._diagnostics.error("no-title", "something stands before the title", headings[0].at, "move it below")
        for second in headings[1:]:
            self._diagnostics.error("two-titles", "a second '#' heading", second.at, "make it '##', or a new chapter")
        attrs = dict(headings[0].attrs) if headings else {}
        bare = tuple(replace(child, attrs={}) if headings and child is headings[0] else child for child in children)
        return Element("chapter", {"file": self._path, **attrs}, bare, Location(self._path, 1))

    def _children(self, parent: etree.Element) -> Iterator[Node]:
        for element in parent:
            yield from self._convert(element)
            if element.tail and element.tail.strip():
                yield Element("p", {}, (self._text(element.tail, "paragraph", {}),), self._here())

    def _convert(self, element: etree.Element) -> Iterator[Node]:
        if element.tag.startswith("x-") and element.tag != "x-fnote":
            yield from self._block(element)
        elif element.tag == "pre":
            code = html.unescape("".join(element.itertext()))
            self._find(code)
            yield Element("pre", {}, (Value("verbatim", code.rstrip("\n"), self._here()),), self._here())
        elif element.tag == "hr":
            yield Element("hr", {}, (), self._here())
        else:
            yield self._plain(element)

    def _plain(self, element: etree.Element) -> Element:
        """A paragraph, heading, list, cell …: its own text first, then what is inside it."""
        raw = element.text or ""
        if element.tag == "tr":
            self._from = max(self._from, self._cursor + 1 if self._row else 0)
            self._row = True
        tag = "fnote" if element.tag == "x-fnote" else element.tag
        attrs = {"id": element.attrib["id"]} if tag == "fnote" else {}
        if style := re.search(r"text-align: (\w+)", element.get("style", "")):
            attrs["align"] = style[1]
        if start := element.get("start"):
            attrs["start"] = start
        found = _ATTRIBUTES.search(raw) if not isinstance(raw, AtomicString) else None
        text: tuple[Node, ...] = ()
        if raw.strip():
            self._find(raw, stay=tag in ("td", "th"))
        if found:
            attrs |= self._attributes(found[1])
            raw = raw[: found.start()]
        at = self._here()
        if raw.strip():
            text = (self._text(raw, _KINDS.get(tag, self._paragraph), attrs, found_already=True),)
        for spent in ("context", "translators"):
            attrs.pop(spent, None)
        return Element(tag, attrs, text + tuple(self._children(element)), at)

    def _block(self, element: etree.Element) -> Iterator[Node]:
        name = element.tag.removeprefix("x-")
        opening = next((o for o in self._openings if o.name == name), None)
        if opening is None:
            return
        self._cursor, self._from, self._row = opening.at.line - 1, opening.at.line, False
        if name == "translators":
            self._note = opening.argument
        elif name == "untranslated":
            self._untranslated = True
            yield Element("untranslated", {}, tuple(self._children(element)), opening.at)
            self._untranslated = False
        elif name in CALLOUTS:
            title = (self._titled(opening),) if opening.argument else ()
            attrs = {"kind": name, **opening.options}
            yield Element("callout", attrs, title + tuple(self._children(element)), opening.at)
        elif name == "figure":
            alt = Element("alt", {}, (self._option_text(opening, "alt", "alt text"),), opening.at)
            caption = Element("caption", {}, self._captioned(element), opening.at)
            attrs = {"src": opening.argument, **_without(opening.options, "alt")}
            yield Element("figure", attrs, (alt, caption), opening.at)
        else:
            key = {"region": "regions", "table": "data"}.get(name, "")
            attrs = {**opening.options, **({key: opening.argument} if key and opening.argument else {})}
            tag = "table-block" if name == "table" else name
            inside = self._captioned(element) if name == "table" else tuple(self._children(element))
            yield Element(tag, attrs, inside, opening.at)

    def _captioned(self, element: etree.Element) -> tuple[Node, ...]:
        """What is in a figure or a table: its paragraphs are captions."""
        self._paragraph = "caption"
        children = tuple(self._children(element))
        self._paragraph = "paragraph"
        return children

    def _titled(self, opening: Opening) -> Element:
        title = fold_space(opening.argument)
        text = Text(self._message(title, "heading", {}, opening.at), title)
        return Element("callout-title", {}, (text,), opening.at)

    def _option_text(self, opening: Opening, option: str, kind: str) -> Text:
        text = fold_space(opening.options.get(option, ""))
        if not text:
            hint = f"say what the picture says:     {option}: …"
            self._diagnostics.error("no-alt", f"the figure '{opening.argument}' has no {option}", opening.at, hint)
        return Text(self._message(text, kind, {}, opening.at), text)

    def _text(self, raw: str, kind: str, attrs: Mapping[str, str], found_already: bool = False) -> Text:
        if not found_already:
            self._find(raw)
        text = fold_space(raw)
        return Text(self._message(text, kind, attrs, self._here()), text)

    def _message(self, msgid: str, kind: str, attrs: Mapping[str, str], at: Location) -> Message:
        note, self._note = attrs.get("translators", self._note), ""
        kind = "untranslated" if self._untranslated else kind
        return Message(msgid, at, kind, attrs.get("context"), note)

    def _attributes(self, text: str) -> dict[str, str]:
        pairs, rest = get_attrs_and_remainder(text)
        attrs: dict[str, str] = {}
        for name, value in pairs:
            key = "class" if name == "." else name
            if key not in _ALLOWED_ATTRIBUTES or value is None or rest.strip():
                hint = f"known: {', '.join(sorted(_ALLOWED_ATTRIBUTES))}; write name=\"value\", #id or .class"
                self._diagnostics.error("unknown-attribute", f"'{name}' in {{{text}}}", self._here(), hint)
            else:
                attrs[key] = f"{attrs[key]} {value}" if key in attrs else value
        return attrs

    def _find(self, raw: str, stay: bool = False) -> None:
        """Move the cursor to the line where a text begins: the first line from here on that holds its first line.

        The next text is looked for below it, or, where they `stay` (the cells of a row), on the same line again.
        """
        first = raw.strip().split("\n", 1)[0].strip()
        for start in (self._from, 0):
            for index in range(start, len(self._lines)):
                if first in self._lines[index]:
                    self._cursor, self._from = index, index if stay else index + 1
                    self._row = self._row and stay
                    return

    def _here(self) -> Location:
        return Location(self._path, self._cursor + 1)


def _without(options: Mapping[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in options.items() if key != name}
