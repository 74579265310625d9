"""A page's HTML is parsed with patterns that are kept, and the tree is the same."""

import re
from xml.etree.ElementTree import tostring

import pytest
import tinyhtml5
from tinyhtml5 import inputstream

from imprint.paginate.parsing import kept_patterns
from tests.paginate.conftest import TEXTS, page_of


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_the_tree_is_the_same(language: str) -> None:
    """With and without, a page with every kind of token gives one tree."""
    page = page_of(
        language, "<!-- a --><p class='a' title=b hidden>&amp;&lt;<br/><b><i>x</b></i><textarea>\n<</textarea>"
    )
    plain = tostring(tinyhtml5.parse(page))
    with kept_patterns():
        assert tostring(tinyhtml5.parse(page)) == plain


def test_each_pattern_is_made_once() -> None:
    """Every pattern is kept under what is looked for, and none under itself."""
    with kept_patterns():
        tinyhtml5.parse(page_of("en"))
        patterns = inputstream.characters_until_regex
        kept = dict(patterns)
        tinyhtml5.parse(page_of("en"))
        assert patterns == kept
    assert kept
    assert not any(isinstance(characters, re.Pattern) for characters, _ in kept)
    assert inputstream.characters_until_regex is not patterns
