"""The paper's own drawings: clean, legible, one palette, and room for every language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from imprint.base.diagnostic import Diagnostic, Diagnostics
from imprint.content.figure import parse_figure
from imprint.content.shape import parse_numbers
from imprint.content.tree import Element, Text, walk

FIGURES = sorted((Path(__file__).parents[2] / "content" / "figures").glob("*.svg"))
PALETTE = {"#1d2733", "#0f5c6e", "#e3eff1", "#b4532a", "#f8ece5", "#8a97a3", "#f4f6f8", "#ffffff", "none"}
INK, PAPER = "#1d2733", "#ffffff"


def paint(element: Element, inherited: Mapping[str, str]) -> Iterator[tuple[Element, Mapping[str, str]]]:
    """Every element below, in painting order, with the paint that it has by itself or from its groups."""
    merged = {**inherited, **element.attrs}
    yield element, merged
    for child in element.children:
        if isinstance(child, Element):
            yield from paint(child, merged)


def corners(shape: Element) -> list[tuple[float, float]]:
    """A shape as a polygon, near enough to ask what lies under the middle of a text."""
    measures = {"x", "y", "width", "height", "cx", "cy"}
    value = {key: float(number) for key, number in shape.attrs.items() if key in measures}
    if shape.tag == "rect":
        x, y, w, h = value.get("x", 0), value.get("y", 0), value["width"], value["height"]
        return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
    if shape.tag in {"circle", "ellipse"}:
        rx = float(shape.attrs.get("r") or shape.attrs["rx"])
        ry = float(shape.attrs.get("r") or shape.attrs["ry"])
        x, y = value["cx"], value["cy"]
        return [(x - rx, y), (x, y - ry), (x + rx, y), (x, y + ry)]
    if shape.tag == "polygon":
        numbers = parse_numbers(shape.attrs["points"])
        return list(zip(numbers[::2], numbers[1::2], strict=True))
    if shape.tag == "path":
        return path_corners(shape.attrs["d"])
    return []


def path_corners(d: str) -> list[tuple[float, float]]:
    """The points of a path of absolute M, L, H, V, Q and C, its control points among them."""
    points: list[tuple[float, float]] = []
    for letter, rest in re.findall(r"([MLHVQC])([^A-Z]*)", d):
        numbers = parse_numbers(rest)
        if letter == "H":
            points.append((numbers[0], points[-1][1]))
        elif letter == "V":
            points.append((points[-1][0], numbers[0]))
        else:
            points.extend(zip(numbers[::2], numbers[1::2], strict=True))
    return points


def contains(polygon: list[tuple[float, float]], x: float, y: float) -> bool:
    """Whether the point is inside, by the even-odd rule."""
    inside = False
    for (x1, y1), (x2, y2) in zip(polygon, [*polygon[1:], *polygon[:1]], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two #rrggbb colours."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def load(path: Path) -> tuple[Element, list[Diagnostic]]:
    found = Diagnostics()
    figure = parse_figure(path.read_bytes(), f"content/figures/{path.name}", found)
    assert figure is not None, [str(slip) for slip in found]
    return figure, list(found)


def boxes(figure: Element) -> list[tuple[Element, tuple[float, ...]]]:
    texts = [node for node in walk(figure) if isinstance(node, Element) and node.tag == "text"]
    return [(text, parse_numbers(text.attrs["data-box"])) for text in texts]


def test_the_paper_has_its_figures() -> None:
    """The tests below are about something."""
    assert {path.stem for path in FIGURES} >= {
        "editions", "governance", "assessment", "permission", "lifecycle", "ondevice", "storage", "transfer",
        "certification",
    }  # fmt: skip


figures = pytest.mark.parametrize("path", FIGURES, ids=[path.stem for path in FIGURES])


@figures
def test_figure_is_clean(path: Path) -> None:
    """Each is read without a word, is 640 wide and at most 420 high, and uses the one palette."""
    figure, found = load(path)
    assert not found
    *_, width, height = parse_numbers(figure.attrs["viewBox"])
    assert (width, 220 <= height <= 420) == (640, True)
    for element in walk(figure):
        if isinstance(element, Element):
            assert {element.attrs[key] for key in ("fill", "stroke") if key in element.attrs} <= PALETTE


@figures
def test_figure_texts_can_be_read(path: Path) -> None:
    """What lies under the middle of each text contrasts with it by 4.5 to 1 (WCAG 2.2, 1.4.3)."""
    figure, _ = load(path)
    painted = list(paint(figure, {"fill": "#000000"}))
    for text, (x, y, w, h) in boxes(figure):
        index = next(i for i, (element, _) in enumerate(painted) if element is text)
        under = [
            attrs["fill"]
            for element, attrs in painted[:index]
            if attrs["fill"] != "none" and contains(corners(element), x + w / 2, y + h / 2)
        ]
        colour = PAPER if "invert" in text.attrs["class"].split() else INK
        assert contrast(colour, under[-1] if under else PAPER) >= 4.5, (text.at, under)


@figures
def test_figure_texts_do_not_overlap(path: Path) -> None:
    """No two texts claim the same place."""
    placed = boxes(load(path)[0])
    for i, (one, (x, y, w, h)) in enumerate(placed):
        for other, (u, v, r, s) in placed[i + 1 :]:
            assert x + w <= u or u + r <= x or y + h <= v or v + s <= y, (one.at, other.at)


@figures
def test_figure_texts_leave_room_for_translations(path: Path) -> None:
    """Each box holds its text at full size when it is 40 % longer, as German is."""
    for node in walk(load(path)[0]):
        if isinstance(node, Text):
            assert len(node.text) * 1.4 <= node.message.width, (node.message.at, node.text, node.message.width)


def test_contrast_is_measured_at_the_text() -> None:
    """The measure itself: white on the accent passes, white on the page and ink on the accent do not."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#0f5c6e") > 4.5 > contrast(INK, "#0f5c6e")
    assert contains(path_corners("M0 0 H10 V10 Q5 20 0 10 Z"), 5, 5)
    assert not contains(path_corners("M0 0 H10 V10 Z"), 1, 9)
