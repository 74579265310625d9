"""Scripts of languages and of texts."""

from __future__ import annotations

import pytest

from imprint.paginate.preflight.languages import count_scripts, scripts_of


@pytest.mark.parametrize(
    ("language", "scripts"),
    [
        ("en", {"Latn"}),
        ("zh-Hans", {"Hani", "Bopo"}),
        ("ja", {"Hani", "Hira", "Kana"}),
        ("ko-KR", {"Hang", "Hani"}),
        ("hi", {"Deva"}),
        ("ur", {"Arab"}),
        ("qps-ploc", set()),
        ("not a tag", set()),
    ],
)
def test_scripts_of_a_language(language: str, scripts: set[str]) -> None:
    """CLDR knows what a language is written in; of an unknown tag nothing is known."""
    found = scripts_of(language)
    assert found >= scripts if scripts else not found


def test_letters_are_counted_by_script() -> None:
    """Digits and punctuation belong to no script."""
    assert count_scripts("MIUI 13：隐私、गोपनीयता") == {"Latn": 4, "Hani": 2, "Deva": 5}
