"""Figure text is broken, shrunk and placed to fit its box, and drawn as whole lines."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imprint.base.diagnostic import Diagnostics
from imprint.paginate.characters import collect_characters
from imprint.paginate.figure_text import SMALLEST, break_opportunities, lay_out_figure
from imprint.paginate.library import find_fonts
from imprint.paginate.shaping import Ruler
from imprint.paginate.store import Store
from imprint.paginate.wardrobe import Wardrobe, prepare_wardrobe
from tests.search import examples

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 200"><text {}>{}</text></svg>'


@pytest.fixture(scope="module")
def wardrobe(store: Store) -> Wardrobe:
    text = "直在设备上收集并立即加密处理《、，。abcdefghijklmnopqrstuvwxyz تُجمع على الجهاز"
    return prepare_wardrobe("zh-Hans", collect_characters(f"<p>{text}</p>", (), ()), find_fonts(), store)


def lines_of(svg: str, wardrobe: Wardrobe, direction: str = "ltr") -> tuple[list[ElementTree.Element], Diagnostics]:
    diagnostics = Diagnostics()
    written = lay_out_figure(svg.encode(), "figures/a.svg", wardrobe, direction, diagnostics)
    return list(ElementTree.fromstring(written).iter("{http://www.w3.org/2000/svg}text")), diagnostics


def width(line: ElementTree.Element, wardrobe: Wardrobe) -> float:
    language = line.get("data-line") or ""
    ruler = Ruler(wardrobe, wardrobe.stacks(language).sans, int(line.get("font-weight", "0")), language)
    return ruler.width(line.text or "") * float(line.get("font-size", "0"))


def test_fits_and_is_centred(wardrobe: Wardrobe) -> None:
    """Two balanced lines, each centred in the box, none wider than it."""
    lines, found = lines_of(SVG.format('class="label" data-box="20 20 100 60"', "在设备上收集并立即加密"), wardrobe)
    assert len(lines) == 2
    assert not len(found)
    for line in lines:
        assert float(line.get("x", "0")) + width(line, wardrobe) / 2 == pytest.approx(70, abs=0.02)
        assert width(line, wardrobe) <= 100


def test_kinsoku(wardrobe: Wardrobe) -> None:
    """No line begins with a closing mark or ends with an opening one."""
    text = "在设备上，收集并《立即》加密，处理。" * 2
    for measure in range(40, 120, 7):
        lines, _ = lines_of(SVG.format(f'data-box="0 0 {measure} 400"', text), wardrobe)
        for line in lines:
            assert not re.match("[，。》]", line.text or "")
            assert not (line.text or "").endswith("《")


def test_shrinks_and_then_warns(wardrobe: Wardrobe) -> None:
    """A tight box makes the text smaller, never under 70 %; what cannot fit is set all the same, with a warning."""
    tight, quiet = lines_of(SVG.format('data-box="0 0 90 20"', "在设备上收集"), wardrobe)
    assert 14 * SMALLEST <= float(tight[0].get("font-size", "0")) <= 14
    assert not len(quiet)
    lines, found = lines_of(SVG.format('data-box="0 0 30 10"', "在设备上收集并立即加密处理"), wardrobe)
    assert {line.get("font-size") for line in lines} == {f"{14 * SMALLEST:.2f}"}
    (warning,) = found.warnings
    assert warning.rule == "figure-text-overflow"
    assert "在设备上收集" in warning.message
    assert str(warning.at) == "figures/a.svg:1"


@pytest.mark.parametrize(
    ("direction", "align", "side"),
    [("ltr", "start", "left"), ("ltr", "end", "right"), ("rtl", "start", "right"), ("rtl", "end", "left")],
)
def test_alignment_follows_direction(wardrobe: Wardrobe, direction: str, align: str, side: str) -> None:
    """Start is the left edge from left to right, and the right edge from right to left."""
    (line,), _ = lines_of(
        SVG.format(f'data-align="{align}" data-box="10 0 300 40" lang="ar"', "على"), wardrobe, direction
    )
    left = float(line.get("x", "0"))
    edge = left if side == "left" else left + width(line, wardrobe)
    assert edge == pytest.approx(10 if side == "left" else 310, abs=0.02)


def test_classes(wardrobe: Wardrobe) -> None:
    """`title`, `small`, `strong` and `invert` give size, weight and colour."""
    title, small = (
        lines_of(SVG.format(f'class="{name}" data-box="0 0 600 40"', "直"), wardrobe)[0][0]
        for name in ("title", "small strong invert")
    )
    assert float(title.get("font-size", "0")) > float(small.get("font-size", "0"))
    assert (small.get("font-weight"), small.get("fill")) == ("600", "#ffffff")


def test_breaks_follow_the_language() -> None:
    """Thai breaks between words without spaces; Han between characters; Latin at spaces."""
    assert break_opportunities("กับการคุ้มครอง", "th")
    assert set(break_opportunities("中文字", "zh-Hans")) == {1, 2}
    assert set(break_opportunities("ab cd", "en")) == {3}


@settings(max_examples=examples(40))
@given(
    st.lists(st.text("abcdefghij", min_size=1, max_size=8), min_size=1, max_size=8),
    st.integers(60, 300),
    st.integers(20, 120),
)
def test_nothing_is_lost(wardrobe: Wardrobe, words: list[str], wide: int, high: int) -> None:
    """Whatever the box, the lines hold the words in order; without a warning they fit, with one they are at 70 %."""
    lines, found = lines_of(SVG.format(f'data-box="0 0 {wide} {high}"', " ".join(words)), wardrobe)
    assert " ".join(line.text or "" for line in lines).split() == words
    if not len(found):
        assert all(width(line, wardrobe) <= wide + 0.01 for line in lines)
        assert len(lines) * 1.25 * float(lines[0].get("font-size", "0")) <= high + 0.05
