"""Words are hyphenated where pyphen hyphenates them."""

from __future__ import annotations

import pyphen
import pytest

from imprint.paginate.quicken import quick_engine
from imprint.paginate.quicken_hyphens import parse_pattern
from imprint.paginate.replacement import replaced

# One of ASCII, others of other encodings, with zeros and comments; Hungarian and Afrikaans are the original's.
LANGUAGES = ("en", "fr", "nl", "ru", "es", "sv", "uk", "as", "hu", "af")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pattern_is_the_same(language: str) -> None:
    """Patterns, once they are taken apart, and the longest of them are those of pyphen."""
    plain, quick = _dictionary(language), _quick_dictionary(language)
    taken = {key: parse_pattern(value) if isinstance(value, str) else value for key, value in quick.patterns.items()}
    assert taken == plain.patterns
    assert quick.maxlen == plain.maxlen


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_the_same(language: str) -> None:
    """Words, made of the dictionary's own letters, are hyphenated at the same places, when asked again, too."""
    plain, quick = _dictionary(language), _quick_dictionary(language)
    letters = [key.replace(".", "") for key in plain.patterns]
    words = ["", "a", "International", "Verfahren", "l’été", "x1y2"]
    words += ["".join(letters[start : start + 4]) for start in range(0, len(letters), max(1, len(letters) // 200))]
    for word in words * 2:
        assert quick.positions(word) == plain.positions(word)
        assert [point.data for point in quick.positions(word)] == [point.data for point in plain.positions(word)]


def test_only_what_a_word_has_is_taken_apart() -> None:
    """Most patterns stay as they are written; a dictionary that was opened quickly serves pyphen afterwards."""
    with quick_engine(), replaced(pyphen, "hdcache", {}):
        kept = pyphen.Pyphen(lang="en")
    assert list(kept.iterate("hyphenation")) == list(pyphen.Pyphen(lang="en", cache=False).iterate("hyphenation"))
    apart = [value for value in kept.hd.patterns.values() if not isinstance(value, str)]
    assert 0 < len(apart) < 30


def _dictionary(language: str) -> pyphen.HyphDict:
    return pyphen.HyphDict(pyphen.LANGUAGES[pyphen.language_fallback(language)])


def _quick_dictionary(language: str) -> pyphen.HyphDict:
    with quick_engine():
        return _dictionary(language)
