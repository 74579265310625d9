"""One market's part of the paper, its sections nested and everything numbered."""

from __future__ import annotations

import pytest

from imprint.content.number import Label, cited_sources, collect_labels, number_document
from imprint.content.select import select_region
from imprint.content.tree import Element, Text, walk
from tests.conftest import PaperFactory
from tests.papers import PAPER, Paper

BODY = """\
Intro[^b] [@law-1].

## Both {#sec-both}

### Inner {#sec-inner}

Deep.

## Only here {#sec-cn regions="cn"}

China[^a].

### Its part {#sec-part}

Gone with it.

## Last {#sec-last}

/// region | !cn

World[^a].

///

/// table
    id: tab-a

Caption.

| A |
|---|
| b |
///

[^a]: First defined.

[^b]: Second defined.
"""

FIRST = """\
# For China {#ch-cn regions="cn"}

/// table
    id: tab-b

Caption.

| A |
|---|
| b |
///
"""


@pytest.fixture
def made(paper: PaperFactory) -> Paper:
    """Two chapters; the second is for one market."""
    return paper(
        BODY,
        paper=PAPER.replace('"01-one.md"', '"00-cn.md", "01-one.md"'),
        files={"content/00-cn.md": FIRST},
    )  # fmt: skip


def numbers(made: Paper, region: str) -> dict[str, str]:
    document = number_document(select_region(made.document(), region))
    return {
        node.attrs["id"]: node.attrs["number"]
        for chapter in document.chapters
        for node in walk(chapter)
        if isinstance(node, Element) and "number" in node.attrs
    }


def test_one_market(made: Paper) -> None:
    """Region blocks, headings and chapters of other markets go, with all that is below them; numbers close up."""
    assert numbers(made, "cn") == {
        "ch-cn": "1", "tab-b": "1", "ch-one": "2", "sec-both": "2.1", "sec-inner": "2.1.1", "sec-cn": "2.2",
        "sec-part": "2.2.1", "sec-last": "2.3", "tab-a": "2", "a": "2", "b": "1",
    }  # fmt: skip
    assert numbers(made, "global") == {
        "ch-one": "1", "sec-both": "1.1", "sec-inner": "1.1.1", "sec-last": "1.2", "tab-a": "1", "a": "2", "b": "1",
    }  # fmt: skip


def test_texts_of_a_market(made: Paper) -> None:
    """No market shows another's words."""
    shown = {n.text for c in select_region(made.document(), "global").chapters for n in walk(c) if isinstance(n, Text)}
    assert "World[^a]." in shown
    assert not shown & {"China[^a].", "Gone with it.", "For China", "Its part"}


def test_sections_nest(made: Paper) -> None:
    """A heading and what follows it is a section inside the one above it; notes stay at the chapter's end."""
    chapter = select_region(made.document(), "cn").chapters[1]
    tags = [child.tag for child in chapter.children if isinstance(child, Element)]
    assert tags == ["h1", "p", "section", "section", "section", "fnote", "fnote"]
    first = chapter.children[2]
    assert isinstance(first, Element)
    assert [child.tag for child in first.children if isinstance(child, Element)] == ["h2", "section"]


def test_labels(made: Paper) -> None:
    """What a cross reference can say: kind, number and title."""
    labels = collect_labels(number_document(select_region(made.document(), "cn")))
    label = labels["sec-inner"]
    assert (label.kind, label.number, label.title.text if label.title else "") == ("section", "2.1.1", "Inner")
    assert {key: value.kind for key, value in labels.items()}["tab-a"] == "table"
    assert "a" not in labels
    assert isinstance(label, Label)


def test_cited_sources(made: Paper) -> None:
    """The sources that an edition cites, and only those."""
    assert cited_sources(select_region(made.document(), "global")) == ("law-1",)


def test_every_market_numbers_the_same_twice(made: Paper) -> None:
    """Numbering what is numbered changes nothing."""
    once = number_document(select_region(made.document(), "cn"))
    assert number_document(once) == once
