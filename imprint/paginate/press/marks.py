"""Printer's marks: the trimmed page's rectangle in, the instructions that draw crop and registration marks out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

# Left, bottom, right, top in points.
Box: TypeAlias = tuple[float, float, float, float]

MM = 72 / 25.4
BLEED = 3 * MM
# From the trimmed edge to the sheet's: room for the bleed and for the marks beyond it.
MARGIN = 11 * MM
# Crop marks keep off the bleed, so that none is left on the page if the cut is off.
_FROM, _TO = 4 * MM, 9.5 * MM
_CENTRE, _RADIUS, _ARM = 7 * MM, 1.5 * MM, 2.5 * MM
_WEIGHT = 0.25
# A quarter of a circle as a Bézier curve: how far its handles reach.
_HANDLE = 0.5523
REGISTRATION = "Registration"


def grow(box: Box, distance: float) -> Box:
    """The rectangle, larger by `distance` points on each side."""
    left, bottom, right, top = box
    return (left - distance, bottom - distance, right + distance, top + distance)


def draw_clip(bleed: Box) -> bytes:
    """Begin a page whose content ends at the bleed's edge; `draw_marks` ends it."""
    left, bottom, right, top = bleed
    return f"q {left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re W n".encode()


def draw_marks(trim: Box) -> bytes:
    """End the page's content, then draw two lines at each corner and a target on each side, on all plates."""
    lines = ["Q q", f"/{REGISTRATION} CS 1 SCN {_WEIGHT} w"]
    lines += [f"{x1:.3f} {y1:.3f} m {x2:.3f} {y2:.3f} l S" for x1, y1, x2, y2 in _crop_marks(trim)]
    left, bottom, right, top = trim
    across, up = (left + right) / 2, (bottom + top) / 2
    for x, y in (
        (across, bottom - _CENTRE), (across, top + _CENTRE), (left - _CENTRE, up), (right + _CENTRE, up),
    ):  # fmt: skip
        lines += _target(x, y)
    return "\n".join([*lines, "Q"]).encode()


def _crop_marks(trim: Box) -> Iterator[Box]:
    left, bottom, right, top = trim
    for x, outward in ((left, -1), (right, 1)):
        for y in (bottom, top):
            yield (x + outward * _FROM, y, x + outward * _TO, y)
    for y, outward in ((bottom, -1), (top, 1)):
        for x in (left, right):
            yield (x, y + outward * _FROM, x, y + outward * _TO)


def _target(x: float, y: float) -> Iterator[str]:
    """A cross in a circle around (x, y)."""
    yield f"{x - _ARM:.3f} {y:.3f} m {x + _ARM:.3f} {y:.3f} l S"
    yield f"{x:.3f} {y - _ARM:.3f} m {x:.3f} {y + _ARM:.3f} l S"
    r, h = _RADIUS, _RADIUS * _HANDLE
    quarters = (
        (r, h, h, r, 0, r), (-h, r, -r, h, -r, 0), (-r, -h, -h, -r, 0, -r), (h, -r, r, -h, r, 0),
    )  # fmt: skip
    curves = " ".join(
        f"{x + a:.3f} {y + b:.3f} {x + c:.3f} {y + d:.3f} {x + e:.3f} {y + f:.3f} c" for a, b, c, d, e, f in quarters
    )
    yield f"{x + r:.3f} {y:.3f} m {curves} S"
