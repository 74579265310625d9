"""One edition's page: its structure, its numbers, its references, each in the reader's language."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from imprint.base.diagnostic import Diagnostics
from imprint.base.edition import Edition
from imprint.content.number import number_document
from imprint.content.select import select_region
from imprint.localize.approved import load_approved
from imprint.localize.translate import translate_document
from imprint.markup.page import Page, render_page
from tests.conftest import PaperFactory
from tests.papers import Paper, in_chinese

BODY = """\
See [](#sec-b), [](#fig-a), [](#tab-a), [](#ch-one) and [a term](#term-t)[^n].

## A {#sec-a}

First.

## B {#sec-b}

/// figure | f.svg
    id: fig-a
    alt: "Alt" & more.

Caption *one*.
///

/// table
    id: tab-a

Caption.

| H | I |
|---|--:|
| a | b |
///

/// warning | Title
Inside.
///

/// glossary
///

/// sources
///

[^n]: A note [@law-1].
"""
FILES = {
    "content/figures/f.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 90">\n'
    '<text class="label" data-box="0 0 99 30">Label of {product} &lt;</text>\n</svg>',
    "content/glossary.toml": '[[terms]]\nid = "t"\nterm = "Term"\ndefinition = "Its definition."\nabbr = "T"\n',
}
ENGLISH = Edition("cn", "en", "en")
CHINESE = Edition("cn", "zh-Hans", "zh_Hans_CN")


def page_of(made: Paper, edition: Edition, draft: bool = False) -> Page:
    found = Diagnostics()
    document = number_document(select_region(made.document(), edition.region))
    approved = load_approved(made.sources(), edition, found)
    localised, _ = translate_document(document, edition, approved.lookup)
    page = render_page(localised, edition, made.sources(), approved.label, found, draft)
    assert not found.errors, [str(d) for d in found.errors]
    assert page is not None
    return page


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def paragraph(html: str) -> str:
    """The words of the paragraph with the cross references."""
    found = re.search(r"<p>[^<]*<a[^>]*#sec-b.*?</p>", html, re.DOTALL)
    assert found
    return text_of(found[0].split('<span class="footnote"')[0])


def test_references_in_english(paper: PaperFactory) -> None:
    """A cross reference says kind and number; own words are kept."""
    html = page_of(paper(BODY, files=FILES), ENGLISH).html
    assert paragraph(html).startswith("See Section 1.2, Figure 1, Table 1, Chapter 1 and a term")


def test_references_in_chinese(paper: PaperFactory) -> None:
    """The same references in Chinese, through the catalog's labels."""
    made = paper(BODY, files=FILES)
    source = BODY.split("\n")[0]
    words = "见[](#sec-b)、[](#fig-a)、[](#tab-a)、[](#ch-one)和[术语](#term-t)[^n]。"
    made.translate("zh_Hans", lambda text: words if text == source else in_chinese(text))
    page = page_of(made, CHINESE)
    assert paragraph(page.html).startswith("见第 1.2 节、图 1、表 1、第 1 章和术语")
    assert '<html lang="zh-Hans"' in page.html
    assert (page.title, page.language) == ("小白皮书", "zh-Hans")


def test_structure(paper: PaperFactory) -> None:
    """Ids and every link's target exist, once each; row and column headings have their scope."""
    html = page_of(paper(BODY, files=FILES), ENGLISH).html
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert not set(re.findall(r'href="#([^"]+)"', html)) - set(ids)
    assert {"ch-one", "sec-a", "sec-b", "fig-a", "tab-a", "term-t", "source-law-1"} <= set(ids)
    assert '<th class="align-right" scope="col">I</th>' in html
    assert '<th scope="row">a</th>' in html
    assert 'alt="&#34;Alt&#34; &amp; more."' in html
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", html)]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_drawings_are_filled_and_escaped(paper: PaperFactory) -> None:
    """A drawing's text is plain: placeholders filled, everything else escaped."""
    made = paper(BODY, files={**FILES, "content/paper.toml": None})
    from tests.papers import PAPER

    made.write("content/paper.toml", PAPER.replace("Widget", "W & <Co>"))
    svg = page_of(made, ENGLISH).files["figures/f.svg"].decode()
    assert "Label of W &amp; &lt;Co&gt; &lt;" in svg
    assert svg.startswith('<?xml version="1.0" encoding="UTF-8"?>')


def test_a_draft_says_so_and_marks_what_is_missing(paper: PaperFactory) -> None:
    """A draft carries its mark; a passage without translation has the source's language."""
    made = paper(BODY, files=FILES)
    made.translate("zh_Hans", lambda text: "" if text == "First." else in_chinese(text))
    html = page_of(made, CHINESE, draft=True).html
    assert "草稿" in html
    assert re.search(
        r'<p class="has-untranslated"><span class="untranslated" lang="en" dir="auto">First\.</span>', html
    )
    whole = page_of(made, ENGLISH)
    assert "untranslated" not in whole.html.split("</style>")[-1]


@pytest.mark.parametrize(
    ("template", "rule", "place"),
    [
        ("<p>\n{{ nothing_here }}", "template", "templates/page.html:2"),
        ("<p>\n{% if %}", "template", "templates/page.html:2"),
        ('{% include "partials/none.html" %}', "missing-template", "templates"),
        ("\n\n{{ 1 / 0 }}", "template", "templates/page.html:3"),
        ("{{ 'a' + 1 }}", "template", "templates/page.html:1"),
        ("{{ titles.nothing.more }}", "template", "templates/page.html:1"),
        ("{% for n in range(1000000000) %}{% endfor %}", "template", "templates/page.html:1"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "template", "templates/page.html:1"),
        ("{{ cycler.__init__.__globals__.os.popen('id').read() }}", "template", "templates/page.html:1"),
        ("{% include '../../../../etc/passwd' %}", "outside", "templates/../../../../etc/passwd"),
    ],
)
def test_a_template_that_fails(paper: PaperFactory, template: str, rule: str, place: str) -> None:
    """A designer's slip is an error at its line, and no traceback."""
    made = paper(files={"templates/page.html": template})
    found = Diagnostics()
    document = number_document(select_region(made.document(), "cn"))
    localised, _ = translate_document(document, ENGLISH, lambda *_: None)
    assert render_page(localised, ENGLISH, made.sources(), lambda text: text, found) is None
    assert [(d.rule, str(d.at)) for d in found] == [(rule, place)]


def test_a_papers_own_template_wins(paper: PaperFactory) -> None:
    """A paper can replace one partial and keep the rest."""
    made = paper(BODY, files={**FILES, "templates/partials/callout.html": "<aside>OWN {{ title }} {{ body }}</aside>"})
    html = page_of(made, ENGLISH).html
    assert "OWN Title" in html
    assert '<section class="chapter" id="ch-one">' in html
