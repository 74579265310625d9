"""imprint.content.picture: what may be shown, and what is refused before a pixel of it is decoded."""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from imprint.base.diagnostic import Diagnostic, Diagnostics, Location
from imprint.content.picture import PIXEL_LIMIT, PictureInfo, check_picture
from tests.search import examples

SUFFIX = {"PNG": "png", "JPEG": "jpg"}


@cache
def picture(kind: str, mode: str = "RGB") -> bytes:
    """A picture of 40 × 24 pixels, no two of its rows alike."""
    stream = io.BytesIO()
    Image.radial_gradient("L").resize((40, 24)).convert(mode).save(stream, kind)
    return stream.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims so many pixels and holds next to none."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def check(data: bytes, name: str) -> tuple[PictureInfo | None, list[Diagnostic]]:
    found = Diagnostics()
    return check_picture(data, f"content/figures/{name}", found), list(found)


def refuse(data: bytes, name: str, rule: str) -> Diagnostic:
    """The one slip, which must be of that rule, name the file and hint at a way out."""
    info, found = check(data, name)
    assert info is None
    (slip,) = found
    assert (slip.rule, slip.at, str(slip.severity)) == (rule, Location(f"content/figures/{name}"), "error")
    assert slip.hint
    assert "0x" not in slip.message  # no address of a Python object: reports must not differ from run to run
    return slip


@pytest.mark.parametrize("name", ["a.png", "a.PNG"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "1", "P", "I;16"])
def test_png_is_taken(name: str, mode: str) -> None:
    """A PNG of every kind, with its size."""
    assert check(picture("PNG", mode), name) == (PictureInfo("image/png", 40, 24), [])


@pytest.mark.parametrize("name", ["a.jpg", "a.jpeg", "a.JPG"])
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_jpeg_is_taken(name: str, mode: str) -> None:
    """A JPEG of every kind, with its size."""
    assert check(picture("JPEG", mode), name) == (PictureInfo("image/jpeg", 40, 24), [])


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"8BPS\0\1" + bytes(40), "Photoshop"),
        (b"SIMPLE  =                    T", "FITS"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "PostScript"),
        (b"\xc5\xd0\xd3\xc6" + bytes(26), "PostScript"),
        (b"\n <!DOCTYPE html><img src=file:///etc/passwd>", "HTML"),
        (b"\xef\xbb\xbf<svg/>", "SVG"),
        (b"GIF89a" + bytes(40), "GIF"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "WebP"),
        (b"II*\0" + bytes(40), "TIFF"),
        (b"", "empty"),
        (b"words", "unknown"),
    ],
)
@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a"])
def test_other_formats_are_refused(data: bytes, named: str, name: str) -> None:
    """PSD, FITS, EPS, HTML and all else are refused and named, whatever the file is called."""
    assert named in refuse(data, name, "picture-format").message


@pytest.mark.parametrize(("kind", "name"), [("PNG", "a.jpg"), ("JPEG", "a.png"), ("PNG", "a.gif"), ("JPEG", "a")])
def test_name_must_agree(kind: str, name: str) -> None:
    """The name's suffix must say what the content is: the media type is told by both."""
    refuse(picture(kind), name, "picture-format")


@pytest.mark.parametrize("size", [(10_000, 5_001), (8_000, 8_000), (9_400, 9_400), (14_000, 12_800), (60_000, 60_000)])
def test_too_many_pixels_are_refused(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Over 50 megapixels is refused by the header alone: nothing is decoded."""

    def explode(*_: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", explode)
    refuse(png_header(*size), "a.png", "picture-size")


def test_as_many_pixels_as_allowed_are_decoded() -> None:
    """At the limit itself the pixels are counted as right, and then found missing."""
    refuse(png_header(10_000, PIXEL_LIMIT // 10_000), "a.png", "picture-broken")


@pytest.mark.parametrize("lenient", [False, True])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_truncated_is_refused(kind: str, lenient: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut anywhere, a picture is refused, also in a process in which WeasyPrint has told Pillow to be lenient."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    data = picture(kind)
    for length in range(8, len(data)):
        info, found = check(data[:length], f"a.{SUFFIX[kind]}")
        assert info is None, length
        assert [slip.rule for slip in found] == ["picture-broken"]
    assert ImageFile.LOAD_TRUNCATED_IMAGES is lenient


def test_flipped_byte_of_a_png_is_refused() -> None:
    """Every chunk of a PNG has a checksum: no byte of it can change unseen."""
    data = picture("PNG")
    for place in range(len(data)):
        info, found = check(data[:place] + bytes([data[place] ^ 0x10]) + data[place + 1 :], "a.png")
        assert info is None, place
        assert found


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@settings(max_examples=examples(60))
@given(st.data())
def test_no_bytes_raise(kind: str, data: st.DataObject) -> None:
    """Whatever stands in the file, the answer is a PictureInfo without an error or None with one."""
    good = picture(kind)
    start = data.draw(st.integers(0, len(good)))
    stop = data.draw(st.integers(start, len(good)))
    info, found = check(good[:start] + data.draw(st.binary(max_size=30)) + good[stop:], f"a.{SUFFIX[kind]}")
    assert (info is None) == any(str(slip.severity) == "error" for slip in found)


def test_place_of_a_photograph_is_warned_of() -> None:
    """A photograph that says where it was taken is shown, with a warning; one without says nothing."""
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (39.0, 54.0, 0.0)}
    stream = io.BytesIO()
    Image.new("RGB", (4, 4)).save(stream, "JPEG", exif=exif)
    info, found = check(stream.getvalue(), "a.jpg")
    assert info == PictureInfo("image/jpeg", 4, 4)
    assert [(slip.rule, str(slip.severity)) for slip in found] == [("picture-place", "warning")]
