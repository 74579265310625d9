"""The marks stand beyond the bleed and inside the sheet, on pages of any size."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from imprint.paginate.press.marks import BLEED, MARGIN, draw_clip, draw_marks, grow

SIZES = st.floats(120, 2000)


@given(left=st.floats(-50, 50), bottom=st.floats(-50, 50), width=SIZES, height=SIZES)
def test_marks_stay_off_the_bleed(left: float, bottom: float, width: float, height: float) -> None:
    """Every point of every mark lies outside the bleed, and inside the sheet; the cut lines point at the corners."""
    trim = (left, bottom, left + width, bottom + height)
    bleed, sheet = grow(trim, BLEED), grow(trim, MARGIN)
    drawn = draw_marks(trim).decode()
    points = [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+) (?:m|l|c)\b", drawn)]
    assert len(points) == 8 * 2 + 4 * (4 + 5)
    for x, y in points:
        assert sheet[0] < x < sheet[2]
        assert sheet[1] < y < sheet[3]
        assert not (bleed[0] < x < bleed[2] and bleed[1] < y < bleed[3])
    corners = points[:16]
    assert {round(x, 3) for x, _ in corners} >= {round(trim[0], 3), round(trim[2], 3)}
    assert {round(y, 3) for _, y in corners} >= {round(trim[1], 3), round(trim[3], 3)}


def test_clip_and_marks_belong_together() -> None:
    """What the clip saves the marks restore."""
    trim = (0.0, 0.0, 419.5, 595.3)
    both = (draw_clip(grow(trim, BLEED)) + b"\n" + draw_marks(trim)).split()
    assert both.count(b"q") == both.count(b"Q") == 2
