"""Separation: the palette's builds, greys as black alone, and everything else under the limit of ink."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from imprint.paginate.press.condition import Condition
from imprint.paginate.press.separate import Separator
from tests.search import examples

BYTE = st.integers(0, 255)


@pytest.fixture(scope="module")
def separator(condition: Condition) -> Separator:
    """For the engine's own condition."""
    return Separator(condition)


def test_design_colours_have_their_build(separator: Separator, condition: Condition) -> None:
    """A colour of the palette gets exactly the inks that the designer wrote."""
    assert separator.inks(0x1D, 0x27, 0x33) == (0, 0, 0, 1)
    assert separator.inks(0x0F, 0x5C, 0x6E) == condition.palette["#0f5c6e"] == (0.9, 0.4, 0.38, 0.32)


@given(value=BYTE)
def test_greys_are_black_alone(separator: Separator, value: int) -> None:
    """No grey stands on more than one plate, and a darker grey has no less black."""
    cyan, magenta, yellow, black = separator.inks(value, value, value)
    if value != 0xFF:
        assert black >= separator.inks(255, 255, 255)[3]
    assert (cyan, magenta, yellow) == (0, 0, 0)
    assert black == pytest.approx(1 - value / 255, abs=0.006)


@settings(max_examples=examples(60))
@given(red=BYTE, green=BYTE, blue=BYTE)
def test_any_colour_dries(separator: Separator, red: int, green: int, blue: int) -> None:
    """Every colour of the screen stays under 300 % of ink, in whole percents of each."""
    inks = separator.inks(red, green, blue)
    assert sum(inks) < 3
    assert all(0 <= ink <= 1 and round(ink, 2) == ink for ink in inks)


def test_a_picture_is_taken_as_its_profile_says(separator: Separator) -> None:
    """A picture with a profile of its own is converted from it; one that cannot be read is left out of account."""
    plain = Image.new("RGB", (1, 1), (40, 90, 200))
    swapped = plain.copy()
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # The tags of the red and the blue primary change places.
    profile = bytearray(bytes(profile).replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ"))
    swapped.info["icc_profile"] = bytes(profile)
    broken = plain.copy()
    broken.info["icc_profile"] = b"no profile"
    as_srgb, as_swapped, as_broken = (separator.separate_picture(p).tobytes() for p in (plain, swapped, broken))
    assert as_broken == as_srgb != as_swapped


def test_the_profile_sees_what_the_screen_shows(separator: Separator, condition: Condition) -> None:
    """Back through the profile, the accent's build looks as on the screen, within a few units of lightness."""
    press = ImageCms.ImageCmsProfile(io.BytesIO(condition.profile))
    proof = ImageCms.buildTransform(press, ImageCms.createProfile("sRGB"), "CMYK", "RGB")
    for colour in ("#0f5c6e", "#b4532a", "#e3eff1", "#3f9bae"):
        build = Image.new("CMYK", (1, 1), tuple(round(ink * 255) for ink in condition.palette[colour]))
        shown = ImageCms.applyTransform(build, proof)
        assert shown is not None
        wanted = tuple(bytes.fromhex(colour[1:]))
        assert all(abs(a - b) <= 40 for a, b in zip(shown.tobytes(), wanted, strict=True)), colour
