"""The passages of an edition, as its reader meets them."""

from __future__ import annotations

from imprint.base.diagnostic import Diagnostics
from imprint.localize.approved import load_approved
from imprint.localize.compare.passages import DATA, LABEL, TEXT, Passage
from imprint.pipeline import load
from imprint.release.issue import passages_of
from tests.conftest import PaperFactory
from tests.papers import CN, Paper

BODY = """\
Text about {product} [@law-1].

/// region | cn
Only in this market.
///

/// table | facts
    id: tab-facts

The facts.
///
"""
FACTS = """\
[[columns]]
key = "name"
title = "Name"

[[columns]]
key = "when"
title = "When"
type = "date"

[[rows]]
name = "A fact"
when = 2021-12-28
"""
FILES = {
    "content/data/facts.toml": FACTS,
    "content/regions/cn.toml": CN + '\n[placeholders]\nlaw = { text = "Law of the land", translate = true }\n',
}


def passages(paper: Paper, name: str) -> tuple[Passage, ...]:
    loaded = load(paper.sources(), Diagnostics())
    edition = next(e for e in loaded.document.paper.editions() if str(e) == name)
    return passages_of(loaded, edition, load_approved(paper.sources(), edition, Diagnostics()))


def test_order_and_origin(paper: PaperFactory) -> None:
    """Title page, chapter, table, sources, templates' words; facts of markets and tables are data."""
    found = passages(paper(BODY, files=FILES), "cn/en")
    parts = list(dict.fromkeys(passage.part for passage in found))
    assert parts == ["meta", "ch-one", "sources", "labels"]
    told = {(p.kind, p.msgid): p.origin for p in found}
    assert told["heading", "One"] == TEXT
    assert told["cell", "A fact"] == DATA
    assert told["placeholder", "Law of the land"] == DATA
    assert {p.origin for p in found if p.part == "labels"} == {LABEL}
    assert {p.heading for p in found if p.part == "ch-one"} == {"One"}


def test_only_what_the_market_shows(paper: PaperFactory) -> None:
    """A region's text and placeholders are only in its own editions."""
    made = paper(BODY, files=FILES)
    here, there = ({p.msgid for p in passages(made, name)} for name in ("cn/en", "global/en"))
    assert here - there >= {"Only in this market.", "Law of the land", "Mainland China"}
    assert there - here == {"World", "International Version"}


def test_values_are_plain_and_as_shown(paper: PaperFactory) -> None:
    """A date is compared as a date, and shown as the edition's language writes it."""
    made = paper(BODY, files=FILES)
    for name, shown in (("global/en", "December 28, 2021"), ("global/zh-Hans", "2021年12月28日")):
        (date,) = [p for p in passages(made, name) if p.kind == "date"]
        assert (date.msgid, date.text, date.origin) == ("2021-12-28", shown, DATA)


def test_names_and_sources_have_slots(paper: PaperFactory) -> None:
    """A placeholder and a source are known by their names, whatever they say."""
    slots = {p.slot: p.text for p in passages(paper(BODY, files=FILES), "cn/en") if p.slot}
    assert slots["law"] == "Law of the land"
    assert slots["product"] == "Widget"
    assert slots["law-1"] == "A law · A press · 2021 · https://example.org/law"
