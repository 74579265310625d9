"""A whole site of a small paper: every page valid, every link inside it found, pages telling of each other."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from xml.etree import ElementTree

import pytest

from imprint.release.site.build import Pinned, build_site
from imprint.release.site.start import START_POLICY
from tests.conftest import PaperFactory
from tests.papers import PAPER, make_paper
from tests.validity import find_faults, parse_page
from tests.webs import BODY, FILES, downloads, loaded, packed, quick_packing, site_of, workshop

URL = "https://example.org/paper/"
WITH_URL = f'{PAPER}\n[site]\nurl = "{URL.rstrip("/")}"\n'
PAGES = ["404.html", "cn/en/index.html", "cn/zh-Hans/index.html", "global/en/index.html", "global/zh-Hans/index.html",
         "index.html"]  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The site with an address."""
    return site_of(make_paper(tmp_path_factory.mktemp("paper"), BODY, paper=WITH_URL, files=FILES), draft=True)


def test_its_files(site: Mapping[str, bytes]) -> None:
    """A page for each edition, the start page, the page for what is not there, and what search engines read."""
    assert [path for path in site if path.endswith(".html")] == PAGES
    assert {"robots.txt", "sitemap.xml", "web/suggest.js", "cn/en/web/web.css"} <= set(site)
    assert list(site) == sorted(site)


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_valid(site: Mapping[str, bytes], path: str) -> None:
    """No page has a fault that a parser or our promises know."""
    assert find_faults(site[path].decode()) == []


def test_every_link_inside_the_site_is_found(site: Mapping[str, bytes]) -> None:
    """Each address of a page, relative or below the site's own, is a file of the site or one of the PDFs."""
    missing = []
    for path in PAGES:
        tree, _ = parse_page(site[path].decode())
        for element in tree.iter():
            for url in filter(None, (element.get("href"), element.get("src"))):
                target = resolve(path, url.split("#")[0])
                if target is not None and target not in site and not target.endswith(".pdf"):
                    missing.append((path, url))
    assert not missing


def resolve(page: str, url: str) -> str | None:
    """The file of the site that an address on the page means; None for one elsewhere."""
    if url.startswith((URL, "/paper/")):
        inside = url.removeprefix(URL).removeprefix("/paper/")
    elif ":" in url:
        return None
    else:
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(page), url)) if url else page
    return f"{inside}index.html" if inside == "" or inside.endswith("/") else inside


def test_styles_load_what_is_there(site: Mapping[str, bytes]) -> None:
    """Each `url()` of a style sheet is a file beside it."""
    for path in (path for path in site if path.endswith(".css")):
        for url in re.findall(r'url\("?([^")]+)"?\)', site[path].decode()):
            assert posixpath.normpath(posixpath.join(posixpath.dirname(path), url)) in site, (path, url)


def test_alternates_are_reciprocal(site: Mapping[str, bytes]) -> None:
    """Every page that a page names as an alternate names that page in turn, and the sitemap says the same."""
    told = {path: alternates(site[path]) for path in PAGES if path != "404.html"}
    assert len({frozenset(pairs) for pairs in told.values()}) == 1
    pairs = told["index.html"]
    assert dict(pairs)["x-default"] == URL
    assert {resolve("", href) for _, href in pairs} == set(told)
    root = ElementTree.fromstring(site["sitemap.xml"])  # our own bytes
    listed = [
        {(link.get("hreflang"), link.get("href")) for link in entry.iter("{http://www.w3.org/1999/xhtml}link")}
        for entry in root
    ]
    assert len(listed) == len(told)
    assert all(found == set(pairs) for found in listed)


def alternates(page: bytes) -> list[tuple[str, str]]:
    tree, _ = parse_page(page.decode())
    return [(e.get("hreflang"), e.get("href")) for e in tree.iter("link") if e.get("rel") == "alternate"]


def test_the_start_page_offers_every_edition(site: Mapping[str, bytes]) -> None:
    """Each edition's page and PDF is linked in its own language, and every suggestion is hidden until a script asks."""
    tree, _ = parse_page(site["index.html"].decode())
    sections = {e.get("lang"): [a.get("href") for a in e.iter("a")] for e in tree.iter("section")}
    assert sections == {
        language: [
            href
            for region in regions
            for href in (f"{region}/{language}/index.html", f"{region}/{language}/tiny-{region}-{language}.pdf")
        ]
        for language, regions in (("zh-Hans", ("cn", "global")), ("en", ("cn", "global")))
    }
    suggestions = [e for e in tree.iter() if e.get("data-suggest")]
    assert [e.get("lang") for e in suggestions] == ["zh-Hans", "en"]
    assert all(e.get("hidden") is not None for e in suggestions)


def test_only_the_start_page_has_a_script(site: Mapping[str, bytes]) -> None:
    """It is a file of the site, and the page's policy allows it and no other."""
    scripts = {path: re.findall(r"<script[^>]*>", site[path].decode()) for path in PAGES}
    assert {path: found for path, found in scripts.items() if found} == {
        "index.html": ['<script src="web/suggest.js" defer>']
    }
    assert "script-src 'self'" in START_POLICY
    assert "unsafe" not in START_POLICY
    assert not re.search(rb"fetch|XMLHttp|cookie|localStorage|location|import", site["web/suggest.js"])


def test_a_site_without_an_address_is_relative(paper: PaperFactory) -> None:
    """It has no sitemap and no canonical links; the pages still find each other."""
    site = site_of(paper(BODY, files=FILES))
    assert "sitemap.xml" not in site
    assert b"Sitemap" not in site["robots.txt"]
    assert b"canonical" not in site["cn/en/index.html"]
    assert ("en-CN", "index.html") in alternates(site["cn/en/index.html"])
    assert b'href="/web/web.css"' in site["404.html"]


def test_the_same_bytes_again(paper: PaperFactory) -> None:
    """Building a site twice gives the same bytes."""
    made = paper(BODY, files=FILES)
    assert site_of(made) == site_of(made)


def test_a_pinned_edition_is_carried_unchanged(paper: PaperFactory) -> None:
    """Its files are the old bytes, the start page says of which version, and the switches still lead to it."""
    read, sources = loaded(paper(BODY, files=FILES))
    offered = downloads(read)
    kept = next(edition for edition in offered if str(edition) == "global/zh-Hans")
    old = Pinned("0.9.0", {"index.html": b"old page", "web/web.css": b"old style"})
    with quick_packing(packed()):
        site = build_site(read, offered, sources, workshop(), draft=True, pinned={kept: old})
    assert site["global/zh-Hans/index.html"] == b"old page"
    assert [path for path in site if path.startswith("global/zh-Hans/")] == [
        "global/zh-Hans/index.html", "global/zh-Hans/web/web.css",
    ]  # fmt: skip
    assert site["index.html"].count(b"0.9.0") == 1
    assert b"../../global/zh-Hans/index.html" in site["cn/zh-Hans/index.html"]
