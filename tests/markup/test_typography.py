"""What a language's typesetter does to running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprint.markup.typography import set_text

MIXED = st.text(alphabet="汉字かナA1é%，。 @-", max_size=20)


@given(MIXED, st.sampled_from(["zh-Hans", "zh-Hant", "ja", "ko", "en", "ar"]))
def test_setting_twice_is_setting_once(text: str, language: str) -> None:
    """Setting is idempotent."""
    once = set_text(text, language)
    assert set_text(once, language) == once


@given(MIXED, st.integers(0, 20))
def test_text_in_two_pieces_is_set_as_one(text: str, cut: int) -> None:
    """A piece that knows what stood before it is set as in the whole."""
    first, second = text[:cut], text[cut:]
    before = first[-1:]
    assert set_text(first, "zh-Hans") + set_text(second, "zh-Hans", before) == set_text(text, "zh-Hans")


@given(MIXED)
def test_only_spaces_come_in(text: str) -> None:
    """No character but a space is added, and none is lost."""
    assert set_text(text, "zh-Hans").replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("language", "text", "is_set"),
    [
        ("zh-Hans", "共20,000人", "共 20,000 人"),
        ("zh-Hans", "第1章", "第 1 章"),
        ("zh-Hans", "“汉”字，A。", "“汉”字，A。"),
        ("ja", "はMIUIの", "は MIUI の"),
        ("ko", "개인정보 보호", "개\u2060인\u2060정\u2060보 보\u2060호"),
        ("en", "第1章", "第1章"),
    ],
)
def test_setting(language: str, text: str, is_set: str) -> None:
    """Chinese and Japanese get a space between scripts and none at punctuation; Korean words are kept whole."""
    assert set_text(text, language) == is_set
