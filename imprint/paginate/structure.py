"""Sound structure: the tag tree says what the page says, where WeasyPrint's own leaves it out.

Running headers, folios and leaders become artifacts; foreign spans get their language, abbreviations their expansion,
footnotes the tag Note with an id, links a description in words, entries of definition lists a label and a body
(ISO 32000-1, 14.7 and 14.8; PDF/UA-1, 7.1 to 7.9). Text hangs on the element that it belongs to, without the Span that
WeasyPrint wraps each line's pieces in: half of all elements, which a screen reader would have to walk through. This
module replaces private functions of WeasyPrint 70.0 and works with that one version.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

from imprint.paginate.links import NoteLinks, own_links
from imprint.paginate.replacement import replaced

# Inline elements that WeasyPrint tags NonStruct, by the standard structure type that fits.
_INLINE = dict.fromkeys(
    ("abbr", "b", "bdi", "cite", "dfn", "em", "i", "kbd", "mark", "s", "small", "strong", "sub", "sup", "u"), "/Span"
) | {"code": "/Code", "q": "/Quote"}

# Elements that hold no text by themselves (ISO 32000-1, 14.8.4.2: grouping elements).
_GROUPING = frozenset({"/Document", "/Part", "/Art", "/Sect", "/Div", "/BlockQuote"})
# In the place of the generation number of a reference: its number is a marked content's, not an object's.
_CONTENT = "MCID"


@contextmanager
def sound_structure() -> Iterator[None]:
    """Complete the tags while a document is written."""
    from pydyf import PDF
    from weasyprint import draw, pdf
    from weasyprint.pdf import stream, tags

    artifacts, notes = _Artifacts(), NoteLinks()
    with ExitStack() as stack:
        for owner, name, value in (
            (draw, "draw_stacking_context", partial(artifacts.draw_margin, draw.draw_stacking_context)),
            (draw, "draw_inline_level", partial(artifacts.draw_leader, draw.draw_inline_level)),
            (stream.Stream, "marked", artifacts.without_marks(stream.Stream.marked)),
            (stream.Stream, "artifact", artifacts.without_marks(stream.Stream.artifact)),
            (pdf, "add_links", partial(own_links, pdf.add_links)),
            (pdf, "add_tags", partial(notes.add_tags, pdf.add_tags)),
            (tags, "_build_box_tree", partial(_build_tree, tags._build_box_tree, notes)),
            (PDF, "add_object", _adding_all_but_text(PDF.add_object)),
        ):
            stack.enter_context(replaced(owner, name, value))
        yield


class _Artifacts:
    """Draws running headers and folios as pagination artifacts (ISO 32000-1, 14.8.2.2.2) and leaders as layout
    artifacts: WeasyPrint marks their text as content, that of the margins without a structure element to hold it."""

    def __init__(self) -> None:
        self._inside = False

    def draw_margin(self, original: Any, stream: Any, context: Any) -> None:
        """`draw_stacking_context`: an artifact if it is a margin box's."""
        from weasyprint.formatting_structure import boxes

        with self._artifact(stream, "/Pagination", isinstance(context.box, boxes.MarginBox)):
            original(stream, context)

    def draw_leader(self, original: Any, stream: Any, page: Any, box: Any, *rest: Any) -> None:
        """`draw_inline_level`: an artifact if it is the dots of a leader, nothing if a break opportunity."""
        if _is_opportunity(box):
            return
        with self._artifact(stream, "/Layout", getattr(box, "is_leader", False)):
            original(stream, page, box, *rest)

    @contextmanager
    def _artifact(self, stream: Any, kind: str, wanted: bool) -> Iterator[None]:
        from pydyf import Dictionary

        if self._inside or not wanted or stream._tags is None:
            yield
            return
        stream.begin_marked_content("Artifact", Dictionary({"Type": kind}))
        self._inside = True
        try:
            yield
        finally:
            self._inside = False
            stream.end_marked_content()

    def without_marks(self, original: Any) -> Any:
        """The method of Stream, doing nothing within an artifact."""

        @contextmanager
        def mark(stream: Any, *arguments: Any) -> Iterator[None]:
            if self._inside:
                yield
            else:
                with original(stream, *arguments):
                    yield

        return mark


def _build_tree(
    original: Any, notes: NoteLinks, box: Any, parent: Any, pdf: Any, page: int, nums: Any, annotations: Any, tags: Any
) -> Iterator[Any]:
    """`_build_box_tree`, with what the HTML says of each element added to its structure element."""
    from pydyf import String
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.absolute import AbsolutePlaceholder

    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.MarginBox) or box.is_leader or _is_opportunity(box):
        return
    for made in original(box, parent, pdf, page, nums, annotations, tags):
        element = made
        if _is_empty_link(element):
            continue
        _hang_text(element, pdf, nums)
        if box.element is not None:
            _complete(box, element, parent, pdf)
            if notes.is_note(box):
                element["S"] = "/Note"
                element["ID"] = String(f"note-{element.number}")
            element = notes.link(box, element, pdf, page, annotations)
        yield element


def _adding_all_but_text(original: Any) -> Any:
    """`PDF.add_object`, which adds no Span that is made for a piece of text, but makes its reference name the text."""
    from pydyf import Dictionary

    def add_object(pdf: Any, item: Any) -> None:
        # The Span of an element is added before it has kids.
        if isinstance(item, Dictionary) and item.get("S") == "/Span" and item["K"]:
            (item.number,), item.generation = item["K"], _CONTENT
        else:
            original(pdf, item)

    return add_object


def _hang_text(element: Any, pdf: Any, nums: Any) -> None:
    """Let the element hold its text itself, in the order of its kids; in a grouping element a Span holds it."""
    from pydyf import Array, Dictionary

    kids = element["K"]
    for place, kid in enumerate(kids):
        if not isinstance(kid, bytes) or not kid.endswith(_CONTENT.encode() + b" R"):
            continue
        number = int(kid.split()[0])
        kids[place], nums[number] = number, element.reference
        if element["S"] in _GROUPING:
            span = Dictionary({"Type": "/StructElem", "S": "/Span", "K": Array(), "Pg": element["Pg"]})
            span["P"] = element.reference
            pdf.add_object(span)
            span["K"].append(number)
            kids[place] = nums[number] = span.reference


def _is_opportunity(box: Any) -> bool:
    """Whether it is a `<wbr>`: its U+200B has done its work and shows nothing; an address has a dozen."""
    return getattr(box, "element_tag", None) == "wbr"


def _is_empty_link(element: Any) -> bool:
    """Whether it is what a link leaves at a line's end when all its words stand on the next one."""
    return bool(element["S"] == "/Link" and not element["K"])


def _complete(box: Any, element: Any, parent: Any, pdf: Any) -> None:
    from pydyf import String

    html = box.element
    name = box.element_tag
    if element["S"] == "/NonStruct" and name in _INLINE:
        element["S"] = _INLINE[name]
    elif name.startswith("a::"):
        element["S"] = "/Span"  # content from the styles, inside the link
    if language := html.get("lang"):
        element["Lang"] = String(language)
    if name == "abbr" and (expansion := html.get("title")):
        element["E"] = String(expansion)
    if element["S"] == "/Div" and parent["S"] == "/L":
        _make_entry(element, pdf)
    if box.link_annotation and (description := _link_text(html)):
        box.link_annotation["Contents"] = String(description)


def _make_entry(element: Any, pdf: Any) -> None:
    """Turn `<div><dt><dd></div>` of a definition list (Div > LI > LBody twice) into LI > Lbl, LBody."""
    element["S"] = "/LI"
    kids = [pdf.objects[int(bytes(reference).split()[0])] for reference in element["K"]]
    for index, kid in enumerate(kid for kid in kids if kid["S"] == "/LI"):
        kid["S"] = "/Lbl" if index == 0 else "/LBody"
        for reference in kid["K"]:
            inner = pdf.objects[int(bytes(reference).split()[0])]
            inner["S"] = "/NonStruct"


def _link_text(html: Any) -> str:
    """What a link says: its title, else its words, else its picture's alternative text."""
    words = html.get("aria-label") or html.get("title") or " ".join("".join(html.itertext()).split())
    if not words:
        words = next((image.get("alt") or "" for image in html.iter("img")), "")
    return str(words)
