"""Every edition's page in a real browser: axe-core, both colour schemes, a narrow screen, the keyboard, the policy."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from imprint.base.diagnostic import Diagnostics
from imprint.base.sources import Sources
from imprint.content.paper import load_paper
from tests.browser.conftest import NEEDED, Visit
from tests.papers import ENGINE

pytestmark = NEEDED

_PAPER = load_paper(Sources({"paper": ENGINE, "engine": ENGINE}), Diagnostics())
assert _PAPER is not None
EDITIONS = [f"{edition.folder()}/index.html" for edition in _PAPER.editions()]
PAGES = [*EDITIONS, "index.html", "404.html"]
LONGEST = "global/en/index.html"
SMALL = "small/cn/en/index.html"
UNFOLD = "document.querySelectorAll('details').forEach(folded => { folded.open = true })"
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


# Judging a text's colours takes axe-core milliseconds, and editions in one language have the same styles.
COLOURS = ["color-contrast", "link-in-text-block"]
# The first three elements with text of each kind: the way of tags and classes down to it, and what makes its contrast.
SAMPLE = """
(() => {
  const seen = new Map();
  return [...document.querySelectorAll("body *")].filter(element => {
    if (![...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())) return false;
    const key = [];
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      key.push(at.localName, at.getAttribute("class"), style.backgroundColor, style.opacity);
      if (at === element) key.push(style.color, style.fontSize, style.fontWeight);
    }
    const name = key.join("|");
    seen.set(name, (seen.get(name) || 0) + 1);
    return seen.get(name) <= 3;
  });
})()
"""


def judge(page: Page, *, where: str = "document", **options: object) -> list[str]:
    """What axe-core finds: rules of WCAG 2.2 and best practices (or of the options), and what breaks them."""
    page.evaluate(AXE)
    found: Any = page.evaluate(
        f"options => axe.run({where}, options)", {"resultTypes": ["violations"], "preload": False, **options}
    )
    return [
        f"{violation['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(visit: Visit, path: str) -> None:
    """No rule of axe-core is broken, whatever is unfolded (but for colours, which have a test of their own)."""
    page = visit.open(path)
    page.evaluate(UNFOLD)
    assert judge(page, rules={rule: {"enabled": False} for rule in COLOURS}) == []


@pytest.mark.parametrize("path", [LONGEST, "index.html", "404.html"])
@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(18, 25, 31)")])
def test_colours_are_told_apart(visit: Visit, path: str, scheme: str, ground: str) -> None:
    """In the light and in the dark, where the colours are really others, no text is too pale."""
    page = visit.open(path, scheme=scheme)
    page.evaluate(UNFOLD)
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == ground
    assert judge(page, where=SAMPLE, runOnly=COLOURS) == []


def test_axe_sees(visit: Visit) -> None:
    """A pale word, a picture without words and a nameless button put into a page are found: the judge is awake."""
    page = visit.open("404.html")
    page.evaluate(
        "document.querySelector('main p').insertAdjacentHTML('afterend',"
        "'<p class=pale>pale</p><img src=\"/web/icon.svg\"><button></button>');"
        "document.querySelector('.pale').style.color = '#bbb'"
    )
    rules = {finding.split(":")[0] for finding in judge(page)}
    assert {"color-contrast", "image-alt", "button-name"} <= rules
    assert [finding.split(":")[0] for finding in judge(page, where=SAMPLE, runOnly=COLOURS)] == ["color-contrast"]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_refused_and_nobody_else_is_asked(visit: Visit, path: str) -> None:
    """The policy refuses nothing, no file is missing or broken, and every request goes to the site."""
    page = visit.open(path)
    states = page.evaluate("[...document.fonts].map(f => f.status)")
    assert "error" not in states
    assert states.count("loaded") >= 4
    assert visit.complaints == []
    assert len(visit.requests) > 6
    assert [url for url in visit.requests if not url.startswith(visit.address)] == []


def test_the_policy_holds(visit: Visit) -> None:
    """What the policy does not allow does not run: an inline script, a style, a foreign picture."""
    page = visit.open(SMALL)
    page.evaluate(
        "const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.body.append(s);"
        "const i = document.createElement('img'); i.src = 'https://example.org/x.png'; document.body.append(i);"
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    assert len([text for text in visit.complaints if "Content Security Policy" in text]) == 2
    assert not [url for url in visit.requests if "example.org" in url]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways(visit: Visit, path: str) -> None:
    """The page is as wide as the screen; only tables and drawings scroll, by themselves, and take the focus for it.

    No label leaves its drawing.
    """
    page = visit.open(path, width=320)
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        wide = page.evaluate(WIDE)
        assert all(wide)
        assert wide or width > 400 or path not in EDITIONS
        assert page.evaluate(OUTSIDE) == []


# Whether each element that scrolls sideways takes the focus.
WIDE = """
[...document.querySelectorAll("body *")]
  .filter(e => e.scrollWidth > e.clientWidth + 1 && ["auto", "scroll"].includes(getComputedStyle(e).overflowX))
  .map(e => e.matches("[tabindex='0'], pre"))
"""
# The words of labels that stand out of their drawings.
OUTSIDE = """
[...document.querySelectorAll(".drawing text")].filter(text => {
  const inner = text.getBoundingClientRect(), outer = text.ownerSVGElement.getBoundingClientRect();
  return inner.left < outer.left - 1 || inner.right > outer.right + 1
    || inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1;
}).map(text => text.textContent)
"""


def test_the_keyboard_comes_everywhere(visit: Visit) -> None:
    """The skip link comes first and shows; then the switches; every stop is seen by its outline."""
    page = visit.open(SMALL)
    page.keyboard.press("Tab")
    assert focused(page) == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")
    page = visit.open(SMALL)
    stops = []
    for _ in range(5):
        page.keyboard.press("Tab")
        stops.append(focused(page))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert stops == ["skip", "home", "switch-open", "switch-open", "button"]


def focused(page: Page) -> str:
    """The class of the element that has the focus."""
    return str(page.evaluate("document.activeElement.className"))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_switches_lead_to_the_other_editions(visit: Visit, scripts: bool) -> None:
    """By keyboard, with and without scripts: the language changes and the market stays, and the other way round."""
    page = visit.open("cn/en/index.html", scripts=scripts)
    choose(page, "language", "简体中文", f"{visit.address}cn/zh-Hans/index.html")
    choose(page, "region", "国际版", f"{visit.address}global/zh-Hans/index.html")
    page.go_back()
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    page.locator(".home").click()
    assert page.url == f"{visit.address}index.html"


def choose(page: Page, switch: str, name: str, target: str) -> None:
    """Open a switch, which Escape closes, and follow one of its links to the target, with keys alone."""
    opener = page.locator(f"[popovertarget=switch-{switch}]")
    choices = page.locator(f"#switch-{switch}")
    assert not choices.is_visible()
    opener.focus()
    page.keyboard.press("Enter")
    assert choices.is_visible()
    page.keyboard.press("Escape")
    assert not choices.is_visible()
    page.keyboard.press("Enter")
    choices.get_by_role("link", name=name).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(target)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("width", [360, 1280])
def test_notes_open_where_they_stand(visit: Visit, width: int, scripts: bool) -> None:
    """A key opens the note inside the window, another closes it; the note at the chapter's end leads back."""
    page = visit.open(SMALL, width=width, scripts=scripts)
    mark = page.locator(".note-mark button").first
    note = page.locator(".note").first
    assert not note.is_visible()
    mark.focus()
    page.keyboard.press("Enter")
    assert note.is_visible()
    box = note.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert 0 <= box["y"] <= 800 - box["height"] + 1
    page.keyboard.press("Escape")
    assert not note.is_visible()
    page.locator(".notes .back").first.click()
    assert page.url.endswith("#note-mark-1-1")
    assert mark.is_visible()


def test_the_contents_follow_the_reader(visit: Visit) -> None:
    """Beside the text on a wide screen, folded on a narrow one, and each of its links leads to its heading."""
    page = visit.open("cn/en/index.html")
    side, fold = page.locator(".contents-side"), page.locator(".contents-fold")
    assert (side.is_visible(), fold.is_visible()) == (True, False)
    link = side.locator("a").nth(10)
    target = (link.get_attribute("href") or "").removeprefix("#")
    link.click()
    top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", target)
    assert 0 <= top < 200
    shown = side.bounding_box()
    assert shown
    assert shown["y"] < 10
    narrow = visit.open("cn/en/index.html", width=360)
    assert narrow.locator(".contents-side").is_visible() is False
    assert narrow.locator(".contents-fold a").first.is_visible() is False
    narrow.locator(".contents-fold summary").focus()
    narrow.keyboard.press("Enter")
    assert narrow.locator(".contents-fold a").first.is_visible()


@pytest.mark.parametrize(
    ("locale", "suggested"),
    [("en-GB", "en"), ("zh-CN", "zh-Hans"), ("zh-SG", "zh-Hans"), ("zh-TW", None), ("fr-FR", None)],
)
def test_the_browsers_language_is_suggested_and_not_forced(visit: Visit, locale: str, suggested: str | None) -> None:
    """The start page stays where it is, and shows at most one suggestion: the reader's language and script."""
    page = visit.open("index.html", locale=locale)
    assert page.url == f"{visit.address}index.html"
    shown = page.locator(".suggestion:visible")
    assert [one.get_attribute("lang") for one in shown.all()] == ([suggested] if suggested else [])
    assert page.locator(".edition-name").count() == len(EDITIONS)


@pytest.mark.parametrize(
    ("locale", "suggested"),
    [("pt-PT", "pt-PT"), ("pt-BR", "pt"), ("pt-AO", "pt-PT"), ("zh-HK", "zh-Hant-HK"), ("zh-TW", "zh-Hant")],
)
def test_a_readers_own_country_goes_first(visit: Visit, locale: str, suggested: str) -> None:
    """Of two editions of one language, the reader's country's is suggested, else the one that is named first."""
    page = visit.open("cn/en/index.html", locale=locale)
    offered = "".join(f"<p hidden data-suggest='{tag}'></p>" for tag in ("pt-PT", "pt", "zh-Hant", "zh-Hant-HK"))
    page.evaluate("offered => { document.body.innerHTML = offered; }", offered)
    page.evaluate(f"() => {{ {(ENGINE / 'templates/web/suggest.js').read_text(encoding='utf-8')} }}")
    shown = page.evaluate("[...document.querySelectorAll('p:not([hidden])')].map(one => one.dataset.suggest)")
    assert shown == [suggested]


def test_the_start_page_needs_no_script(visit: Visit) -> None:
    """Without scripts every edition is offered, and nothing is suggested."""
    page = visit.open("index.html", scripts=False)
    assert page.locator(".suggestion:visible").count() == 0
    page.locator(".edition-name").first.click()
    assert page.url == f"{visit.address}{EDITIONS[0]}"


@pytest.mark.parametrize("path", ["cn/zh-Hans/index.html", SMALL])
def test_a_site_opens_from_a_folder(visit: Visit, site: Path, path: str) -> None:
    """Without a server, from a disk, the page has its style and its fonts."""
    page = visit.open((site / path).as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.cover')).backgroundColor") == "rgb(15, 92, 110)"
    assert page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').length") >= 4
    assert visit.complaints == []
