"""Parsing of a page's HTML: the patterns that tinyhtml5 reads with are compiled once, with the same tree."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from imprint.paginate.replacement import replaced


@contextmanager
def kept_patterns() -> Iterator[None]:
    """Within, tinyhtml5 finds its patterns again.

    Its cache never answers (2.1: a pattern is filed under itself, and looked for under its characters), so it compiles
    one for each name and text of a page: a third of the parsing of 50 pages (9,283 patterns for 40 sets).
    """
    from tinyhtml5 import inputstream

    stream = inputstream.HTMLUnicodeInputStream
    original = stream.chars_until
    patterns: dict[Any, Any] = {}

    def chars_until(self: Any, characters: Collection[str], opposite: bool = False) -> Any:
        key = characters, opposite
        if key in patterns:
            return original(self, characters, opposite)
        found = original(self, characters, opposite)
        patterns[key] = patterns.popitem()[1]
        return found

    with (
        replaced(vars(inputstream), "characters_until_regex", patterns),
        replaced(stream, "chars_until", chars_until),
    ):
        yield
