"""Chinese and Japanese lines are filled by widening the gaps between characters; Latin ones as ever."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from imprint.paginate.characters import collect_characters
from imprint.paginate.engine import extended_engine
from imprint.paginate.fontconfig import private_fonts
from imprint.paginate.justify import gaps
from imprint.paginate.library import find_fonts
from imprint.paginate.store import Store
from imprint.paginate.wardrobe import prepare_wardrobe

ZH = "我们重视隐私保护并持续探索创新技术，Privacy by Design 的理念贯穿<b>产品</b>开发过程。" * 4


@contextmanager
def laid_out(language: str, text: str, store: Store, width: str = "83mm") -> Iterator[list[Any]]:
    """The lines of a justified paragraph, while the engine is extended."""
    import weasyprint

    html = f'<html lang="{language}"><body><p>{text}</p></body></html>'
    wardrobe = prepare_wardrobe(language, collect_characters(html, (), ()), find_fonts(), store)
    css = wardrobe.css() + (
        f"@page {{ size: {width} 200mm; margin: 0 }} body {{ margin: 0 }} p {{ margin: 0; text-align: justify; "
        "font: 10pt/1.5 var(--serif) }"
    )
    with private_fonts(wardrobe) as fonts, extended_engine():
        sheet = weasyprint.CSS(string=css, font_config=fonts)
        document = weasyprint.HTML(string=html).render(font_config=fonts, stylesheets=[sheet])
        html_box = document.pages[0]._page_box.children[0]
        yield html_box.children[0].children[0].children


def drawn_width(line: Any) -> float:
    """The right edge of the line's last text, by Pango's own measure of the layouts that will be drawn."""
    from weasyprint.text.line_break import line_size

    right = 0.0
    stack = [line]
    while stack:
        box = stack.pop()
        if hasattr(box, "pango_layout"):
            box.pango_layout.reactivate(box.style)
            first, _ = box.pango_layout.get_first_line()
            right = max(right, box.position_x + line_size(first, box.style)[0])
            box.pango_layout.deactivate()
        stack.extend(getattr(box, "children", ()))
    return right


@pytest.mark.parametrize("language", ["zh-Hans", "ja"])
def test_lines_fill_the_measure(store: Store, language: str) -> None:
    """All lines but the last end at the same edge, mixed with Latin and bold words; the last keeps its own width."""
    with laid_out(language, ZH, store) as lines:
        measure = lines[0].width
        edges = [drawn_width(line) for line in lines]
    assert len(edges) > 4
    assert edges[:-1] == pytest.approx([measure] * (len(edges) - 1), abs=0.15)
    assert edges[-1] < measure - 5


def test_gaps_are_even(store: Store) -> None:
    """In a line of Han alone the spacing is the same everywhere: no gap is wider than another by a tenth of a pixel."""
    with laid_out("zh-Hans", "我们重视隐私保护" * 9, store) as lines:
        spacing = {round(box.justification_spacing, 3) for line in lines[:-1] for box in line.children}
    assert len(spacing) == 1
    assert 0 < spacing.pop() < 2


def test_a_line_too_loose_is_left_ragged(store: Store) -> None:
    """Where a long address went to the next line, the characters before it are not torn apart."""
    with laid_out("zh-Hans", "请看" + "w" * 30 + "结束", store, "50mm") as lines:
        assert drawn_width(lines[0]) < 60


def test_latin_is_left_alone(store: Store) -> None:
    """An English paragraph is stretched at its spaces only, to the same measure."""
    with laid_out("en", "Privacy is protected by design and by default. " * 6, store) as lines:
        edges = [drawn_width(line) for line in lines]
        assert edges[:-1] == pytest.approx([lines[0].width] * (len(edges) - 1), abs=0.15)


@pytest.mark.parametrize(
    ("text", "count"), [("abc", 0), ("中", 0), ("中文", 1), ("中文字", 2), ("a中", 0.5), ("中 a", 0.5), ("a中文b", 2)]
)
def test_counting_gaps(text: str, count: float) -> None:
    """Half a gap on each side of a CJK character, none at the ends of the text."""
    assert gaps(text) == count
