"""The quickened engine draws what the engine draws without it."""

from __future__ import annotations

import pytest

from imprint.base.diagnostic import Diagnostics
from imprint.paginate import quicken
from imprint.paginate.library import find_fonts
from imprint.paginate.render import paginate_edition
from imprint.paginate.replacement import replaced
from imprint.paginate.store import Store
from tests.paginate.conftest import files_of, page_of

# Cells that are as narrow as their text allows, long enough to be cut; logical and special properties; percentages;
# generated list items, notes in lists, borders without a line, custom properties with sums.
CELLS = {
    "zh-Hans": "我们高度重视隐私保护并持续探索创新技术" * 5 + "，" + "落实个人信息保护法" * 6 + "（GB/T 35273）。",
    "en": "Privacy is protected by design and by default, unbreakable-as-it-may-be " * 4,
}
# What a narrow cell breaks, or does not, in ways of its own: each with a long word to hyphenate after it.
ODD = (
    "—foo b international", "a—b c international", "-x ab international",
    "(“a” b) international", "10 000 % international", "a/b c/d international",
    "don’t e-mail international", "https://example.org/a?b=c&d international",
    "a\u200bb international", "inter\u00adnational organi\u00adzations",
    "«mot» … international", "中文mixed国international", "（我们，的）数据 international",
    "“我们”的数据", "数据、数据。数据（数据）数据《数据》", "数据—数据……数据", "a\u00a0b international",
    "é\u0301x international",
)  # fmt: skip
EXTRA = """<style>td { width: 5%; padding-inline-start: 3%; margin-block: 1em; text-decoration: underline }
dl { float: inline-start; width: 40%; border-inline-end: 1px solid } section { page: wide; position: relative; left: 2%
} @page wide { size: A4 }</style>
<table style="width: 100%"><tr><td>TEXT</td><td lang="en">longer words</td><td>TEXT</td></tr></table>
<dl><dt>TEXT</dt></dl><section><table><tr><td><i>TEXT</i>TEXT</td></tr></table></section>
<style>ul { --gap: calc(1mm + 1%); border-width: 3px; outline: 2px dotted; border-start-start-radius: 2mm }
li { border-block-start-style: solid; margin-left: var(--gap) } li::marker { color: red }
h2::before { content: "before" } h2 { inline-size: 50% }
del { text-decoration: line-through overline; word-spacing: 2pt; letter-spacing: 1pt } pre { tab-size: 3 }
</style><h2>TEXT</h2><ul><li>TEXT<span class="footnote" data-number="2">TEXT</span></li><li><del>TEXT <i>TEXT</i></del>
</li><li style="display: block; float: right; width: 30%">TEXT</li></ul><pre>a\tb c\n  d</pre>"""


@pytest.mark.parametrize("language", CELLS)
def test_the_same_bytes(language: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """With and without the shortcuts the PDF is the same, byte for byte."""
    html = page_of(language, EXTRA.replace("TEXT", CELLS[language]) + cells_of(ODD))
    store = Store(tmp_path_factory.getbasetemp() / "faces")

    def draw() -> bytes:
        return paginate_edition(html, files_of(language), find_fonts(), language, Diagnostics(), store=store).pdf

    quick = draw()
    with replaced(quicken, "SHORTCUTS", ()):
        assert draw() == quick


def cells_of(texts: tuple[str, ...]) -> str:
    """A narrow table in which each text is preserved, broken anywhere, hyphenated or not, as English and as Chinese."""
    kinds = ("white-space: pre-wrap", "overflow-wrap: anywhere", "hyphens: auto", "hyphens: none")
    cells = "".join(
        "<tr>" + "".join(f"<td lang='{lang}' style='{kind}'>{text} <b>{text}</b></td>" for kind in kinds) + "</tr>"
        for text in texts
        for lang in ("en", "zh")
    )
    return f"<table>{cells}</table><div style='width: 60mm; hyphens: none'>{' '.join(texts)}</div>"


def test_every_shortcut_is_taken() -> None:
    """Each shortcut stands in for its original while a page is made (else the test above would hold nothing)."""
    before = [vars(owner())[name] for owner, name, _ in quicken.SHORTCUTS]
    with quicken.quick_engine():
        after = [vars(owner())[name] for owner, name, _ in quicken.SHORTCUTS]
    assert all(one is not other for one, other in zip(before, after, strict=True))
    assert [vars(owner())[name] for owner, name, _ in quicken.SHORTCUTS] == before


def test_a_word_that_a_column_repeats_is_shaped_once() -> None:
    """The narrowest line of a word is tried once for a style, however often cells have the word."""
    few, many = (
        _count_lines("<table>" + "<tr><td>gather privacy data</td></tr>" * rows + "</table>") for rows in (2, 9)
    )
    # Drawing shapes each line of each row; nothing is added to that but the lines that are laid out.
    assert many - few <= 7 * 6


def _count_lines(html: str) -> int:
    """How many lines Pango is asked for while the page is laid out."""
    from weasyprint import HTML
    from weasyprint.text.line_break import Layout

    asked: list[int] = []
    original = Layout.get_first_line

    def get_first_line(layout: Layout) -> object:
        asked.append(1)
        return original(layout)

    with quicken.quick_engine(), replaced(Layout, "get_first_line", get_first_line):
        HTML(string=f"<style>td {{ width: 1px }}</style>{html}").render()
    return len(asked)


def test_descendants_in_the_same_order() -> None:
    """Boxes are walked as WeasyPrint walks them, what stands for a positioned box among them."""
    from weasyprint import HTML
    from weasyprint.formatting_structure.boxes import Box

    html = "<ul><li>a <b>b</b></ul><div style='position: relative'><p style='position: absolute'>c <i>d</i></p>e</div>"
    page = HTML(string=html).render().pages[0]._page_box
    before = [[*map(id, page.descendants(placeholders=placeholders))] for placeholders in (False, True)]
    quick = quicken._quick_descendants(Box.descendants)
    assert [[*map(id, quick(page, placeholders=placeholders))] for placeholders in (False, True)] == before
    assert len(before[1]) > len(before[0])
