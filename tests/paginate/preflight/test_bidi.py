"""Right-to-left text comes back into the order in which it is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprint.paginate.preflight.bidi import has_rtl, restore_order

ARABIC = st.sampled_from("ابتثجحخدذ")
WORD = st.text(ARABIC, min_size=1, max_size=5)
LATIN = st.sampled_from(["MIUI", "Android 12", "13", "app"])


def visual(words: list[str]) -> list[str]:
    """A right-to-left line as a page draws it, from left to right: words backwards, Arabic ones letter by letter."""
    units: list[str] = []
    for word in reversed(words):
        units += [*reversed(word)] if has_rtl(word) else [word]
        units.append(" ")
    return units[:-1]


@given(WORD, st.lists(st.one_of(WORD, LATIN), max_size=4), WORD)
def test_right_to_left_line(first: str, middle: list[str], last: str) -> None:
    """A line of Arabic with at most one foreign phrase between its words is restored."""
    foreign = [word for word in middle if not has_rtl(word)]
    words = [first, *(word for word in middle if has_rtl(word)), *foreign[:1], last]
    assert "".join(restore_order(visual(words), "R")) == " ".join(words)


@pytest.mark.parametrize(
    ("units", "logical"),
    [
        (["See ", "ا", "ي", "ن", "د", " now"], "See دنيا now"),
        (["ا", "ب", " ", "(13)", " ", "ت"], "ت (13) با"),
        # Between Arabic letters a hyphen parts numbers, between Hebrew ones it joins them; a comma joins both.
        ([*"28-12-2021", " ", "م", "و", "ي"], "يوم 2021-12-28"),
        ([*"2021-12-28", " ", "ם", "ו", "י"], "יום 2021-12-28"),
        ([*"1,000", " ", "م", "و", "ي"], "يوم 1,000"),
        ([*"%50", " ", "م", "و", "ي"], "يوم 50%"),
        ([*"50%", " ", "ם", "ו", "י"], "יום 50%"),
        (["OS", " ", "13", " ", "م", "و", "ي"], "يوم OS 13"),
        (["plain"], "plain"),
        ([], ""),
    ],
)
def test_lines_of_both_directions(units: list[str], logical: str) -> None:
    """A phrase of the other direction stands where it is read, with its own order."""
    assert "".join(restore_order(units)) == logical


@pytest.mark.parametrize(
    ("line", "logical"),
    [
        (".Regulation, (EU)", "Regulation, (EU)."),
        ("Regulation )EU(", "(EU) Regulation"),
        ("a (b) [1] {c}« )EU(", "(EU) «a (b) [1] {c}"),
        ("a) one, b) two", "a) one, b) two"),
        ("two (one)", "two (one)"),
        (".one (1)", "one (1)."),
    ],
)
def test_brackets_of_latin_lines(line: str, logical: str) -> None:
    """In a line from right to left a pair of brackets goes with the Latin before it, or with the line at its start."""
    assert "".join(restore_order(list(line), "R")) == logical


def test_latin_is_no_right_to_left_text() -> None:
    """Only scripts that run from right to left are touched."""
    assert not has_rtl("privacy, 隐私, गोपनीयता")
    assert has_rtl("x خ")
