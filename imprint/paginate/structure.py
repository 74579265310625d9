"""Sound structure: the tag tree says what the page says, where WeasyPrint's own leaves it out.

Running headers and folios become artifacts; foreign spans get their language, abbreviations their expansion, footnotes
the tag Note with an id, links a description in words, entries of definition lists a label and a body (ISO 32000-1,
14.7 and 14.8; PDF/UA-1, 7.1 to 7.9). This module replaces private functions of WeasyPrint 70.0 and works with that
one version.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

from imprint.paginate.engine import replaced
from imprint.paginate.links import NoteLinks, own_links

# Inline elements that WeasyPrint tags NonStruct, by the standard structure type that fits.
_INLINE = dict.fromkeys(
    ("abbr", "b", "bdi", "cite", "dfn", "em", "i", "kbd", "mark", "s", "small", "strong", "sub", "sup", "u"), "/Span"
) | {"code": "/Code", "q": "/Quote"}


@contextmanager
def sound_structure() -> Iterator[None]:
    """Complete the tags while a document is written."""
    from weasyprint import draw, pdf
    from weasyprint.pdf import stream, tags

    margins, notes = _Margins(), NoteLinks()
    with ExitStack() as stack:
        for owner, name, value in (
            (draw, "draw_stacking_context", partial(margins.draw, draw.draw_stacking_context)),
            (stream.Stream, "marked", margins.without_marks(stream.Stream.marked)),
            (stream.Stream, "artifact", margins.without_marks(stream.Stream.artifact)),
            (pdf, "add_links", partial(own_links, pdf.add_links)),
            (pdf, "add_tags", partial(notes.add_tags, pdf.add_tags)),
            (tags, "_build_box_tree", partial(_build_tree, tags._build_box_tree, notes)),
        ):
            stack.enter_context(replaced(owner, name, value))
        yield


class _Margins:
    """Draws the boxes of the page margins as pagination artifacts (ISO 32000-1, 14.8.2.2.2), without tags of their
    own: WeasyPrint marks their text as content that no structure element holds."""

    def __init__(self) -> None:
        self._inside = False

    def draw(self, original: Any, stream: Any, context: Any) -> None:
        from pydyf import Dictionary
        from weasyprint.formatting_structure import boxes

        if self._inside or not isinstance(context.box, boxes.MarginBox) or stream._tags is None:
            original(stream, context)
            return
        stream.begin_marked_content("Artifact", Dictionary({"Type": "/Pagination"}))
        self._inside = True
        try:
            original(stream, context)
        finally:
            self._inside = False
            stream.end_marked_content()

    def without_marks(self, original: Any) -> Any:
        """The method of Stream, doing nothing within a margin box."""

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
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.absolute import AbsolutePlaceholder

    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.MarginBox):
        return
    for made in original(box, parent, pdf, page, nums, annotations, tags):
        element = made
        if box.element is not None:
            _complete(box, element, parent, pdf)
            element = notes.link(box, element, pdf, page, annotations)
        yield element


def _complete(box: Any, element: Any, parent: Any, pdf: Any) -> None:
    from pydyf import String

    html = box.element
    name = box.element_tag
    if element["S"] == "/NonStruct" and name in _INLINE:
        element["S"] = _INLINE[name]
    if language := html.get("lang"):
        element["Lang"] = String(language)
    if name == "abbr" and (expansion := html.get("title")):
        element["E"] = String(expansion)
    if name == "span" and box.style["float"] == "footnote":
        element["S"] = "/Note"
        element["ID"] = String(f"note-{element.number}")
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
