"""Tagged running headers and folios are found by where they stand; texts that merely repeat are not taken for them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from imprint.paginate.preflight.expectation import Expectation
from imprint.paginate.preflight.preflight import preflight

FONT = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
# A tagged text: its structure type, its words, and the height of its baseline.
Text = tuple[str, str, float]


def write(pages: Sequence[Sequence[Text]], operator: str = "1 0 0 1 50 {y} Tm ({text}) Tj") -> bytes:
    """A PDF whose pages have these tagged texts."""
    pdf = pikepdf.new()
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([document])))
    for texts in pages:
        pdf.add_blank_page(page_size=(400, 600))
        page = pdf.pages[-1].obj
        page.Resources = Dictionary(Font=Dictionary(F=FONT))
        drawn = []
        for number, (tag, text, y) in enumerate(texts):
            show = operator.format(y=y, text=text)
            drawn.append(f"/{tag} <</MCID {number}>> BDC BT /F 9 Tf {show} ET EMC")
            element = Dictionary(Type=Name.StructElem, S=Name(f"/{tag}"), P=document, Pg=page, K=number)
            document.K.append(pdf.make_indirect(element))
        page.Contents = pdf.make_stream("\n".join(drawn).encode())
    stream = io.BytesIO()
    pdf.save(stream)
    return stream.getvalue()


def lines(page: int, count: int = 6) -> list[Text]:
    """A page's own paragraphs, from the top of the text area down, 14 points apart."""
    return [("P", f"word {'abcdefgh'[page]}{'klmnopqrs'[n]}", 520.0 - 14 * n) for n in range(count)]


def found(data: bytes, expected: Expectation | None = None) -> list[str]:
    report = preflight(data, expected=expected)
    return [finding.message for finding in report.findings if finding.rule == "running-header-tagged"]


@pytest.mark.parametrize(
    "operator", ["1 0 0 1 50 {y} Tm ({text}) Tj", "50 {y} Td ({text}) Tj", "2 TL 50 {y} TD 0 0 Td ({text}) Tj"]
)
def test_header_is_found(operator: str) -> None:
    """A text in the upper margin of each page, however it is placed, is a running header."""
    pages = [[("P", "A paper", 560.0), *lines(page)] for page in range(5)]
    assert found(write(pages, operator)) == ["“A paper” is tagged as content on most pages"]


def test_header_below_a_cover_is_found() -> None:
    """A cover whose own text stands higher does not hide the running header of the other pages."""
    cover: list[Text] = [("P", "Title", 575.0), ("P", "Subtitle", 300.0)]
    pages = [cover, *([("P", "A paper", 560.0), *lines(page)] for page in range(4))]
    assert found(write(pages)) == ["“A paper” is tagged as content on most pages"]


def test_folios_are_found() -> None:
    """Numbers in the lower margin differ from page to page, and are folios all the same."""
    pages = [[*lines(page), ("P", f"{page + 1}", 30.0)] for page in range(5)]
    assert found(write(pages)) == ["“#” is tagged as content on most pages"]


def test_header_and_folio_on_one_line_are_found() -> None:
    """What stands on the running header's own line is no text that it would have to stand apart from."""
    pages = [[("P", "A paper", 560.0), ("P", f"{page + 1}", 560.0), *lines(page)] for page in range(5)]
    assert len(found(write(pages))) == 2


def test_pages_that_begin_alike_are_sound() -> None:
    """The first line of the text area is content, even if it says the same on every page."""
    pages = [[("P", "Again", 534.0), *lines(page)] for page in range(5)]
    assert found(write(pages)) == []


def test_text_that_repeats_is_sound() -> None:
    """Pages full of one word have it first and last, at other heights or in the midst of the text."""
    pages = [[("P", "word", 520.0 - 14 * n - 3 * page) for n in range(5)] for page in range(6)]
    assert found(write(pages)) == []


def test_headings_are_sound() -> None:
    """A heading that is the same in every chapter stands apart from the text, and is content."""
    pages = [[("H1", "Chapter", 560.0), *lines(page)] for page in range(5)]
    assert found(write(pages)) == []


def test_few_pages_are_sound() -> None:
    """On three pages nothing tells a header from a text that repeats."""
    pages = [[("P", "A paper", 560.0), *lines(page)] for page in range(3)]
    assert found(write(pages)) == []


def test_what_the_edition_says_is_sound() -> None:
    """A text that the edition's source has as often is its content; one that it has less often is not."""
    pages = [[("P", "A paper", 560.0), *lines(page)] for page in range(5)]
    assert found(write(pages), Expectation(text="A paper … " * 5)) == []
    assert found(write(pages), Expectation(text="A paper … " * 2)) == ["“A paper” is tagged as content on most pages"]
