"""What the designers' templates make of a small paper: notes once, links in words, headings and outline alike."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
import tinyhtml5
from jinja2 import Environment

from imprint.base.diagnostic import Diagnostics
from imprint.base.sources import Sources
from imprint.content.load import load_document
from imprint.content.number import number_document
from imprint.content.select import select_region
from imprint.localize.translate import translate_document
from imprint.markup.page import render_page
from imprint.markup.scripts import mark_scripts
from imprint.markup.templates import compile_templates
from tests.conftest import PaperFactory
from tests.papers import ENGINE, Paper

BODY = """\
Before[^why] and after [@law-1; @law-1], see [](#sec-two), [there](#tab-t) and [out](https://example.org/x).

[^why]: The note cites [@law-1].

## Two of *them* {#sec-two}

/// table
    id: tab-t

The caption.

| Right | Meaning |
|-------|---------|
| one   | two     |
///
"""


def render(paper: Paper) -> tuple[str, object]:
    """The English page of the paper's first region: its HTML and its parsed tree."""
    sources, diagnostics = paper.sources(), Diagnostics()
    document = load_document(sources, diagnostics)
    assert document is not None, list(diagnostics)
    region = next(iter(document.paper.regions))
    edition = next(e for e in document.paper.regions[region].editions() if e.language == "en")
    mine, _ = translate_document(number_document(select_region(document, region)), edition, lambda *_: None)
    page = render_page(mine, edition, sources, lambda text: text, diagnostics)
    assert page is not None, list(diagnostics)
    return page.html, tinyhtml5.parse(page.html, namespace_html_elements=False)


def test_a_note_with_a_citation_stands_once(paper: PaperFactory) -> None:
    """A note whose own text has inline markup leaves the paragraph around it whole, and stands in it once."""
    html, _ = render(paper(BODY))
    assert html.count("The note cites") == 1
    assert len(re.findall(r"and after", html)) == 1
    assert 'id="note-1-1"' in html
    paragraph = re.search(r"<p>Before.*?</p>", html, re.DOTALL)
    assert paragraph
    assert paragraph[0].count('href="#source-law-1"') == 3


def test_every_link_says_where_it_leads(paper: PaperFactory) -> None:
    """Each link of the page has a title in words, which is not its address."""
    _, tree = render(paper(BODY))
    links = {a.get("href"): a.get("title") for a in tree.iter("a")}  # type: ignore[attr-defined]  # an element
    assert len(links) >= 5
    assert all(title and title != href for href, title in links.items()), links
    assert links["#sec-two"] == "Section 1.1: Two of them"
    assert links["#tab-t"] == "Table 1: The caption."
    assert links["#source-law-1"] == "Source 1: A law"
    assert links["https://example.org/x"] == "Link to https://example.org/x"


def test_outline_says_what_the_headings_say(paper: PaperFactory) -> None:
    """The outline's label of a heading is the heading's text, but for white space."""
    _, tree = render(paper(BODY))
    headings = [h for level in ("h1", "h2", "h3") for h in tree.iter(level)]  # type: ignore[attr-defined]  # as above
    labelled = [(h.get("data-outline"), " ".join("".join(h.itertext()).split())) for h in headings]
    assert ("Chapter 1 One", "Chapter 1 One") in labelled
    assert all(label == text for label, text in labelled if label is not None)


def test_headings_go_down_one_level_at_a_time(paper: PaperFactory) -> None:
    """The page begins with a first-level heading and skips none."""
    html, _ = render(paper(BODY))
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", html)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_table_cells_are_announced(paper: PaperFactory) -> None:
    """The heads of columns and rows have their scope, and a table its caption."""
    _, tree = render(paper(BODY))
    table = next(t for t in tree.iter("table") if t.get("id") == "tab-t")  # type: ignore[attr-defined]  # as above
    assert [th.get("scope") for th in table.iter("th")] == ["col", "col", "row"]
    assert len(list(table.iter("caption"))) == 1


@pytest.mark.parametrize(
    ("text", "language", "marked"),
    [
        ("plain", "en", "plain"),
        ("Закон 1", "en", '<span lang="ru" dir="auto">Закон 1</span>'),
        ("Про захист її даних", "en", '<span lang="uk" dir="auto">Про захист її даних</span>'),
        ("Закон", "ru", "Закон"),
        ("法 (law) <b>", "en", '<span lang="zh" dir="auto">法</span> (law) &lt;b&gt;'),
        ("個人情報の保護", "en", '<span lang="ja" dir="auto">個人情報</span><span lang="ja" dir="auto">の</span>'
         '<span lang="ja" dir="auto">保護</span>'),
        ("中国 law", "zh-Hans", "中国 law"),
        ("개인정보 보호법", "zh-Hans", '<span lang="ko" dir="auto">개인정보 보호법</span>'),
        ("Datenschutzgesetz", "en", "Datenschutzgesetz"),
    ],
)  # fmt: skip
def test_foreign_scripts_carry_their_language(text: str, language: str, marked: str) -> None:
    """A passage in a script that the edition's language is not written in has its own `lang`; the text is escaped."""
    assert str(mark_scripts(text, language)) == marked


def test_what_was_compiled_before_is_not_compiled_again(paper: PaperFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has our templates ready compiles none for a page, but the paper's own in the place of one."""
    compile_templates(Sources({"paper": ENGINE, "engine": ENGINE}))
    compiled: list[str | None] = []
    original = Environment.compile

    def watched(self: Environment, source: Any, name: str | None = None, *rest: Any, **options: Any) -> Any:
        compiled.append(name)
        return original(self, source, name, *rest, **options)

    monkeypatch.setattr(Environment, "compile", watched)
    plain, _ = render(paper(BODY))
    assert compiled == []
    theirs = {"templates/partials/note.html": "<b>A note of their own.</b>"}
    own, _ = render(paper(BODY, files=theirs))
    assert compiled == ["partials/note.html"]
    assert "A note of their own." in own
    assert "A note of their own." not in plain
