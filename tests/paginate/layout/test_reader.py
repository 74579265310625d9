"""The private box tree has what the proof reads, in the one WeasyPrint that it was written for."""

from __future__ import annotations

from typing import Any

import weasyprint

from imprint.paginate.engine import WEASYPRINT
from imprint.paginate.layout.reader import read_pages
from imprint.paginate.layout.tree import Laid
from tests.paginate.layout.seeds import FIGURE, NOTE, PICTURE, TABLE, WORDS

BODY = (
    f"<h1>Title</h1><p>{WORDS}{NOTE}<br>after a break {WORDS * 2}</p><ul><li>item</li></ul>"
    f"<table><caption>Caption</caption><thead><tr><th>Head</th><th>Head</th></tr></thead>{TABLE}</table>{FIGURE}"
)


def test_the_engine_is_the_one_it_was_written_for() -> None:
    """Another WeasyPrint may name or fill its boxes otherwise: read its release notes and its box tree first."""
    assert weasyprint.__version__ == WEASYPRINT


def read(look: Any, body: str, css: str = "", **options: Any) -> Laid:
    """The pages of a body."""
    laid = look(read_pages, body, css, **options)
    assert isinstance(laid, Laid)
    return laid


def test_everything_is_on_its_list(look: Any) -> None:
    """Lines, cells, rows, tables, captions, pictures, notes and their calls."""
    laid = read(look, BODY, "@page { size: A4 } figure { width: 60mm }", **PICTURE)
    (page,) = laid.pages
    assert [cell.words for cell in page.cells] == ["Head", "Head", "Camera", "asked each time"]
    assert [caption.words for caption in page.captions] == ["Caption", "Its caption"]
    assert (len(page.rows), len(page.tables), len(page.images)) == (2, 1, 1)
    assert [note.words for note in laid.notes] == ["1 A note of a few words."]
    assert [call.text for call in laid.calls] == ["1"]
    assert {line.zone for line in page.lines} == {"main", "note", "marker"}
    assert page.images[0].drawing is not None


def test_lines_know_how_they_end(look: Any) -> None:
    """A forced end, an end that the layout chose, and a paragraph's last line."""
    laid = read(look, f'<p style="width: 60mm">First<br>{WORDS}</p>')
    lines = laid.pages[0].lines
    ends = [(line.forced, line.soft) for line in lines]
    assert (ends[0], set(ends[1:-1]), ends[-1]) == ((True, False), {(False, True)}, (False, False))


def test_paragraphs_are_joined_over_pages(look: Any) -> None:
    """What goes on on the next page is known on both, and nothing counts as broken off."""
    laid = read(look, f"<p>{WORDS * 16}</p>")
    first, second = (next(node for node in page.boxes if node.lines) for page in laid.pages)
    assert (first.continues, second.continued, second.continues, list(laid.broken)) == (True, True, False, [])


def test_places_are_those_of_the_page(look: Any) -> None:
    """In CSS pixels from the sheet's corner: the area inside the margins, and what a transform moves."""
    laid = read(look, '<p style="transform: translateX(10px)">Moved</p><p>Not</p>', "@page { margin: 20px }")
    moved, still = laid.pages[0].pieces
    assert (laid.pages[0].area[:2], round(moved.rect[0] - still.rect[0])) == ((20, 20), 10)
