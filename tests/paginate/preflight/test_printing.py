"""The ink of a print job's pictures: under a mask too, and one that cannot be read hides none of the others."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from tests.paginate.preflight.samples import Judge

Pdf = pikepdf.Pdf
SIDE = 16
HEAVY, LIGHT = b"\xff\xff\xf0\x40", b"\x10\x00\x00\x20"


def picture(pdf: Pdf, data: bytes, **entries: object) -> pikepdf.Stream:
    """A CMYK picture in the file, on no page."""
    usual = {"Width": SIDE, "Height": SIDE, "BitsPerComponent": 8, "ColorSpace": Name.DeviceCMYK}
    return pdf.make_stream(data, Type=Name.XObject, Subtype=Name.Image, **(usual | entries))


def plain(pixel: bytes) -> bytes:
    return pixel * SIDE * SIDE


def photograph() -> bytes:
    """A JPEG in CMYK."""
    data = io.BytesIO()
    Image.linear_gradient("L").resize((SIDE, SIDE)).convert("RGB").convert("CMYK").save(data, "JPEG")
    return data.getvalue()


def broken_profile(pdf: Pdf) -> pikepdf.Stream:
    profile = pdf.make_stream(b"no profile" * 20, N=4)
    return picture(pdf, plain(LIGHT), ColorSpace=Array([Name.ICCBased, profile]))


def cut_photograph(pdf: Pdf) -> pikepdf.Stream:
    return picture(pdf, photograph()[:100], Filter=Name.DCTDecode)


BROKEN: dict[str, Callable[[Pdf], pikepdf.Stream]] = {
    "profile": broken_profile,
    "photograph": cut_photograph,
    "short": lambda pdf: picture(pdf, LIGHT * 9),
    "stream": lambda pdf: picture(pdf, plain(LIGHT), Filter=Name.LZWDecode),
    "bits": lambda pdf: picture(pdf, plain(LIGHT), BitsPerComponent=3),
    "a name for bits": lambda pdf: picture(pdf, plain(LIGHT), BitsPerComponent=Name.Eight),
    "names to decode with": lambda pdf: picture(pdf, plain(LIGHT), Decode=Array([Name.Zero, Name.One] * 4)),
}


@pytest.mark.parametrize("make", BROKEN.values(), ids=BROKEN)
def test_a_picture_that_cannot_be_read(judge: Judge, make: Callable[[Pdf], pikepdf.Stream]) -> None:
    """It is named by its object, and the next one is judged all the same."""

    def change(pdf: Pdf) -> None:
        pdf.pages[1].Resources.XObject = Dictionary(A=make(pdf), B=picture(pdf, plain(HEAVY)))

    report = judge(change, profile="print")
    assert [finding for finding in report.findings if finding.rule == "print-ink"] != []
    found = [finding for finding in report.findings if finding.message.startswith("the ink of a picture")]
    assert [finding.rule for finding in found] == ["check-failed"]
    assert found[0].object_id is not None


def test_ink_under_a_mask_counts(judge: Judge) -> None:
    """A picture with a soft mask is as heavy as without."""

    def change(pdf: Pdf) -> None:
        mask = picture(pdf, b"\x80" * SIDE * SIDE, ColorSpace=Name.DeviceGray)
        pdf.pages[1].Resources.XObject = Dictionary(A=picture(pdf, plain(HEAVY), SMask=mask))

    assert "print-ink" in {finding.rule for finding in judge(change, profile="print").findings}


def test_a_photograph_that_can_be_read(judge: Judge) -> None:
    """The counterpart: a whole one has no finding."""

    def change(pdf: Pdf) -> None:
        pdf.pages[1].Resources.XObject = Dictionary(A=picture(pdf, photograph(), Filter=Name.DCTDecode))

    assert judge(change, profile="print").findings == ()
