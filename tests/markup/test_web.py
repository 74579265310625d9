"""The web page: valid, accessible by its own markup, loads nothing from elsewhere and needs no script."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from imprint.base.diagnostic import Diagnostics
from imprint.base.edition import Edition
from imprint.content.number import number_document
from imprint.content.select import select_region
from imprint.localize.translate import translate_document
from imprint.markup.page import Page, render_page
from imprint.markup.setting import Alternate, Choice, Download, Setting
from imprint.markup.web import POLICY, format_size, render_web
from tests.conftest import PaperFactory
from tests.papers import PAPER, Paper
from tests.validity import find_faults, parse_page
from tests.webs import BODY, FILES

SETTING = Setting(
    url="https://example.org/p/",
    canonical="https://example.org/p/cn/en/",
    start="../../index.html",
    regions=(
        Choice("Mainland China Version", "en", "index.html", "en", True),
        Choice("International Version", "en", "../../global/en/index.html", "en", False),
    ),
    languages=(
        Choice("English", "en", "index.html", "en", True),
        Choice("简体中文", "zh-Hans", "../zh-Hans/index.html", "zh-Hans", False),
    ),
    alternates=(Alternate("en-CN", "https://example.org/p/cn/en/"), Alternate("x-default", "https://example.org/p/")),
    download=Download("tiny-cn-en.pdf", 396_123, 54),
)


def render(paper: Paper, setting: Setting = Setting(), *, draft: bool = False, language: str = "en") -> Page:  # noqa: B008  # frozen
    """The paper's page for cn, in English words whatever the language."""
    sources, diagnostics = paper.sources(), Diagnostics()
    edition = next(e for e in paper.document().paper.regions["cn"].editions() if e.language == language)
    mine = number_document(select_region(paper.document(), "cn"))
    localised, _ = translate_document(mine, edition, lambda msgid, _: msgid)
    page = render_web(localised, edition, sources, lambda text: text, diagnostics, setting, draft)
    assert page is not None, list(diagnostics)
    return page


@pytest.mark.parametrize("setting", [Setting(), SETTING], ids=["alone", "in-a-site"])
def test_the_page_is_valid(paper: PaperFactory, setting: Setting) -> None:
    """No parse error, no id twice, every fragment leads somewhere, headings in order, nothing inline or foreign."""
    assert find_faults(render(paper(BODY, files=FILES), setting).html) == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p id=a></p><p id=a></p>", "the id a stands 2 times"),
        ('<a href="#b">x</a>', "nothing has the id b"),
        ('<button type="button" popovertarget="c">x</button>', "nothing has the id c"),
        ("<h3>x</h3>", "h1 is followed by h3"),
        ("<h1>x</h1>", "one h1"),
        ('<p style="color: red">', "<p> has style"),
        ('<p onclick="x()">', "<p> has onclick"),
        ("<style>p {}</style>", "an inline <style>"),
        ("<script>x()</script>", "an inline <script>"),
        ('<img alt="" src="https://example.org/x.png">', "<img> loads"),
        ('<img alt="" src="data:image/png;base64,">', "<img> loads"),
        ('<img src="x.png">', "an image has no alt"),
        ("<button>x</button>", "a button submits"),
        ('<a href="x"></a>', "a link has no words"),
        ('<a href="x"><button type="button">x</button></a>', "<button> stands inside <a>"),
        ("<p><b>x</p>", "unexpected-end-tag"),
        ("<table><p>x</table>", "foster-parenting"),
    ],
)
def test_the_check_sees(html: str, fault: str) -> None:
    """Each fault that a page must not have is found when it is put into a good one."""
    good = '<!DOCTYPE html><html lang="en"><head><title>t</title></head><body><h1>t</h1>{}</body></html>'
    assert find_faults(good.format("")) == []
    found = find_faults(good.format(html))
    assert any(fault in one for one in found) or (fault == "foster-parenting" and found), found


def test_landmarks(paper: PaperFactory) -> None:
    """One banner, one main, one footer; every navigation is named; the skip link comes first and leads to the text."""
    tree, _ = parse_page(render(paper(BODY, files=FILES), SETTING).html)
    body = tree.find("body")
    assert [e.tag for e in body] == ["a", "header", "div", "footer"]
    assert body[0].get("href") == "#main-matter"
    assert [e.get("id") for e in tree.iter("main")] == ["main-matter"]
    assert {e.get("aria-label") for e in tree.iter("nav")} == {"Edition", "Language", "Contents"}


def test_nothing_may_run_or_be_loaded_from_elsewhere(paper: PaperFactory) -> None:
    """The page's policy refuses everything but its own styles, fonts and pictures, and it holds no script."""
    tree, _ = parse_page(render(paper(BODY, files=FILES), SETTING).html)
    policies = [e.get("content") for e in tree.iter("meta") if e.get("http-equiv") == "Content-Security-Policy"]
    assert policies == [POLICY]
    rules = dict(rule.strip().split(" ", 1) for rule in POLICY.split(";"))
    assert rules.pop("default-src") == rules.pop("base-uri") == rules.pop("form-action") == "'none'"
    assert set(rules.values()) == {"'self'"}
    assert "script-src" not in rules
    assert not list(tree.iter("script"))


def test_a_note_opens_without_a_script_and_leads_back(paper: PaperFactory) -> None:
    """A note's number opens it; it stands at the chapter's end too, and leads back to its number."""
    tree, _ = parse_page(render(paper(BODY, files=FILES)).html)
    found = {e.get("id"): e for e in tree.iter() if e.get("id")}
    button = next(e for e in found["note-mark-1-1"].iter("button"))
    assert button.get("aria-label") == "Note 1"
    here = found[button.get("popovertarget")]
    assert here.get("popover") is not None
    assert "The note cites" in "".join(here.itertext())
    assert "The note cites" in "".join(found["note-1-1"].itertext())
    back = [a for a in found["note-1-1"].iter("a") if a.get("href") == "#note-mark-1-1"]
    assert [a.get("aria-label") for a in back] == ["Back to the text"]


def test_what_may_be_wide_scrolls_by_keyboard(paper: PaperFactory) -> None:
    """Tables and drawings stand in a region that has a name and takes the focus."""
    tree, _ = parse_page(render(paper(BODY, files=FILES)).html)
    regions = [e for e in tree.iter("div") if e.get("role") == "region"]
    assert [(e.get("tabindex"), e.get("aria-label")) for e in regions] == [
        ("0", "Figure 1"), ("0", "Table 1"), ("0", "Table 2"),
    ]  # fmt: skip
    inside = {child for region in regions for child in region.iter()}
    assert all(table in inside for table in tree.iter("table"))


def test_every_heading_is_its_own_link(paper: PaperFactory) -> None:
    """The number of a chapter or section leads to it."""
    tree, _ = parse_page(render(paper(BODY, files=FILES)).html)
    links = [
        (section.get("id"), [a.get("href") for a in section[0].iter("a")][:1])
        for section in tree.iter("section")
        if section.get("id")
    ]
    assert len(links) == 4
    assert all(link == [f"#{name}"] for name, link in links), links


def test_switches_and_download(paper: PaperFactory) -> None:
    """The switches name the editions in the right language, mark the one that is read, and the PDF says its size."""
    html = render(paper(BODY, files=FILES), SETTING).html
    tree, _ = parse_page(html)
    choices = [a for ul in tree.iter("ul") if ul.get("popover") is not None for a in ul.iter("a")]
    assert [(a.get("href"), a.get("hreflang"), a.get("lang"), a.get("aria-current")) for a in choices] == [
        ("index.html", "en", "en", "true"), ("../../global/en/index.html", "en", "en", None),
        ("index.html", "en", "en", "true"), ("../zh-Hans/index.html", "zh-Hans", "zh-Hans", None),
    ]  # fmt: skip
    assert "396 kB, 54 pages" in html
    assert 'href="tiny-cn-en.pdf"' in html


def test_a_page_alone_names_no_site(paper: PaperFactory) -> None:
    """Without a site there are no switches, no download and no addresses."""
    html = render(paper(BODY, files=FILES)).html
    assert not re.search(r"canonical|hreflang|switch|class=\"button\"|og:url", html)


def test_only_a_draft_is_kept_from_search_engines(paper: PaperFactory) -> None:
    """A draft says that it is one, and asks not to be indexed; a finished page does neither."""
    made = paper(BODY, files=FILES)
    for draft in (True, False):
        html = render(made, draft=draft).html
        assert ('content="noindex"' in html, "Draft: not for publication" in html) == (draft, draft)


def test_print_keeps_its_own(paper: PaperFactory) -> None:
    """The web's styles are no files of the printed page, nor print's of the web page."""
    made = paper(BODY, files=FILES)
    web = render(made).files
    assert {"web/web.css", "web/cover.svg", "web/figures/f.svg"} <= set(web)
    assert not [name for name in web if not name.startswith("web/")]
    assert not [name for name in _printed(made) if name.startswith("web/")]


def _printed(paper: Paper) -> Mapping[str, bytes]:
    edition = Edition("cn", "en", "en")
    mine = number_document(select_region(paper.document(), "cn"))
    localised, _ = translate_document(mine, edition, lambda msgid, _: msgid)
    page = render_page(localised, edition, paper.sources(), lambda text: text, Diagnostics())
    assert page is not None
    return page.files


def test_signs_of_markup_stay_signs(paper: PaperFactory) -> None:
    """Quotation marks and ampersands of a title are shown as they are, wherever the page repeats it."""
    made = paper(BODY, paper=PAPER.replace("Tiny Paper", '\\"A\\" & B > C &amp; D'), files=FILES)
    html = render(made, SETTING).html
    tree, _ = parse_page(html)
    assert find_faults(html) == []
    assert next(tree.iter("h1")).text == '"A" & B > C &amp; D'
    assert [e.get("content") for e in tree.iter("meta") if e.get("property") == "og:title"] == ['"A" & B > C &amp; D']


@pytest.mark.parametrize(
    ("size", "locale", "written"),
    [(396_123, "en", "396 kB"), (10, "en", "1 kB"), (1_250_000, "de", "1,2 MB"), (396_123, "zh_Hans_CN", "396 kB")],
)
def test_sizes_are_the_readers(size: int, locale: str, written: str) -> None:
    """A size is written in kilobytes or megabytes, with the separators of the language."""
    assert format_size(size, Edition("x", "x", locale).babel).replace("\u00a0", " ") == written
