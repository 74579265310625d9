"""What an edition's HTML promises: text in source order, headings, notes, figures, metadata."""

from __future__ import annotations

import pytest
from weasyprint import HTML

from imprint.paginate.preflight.expectation import Expectation, expect_tree, normalise


def expect(body: str, head: str = "") -> Expectation:
    page = f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>'
    return expect_tree(HTML(string=page).etree_element)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>one</p><p>two</p>", "one two"),
        ("<p>o<b>n</b>e, <i>two</i></p>", "one, two"),
        ("<p>one<br>two</p>", "one two"),
        ("<ul><li>a<li>b</ul>tail", "a b tail"),
        ("<p>a<script>x</script><span hidden>y</span><i aria-hidden=true>z</i>b</p>", "a b"),
        ("<p>a<!-- c -->b</p>", "ab"),
        ("<p>so\u00adft \u2060and\u00a0hard</p>", "soft and hard"),
        ("<p>e\u0301</p>", "é"),
    ],
)
def test_text_in_source_order(body: str, text: str) -> None:
    """Blocks are parted, inline elements are not; what is not drawn is left out; the text is NFC."""
    assert expect(body).text == text


def test_notes_are_kept_apart() -> None:
    """A footnote's text is no part of its sentence, nor of a heading."""
    found = expect('<h2>Head<span class="footnote">Note one.</span></h2><p>a <i role="doc-footnote">Two</i>b</p>')
    assert found.notes == ("Note one.", "Two")
    assert found.headings == ((2, "Head"),)
    assert found.text == "Head a b"


def test_figures_by_their_alternative_text() -> None:
    """Pictures and drawings count by what they say; decorations do not."""
    found = expect(
        '<img alt="A  square" src="x"><img alt="" src="y">'
        '<svg xmlns="http://www.w3.org/2000/svg"><title>A drawing</title><text>label</text></svg>'
    )
    assert found.figures == ("A square", "A drawing")
    assert found.text == ""


def test_metadata() -> None:
    """Title, author, subject, keywords and the day come from the head."""
    head = (
        '<title>T</title><meta name="author" content="A"><meta name="keywords" content="k, l">'
        '<meta name="description" content="S"><meta name="dcterms.created" content="2026-11-24T08:00:00Z">'
    )
    found = expect("", head)
    assert (found.title, found.author, found.subject, found.keywords) == ("T", "A", "S", ("k", "l"))
    assert (found.date, found.language) == ("2026-11-24", "en")


def test_depth_is_no_limit() -> None:
    """A tree deeper than Python's stack is read."""
    from xml.etree.ElementTree import Element

    root = inner = Element("html")
    for _ in range(5000):
        child = Element("div")
        inner.append(child)
        inner = child
    inner.text = "deep"
    assert expect_tree(root).text == "deep"


def test_normalise_is_idempotent() -> None:
    """Normalising twice is normalising once."""
    text = " a\u00ad\n\te\u0301\u2066x\u2069 "
    assert normalise(normalise(text)) == normalise(text) == "a éx"
