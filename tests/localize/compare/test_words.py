"""The words between two texts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprint.localize.compare.words import Run, added_to, compare_words, removed_from

# Letters of several scripts, marks, spaces: where word boundaries are hard.
TEXTS = st.text(alphabet="ab1 ,.’-隐私ไทยहिन्दीسلام{}[]@#́‍👩", max_size=40)


@given(TEXTS, TEXTS)
def test_law(old: str, new: str) -> None:
    """What was kept and removed is the old text, what was kept and added the new one."""
    runs = compare_words(old, new)
    assert removed_from(runs) == old
    assert added_to(runs) == new


@given(TEXTS)
def test_equal_texts_have_no_change(text: str) -> None:
    """A text and itself: nothing is removed or added."""
    assert {run.sign for run in compare_words(text, text)} <= {"="}


@given(TEXTS, TEXTS)
def test_no_empty_run_and_no_two_of_a_kind(old: str, new: str) -> None:
    """Every run says something, and neighbours differ in sign."""
    runs = compare_words(old, new)
    assert all(run.text for run in runs)
    assert all(one.sign != other.sign for one, other in pairwise(runs))


@pytest.mark.parametrize(
    ("old", "new", "runs"),
    [
        ("We keep data.", "We never keep data.", [("=", "We "), ("+", "never "), ("=", "keep data.")]),
        ("保护个人信息", "保护个人数据", [("=", "保护个人"), ("-", "信息"), ("+", "数据")]),
        ("30 days", "3 days", [("-", "30"), ("+", "3"), ("=", " days")]),
        ("one two", "three four", [("-", "one two"), ("+", "three four")]),
    ],
    ids=["a word is added", "Han by character", "a number is one word", "a space between changes is no island"],
)
def test_runs(old: str, new: str, runs: list[tuple[str, str]]) -> None:
    """Words, numbers and Han characters are the units."""
    assert compare_words(old, new) == tuple(Run(*run) for run in runs)
