"""With a fork's help the PDF is the same, byte for byte, whatever the fork found, sent, or failed to do."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from imprint.base.confine import Limits, run_confined
from imprint.base.diagnostic import Diagnostics
from imprint.paginate import pieces, shared_drawing
from imprint.paginate.library import find_fonts
from imprint.paginate.render import paginate_edition
from imprint.paginate.replacement import replaced
from imprint.paginate.store import Store
from tests.paginate.conftest import TEXTS, files_of, page_of

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")

LIMITS = Limits(cpu_seconds=60, wall_seconds=120)

# Pages in sizes whose rounded widths could differ, with a weight of which only the last pages know, pictures early and
# late, see-through boxes, notes, a hyphen and what looks like one, ligatures and shaped scripts.
STYLE = """<style>section { break-before: page } .small { font-size: 7.3pt } .large { font-size: 23.7pt }
.faint { opacity: 0.5 } .pale { background: rgb(0 0 0 / 20%) } .heavy { font-weight: 700; font-style: italic }
.late::before { content: "\\2010 - " }</style>"""


def body(language: str) -> str:
    """Twelve pages, one each for what must be taken, drawn again, or looked at."""
    text = TEXTS[language][1]
    pages = [f"<p>{text}</p>"] * 3 + [
        f'<p class="small">{text} office-ﬁle - efﬁcient</p>',
        f'<p class="large">{text[:90]}‐office file efficient</p>',
        f'<p>{text}</p><img alt="again" src="figures/f.svg">',
        f'<p class="faint">{text}</p>',
        f'<p class="pale">{text}</p><p lang="hi">{TEXTS["hi"][1]}</p>',
        f'<p class="heavy">{text}</p>',
        f'<p class="late small">{text}<span class="footnote" data-number="2">{text}</span></p>',
        f'<p lang="ar" dir="rtl">{TEXTS["ar"][1]}</p><p class="large">- ‐ {text[:60]}</p>',
        f"<table><tr><td>{text}</td><td>{text}</td></tr></table>",
    ]
    return STYLE + "".join(f"<section>{page}</section>" for page in pages)


Change = Callable[[list[Any]], Any]


def draw(language: str, hands: int, faces: Path, change: Change | None) -> tuple[bytes, int, int]:
    """The PDF, and of how many pages that the fork has drawn how many were taken."""
    offered: list[bool] = []
    paint, rest = pieces.Putting.paint, shared_drawing._draw

    def noted(putting: Any, original: Any, page: Any, *arguments: Any) -> None:
        paint(putting, original, page, *arguments)
        if putting._find(page._page_box) is not None:
            offered.append(putting.last is page._page_box)

    def changed(*arguments: Any) -> Any:
        assert change is not None
        return change(rest(*arguments))

    page, store = page_of(language, body(language)), Store(faces)
    with (
        replaced(pieces.Putting, "paint", noted),
        replaced(shared_drawing, "_draw", changed if change else rest),
        # However busy the machine is.
        replaced(shared_drawing, "PATIENCE", 60.0),
    ):
        files, library = files_of(language), find_fonts()
        made = paginate_edition(page, files, library, language, Diagnostics(), store=store, hands=hands)
    return made.pdf, len(offered), sum(offered)


def drawn(language: str, hands: int, faces: Path, change: Change | None = None) -> tuple[bytes, int, int]:
    """`draw` in a process of its own, which has one thread."""
    return run_confined(draw, (language, hands, faces, change), LIMITS)


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where prepared faces are kept."""
    return tmp_path_factory.getbasetemp() / "faces"


@pytest.mark.parametrize("language", ["en", "zh-Hans", "ar", "hi"])
def test_the_same_bytes(language: str, faces: Path) -> None:
    """Alone or with help: the same file; and some of the pages were the fork's."""
    alone, none, _ = drawn(language, 1, faces)
    helped, offered, taken = drawn(language, 2, faces)
    assert helped == alone
    assert none == 0
    assert 0 < taken < offered


def other_widths(drawn: list[Any]) -> list[Any]:
    """Every width is another than it would be found here."""
    return [
        replace(piece, widths={key: {g: w + 1 for g, w in found.items()} for key, found in piece.widths.items()})
        for piece in drawn
    ]


def other_shapes(drawn: list[Any]) -> list[Any]:
    """The pages were made of other boxes."""
    return [replace(piece, shape=(0, *piece.shape[1:])) for piece in drawn]


def other_boxes(drawn: list[Any]) -> list[Any]:
    """The marked boxes are none of the page's."""
    return [replace(piece, tags=tuple((0, tag) for _, tag in piece.tags)) for piece in drawn]


def other_fonts(drawn: list[Any]) -> list[Any]:
    """Fonts that are not known here."""
    return [replace(piece, widths={0: {1: 500}}) for piece in drawn]


def other_texts(drawn: list[Any]) -> list[Any]:
    """Every glyph stands for another text, and that matters."""
    return [
        replace(piece, shaped=True, texts={k: dict.fromkeys(found, "?") for k, found in piece.texts.items()})
        for piece in drawn
    ]


def die(drawn: list[Any]) -> list[Any]:
    """The fork does not come to its end."""
    os._exit(1)


@pytest.mark.parametrize("change", [other_widths, other_shapes, other_boxes, other_fonts, other_texts, die])
def test_what_does_not_fit_is_drawn_here(change: Change, faces: Path) -> None:
    """Whatever the fork found that is otherwise here, and a fork that dies: the file is the same."""
    alone, _, _ = drawn("en", 1, faces)
    helped, _, taken = drawn("en", 2, faces, change)
    assert helped == alone
    assert taken == 0


def test_few_pages_are_drawn_alone(faces: Path) -> None:
    """Where it would cost more than it saves, nothing is forked."""
    assert run_confined(count_forks, (faces,), LIMITS) == 0


def count_forks(faces: Path) -> int:
    forks: list[object] = []
    page, store = page_of("en"), Store(faces)
    with replaced(shared_drawing, "start_twin", forks.append):
        paginate_edition(page, files_of("en"), find_fonts(), "en", Diagnostics(), store=store, hands=2)
    return len(forks)
