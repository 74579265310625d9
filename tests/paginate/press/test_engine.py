"""Everything that is drawn is in ink: text, lines, fills, gradients and pictures."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
import pytest

from imprint.paginate.press.engine import HAIRLINE
from imprint.paginate.render import Pagination

LIGHT = {"rg", "RG", "g", "G"}


def streams(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """All content: of pages, forms and patterns."""
    for page in pdf.pages:
        yield from page.obj.Contents
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and (item.get("/Subtype") == "/Form" or "/PatternType" in item):
            yield item


def operators(pdf: pikepdf.Pdf) -> Iterator[tuple[str, list[object]]]:
    for stream in streams(pdf):
        data = pdf.make_stream(stream.read_bytes())
        for instruction in pikepdf.parse_content_stream(data):
            yield str(instruction.operator), list(instruction.operands)


def images(pdf: pikepdf.Pdf) -> list[pikepdf.Stream]:
    return [item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"]


def test_no_colour_of_light(pdf: pikepdf.Pdf) -> None:
    """Pages, forms and patterns set colours in DeviceCMYK, the marks' own space, or a pattern; no RGB and no Lab."""
    used = list(operators(pdf))
    assert not LIGHT & {operator for operator, _ in used}
    spaces = {str(operands[0]) for operator, operands in used if operator in ("cs", "CS")}
    assert spaces <= {"/DeviceCMYK", "/Registration", "/Pattern"}
    assert b"/Lab" not in b"".join(str(item).encode() for item in pdf.objects if not isinstance(item, pikepdf.Stream))


def test_text_is_black_alone(pdf: pikepdf.Pdf) -> None:
    """The body's colour, a dark blue on the screen, is black alone; the heading has the palette's accent."""
    text = pdf.pages[2].obj.Contents[1].read_bytes().decode()
    colours = re.findall(r"/DeviceCMYK cs\n([\d. ]+) scn", text)
    assert {"0 0 0 1", "0.9 0.4 0.38 0.32"} <= set(colours)
    assert not [c for c in colours if float(c.split()[3]) > 0.9 and c != "0 0 0 1"]


def test_gradients_run_in_ink(pdf: pikepdf.Pdf) -> None:
    """Both gradients, the style's and the drawing's, run from four numbers to four in DeviceCMYK."""
    shadings = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/ShadingType" in item]
    assert len(shadings) == 2
    for shading in shadings:
        assert shading.ColorSpace == "/DeviceCMYK"
        assert all(len(part.C0) == len(part.C1) == 4 for part in shading.Function.Functions)


def test_pictures_are_in_ink(pdf: pikepdf.Pdf) -> None:
    """A picture in RGB becomes one in DeviceCMYK of the same size, without loss, under the limit of ink."""
    (image,) = images(pdf)
    facts = (str(image.ColorSpace), int(image.Width), int(image.Height), str(image.Filter))
    assert facts == ("/DeviceCMYK", 300, 300, "/FlateDecode")
    data = image.read_bytes()
    assert len(data) == 300 * 300 * 4
    assert 250 < max(sum(data[at : at + 4]) for at in range(0, len(data), 4)) < 3 * 255


def test_transparency_is_kept(other: Pagination) -> None:
    """A transparent picture keeps its mask, in gray."""
    pdf = pikepdf.open(io.BytesIO(other.pdf))
    masked = [image for image in images(pdf) if "/SMask" in image]
    spaces = [(str(image.ColorSpace), str(image.SMask.ColorSpace)) for image in masked]
    assert spaces == [("/DeviceCMYK", "/DeviceGray")]


def test_no_line_is_a_hairline(pdf: pikepdf.Pdf) -> None:
    """A stroke of half a unit in a drawing placed at a tenth of its size is drawn a quarter of a point wide."""
    drawn = pdf.pages[2].obj.Contents[1].read_bytes().decode()
    ((scale, width),) = re.findall(r"([\d.]+) 0 0 \1 0 0 cm\nq\n(?:.*\n){1,8}?([\d.]+) w\n\[\] 0 d", drawn)
    assert float(scale) * 640 * 0.75 == pytest.approx(20 * 72 / 25.4, abs=0.01)
    assert float(width) * float(scale) * 0.75 == pytest.approx(HAIRLINE, abs=0.001)
