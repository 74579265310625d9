"""The proof of the print shop's PDF: sound it passes; each thing that a press cannot print refuses the edition."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from imprint.base.diagnostic import Diagnostics
from imprint.base.edition import Edition
from imprint.markup.page import Page
from imprint.paginate.preflight.catalogue import RULES
from imprint.paginate.prove import Proven, prove_page
from imprint.paginate.render import Pagination
from tests.paginate.press.conftest import Paginate, picture

Change = Callable[[pikepdf.Pdf], None]
EDITION = Edition("cn", "en", "en_CN")


def prove(made: Pagination, *, draft: bool = False) -> tuple[Proven, set[str], set[str]]:
    """The proof, and the rules of its errors and of its warnings."""
    diagnostics = Diagnostics()
    proven = prove_page(made, Page("", {}, "For the press", "en"), EDITION, diagnostics, draft=draft, press=True)
    return proven, {d.rule for d in diagnostics.errors}, {d.rule for d in diagnostics.warnings}


def broken(printed: Pagination, change: Change) -> Pagination:
    with pikepdf.open(io.BytesIO(printed.pdf)) as pdf:
        change(pdf)
        written = io.BytesIO()
        pdf.save(written)
    return replace(printed, pdf=written.getvalue())


def paint(operators: bytes) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        content = pdf.pages[2].obj.Contents[1]
        assert isinstance(content, pikepdf.Stream)
        content.write(content.read_bytes() + b"\nq " + operators + b" Q")

    return change


def write_text(colour: bytes) -> Change:
    """Write the page's first letter again, in another colour."""

    def change(pdf: pikepdf.Pdf) -> None:
        letter = re.search(rb"(/\w+) [\d.]+ Tf\n\[(<[0-9a-f]{4}>)", pdf.pages[2].obj.Contents[1].read_bytes())
        assert letter
        paint(colour + b" k BT " + letter[1] + b" 9 Tf 20 20 Td " + letter[2] + b" Tj ET")(pdf)

    return change


def rename_version(pdf: pikepdf.Pdf) -> None:
    metadata = pdf.Root.Metadata
    assert isinstance(metadata, pikepdf.Stream)
    metadata.write(metadata.read_bytes().replace(b"PDF/X-4", b"PDF/X-3"))


def drop_profile(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents[0]["/DestOutputProfile"]


def drop_trim(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1]["/TrimBox"]


def narrow_bleed(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.BleedBox = Array([-3, -3, 422, 598])


def drop_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[3]


def add_link(pdf: pikepdf.Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    pdf.pages[2].obj.Annots = Array([pdf.make_indirect(link)])


def drop_trapped(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Trapped"]


BREAKS: dict[str, Change] = {
    "print-identification": rename_version,
    "print-output-intent": drop_profile,
    "print-trim": drop_trim,
    "print-bleed": narrow_bleed,
    "print-page-count": drop_page,
    "print-links": add_link,
    "print-trapped": drop_trapped,
    "print-rgb": paint(b"0 0 1 rg 9 9 50 50 re f"),
    "print-ink": paint(b"1 1 0.8 0.3 k 9 9 50 50 re f"),
    "print-black-text": write_text(b"0.6 0.4 0.4 1"),
    "print-hairline": paint(b"0 0 0 1 K 0.2 w 9 9 m 90 9 l S"),
}


def test_every_rule_of_the_shop_is_broken_here() -> None:
    """The list below is complete."""
    assert set(BREAKS) == {name for name in RULES if name.startswith("print-")}


def test_the_page_passes(printed: Pagination) -> None:
    """Nothing is found in what we make, and the record counts the rules that hold."""
    proven, errors, warnings = prove(printed)
    assert errors == warnings == set()
    assert proven.proof == {"conformance": {"print": f"{len(BREAKS)}/{len(BREAKS)}"}, "findings": []}


@pytest.mark.parametrize("rule", BREAKS)
def test_what_a_press_cannot_print_refuses(printed: Pagination, rule: str) -> None:
    """Each broken rule is an error by its name, and one rule less is counted; a draft is only warned."""
    made = broken(printed, BREAKS[rule])
    proven, errors, _ = prove(made)
    assert errors == {rule}
    assert proven.proof["conformance"]["print"] == f"{len(BREAKS) - 1}/{len(BREAKS)}"
    _, errors, warnings = prove(made, draft=True)
    assert not errors
    assert rule in warnings


def test_slips_of_style_are_refused(paginate_press: Paginate) -> None:
    """What a designer or an author can get wrong is found in the finished file, each by its rule: too little bleed,
    black of four inks, too much ink, a thin frame, and a picture that is only good enough for the screen."""
    css = """
    @page { bleed: 1mm }
    p { color: device-cmyk(0.7 0.6 0.6 0.9) }
    h1 { background: device-cmyk(1 1 1 0.5); border: 0.1pt solid #0f5c6e }
    """
    rules = {"print-bleed", "print-black-text", "print-ink", "print-hairline", "image-resolution"}
    assert prove(paginate_press(css=css, hues_png=picture(157)))[1] == rules
