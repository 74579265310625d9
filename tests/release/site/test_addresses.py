"""Where the pages of a site are: links between them, switches, and what search engines are told."""

from __future__ import annotations

import pytest

from imprint.base.diagnostic import Diagnostics
from imprint.base.edition import Edition
from imprint.content.region import load_regions
from imprint.markup.setting import Download
from imprint.release.site.addresses import Addresses
from tests.conftest import PaperFactory

EU = 'name = "EU"\nedition = "European Version"\nterritory = "EU"\nlanguages = ["en", "fr"]\n'
URL = "https://example.org/paper/"


@pytest.fixture
def addresses(paper: PaperFactory) -> Addresses:
    """Mainland China (zh, en), the European Union (en, fr) and the world (en, zh)."""
    regions = load_regions(paper(files={"content/regions/eu.toml": EU}).sources(), Diagnostics())
    editions = tuple(edition for region in regions.values() for edition in region.editions())
    return Addresses(editions, regions, URL)


def named(addresses: Addresses) -> dict[str, str]:
    return {str(edition): tag for edition, tag in addresses.hreflangs().items()}


def test_each_edition_has_a_tag_of_its_own(addresses: Addresses) -> None:
    """A country's market is language and country, the world's the language, any other a language that nobody has."""
    assert named(addresses) == {
        "cn/zh-Hans": "zh-Hans-CN", "cn/en": "en-CN", "eu/fr": "fr", "global/en": "en", "global/zh-Hans": "zh-Hans",
    }  # fmt: skip


def test_a_tag_with_a_country_gets_no_second(paper: PaperFactory) -> None:
    """Portugal's text in Brazil's market is `pt-PT`, there and everywhere."""
    region = 'name = "B"\nedition = "B"\nterritory = "BR"\nlanguages = ["pt", "pt-PT"]\n'
    regions = load_regions(paper(files={"content/regions/br.toml": region}).sources(), Diagnostics())
    brazil = Addresses(regions["br"].editions(), regions, URL)
    assert named(brazil) == {"br/pt": "pt-BR", "br/pt-PT": "pt-PT"}


def test_alternates_are_the_same_everywhere(addresses: Addresses) -> None:
    """Every page names every other and itself, and the start page for all the rest; the addresses are whole."""
    whole = {alternate.hreflang: alternate.href for alternate in addresses.alternates("cn/en")}
    assert whole["en-CN"] == f"{URL}cn/en/"
    assert whole["x-default"] == URL
    assert all(addresses.alternates(e.folder()) == addresses.alternates("") for e in addresses.editions)


def test_the_page_says_its_own_address(addresses: Addresses) -> None:
    """The canonical address of a page is the one that the alternates give it."""
    edition = next(iter(addresses.editions))
    setting = addresses.setting(edition, {"cn": "C", "eu": "E", "global": "G"}, Download("a.pdf", 1, 1))
    tag = addresses.hreflangs()[edition]
    assert [alternate.href for alternate in setting.alternates if alternate.hreflang == tag] == [setting.canonical]


def test_without_an_address_links_are_relative(addresses: Addresses) -> None:
    """Nothing of a site that does not know its address begins with a scheme or a slash."""
    here = Addresses(addresses.editions, addresses.regions)
    setting = here.setting(addresses.editions[0], {"cn": "C", "eu": "E", "global": "G"}, Download("x/a.pdf", 1, 1))
    hrefs = [a.href for a in setting.alternates] + [c.href for c in (*setting.regions, *setting.languages)]
    assert "../../global/en/index.html" in hrefs
    assert not [href for href in hrefs if ":" in href or href.startswith("/")]
    assert setting.canonical == ""
    assert setting.download == Download("../../x/a.pdf", 1, 1)


def test_the_switch_of_markets_keeps_the_language(addresses: Addresses) -> None:
    """From Chinese one comes to Chinese where there is any, else to the market's first language."""
    edition = Edition("cn", "zh-Hans", "zh_Hans_CN")
    setting = addresses.setting(edition, {"cn": "中国", "eu": "欧盟", "global": "国际"}, Download("a.pdf", 1, 1))
    assert [(c.name, c.hreflang, c.current) for c in setting.regions] == [
        ("中国", "zh-Hans", True), ("欧盟", "en", False), ("国际", "zh-Hans", False),
    ]  # fmt: skip
    assert [(c.name, c.language, c.current) for c in setting.languages] == [
        ("简体中文", "zh-Hans", True), ("English", "en", False),
    ]  # fmt: skip


@pytest.mark.parametrize(("url", "root"), [("", "/"), ("https://example.org/", "/"), (URL, "/paper/")])
def test_the_root_is_a_path(addresses: Addresses, url: str, root: str) -> None:
    """A page that is shown at any address links to the path of the site on its server."""
    assert Addresses(addresses.editions, addresses.regions, url).root == root
