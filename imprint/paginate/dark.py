"""A colour drawn for white paper in, the same colour for a dark ground out: its hue kept, its lightness mirrored."""

from __future__ import annotations

# L' = _TOP - _SLOPE · L: white becomes a dark surface and not black, ink becomes nearly white, and what stood out
# from its ground stands out still, for the order of lightness is reversed and differences are nearly kept.
_TOP, _SLOPE = 1.18, 0.96
# The tinge of the dark ground (#12191f of web.css) in OKLab: a white box of a drawing is no grey one on blue.
_TINGE = (-0.006, -0.016)
_CHROMA_STEP = 0.95

# From linear sRGB to the cone response and to OKLab, and back: B. Ottosson, "A perceptual color space for image
# processing" (2020).
_TO_LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_LAB = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_FROM_LMS = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)

_Vector = tuple[float, float, float]


def darken(colour: str) -> str:
    """Return `#rrggbb` for `#rgb` or `#rrggbb`. Where sRGB lacks the colour, its chroma is lowered until it fits."""
    lightness, a, b = lab(colour)
    wanted = min(1.0, _TOP - _SLOPE * lightness)
    a, b = (axis + tinge * (1 - wanted) for axis, tinge in zip((a, b), _TINGE, strict=True))
    while True:
        linear = _linear(wanted, a, b)
        if all(-1e-4 <= channel <= 1 + 1e-4 for channel in linear):
            return "#" + "".join(f"{round(255 * _encoded(channel)):02x}" for channel in linear)
        a, b = (0.0, 0.0) if abs(a) + abs(b) < 1e-3 else (a * _CHROMA_STEP, b * _CHROMA_STEP)


def lab(colour: str) -> _Vector:
    """A colour in OKLab: lightness 0 to 1, and the two axes of its hue."""
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    red, green, blue = (_decoded(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    long, medium, short = _times(_TO_LMS, (red, green, blue))
    return _times(_TO_LAB, (long ** (1 / 3), medium ** (1 / 3), short ** (1 / 3)))


def _linear(lightness: float, a: float, b: float) -> _Vector:
    long, medium, short = _times(_FROM_LAB, (lightness, a, b))
    return _times(_FROM_LMS, (long**3, medium**3, short**3))


def _times(matrix: tuple[_Vector, _Vector, _Vector], vector: _Vector) -> _Vector:
    first, second, third = (sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third


def _decoded(channel: float) -> float:
    """The sRGB transfer function (IEC 61966-2-1), from the written value to light."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _encoded(channel: float) -> float:
    channel = min(1.0, max(0.0, channel))
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
