"""An SVG drawing's bytes in, its tree of plain shapes and translatable texts out."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl, InputSource, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

from imprint.base.diagnostic import Diagnostics, Location
from imprint.content.chapter import fold_space
from imprint.content.shape import find_shape_slips, is_thin, parse_numbers
from imprint.content.tree import Element, Message, Node, Text, Value

SIZE_LIMIT = 2 * 2**20
ELEMENT_LIMIT = 20_000
DEPTH_LIMIT = 32
# Slips shown of one drawing; a picture saved by a drawing program unasked can have thousands.
SLIP_LIMIT = 100
WIDTH = 640
# The size that each class gives, in the drawing's units; markup sets the text by the same.
FONT_SIZES = {"title": 15, "label": 13, "small": 11}
LINE_HEIGHT = 1.25

_SVG = "http://www.w3.org/2000/svg"
# Of a Latin sans: the mean width of a character of running text, in ems.
_CHARACTER = 0.5


def parse_figure(data: bytes, path: str, diagnostics: Diagnostics) -> Element | None:
    """Return the drawing as a tree with the root `svg`, or None, every slip kept, where it may not be used.

    Each `<text>` holds one Text, or with `translate="no"` one Value of the kind `verbatim`. Message.width is the
    number of characters that the box holds at full size. Of the attributes only those of `shape.ATTRIBUTES` are left,
    in the file's order; the root keeps its `viewBox`, and its width and height, which say the same, are dropped.

    A document type declaration is refused before its first entity is read, and reading stops at the limits of
    size, of elements and of depth, so that no drawing costs more than two seconds.
    """
    if len(data) > SIZE_LIMIT:
        reason = f"is {len(data) / 2**20:.1f} MiB, more than the limit of {SIZE_LIMIT // 2**20}"
        diagnostics.error("too-large", reason, Location(path), "simplify the drawing, or show it as a PNG")
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = Location(path, data.count(b"\n", 0, error.start) + 1)
        reason = f"invalid UTF-8 at byte {error.start} (0x{data[error.start]:02X})"
        diagnostics.error("invalid-utf8", reason, at, "save the file as UTF-8")
        return None
    # Its own findings: `diagnostics` may hold them already, from another look at the same file.
    found = Diagnostics()
    reader = _Reader(path, found)
    _read(data, reader, found)
    diagnostics.extend(found)
    return None if found.errors else reader.root


def _read(data: bytes, reader: _Reader, diagnostics: Diagnostics) -> None:
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(reader)
    source = InputSource()
    source.setByteStream(io.BytesIO(data))
    source.setEncoding("utf-8")  # checked; a declaration that says otherwise is wrong
    try:
        parser.parse(source)
    except SAXParseException as error:
        hint = "write the character itself: only &amp; &lt; &gt; &quot; &apos; are known to XML"
        hint = hint if "entity" in error.getMessage() else "save it as SVG again"
        reason = f"is not well-formed XML: {error.getMessage()}"
        diagnostics.error("not-svg", reason, Location(reader.path, error.getLineNumber() or 0), hint)
    except DefusedXmlException:
        hint = "delete the <!DOCTYPE …> and its entities"
        diagnostics.error("figure-doctype", "a document type declaration", reader.here(), hint)
    except _LimitError as error:
        diagnostics.error("too-complex", str(error), reader.here(), "simplify the drawing, or show it as a PNG")


class _LimitError(Exception):
    """The drawing is too large, too deep or too faulty to be read on."""


@dataclass(slots=True)
class _Open:
    """An element whose end is not reached yet."""

    tag: str
    attrs: Mapping[str, str]
    at: Location
    children: list[Node] = field(default_factory=list)
    characters: list[str] = field(default_factory=list)


class _Reader(ContentHandler):
    """Builds the tree from the parser's events; a stack, so that depth costs no recursion."""

    def __init__(self, path: str, diagnostics: Diagnostics) -> None:
        super().__init__()
        self.root: Element | None = None
        self.path = path
        self._diagnostics = diagnostics
        self._locator: Locator | None = None
        self._stack: list[_Open] = []
        self._count = 0
        self._slips = 0
        self._view: tuple[float, ...] = ()

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 (SAX's name)
        """Keep whom to ask for the line."""
        self._locator = locator

    def here(self) -> Location:
        """Where the parser stands: inside `startElementNS`, at the start of the tag."""
        return Location(self.path, (self._locator.getLineNumber() or 0) if self._locator else 0)

    def error(self, rule: str, message: str, hint: str, at: Location | None = None) -> None:
        """Keep an error, by default where the parser stands. Raises _LimitError at the limit."""
        self._diagnostics.error(rule, message, at or self.here(), hint)
        self._slips += 1
        if self._slips >= SLIP_LIMIT:
            raise _LimitError(f"more than {SLIP_LIMIT} slips; the rest of the drawing was not read")

    def startElementNS(  # noqa: N802 (SAX's name)
        self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        """Check one element and its attributes, and open it."""
        self._count += 1
        if self._count > ELEMENT_LIMIT:
            raise _LimitError(f"more than {ELEMENT_LIMIT} elements")
        if len(self._stack) >= DEPTH_LIMIT:
            raise _LimitError(f"elements nested more than {DEPTH_LIMIT} deep")
        space, tag = name
        plain = {key if not uri else f"{_prefix(uri)}:{key}": value for (uri, key), value in attrs.items()}
        if space != _SVG:
            reason = f"<{tag[:40]}> is no SVG element"
            self.error("figure-element", reason, f'write <svg xmlns="{_SVG}">, and save as plain SVG')
        else:
            for slip in find_shape_slips(tag, plain):
                self.error(slip.rule, slip.message, slip.hint)
            self._check_place(tag, plain)
        self._stack.append(_Open(tag, plain, self.here()))

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802 (SAX's name)
        """Close the element: it becomes a child of the one around it, or the root."""
        done = self._stack.pop()
        characters = "".join(done.characters)
        children = tuple(done.children)
        attrs = dict(done.attrs)
        if done.tag == "text":
            children = self._text(done, characters)
        elif characters.strip():
            reason = f"words outside of <text>: “{fold_space(characters)[:40]}”"
            self.error("figure-words", reason, 'put them into <text class="label" data-box="…">', done.at)
        if not self._stack:
            attrs = {key: value for key, value in attrs.items() if key not in {"width", "height"}}
        element = Element(done.tag, attrs, children, done.at)
        if self._stack:
            self._stack[-1].children.append(element)
        else:
            self.root = element

    def characters(self, content: str) -> None:
        """Keep the words of the element that is open."""
        self._stack[-1].characters.append(content)

    def processingInstruction(self, target: str, data: str) -> None:  # noqa: N802 (SAX's name)
        """Refuse it: `xml-stylesheet` fetches, and no other is known."""
        self.error("figure-instruction", f"a processing instruction <?{target[:40]} …?>", "delete it")

    def _check_place(self, tag: str, attrs: Mapping[str, str]) -> None:
        if not self._stack:
            self._open_root(tag, attrs)
        elif tag == "svg":
            self.error("figure-element", "a drawing inside a drawing", "use <g>")
        elif self._stack[-1].tag == "text":
            self.error("figure-element", f"<{tag[:40]}> inside a <text>", "one <text> is one message")
        elif self._stack[-1].tag not in {"svg", "g"}:
            self.error("figure-element", f"<{tag[:40]}> inside <{self._stack[-1].tag[:40]}>", "put it beside it")
        elif tag == "text" and self._view and (box := _box(attrs.get("data-box"))):
            self._check_box(box)
        if tag != "text" and is_thin(attrs):
            hint = "make it 0.75 at least: a press may not hold a thinner one"
            self._diagnostics.warning("thin-line", f"a line only {attrs['stroke-width']} wide", self.here(), hint)

    def _open_root(self, tag: str, attrs: Mapping[str, str]) -> None:
        if tag != "svg":
            hint = f'a drawing is one <svg xmlns="{_SVG}" viewBox="0 0 640 …">'
            self.error("not-svg", f"begins with <{tag[:40]}>", hint)
            return
        self._view = _box(attrs.get("viewBox")) or ()
        for name, wanted in zip(("width", "height"), self._view[2:], strict=False):
            if name in attrs and (not (found := _numbers(attrs[name])) or found != (wanted,)):
                hint = f"delete it, or write {wanted:g}; the build sets the drawing as wide as the text"
                self.error("figure-size", f'{name}="{attrs[name][:40]}" is not what viewBox says', hint)
        if self._view and self._view[2] != WIDTH:
            hint = f"draw {WIDTH} wide, or the sizes of its texts will not be those of the other figures"
            self._diagnostics.warning("figure-width", f"viewBox is {self._view[2]:g} wide", self.here(), hint)

    def _check_box(self, box: tuple[float, ...]) -> None:
        left, top, width, height = self._view
        if box[0] < left or box[1] < top or box[0] + box[2] > left + width or box[1] + box[3] > top + height:
            hint = f"keep it between {left:g} {top:g} and {left + width:g} {top + height:g}"
            self.error("figure-box", "data-box reaches out of the drawing's viewBox", hint)

    def _text(self, done: _Open, characters: str) -> tuple[Node, ...]:
        words = fold_space(re.sub(r"[ \t]+(?=\r?\n)", "", characters))
        if not words:
            self.error("figure-empty", "a <text> without words", "write its words, or delete it", done.at)
            return ()
        if done.attrs.get("translate") == "no":
            return (Value("verbatim", words, done.at),)
        message = Message(
            words,
            done.at,
            kind="figure text",
            context=done.attrs.get("data-context") or None,
            note=fold_space(done.attrs.get("data-note", "")),
            width=_capacity(done.attrs),
        )
        return (Text(message, words),)


def _capacity(attrs: Mapping[str, str]) -> int:
    """About how many characters of Latin text the box holds at full size: lines × characters of a line."""
    box = _box(attrs.get("data-box"))
    sizes = [FONT_SIZES[name] for name in attrs.get("class", "").split() if name in FONT_SIZES]
    if not box or not sizes:
        return 0
    return max(1, int(box[3] / (sizes[0] * LINE_HEIGHT))) * int(box[2] / (sizes[0] * _CHARACTER))


def _box(value: str | None) -> tuple[float, ...] | None:
    """Four numbers, the last two above 0; None for what `find_shape_slips` has refused."""
    numbers = _numbers(value or "")
    return numbers if len(numbers) == 4 and numbers[2] > 0 and numbers[3] > 0 else None


def _numbers(value: str) -> tuple[float, ...]:
    try:
        return parse_numbers(value)
    except ValueError:
        return ()


def _prefix(uri: str) -> str:
    """A short name for a foreign namespace: `xlink`, `xml`, or the last word of its address."""
    return "xml" if uri.endswith("/namespace") else re.split(r"[/#]", uri[-80:].rstrip("/#"))[-1]
