"""Sound links: one annotation for each piece of a link, described in words, and footnotes linked with their calls.

WeasyPrint 70.0 makes an annotation for every box that inherits a link (48 for one address with break opportunities),
describes each by its address, and links no footnotes. This module replaces private functions of that one version.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# CSS pixels to PDF points.
_SCALE = 0.75
_CALL, _MARKER = "::footnote-call", "::footnote-marker"


def own_links(original: Any, links_and_anchors: Any, *rest: Any) -> None:
    """`add_links`, for the boxes of the linking elements themselves."""
    links, anchors = links_and_anchors
    original((list(_without_inherited(links)), anchors), *rest)


def _without_inherited(links: Any) -> Iterator[Any]:
    """Yield the links of `<a>` boxes; of a box without width, or within one that is linked already, none."""
    kept: list[tuple[Any, Any]] = []
    for link in links:
        _, _, (left, top, right, bottom), box = link
        if box.element is None or box.element_tag != "a" or left == right:
            continue
        inside = any(
            element is box.element and x1 <= left and y1 <= top and right <= x2 and bottom <= y2
            for element, (x1, y1, x2, y2) in kept
        )
        if not inside:
            kept.append((box.element, (left, top, right, bottom)))
            yield link


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a box begins: the index of its page, and PDF coordinates."""

    page: int
    x: float
    y: float


class NoteLinks:
    """Links each footnote's call with the note, and the note's marker with the call."""

    def __init__(self) -> None:
        self._notes: dict[Any, _Place] = {}
        self._calls: dict[Any, _Place] = {}
        self._bodies: set[int] = set()
        self._heights: list[float] = []

    def is_note(self, box: Any) -> bool:
        """Whether the box is a footnote's own (its page's part of it)."""
        return id(box) in self._bodies

    def find(self, document: Any) -> None:
        """Remember where the calls and the notes of a laid-out Document stand."""
        from weasyprint.formatting_structure.boxes import FootnoteAreaBox

        self._heights = [page.height for page in document.pages]
        for index, page in enumerate(document.pages):
            stack = [page._page_box]
            while stack:
                box = stack.pop()
                tag = getattr(box, "element_tag", None) or ""
                # all_children, because footnotes hang on the page's footnote area
                stack.extend(box.all_children() if hasattr(box, "all_children") else ())
                if isinstance(box, FootnoteAreaBox):
                    self._bodies.update(map(id, box.children))
                if tag.endswith((_CALL, _MARKER)):
                    found = self._calls if tag.endswith(_CALL) else self._notes
                    place = _Place(index, box.position_x * _SCALE, (page.height - box.position_y) * _SCALE)
                    found.setdefault(box.element, place)

    def link(self, box: Any, element: Any, pdf: Any, page: int, annotations: Any) -> Any:
        """Make a structure element of a call (→ Reference > Link) or a marker (→ Link) lead to its counterpart."""
        from pydyf import Array, Dictionary, String

        tag = box.element_tag or ""
        call = tag.endswith(_CALL)
        target = (self._notes if call else self._calls).get(box.element) if tag.endswith((_CALL, _MARKER)) else None
        if target is None or element["S"] in ("/Link", "/Reference"):
            return element
        words = " ".join("".join(box.element.itertext()).split())
        number = box.element.get("data-number") or ""
        x, y, width, height = box.hit_area()
        top = (self._heights[page] - y) * _SCALE
        annotation = Dictionary(
            {
                "Type": "/Annot", "Subtype": "/Link", "BS": Dictionary({"W": 0}), "F": 4,
                "Rect": Array([x * _SCALE, top - height * _SCALE, (x + width) * _SCALE, top]),
                "Contents": String(f"{number} {words}".strip() if call else number or words),
                "Dest": Array([pdf.page_references[target.page], "/XYZ", target.x, target.y, 0]),
            }
        )  # fmt: skip
        pdf.add_object(annotation)
        sheet = pdf.objects[int(pdf.page_references[page].split()[0])]
        sheet.setdefault("Annots", Array()).append(annotation.reference)
        kid = Dictionary({"Type": "/OBJR", "Obj": annotation.reference, "Pg": pdf.page_references[page]})
        pdf.add_object(kid)
        element["S"] = "/Link"
        element["K"].append(kid.reference)
        annotations.append((element.reference, annotation))
        return self._refer(element, pdf) if call else element

    @staticmethod
    def _refer(element: Any, pdf: Any) -> Any:
        from pydyf import Array, Dictionary

        reference = Dictionary(
            {
                "Type": "/StructElem",
                "S": "/Reference",
                "K": Array([element.reference]),
                "Pg": element["Pg"],
                "P": element["P"],
            }
        )
        pdf.add_object(reference)
        element["P"] = reference.reference
        return reference

    def add_tags(self, original: Any, pdf: Any, document: Any, *rest: Any) -> None:
        """`add_tags`, after the notes were found."""
        self.find(document)
        original(pdf, document, *rest)
