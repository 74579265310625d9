"""What is painted stands in the page's stream as it is read out."""

import io
from typing import Any

import pikepdf

from imprint.base.diagnostic import Diagnostics
from imprint.paginate.library import find_fonts
from imprint.paginate.render import paginate_edition
from imprint.paginate.store import Store
from tests.paginate.conftest import files_of, page_of

LISTS = (
    "<ol><li>first <b>item</b><ul><li>inner</li></ul></li><li><p>second</p></li></ol><p>after the lists</p>"
    '<figure><img style="display: block" alt="again" src="figures/f.svg"></figure><p>the end</p>'
)


def marks_in(node: pikepdf.Object, page: pikepdf.Page) -> list[int]:
    """The marked contents of the page below a structure element, in the order of the tags."""
    found: list[int] = []
    kids: Any = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            found += [kid] if node.Pg.objgen == page.obj.objgen else []
        elif "/S" in kid:
            found += marks_in(kid, page)
    return found


def test_labels_and_pictures_are_painted_in_their_places(store: Store) -> None:
    """The order of painting is the order of the tags: numbers, bullets, pictures are not left for the page's end."""
    made = paginate_edition(page_of("en", LISTS), files_of("en"), find_fonts(), "en", Diagnostics(), store=store)
    pdf = pikepdf.open(io.BytesIO(made.pdf))
    page = pdf.pages[1]
    painted = [
        int(operand.MCID)
        for instruction in pikepdf.parse_content_stream(page)
        for operand in instruction.operands
        if isinstance(operand, pikepdf.Dictionary) and "/MCID" in operand
    ]
    read = [mark for mark in marks_in(pdf.Root.StructTreeRoot.K[0], page) if mark in painted]
    assert len(read) > 10
    assert read == painted


def test_a_picture_is_clipped_where_it_stands(store: Store) -> None:
    """What a drawing has outside its box stays hidden, as the engine's own style says."""
    assert clips(store, b"") == clips(store, b"img { overflow: visible }") + 1


def clips(store: Store, css: bytes) -> int:
    """How many clipping operators the page with the drawing has."""
    files = files_of("en")
    files["styles/a.css"] += css
    made = paginate_edition(page_of("en"), files, find_fonts(), "en", Diagnostics(), store=store)
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        instructions = pikepdf.parse_content_stream(pdf.pages[1])
    return sum(str(instruction.operator) == "W" for instruction in instructions)
