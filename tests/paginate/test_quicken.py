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

# Cells that are as narrow as their text allows, long enough to be cut; logical and special properties; percentages.
CELLS = {
    "zh-Hans": "我们高度重视隐私保护并持续探索创新技术" * 5 + "，" + "落实个人信息保护法" * 6 + "（GB/T 35273）。",
    "en": "Privacy is protected by design and by default, unbreakable-as-it-may-be " * 4,
}
EXTRA = """<style>td { width: 5%; padding-inline-start: 3%; margin-block: 1em; text-decoration: underline }
dl { float: inline-start; width: 40%; border-inline-end: 1px solid } section { page: wide; position: relative; left: 2%
} @page wide { size: A4 }</style>
<table style="width: 100%"><tr><td>TEXT</td><td lang="en">longer words</td><td>TEXT</td></tr></table>
<dl><dt>TEXT</dt></dl><section><table><tr><td><i>TEXT</i>TEXT</td></tr></table></section>"""


@pytest.mark.parametrize("language", CELLS)
def test_the_same_bytes(language: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """With and without the shortcuts the PDF is the same, byte for byte."""
    html = page_of(language, EXTRA.replace("TEXT", CELLS[language]))
    store = Store(tmp_path_factory.getbasetemp() / "faces")

    def draw() -> bytes:
        return paginate_edition(html, files_of(language), find_fonts(), language, Diagnostics(), store=store).pdf

    quick = draw()
    with replaced(quicken, "SHORTCUTS", ()):
        assert draw() == quick


def test_every_shortcut_is_taken() -> None:
    """Each shortcut stands in for its original while a page is made (else the test above would hold nothing)."""
    before = [vars(owner())[name] for owner, name, _ in quicken.SHORTCUTS]
    with quicken.quick_engine():
        after = [vars(owner())[name] for owner, name, _ in quicken.SHORTCUTS]
    assert all(one is not other for one, other in zip(before, after, strict=True))
    assert [vars(owner())[name] for owner, name, _ in quicken.SHORTCUTS] == before
