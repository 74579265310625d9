"""Web pages get fonts of their own, with each character and each shaping feature that they need, and their drawings."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from functools import cache
from io import BytesIO

import pytest
import tinycss2
from fontTools.ttLib import TTFont

from imprint.base.diagnostic import Diagnostics, Location, Rejected
from imprint.paginate.library import find_fonts
from imprint.paginate.webfonts import Dressed, dress_pages
from tests.webs import workshop

SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 120">
<rect x="20" y="20" width="180" height="70" fill="#e3eff1" stroke="#0f5c6e"/>
<text class="label" data-box="20 20 180 70">{}</text></svg>"""
TEXTS = {"en": "Collected “here”", "zh-Hans": "在设备上收集，并“加密”", "ar": "تُجمع على الجهاز"}
PAGE = (
    '<!DOCTYPE html><html lang="{0}"><body><p>{1}</p>'
    '<img class="drawing" src="web/figures/f.svg" alt="a &quot;b&quot; &amp; c"></body></html>'
)


@cache
def dressed(language: str) -> Dressed:
    """One page with a drawing, in the language."""
    drawing, style = SVG.format(TEXTS[language]), 'p::before { content: "\\2191" }'
    files = {"web/figures/f.svg": drawing.encode(), "web/web.css": style.encode()}
    direction = "rtl" if language == "ar" else "ltr"
    pages = {"p": PAGE.format(language, TEXTS[language])}
    return dress_pages(pages, files, find_fonts(), language, Diagnostics(), direction=direction, store=workshop().faces)


def fonts_of(made: Dressed) -> dict[str, TTFont]:
    return {path: TTFont(BytesIO(data)) for path, data in made.files.items() if path.endswith(".woff2")}


@pytest.mark.parametrize("language", list(TEXTS))
def test_every_character_has_a_glyph(language: str) -> None:
    """Each character of the page, its drawing and its style's strings is in one of its fonts."""
    held = frozenset[int]().union(*(set(font.getBestCmap()) for font in fonts_of(dressed(language)).values()))
    assert {ord(c) for c in TEXTS[language] + "↑" if c != " "} <= held


@pytest.mark.parametrize("language", list(TEXTS))
def test_the_sheet_names_each_font(language: str) -> None:
    """edition.css is a sheet without errors; each of its faces is a file, and each file a face."""
    made = dressed(language)
    css = made.files["web/edition.css"].decode()
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    assert not [rule for rule in rules if rule.type == "error"]
    named = [f"web/{url}" for url in re.findall(r'url\("([^"]+)"\)', css)]
    assert sorted(named) == sorted(path for path in made.files if path.endswith(".woff2"))
    assert all(font.flavor == "woff2" for font in fonts_of(made).values())


def test_shaping_is_kept() -> None:
    """Arabic letters join: the features of shaping are in the Arabic faces, though unused ones are gone elsewhere."""
    features = {
        record.FeatureTag
        for path, font in fonts_of(dressed("ar")).items()
        if "arabic" in path
        for record in font["GSUB"].table.FeatureList.FeatureRecord
    }
    assert {"init", "medi", "fina"} <= features
    latin = fonts_of(dressed("en"))["web/fonts/imprint-serif-400.woff2"]
    assert {"onum", "lnum", "tnum"} <= {r.FeatureTag for r in latin["GSUB"].table.FeatureList.FeatureRecord}
    assert "smcp" not in {r.FeatureTag for r in latin["GSUB"].table.FeatureList.FeatureRecord}


def test_one_language_of_han_needs_one_set_of_forms() -> None:
    """A Chinese page holds no more Han glyphs than characters, but for a few marks."""
    font = fonts_of(dressed("zh-Hans"))["web/fonts/imprint-cjk-400.woff2"]
    assert font["maxp"].numGlyphs < len(font.getBestCmap()) * 1.2 + 20


@pytest.mark.parametrize("language", list(TEXTS))
def test_a_drawing_stands_in_the_page(language: str) -> None:
    """The drawing is one image with its description; its label is text, and no file is left to load."""
    made = dressed(language)
    page = made.pages["p"]
    assert "<img" not in page
    assert not [path for path in made.files if "figures" in path]
    svg = re.search(r"<svg.*?</svg>", page, re.DOTALL)
    assert svg
    assert 'role="img"' in svg[0]
    assert 'aria-label="a &quot;b&quot; &amp; c"' in svg[0]
    assert not re.search(r"font-family|data-|style=|xmlns", svg[0])
    words = re.findall(r"<text[^>]*>([^<]*)</text>", svg[0])
    assert "".join(words).replace(" ", "") == TEXTS[language].replace(" ", "")


def test_lines_from_right_to_left_end_where_they_began() -> None:
    """A line of an Arabic label keeps its left edge: to a browser that is its end."""
    page = dressed("ar").pages["p"]
    lines = re.findall(r"<text[^>]*>", page)
    assert lines
    assert all('direction="rtl"' in line and 'text-anchor="end"' in line for line in lines)
    assert "text-anchor" not in dressed("en").pages["p"]


def test_a_drawing_has_colours_for_the_dark() -> None:
    """Each colour of the drawing has another one in the sheet, for a dark ground on a screen only."""
    css = dressed("en").files["web/edition.css"].decode()
    query = "@media screen and (prefers-color-scheme: dark) and (forced-colors: none)"
    dark = re.search(rf"{re.escape(query)} \{{(.*)\}}", css, re.DOTALL)
    assert dark
    assert {'[fill="#e3eff1"]', '[stroke="#0f5c6e"]'} <= set(re.findall(r"\[[^\]]*\]", dark[1]))


def test_a_character_that_no_font_has_is_refused() -> None:
    """It is named with its place, before anything is made."""
    diagnostics = Diagnostics()
    with pytest.raises(Rejected) as rejected:
        dress_pages(
            {"p": "<p>\U0001f600</p>"}, {}, find_fonts(), "en", diagnostics,
            locate=lambda _: Location("content/a.md", 7), store=workshop().faces,
        )  # fmt: skip
    assert [(d.rule, str(d.at)) for d in rejected.value.diagnostics] == [("missing-glyph", "content/a.md:7")]


def digest() -> str:
    """What the English page and its files are."""
    made = dressed("en")
    return hashlib.sha256(repr((made.pages, sorted(made.files.items()))).encode()).hexdigest()


def test_the_same_bytes_again() -> None:
    """Another process with another hash seed and a store of its own makes the same files."""
    script = "import tests.paginate.test_webfonts as made; print(made.digest())"
    again = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"}
    )
    assert again.stdout.strip() == digest()
