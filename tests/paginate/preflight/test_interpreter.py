"""Content streams: text of marks, replaced text, forms, pictures and their size."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from imprint.paginate.preflight.drawn import PageContent
from imprint.paginate.preflight.interpreter import Interpreter

FONT = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)


def run(content: bytes) -> PageContent:
    """What a page of that content draws."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    page = pdf.pages[0].obj
    page.Resources = Dictionary(Font=Dictionary(F=FONT))
    page.Contents = pdf.make_stream(content)
    return Interpreter().run(page, 0)


def texts(content: PageContent) -> dict[int, str]:
    return {key[-1]: mark.text() for key, mark in content.marks.items()}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"/P <</MCID 3>> BDC BT /F 9 Tf (Text) Tj ET EMC", {3: "Text"}),
        (b"/P <</MCID 0>> BDC BT /F 9 Tf [(Te) -20 <7874>] TJ ET EMC", {0: "Text"}),
        (b"/P <</MCID 0>> BDC BT /F 9 Tf [<54> 0 <65>10<78> <>.5<74>] TJ ET EMC", {0: "Text"}),
        (b"/P <</MCID 0>> BDC BT /F 9 Tf (a\\(b\\)\\101) Tj (c) ' ET EMC", {0: "a(b)Ac"}),
        (b"/P <</MCID 0 /ActualText (whole)>> BDC BT /F 9 Tf (w) Tj ET EMC", {0: "whole"}),
        (
            b"/P <</MCID 0>> BDC BT /F 9 Tf (a) Tj /Span <</ActualText <FEFF0062>>> BDC (x) Tj EMC (c) Tj ET EMC",
            {0: "abc"},
        ),
        (b"/P <</MCID 0>> BDC /Q BMC BT /F 9 Tf (in) Tj ET EMC EMC", {0: "in"}),
        (b"q BT /F 9 Tf ET Q /P <</MCID 0>> BDC BT (no font) Tj ET EMC", {0: ""}),
    ],
)
def test_text_of_marked_content(content: bytes, expected: dict[int, str]) -> None:
    """Strings in any notation belong to the mark around them; an ActualText stands for what it covers."""
    assert texts(run(content)) == expected


def test_artifacts_and_loose_text() -> None:
    """Text outside marks is loose, unless it is an artifact."""
    content = run(b"/Artifact BMC BT /F 9 Tf (folio) Tj ET EMC BT /F 9 Tf (lost) Tj ET")
    assert content.loose == ["lost"]
    assert not content.marks


def test_text_in_a_form_belongs_to_the_mark_around_it() -> None:
    """A form drawn inside a marked content is part of it, and leaves no state behind."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    page = pdf.pages[0].obj
    form = pdf.make_stream(b"BT /F 9 Tf (inside) Tj ET 2 0 0 2 0 0 cm", Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    page.Resources = Dictionary(Font=Dictionary(F=FONT), XObject=Dictionary(X=form))
    page.Contents = pdf.make_stream(b"/P <</MCID 0>> BDC /X Do BT /F 9 Tf ( after) Tj ET EMC")
    assert texts(Interpreter().run(page, 0)) == {0: "inside after"}


def test_resolution_of_a_picture_as_placed() -> None:
    """A picture's resolution comes from the transformations around it; that of its coarser side counts."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    page = pdf.pages[0].obj
    image = pdf.make_stream(b"\0" * 200, Subtype=Name.Image, Width=20, Height=10, ColorSpace=Name.DeviceGray)
    page.Resources = Dictionary(XObject=Dictionary(I=image))
    page.Contents = pdf.make_stream(b"0.5 0 0 0.5 0 0 cm q 0 144 -72 0 0 0 cm /I Do Q")
    (picture,) = Interpreter().run(page, 0).pictures
    assert picture.pixels == (20, 10)
    assert picture.points == (72.0, 36.0)
    assert picture.ppi == pytest.approx(20.0)


def test_inline_picture() -> None:
    """A picture in the content stream itself is seen too."""
    content = run(b"q 72 0 0 72 0 0 cm BI /W 2 /H 4 /BPC 8 /CS /G ID 12345678 EI Q")
    assert [picture.pixels for picture in content.pictures] == [(2, 4)]


def test_damage_is_noted() -> None:
    """An operator with the wrong operands, or a stream that breaks off, is noted and the rest is run."""
    content = run(b"1 2 cm /P <</MCID 0>> BDC BT /F 9 Tf (on) Tj ET EMC")
    assert "cm" in content.damage
    assert texts(content) == {0: "on"}


def test_properties_by_name() -> None:
    """A mark's properties may stand in the page's resources."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    page = pdf.pages[0].obj
    page.Resources = Dictionary(Properties=Dictionary(M=Dictionary(MCID=7, ActualText=String("named"))))
    page.Contents = pdf.make_stream(b"/P /M BDC EMC")
    assert texts(Interpreter().run(page, 0)) == {7: "named"}
