"""A small paper for the press, rendered once: a cover that bleeds, a picture, a gradient, a thin line, a link."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from imprint.base.diagnostic import Diagnostics
from imprint.base.sources import Sources
from imprint.paginate.library import find_fonts
from imprint.paginate.press.condition import Condition, load_condition
from imprint.paginate.press.target import press_target
from imprint.paginate.render import Pagination, paginate_edition
from imprint.paginate.store import Store

ROOT = Path(__file__).parents[3]
CSS = """
@page { size: A5; margin: 20mm; bleed: 3mm }
@page cover { background: #0f5c6e }
html { font: 10pt/1.6 var(--serif); color: #1d2733 }
h1 { font: 700 14pt var(--sans); color: #0f5c6e }
header { page: cover; color: #ffffff }
main { break-before: recto }
.thin { border: 0; height: 4mm; background: linear-gradient(#102030, #fed8b1) }
img { width: 20mm; image-rendering: crisp-edges }
"""
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 120"><defs><linearGradient id="g">
<stop offset="0" stop-color="#e3eff1"/><stop offset="1" stop-color="#123456"/></linearGradient></defs>
<rect x="20" y="20" width="180" height="70" fill="#b4532a" stroke="#1d2733" stroke-width="0.5"/>
<rect x="220" y="20" width="180" height="70" fill="url(#g)"/>
<text class="label" data-box="20 20 180 70">Words in a box</text></svg>"""


def picture(size: int, mode: str = "RGB") -> bytes:
    """A PNG with every hue and, in RGBA, a transparent half."""
    made = Image.merge("RGB", [Image.linear_gradient("L").rotate(90 * turn) for turn in range(3)]).resize((size, size))
    if mode == "RGBA":
        made.putalpha(Image.linear_gradient("L").resize((size, size)))
    written = io.BytesIO()
    made.save(written, "PNG")
    return written.getvalue()


def page_of(extra: str = "") -> str:
    """A cover, an empty verso, and one page of text."""
    return (
        '<!DOCTYPE html><html lang="en"><head><title>For the press</title><meta name="author" content="A. Author">'
        '<meta name="dcterms.created" content="2026-11-24T00:00:00Z">'
        '<meta name="dcterms.modified" content="2026-11-24T00:00:00Z"><link rel="stylesheet" href="a.css"></head>'
        '<body><header>White paper</header><main id="main-matter"><h1>Overview</h1>'
        '<p>Plain words, and <a href="https://example.org/">a link</a>.</p><div class="thin"></div>'
        f'<img alt="Hues" src="hues.png"><img alt="A box" src="box.svg">{extra}</main></body></html>'
    )


Paginate = Callable[..., Pagination]


@pytest.fixture(scope="session")
def condition() -> Condition:
    """The engine's own printing condition."""
    diagnostics = Diagnostics()
    loaded = load_condition(Sources({"paper": ROOT / "tests", "engine": ROOT}), diagnostics)
    assert loaded is not None
    assert not list(diagnostics)
    return loaded


@pytest.fixture(scope="session")
def paginate_press(store: Store, condition: Condition) -> Paginate:
    """Renders the page for the press, with more in its body, more styles, or other files."""

    def paginate(extra: str = "", css: str = "", **files: bytes) -> Pagination:
        served = {"a.css": (CSS + css).encode(), "hues.png": picture(300), "box.svg": DRAWING.encode()}
        served |= {name.replace("_", "."): data for name, data in files.items()}
        return paginate_edition(
            page_of(extra), served, find_fonts(), "en", Diagnostics(), store=store, target=press_target(condition)
        )

    return paginate


@pytest.fixture(scope="session")
def printed(paginate_press: Paginate) -> Pagination:
    """The page for the press."""
    return paginate_press()


@pytest.fixture(scope="session")
def other(paginate_press: Paginate) -> Pagination:
    """The page with one paragraph more, and its picture half transparent."""
    return paginate_press("<p>More.</p>", hues_png=picture(300, "RGBA"))


@pytest.fixture
def pdf(printed: Pagination) -> pikepdf.Pdf:
    """The page's PDF, opened."""
    return pikepdf.open(io.BytesIO(printed.pdf))
