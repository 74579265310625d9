"""Separation: colours and pictures of the screen in, their inks for one printing condition out."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from PIL import Image, ImageCms

from imprint.paginate.press.condition import Condition, Inks

# Relative colorimetric with black point compensation: the tints stay clean, the darkest black stays under the
# profile's limit (perceptual reaches 300 % exactly).
_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION


class Separator:
    """Separates for one condition. The same colour always gets the same inks."""

    def __init__(self, condition: Condition) -> None:
        self._palette = condition.palette
        self._press = ImageCms.ImageCmsProfile(io.BytesIO(condition.profile))
        self._transform = self._build(ImageCms.createProfile("sRGB"))
        self.inks = cache(self._inks)

    def _build(self, source: Any) -> ImageCms.ImageCmsTransform:
        return ImageCms.buildTransform(source, self._press, "RGB", "CMYK", _INTENT, _FLAGS)

    def _inks(self, red: int, green: int, blue: int) -> Inks:
        """The inks (0 to 1) of an sRGB colour (0 to 255): as the palette says, a grey as black alone, else through
        the profile, in whole percents."""
        named = self._palette.get(f"#{red:02x}{green:02x}{blue:02x}")
        if named is not None:
            return named
        if red == green == blue:
            return (0.0, 0.0, 0.0, round((255 - red) / 255, 2))
        pixel = Image.new("RGB", (1, 1), (red, green, blue))
        cyan, magenta, yellow, black = self._apply(pixel, self._transform).tobytes()
        return (round(cyan / 255, 2), round(magenta / 255, 2), round(yellow / 255, 2), round(black / 255, 2))

    def separate_picture(self, picture: Image.Image) -> Image.Image:
        """A picture in CMYK. It is taken as its own RGB profile says, as sRGB where it has none that can be read."""
        rgb = picture.convert("RGB")
        return self._apply(rgb, self._picture_transform(picture.info.get("icc_profile")))

    def _picture_transform(self, embedded: bytes | None) -> ImageCms.ImageCmsTransform:
        if not embedded:
            return self._transform
        try:
            profile = ImageCms.ImageCmsProfile(io.BytesIO(embedded))
            return self._build(profile) if profile.profile.xcolor_space.strip() == "RGB" else self._transform
        except (ImageCms.PyCMSError, OSError):
            return self._transform

    @staticmethod
    def _apply(picture: Image.Image, transform: ImageCms.ImageCmsTransform) -> Image.Image:
        separated = ImageCms.applyTransform(picture, transform)
        if separated is None:
            raise AssertionError("a transform that is not in place returns its picture")
        return separated
