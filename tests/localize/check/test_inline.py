"""Taking inline Markdown apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprint.localize.check.inline import Inline
from tests.cost import cost_of


def kinds(text: str) -> list[tuple[str, str]]:
    """The tokens' kinds and values."""
    return [(token.kind, token.value) for token in Inline(text).tokens]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("[a](https://x.org/b_(c))", [("link", "https://x.org/b_(c)")]),
        ('[a](#b "title")', [("link", "#b")]),
        ("[](#fig-a)", [("reference", "#fig-a")]),
        ("![a](b.png)", [("image", "b.png")]),
        ("x[^n] [@a;@b]", [("footnote", "n"), ("citation", "@a; @b")]),
        ("[^ n] [@ a]", []),
        ("``a ` b`` `c*d*`", [("code", "a ` b"), ("code", "c*d*")]),
        ("**a *b* c**", [("strong", "*"), ("emphasis", "*")]),
        ("***a***", [("strong", "*"), ("emphasis", "*")]),
        ("2 * 3 * 4", []),
        ("snake_case_name _a_", [("emphasis", "_")]),
        ("字_中_字", []),
        ("字*中*字", [("emphasis", "*")]),
        (r"\*a\* \{x}", [("escape", "*"), ("escape", "*"), ("escape", "{")]),
        ("{a} { b } {0}", [("placeholder", "{a}")]),
        ("<sub>2</sub> < 3", [("html", "<sub>"), ("html", "</sub>")]),
        ("<https://a.b> https://c.d/e.", [("autolink", "<https://a.b>"), ("url", "https://c.d/e")]),
        ("访问privacy.mi.com/a。", [("url", "privacy.mi.com/a")]),
        ("[a] (b)", []),
    ],
)
def test_tokens(text: str, tokens: list[tuple[str, str]]) -> None:
    """The syntax of the authors' guide, in the order of the text."""
    assert kinds(text) == tokens


def test_prose_has_the_words_and_masks() -> None:
    """Link words, alt text and emphasised words are prose; code, placeholders and citations are masked."""
    assert Inline("A [b](c) **d** `e` {f} [@g] &amp; \\*").prose == "A b d \ufffc \ufffc \ufffb & *"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "[a](b" * 8_000,
        "<![" * 3_000,
        "*a" * 20_000,
        "`" * 20_000,
        "(" * 20_000,
        "[a](b " * 8_000 + ")" * 8_000,
        "a." * 20_000,
        "a@" * 20_000,
        "<a" * 20_000,
        "{a" * 10_000,
        "".join("`" * (i % 200 + 1) + "x" for i in range(2_000)),
    ],
    ids=lambda text: text[:8],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    """Python-Markdown needs 20 s for some of these."""
    assert cost_of(lambda: Inline(text).prose) < 10


@given(st.text("ab*_`[](){}<>!&;^@#\\ ", max_size=60))
def test_tokens_lie_in_the_text(text: str) -> None:
    """Every token's span is inside the text, and spans do not overlap."""
    last = 0
    for start, end, _ in Inline(text).spans():
        assert last <= start < end <= len(text)
        last = end
