"""Pseudo-translation keeps what a translation must keep."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprint.base.diagnostic import UsageError
from imprint.localize.check.profile import profile_for
from imprint.localize.check.run import check_translation
from imprint.localize.check.subject import Pair
from imprint.localize.pseudo import KINDS, pseudo_translate

PIECES = [
    "*",
    "**",
    "_",
    "`",
    "[",
    "]",
    "(",
    ")",
    "[^x]",
    "[@a; @b]",
    "[w](https://a.b/c)",
    "[](#fig-x)",
    "![p](q.png)",
    "{product}",
    '<abbr title="x y">',
    "</abbr>",
    "\\*",
    "&amp;",
    "https://x.y/z",
    " ",
    "a",
    "bc d",
    "Word.",
    " and the ",
    "%d",
    "12.5",
    "<",
    "{",
    "}",
    "http:",
    "@",
    "^",
    ";",
    "#",
    "&",
    "。",
    "trust.mi.com",
]
messages = st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(
    "ab *_`[](){}<>!&;^@#:/.\\x", max_size=25
)
MARKUP = {
    "placeholders",
    "links",
    "references",
    "code",
    "footnotes",
    "citations",
    "images",
    "tags",
    "emphasis",
    "active-markup",
    "markup-slip",
}
TEXT = "On 1 May 2021, **20,000** people of {product} read [the policy](#sec-x) `x y` [@a]."


@given(messages, st.sampled_from(KINDS))
def test_markup_is_the_sources(message: str, kind: str) -> None:
    """Whatever the message, the rules of markup and placeholders find nothing to say of its pseudo-translation."""
    pair = Pair(message, (pseudo_translate(message, kind),))
    assert [d for d in check_translation(pair, profile_for("en")) if d.rule in MARKUP] == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("qps-ploc", "Öñ 1 Ṁåý 2021, **20,000** þéöþļé öƒ {product} ŕéåð [ţĥé þöļîçý](#sec-x) `x y` [@a]."),
        ("qps-plocm", "ונ 1 מאך 2021, **20,000** פעופלע וף {product} רעאד [טהע פוליצך](#sec-x) `x y` [@a]."),
        ("long", "On 1 Mayay 2021, **20,000** peoplele off {product} readd [thee policycy](#sec-x) `x y` [@a]."),
        ("compound", "On 1 May 2021, **20,000** people\u00adof {product} read [the\u00adpolicy](#sec-x) `x y` [@a]."),
        (
            "cjk",
            "Ｏｎ 1 Ｍａｙ 2021, **20,000** ｐｅｏｐｌｅ ｏｆ {product} "
            "ｒｅａｄ [ｔｈｅ ｐｏｌｉｃｙ](#sec-x) `x y` [@a].",
        ),
    ],
)
def test_each_kind(kind: str, text: str) -> None:
    """Only the prose is disguised; numbers stay as they are."""
    shown = pseudo_translate(TEXT, kind)
    assert shown == text
    assert pseudo_translate(TEXT, kind) == shown


def test_the_mirrored_kind_is_laid_out_from_right_to_left() -> None:
    """Its letters are strong right-to-left letters, one for each Latin one, and it needs no bidi control."""
    letters = pseudo_translate("abcdefghijklmnopqrstuvwxyz", "qps-plocm")
    assert {unicodedata.bidirectional(c) for c in letters} == {"R"}
    assert len(set(letters)) == 26


def test_the_long_kind_is_two_fifths_longer() -> None:
    """The letters grow by 40 % on the whole, whatever the lengths of the words."""
    text = "the quick brown fox jumps over a lazy dog and is gone " * 5
    assert sum(map(str.isalpha, pseudo_translate(text, "long"))) == pytest.approx(
        1.4 * sum(map(str.isalpha, text)), rel=0.02
    )


def test_another_kind_is_refused() -> None:
    """A slip in the kind is a usage error that names the kinds."""
    with pytest.raises(UsageError, match="qps-ploc"):
        pseudo_translate("a", "qps")


@pytest.mark.parametrize("kind", KINDS)
def test_passages_of_another_language_stay(kind: str) -> None:
    """A name in a language of its own is that language's in every translation, with all that stands in it."""
    name = '<span lang="pt">Lei <span class="x">Geral</span> de Dados</span>'
    shown = pseudo_translate(f"The law, {name}, is one.", kind)
    assert name in shown
    assert not shown.startswith("The law,") or kind == "compound"


def test_a_passage_that_nothing_closes_is_prose() -> None:
    """Without its end tag the rest is translated, as if the tag stood alone."""
    assert pseudo_translate('a <span lang="pt">b', "qps-plocm") == 'א <span lang="pt">ב'
