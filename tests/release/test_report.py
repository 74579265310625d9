"""Comparisons for readers, and as JSON."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from imprint.localize.compare.passages import DATA, TEXT, Passage, parse_passages
from imprint.release.comparison import (
    Issued,
    compare_editions,
    compare_issued,
    write_json,
    write_passages,
)
from imprint.release.differences import render_differences, write_differences_html, write_differences_markdown
from imprint.release.report import write_html, write_markdown


def passage(text: str, msgid: str = "", *, heading: str = "One", kind: str = "paragraph", slot: str = "") -> Passage:
    origin = DATA if slot else TEXT
    return Passage("ch-one", heading, kind, origin, "content/01-one.md", msgid or text, text, None, slot)


OLD = Issued("1.0.0", {"cn/en": [passage("We keep <data>."), passage("Same.")], "cn/fr": [passage("Bon.")]})
NEW = Issued("1.1.0", {"cn/en": [passage("We keep *no* <data>."), passage("Same.")], "cn/de": [passage("Gut.")]})


def test_markdown() -> None:
    """By edition, cause and chapter; what is Markdown or HTML in a passage is shown as written."""
    text = write_markdown("What changed", compare_issued(OLD, NEW)).decode()
    assert "## cn/en\n\nSource changes: 1.\n\n### Source changes\n\n**One**\n" in text
    assert r"- paragraph changed: We keep <ins>\*no\* </ins>&#60;data&#62;." in text
    assert "## cn/de\n\nNew in 1.1.0." in text
    assert "## cn/fr\n\nNot in 1.1.0; last in 1.0.0." in text


def test_html() -> None:
    """The same as HTML, with the passage's language; nothing of a passage becomes markup."""
    text = write_html("What changed", compare_issued(OLD, NEW)).decode()
    assert '<span lang="en" dir="auto">We keep <ins>*no* </ins>&lt;data&gt;.</span>' in text
    assert "<script" not in text


def test_json_holds_the_law() -> None:
    """The JSON's runs alone give both texts."""
    data = json.loads(write_json(compare_issued(OLD, NEW)))
    (change,) = data["editions"][0]["changes"]
    assert "".join(text for sign, text in change["words"] if sign != "+") == change["old"]["text"]
    assert "".join(text for sign, text in change["words"] if sign != "-") == change["new"]["text"]
    assert [edition["state"] for edition in data["editions"]] == ["kept", "new", "withdrawn"]


WORDS = st.text(max_size=4)


@given(
    st.lists(
        st.builds(
            Passage, WORDS, WORDS, WORDS, st.sampled_from([TEXT, DATA]), WORDS, WORDS, WORDS, st.none() | WORDS, WORDS
        ),
        max_size=4,
    )
)
def test_passages_are_read_again(passages: list[Passage]) -> None:
    """Law: what a release says of its passages is what they were (no context and an empty one are the same)."""
    read = parse_passages(write_passages("cn/en", passages))
    assert [(p.said[:2], p.context or None, p.said[3:]) for p in read] == [
        (p.said[:2], p.context or None, p.said[3:]) for p in passages
    ]


EDITIONS = Issued(
    "",
    {
        "cn/en": [
            passage("China Version", slot="edition_name"),
            passage("Only here", kind="heading"),
            passage("a | b"),
        ],
        "global/en": [passage("World Version", slot="edition_name"), passage("Shared.", heading="Two")],
        "global/zh-Hans": [passage("国际版", "World Version", slot="edition_name")],
    },
)


def test_what_differs_between_editions() -> None:
    """A table by chapter: what only one of the two says stands in its column."""
    comparison = compare_editions(EDITIONS, "cn/en", "global/en")
    text = write_differences_markdown(comparison).decode()
    assert "| | cn/en | global/en |" in text
    assert "| heading | Only here | – |" in text
    assert r"| paragraph | a \| b | – |" in text
    assert "| paragraph | – | Shared. |" in text
    html = write_differences_html(comparison).decode()
    assert '<th scope="row">heading</th><td lang="en" dir="auto">Only here</td>' in html


def test_differences_for_the_start_page() -> None:
    """For each language with two editions, sections and named facts, under the editions' own names."""
    found = render_differences(EDITIONS.editions)
    assert list(found) == ["en"]
    assert '<th scope="col">China Version</th><th scope="col">World Version</th>' in found["en"]
    assert "Only here" in found["en"]
    assert "a | b" not in found["en"]


def test_two_languages() -> None:
    """Editions of two languages are held against each other by their sources."""
    comparison = compare_editions(EDITIONS, "global/en", "global/zh-Hans")
    assert [change.sort for change in comparison.changes] == ["removed"]
