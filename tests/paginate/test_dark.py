"""Colours for a dark ground: the hue is kept, the order of lightness reversed, and what could be read can be read."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from imprint.paginate.dark import darken, lab

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
# Text on its ground in the paper's drawings.
PAIRS = [
    ("#ffffff", "#0f5c6e"), ("#ffffff", "#b4532a"), ("#1c2430", "#e3eff1"), ("#1c2430", "#f4f6f8"),
    ("#1c2430", "#f8ece5"), ("#1c2430", "#ffffff"),
]  # fmt: skip


def contrast(one: str, other: str) -> float:
    """The contrast ratio (WCAG 2.1)."""

    def luminance(colour: str) -> float:
        channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_known_colours() -> None:
    """OKLab's own values: white is 1, black 0, and red is where Ottosson's table has it."""
    assert lab("#ffffff") == pytest.approx((1, 0, 0), abs=1e-3)
    assert lab("#000") == pytest.approx((0, 0, 0), abs=1e-3)
    assert lab("#ff0000") == pytest.approx((0.628, 0.225, 0.126), abs=1e-3)


@given(COLOURS)
def test_lightness_is_mirrored(colour: str) -> None:
    """The lightness is the mirrored one, up to the rounding of bytes."""
    assert lab(darken(colour))[0] == pytest.approx(min(1.0, 1.18 - 0.96 * lab(colour)[0]), abs=0.012)


@given(COLOURS)
def test_the_hue_is_kept(colour: str) -> None:
    """A colour keeps its hue, where it has one before and after, and gains no chroma but the ground's tinge."""
    _, a, b = lab(colour)
    _, dark_a, dark_b = lab(darken(colour))
    assert math.hypot(dark_a, dark_b) <= math.hypot(a, b) + 0.02
    assume(math.hypot(a, b) > 0.06 and math.hypot(dark_a, dark_b) > 0.05)
    turned = abs(math.atan2(b, a) - math.atan2(dark_b, dark_a))
    assert min(turned, 2 * math.pi - turned) < 0.4


@given(st.lists(COLOURS, min_size=2, max_size=6))
def test_the_order_is_reversed(colours: list[str]) -> None:
    """Of two colours the clearly lighter one is the darker one on a dark ground."""
    for one, other in pairwise(colours):
        if lab(one)[0] > lab(other)[0] + 0.05 and lab(other)[0] > 0.15:
            assert lab(darken(one))[0] < lab(darken(other))[0]


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_labels_can_be_read(text: str, ground: str) -> None:
    """The labels of the paper's drawings have a contrast of 4.5:1 on a dark ground as on a white one."""
    assert contrast(text, ground) >= 4.5
    assert contrast(darken(text), darken(ground)) >= 4.5


def test_short_colours() -> None:
    """`#rgb` is what `#rrggbb` with each digit twice is."""
    assert darken("#0af") == darken("#00aaff")
