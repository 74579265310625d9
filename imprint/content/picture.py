"""A raster picture's bytes in, whether it may be shown and how large it is out."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath

from PIL import ExifTags, Image, ImageFile, UnidentifiedImageError

from imprint.base.diagnostic import Diagnostics, Location

# Decoded, 50 megapixels of RGBA are 200 MB; an A4 page at 600 dpi has 35.
PIXEL_LIMIT = 50_000_000

_FORMATS = {
    "PNG": (b"\x89PNG\r\n\x1a\n", "image/png", frozenset({".png"})),
    "JPEG": (b"\xff\xd8\xff", "image/jpeg", frozenset({".jpg", ".jpeg"})),
}
# The last chunk of every PNG (ISO/IEC 15948, 11.2.5): no length, its name, its checksum.
_PNG_END = b"\0\0\0\0IEND\xaeB`\x82"
# What is often renamed: to be named to the author.
_OTHERS = (
    (b"8BPS", "a Photoshop file"),
    (b"SIMPLE  =", "a FITS file"),
    (b"%!PS", "PostScript"),
    (b"\xc5\xd0\xd3\xc6", "PostScript"),
    (b"%PDF", "a PDF"),
    (b"GIF8", "a GIF"),
    (b"BM", "a BMP"),
    (b"II*\0", "a TIFF"),
    (b"MM\0*", "a TIFF"),
    (b"RIFF", "a WebP"),
    (b"<svg", "an SVG drawing"),
    (b"<?xml", "XML"),
    (b"<", "HTML or XML"),
)


@dataclass(frozen=True, slots=True)
class PictureInfo:
    """A picture that may be shown: its media type, and its size in pixels as stored."""

    media_type: str
    width: int
    height: int


def check_picture(data: bytes, path: str, diagnostics: Diagnostics) -> PictureInfo | None:
    """Return what the picture is, or None, the reason kept, where it must not be shown.

    PNG and JPEG by content, and the file's name must say the same. The pixels are counted in the header, against
    PIXEL_LIMIT, before any is decoded; then all are decoded once, because whoever draws the page shows half a
    picture without a word. A warning where the picture says where it was taken.
    """
    at = Location(path)
    kind = next((name for name, (magic, _, _) in _FORMATS.items() if data.startswith(magic)), None)
    if kind is None:
        reason = f"is {_describe(data)}, neither PNG nor JPEG"
        diagnostics.error("picture-format", reason, at, "save it as PNG or JPEG; a drawing as .svg")
        return None
    _, media_type, suffixes = _FORMATS[kind]
    if PurePosixPath(path).suffix.lower() not in suffixes:
        hint = f"name it {PurePosixPath(path).stem}{min(suffixes)}, or save it as what its name says"
        diagnostics.error("picture-format", f"is a {kind} by its content, not by its name", at, hint)
        return None
    if kind == "PNG" and _PNG_END not in data:
        hint = "export it again, and copy it whole"
        diagnostics.error("picture-broken", "is a broken PNG: it ends before its end", at, hint)
        return None
    size = _decode(data, kind, at, diagnostics)
    return PictureInfo(media_type, *size) if size else None


def _decode(data: bytes, kind: str, at: Location, diagnostics: Diagnostics) -> tuple[int, int] | None:
    try:
        with _strict():
            with Image.open(io.BytesIO(data), formats=(kind,)) as image:
                if image.width * image.height > PIXEL_LIMIT:
                    _refuse_size(f"has {image.width} × {image.height} pixels", at, diagnostics)
                    return None
                # Reads a PNG's chunks to the last, checksums and all; loading stops where the pixels are complete.
                image.verify()
            with Image.open(io.BytesIO(data), formats=(kind,)) as image:
                image.load()
                if image.getexif().get_ifd(ExifTags.IFD.GPSInfo):
                    hint = "remove the metadata: every copy of the paper would tell"
                    diagnostics.warning("picture-place", "says where it was taken (GPS in its metadata)", at, hint)
                return image.size
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        _refuse_size("has far too many pixels", at, diagnostics)
    except UnidentifiedImageError:
        reason = f"is a broken {kind}: its header cannot be read"
        diagnostics.error("picture-broken", reason, at, "export it again, and copy it whole")
    # Pillow's decoders raise whatever the bytes drive them into; the picture is bad, not the engine.
    except Exception as error:  # noqa: BLE001 (see above)
        reason = f"is a broken {kind}: {error or type(error).__name__}"
        diagnostics.error("picture-broken", reason, at, "export it again, and copy it whole")
    return None


def _refuse_size(reason: str, at: Location, diagnostics: Diagnostics) -> None:
    hint = f"make it smaller: at most {PIXEL_LIMIT // 10**6} million pixels; a page needs no more"
    diagnostics.error("picture-size", reason, at, hint)


@contextmanager
def _strict() -> Iterator[None]:
    """Pillow without mercy: WeasyPrint, once imported, lets it take truncated files for the whole process."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _describe(data: bytes) -> str:
    if not data:
        return "empty"
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    return next((name for magic, name in _OTHERS if start.startswith(magic)), "of an unknown format")
