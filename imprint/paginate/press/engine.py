"""WeasyPrint as a press needs it: every colour, gradient and picture in CMYK, no hairline, nothing to click.

This module replaces methods of WeasyPrint 70.0 for the time of one rendering, and works with that one version.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

from PIL import Image

from imprint.paginate.press.separate import Separator
from imprint.paginate.replacement import as_method, replaced

# Points. A thinner line breaks up on the plate.
HAIRLINE = 0.25


@contextmanager
def separated(separator: Separator) -> Iterator[None]:
    """Draw in the separator's inks. Colours that the styles give by `device-cmyk()` stay as they are."""
    import pydyf
    from weasyprint import images, pdf
    from weasyprint.pdf.stream import Stream

    drawing = _Drawing(separator)
    interpolate = staticmethod(partial(drawing.create_interpolation_function, Stream.create_interpolation_function))
    with ExitStack() as stack:
        for owner, name, value in (
            (Stream, "set_color", as_method(drawing.set_color, Stream.set_color)),
            (pydyf.Stream, "set_line_width", as_method(drawing.set_line_width, Stream.set_line_width)),
            (Stream, "create_interpolation_function", interpolate),
            (images.RasterImage, "get_x_object", as_method(drawing.get_x_object, images.RasterImage.get_x_object)),
            (pdf, "add_links", _add_nothing),
            (pdf, "add_outlines", _add_nothing),
        ):
            stack.enter_context(replaced(owner, name, value))
        yield


def _add_nothing(*_: Any) -> None:
    """Instead of links and bookmarks: PDF/X-4 has no use for either (ISO 15930-7, 6.14 and 6.15)."""


class _Drawing:
    """The methods, each given the one it stands for first."""

    def __init__(self, separator: Separator) -> None:
        self._separator = separator

    def set_color(self, original: Any, stream: Any, color: Any, stroke: bool = False) -> None:
        original(stream, self._separate(color), stroke)

    def _separate(self, color: Any) -> Any:
        from tinycss2.color5 import Color

        if color.space == "device-cmyk":
            return color
        channels = (max(0, min(255, round(float(value or 0) * 255))) for value in color.to("srgb").coordinates)
        return Color("device-cmyk", self._separator.inks(*channels), color.alpha)

    def set_line_width(self, original: Any, stream: Any, width: float) -> None:
        scale = abs(stream.ctm.determinant) ** 0.5
        original(stream, max(width, HAIRLINE / scale) if scale else width)

    def create_interpolation_function(self, original: Any, domain: Any, first: Any, last: Any, exponent: Any) -> Any:
        """Of a gradient's colours (three numbers each); the one number of a mask stays."""
        ends = (self._gradient_inks(first), self._gradient_inks(last)) if len(first) == 3 else (first, last)
        return original(domain, *ends, exponent)

    def _gradient_inks(self, channels: Any) -> tuple[float, ...]:
        return self._separator.inks(*(max(0, min(255, round(float(value) * 255))) for value in channels))

    def get_x_object(self, original: Any, image: Any, interpolate: bool, dpi_ratio: float) -> Any:
        """A picture's object; one in red, green and blue is written again in inks, its transparency kept."""
        import pydyf

        written = original(image, interpolate, dpi_ratio)
        if image.mode not in ("RGB", "RGBA"):
            return written
        with Image.open(io.BytesIO(image.image_data.data)) as picture:
            inks = self._separator.separate_picture(picture)
        extra = {key: value for key, value in written.extra.items() if key not in ("Filter", "DecodeParms", "Decode")}
        extra["ColorSpace"] = "/DeviceCMYK"
        return pydyf.Stream([inks.tobytes()], pydyf.Dictionary(extra), compress=True)
