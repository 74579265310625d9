"""Pages that boxes ask for and places of lines are what WeasyPrint finds, asked at the same moments of a layout."""

from __future__ import annotations

from typing import Any

import weasyprint
from weasyprint.formatting_structure.boxes import ParentBox
from weasyprint.layout import inline

from imprint.paginate.quicken import quick_engine
from imprint.paginate.replacement import replaced

# Pages within pages, of blocks, rows, items, inlines, floats and what is taken out of the flow; notes, headings that
# are kept with what follows, generated content, text that breaks over pages beside floats, both ways.
PAGE = """<style>
@page { size: 80mm 60mm; margin: 8mm } @page wide { size: 90mm 60mm } @page note { margin: 5mm }
main, .wide { page: wide } .note, tr.note { page: note } .auto { page: auto } h2 { break-after: avoid }
.float { float: left; width: 20mm } .end { float: inline-end } .out { position: absolute; page: note }
.foot { float: footnote; page: note } p::before { content: "x "; page: note } .flex { display: flex }
</style><body>
<p>TEXT</p><main><h2>a</h2><p>TEXT<span class="foot">b</span></p><section class="note"><p>TEXT</p></section><p>TEXT</p>
<section class="auto"><p>TEXT<i class="note">c</i></p><div class="float wide">d</div><p>TEXT</p></section></main>
<div class="float">TEXT</div><div class="end note">e</div><p dir="rtl">TEXT</p><p>f<b class="out">g</b></p>
<table><tr><td><p class="wide">h</p></td><td>TEXT</td></tr><tr class="note"><td>TEXT</td></tr></table>
<ul><li class="note">i</li><li>TEXT</li></ul><div class="flex"><p class="wide">j</p><p>k</p></div>
<article><section><div class="wide"><p>l</p></div></section><section><p>TEXT</p><div></div></section></article>
""".replace("TEXT", "words of a text that goes on for a while " * 8)


def test_pages_and_places_are_the_same() -> None:
    """Each answer is held against the engine's own for the same box, in the middle of a layout."""
    own_pages, own_places = ParentBox.page_values, inline.avoid_collisions
    pages: list[Any] = []
    places: list[Any] = []
    with quick_engine():
        quick_pages, quick_places = ParentBox.page_values, inline.avoid_collisions

        def page_values(box: Any) -> Any:
            found = quick_pages(box)
            pages.append((found, own_pages(box)))
            return found

        def avoid_collisions(*arguments: Any, **options: Any) -> Any:
            found = quick_places(*arguments, **options)
            places.append((found, own_places(*arguments, **options)))
            return found

        with replaced(ParentBox, "page_values", page_values), replaced(inline, "avoid_collisions", avoid_collisions):
            weasyprint.HTML(string=PAGE).render()
    assert all(found == own for found, own in pages + places)
    assert {value for found, _ in pages for value in found} == {"", "wide", "note"}
    assert len(places) > 100


def test_descendants_are_asked_once() -> None:
    """A deep box whose descendants want one page is looked through once, its copies not at all."""
    asked: list[Any] = []
    deep = "<div>" * 40 + "<p>a</p>" * 3 + "</div>" * 40
    with quick_engine():
        quick = ParentBox.page_values

        def page_values(box: Any) -> Any:
            asked.append(box)
            return quick(box)

        with replaced(ParentBox, "page_values", page_values):
            weasyprint.HTML(string=deep).render()
    # One for each block, two for each pair of siblings, one for the root.
    assert len(asked) < 80
