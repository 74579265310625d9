"""A chapter's Markdown gives its messages, each with its kind, its line and its context."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprint.base.diagnostic import Diagnostics
from imprint.content.chapter import fold_space, parse_chapter
from imprint.content.tree import Element, Text, Value, walk

SAMPLE = Path(__file__).parent / "sample.md"


def parse(text: str) -> tuple[Element, list[str]]:
    found = Diagnostics()
    return parse_chapter(text, "a.md", found), [f"{d.rule}:{d.at.line if d.at else 0}" for d in found]


def messages(text: str) -> list[str]:
    chapter, slips = parse(text)
    assert not slips
    return [node.message.msgid for node in walk(chapter) if isinstance(node, Text)]


def test_messages_of_every_construct(golden: Callable[[str, str], None]) -> None:
    """Every construct of docs/authors.md gives its messages in the reader's order, at its line."""
    chapter, slips = parse(SAMPLE.read_text(encoding="utf-8"))
    assert not slips
    lines = []
    for node in walk(chapter):
        if isinstance(node, Text):
            message = node.message
            extra = [f"context: {message.context}"] if message.context else []
            extra += [f"note: {message.note}"] if message.note else []
            lines.append(f"{message.at.line:3} {message.kind}: {message.msgid}" + "".join(f" ({e})" for e in extra))
        elif isinstance(node, Value):
            lines.append(f"{node.at.line:3} [{node.kind}] {node.value!r}")
        else:
            attrs = "".join(f" {key}={value!r}" for key, value in sorted(node.attrs.items()))
            lines.append(f"    <{node.tag}{attrs}>")
    golden("messages.txt", "\n".join(lines) + "\n")


PIECES = ["word", "an", "*em*", "[a](https://example.org)", "[@law-1]", "{product}"]
WORDS = st.lists(st.sampled_from(PIECES), min_size=1)
HAN = st.lists(st.sampled_from(list("汉字隐私保护，。的")), min_size=1)


@given(WORDS, st.randoms(use_true_random=False))
def test_rewrapping_changes_no_message(words: list[str], random: Random) -> None:
    """However the lines of a paragraph are broken, it is the same message."""
    whole = " ".join(words)
    wrapped = words[0] + "".join(random.choice([" ", "\n", "\n  "]) + word for word in words[1:])
    assert messages(f"# T\n\n{wrapped}\n") == ["T", whole] == messages(f"# T\n\n{whole}\n")


@given(HAN, st.randoms(use_true_random=False))
def test_a_line_break_between_han_is_no_space(characters: list[str], random: Random) -> None:
    """A Chinese paragraph can be broken anywhere without a space coming in."""
    wrapped = "".join(character + random.choice(["", "\n", " \n "]) for character in characters)
    assert fold_space(wrapped) == "".join(characters)


@given(st.text(alphabet=" \n\tab汉字，", max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    """Folding is idempotent."""
    assert fold_space(fold_space(text)) == fold_space(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  a\nb  ", "a b"),
        ("汉\n字", "汉字"),
        ("汉 字", "汉 字"),
        ("汉\nA", "汉 A"),
        ("a  \nb", "a<br>b"),
        ("a\u00a0b", "a\u00a0b"),
        ("a\u2028b", "a\u2028b"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    """Break and space fold; a no-break space and two spaces before a break are meant."""
    assert fold_space(text) == folded


@pytest.mark.parametrize(
    ("heading", "msgid"),
    [
        ("## About {product}", "About {product}"),
        ("## About {product} {#sec-a}", "About {product}"),
        ("## About {#sec-a .wide}", "About"),
        ('## About {context="the app"}', "About"),
        ("## Sets {a, b}", "Sets {a, b}"),
        ("## C# #", "C#"),
    ],
)
def test_attribute_lists(heading: str, msgid: str) -> None:
    """An attribute list is no part of a message, and a placeholder is no attribute list."""
    assert messages(f"# T\n\n{heading}\n\nText.\n")[1] == msgid


def test_context_and_note_reach_the_message() -> None:
    """A block's context and the word to translators belong to the next message only."""
    text = '# T\n\n/// translators | Keep it.\n///\n\n## Notes {context="the app"}\n\nText.\n{: context="x" }\n'
    chapter, slips = parse(text)
    assert not slips
    found = {n.message.msgid: n.message for n in walk(chapter) if isinstance(n, Text)}
    assert (found["Notes"].context, found["Notes"].note) == ("the app", "Keep it.")
    assert (found["Text."].context, found["Text."].note) == ("x", "")


def test_comments_are_blank_and_keep_the_lines() -> None:
    """A comment is not content; what follows keeps its line; in code it is text."""
    text = "# T\n\n<!-- one\n\ntwo -->\n\nA <!-- b --> c `<!-- d -->`.\n\n```\n<!-- e -->\n```\n"
    chapter, slips = parse(text)
    assert not slips
    found = [(n.message.at.line, n.message.msgid) for n in walk(chapter) if isinstance(n, Text)]
    assert found == [(1, "T"), (7, "A c `<!-- d -->`.")]
    assert [n.value for n in walk(chapter) if isinstance(n, Value)] == ["<!-- e -->"]


def test_repeated_words_have_their_own_lines() -> None:
    """Two equal paragraphs are found at their two places."""
    chapter, _ = parse("# T\n\nSame.\n\nOther.\n\nSame.\n\n- Same.\n- Same.\n")
    lines = [n.message.at.line for n in walk(chapter) if isinstance(n, Text)]
    assert lines == [1, 3, 5, 7, 9, 10]
