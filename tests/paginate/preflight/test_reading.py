"""The comparison of a PDF's text, piece by piece, with its source."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from imprint.paginate.preflight.expectation import normalise
from imprint.paginate.preflight.reading import Piece, compare

WORDS = st.lists(st.text("abcdé隐私दुनिया", min_size=4, max_size=9), min_size=3, max_size=30, unique=True)


def said(*texts: str, made: tuple[str, ...] = ()) -> list[Piece]:
    """Pieces on page 1; those in `made` are the layout's."""
    return [Piece(text, 1, text in made) for text in texts]


@given(WORDS, st.data())
def test_text_broken_anywhere_between_words_is_the_same(words: list[str], data: st.DataObject) -> None:
    """Where lines and elements break makes no difference."""
    cuts = sorted(data.draw(st.sets(st.integers(1, len(words) - 1))))
    pieces = [Piece(" ".join(words[a:b]), 1, False) for a, b in zip([0, *cuts], [*cuts, len(words)], strict=True)]
    assert compare(normalise(" ".join(words)), pieces) == []


@given(WORDS, st.data())
def test_a_lost_piece_is_a_difference(words: list[str], data: st.DataObject) -> None:
    """Whichever word is lost, the comparison says so."""
    lost = data.draw(st.integers(0, len(words) - 1))
    left = [Piece(word, 1, False) for index, word in enumerate(words) if index != lost]
    assert compare(normalise(" ".join(words)), left)


@given(WORDS, st.data())
def test_pieces_out_of_order_are_a_difference(words: list[str], data: st.DataObject) -> None:
    """Two neighbours that change places are found."""
    at = data.draw(st.integers(0, len(words) - 2))
    first, second = normalise(words[at]), normalise(words[at + 1])
    assume(first + second != second + first)
    swapped = [*words[:at], words[at + 1], words[at], *words[at + 2 :]]
    assert compare(normalise(" ".join(words)), [Piece(word, 1, False) for word in swapped])


@pytest.mark.parametrize(
    ("wanted", "pieces"),
    [
        ("a private matter", said("a pri‐", "vate matter")),
        ("a well-known name", said("a well-", "known name")),
        ("one two", said("•", "one", "•", "two", made=("•",))),
        (
            "1 One 1.1 Two",
            said("1", "One", " . . ", "1", "1.1", "Two", " . . ", "12", made=("1", "1.1", " . . ", "12")),
        ),
        ("a long term means this", said("a lo-", "ng term", "means this", made=("a lo-", "ng term"))),
        ("term a provider", said("term", "a pro-", "vider", made=("term",))),
        (
            "Name Name Name Name (2)",
            [Piece(text, 1, n % 2 == 0) for n, text in enumerate(("Name", "Name", "Name", "Name (2)"))],
        ),
        ("Chapter 1", said("Chapter", "1", made=("1",))),
        ("隐私白皮书", said("隐私", "白皮书")),
        ("e\u0301tude", said("étude")),
        ("", said("  ")),
    ],
)
def test_what_the_layout_makes_is_allowed_for(wanted: str, pieces: list[Piece]) -> None:
    """Hyphens of line ends, labels, leaders and page numbers are no differences, nor are line breaks between Han."""
    assert compare(normalise(wanted), pieces) == []


@pytest.mark.parametrize(
    ("wanted", "pieces", "named"),
    [
        ("दुनिया", said("दु नया"), "दु नया"),
        ("one two three", said("one", "three"), "two"),
        ("one", said("one", "extra words"), "extra words"),
        ("one two", said("one"), "two"),
        ("Step 2", said("Step"), "2"),
    ],
)
def test_differences_are_named(wanted: str, pieces: list[Piece], named: str) -> None:
    """A difference says what stands where, or what is missing."""
    ((message, _),) = compare(normalise(wanted), pieces)
    assert named in message


def test_many_differences_end_the_comparison() -> None:
    """Two texts that have nothing to do with each other are not compared to the end."""
    assert 0 < len(compare("one " * 500, said(*(["another"] * 500)))) < 20
