"""Quickened hyphenation: a pattern of pyphen's dictionaries is taken apart when a word has its letters.

pyphen 0.18 takes each pattern of a dictionary apart letter by letter when it is opened: 0.1 s for the 5,000 patterns of
English, 0.8 s for the 80,000 of German, of which the words of a paper have a few hundred.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

# What the patterns are not taken apart by here: characters by number, other spellings at the hyphen, other digits.
_SPECIAL = re.compile(r"\^\^|/.*=|(?![0-9])\d")
_DIGITS = dict.fromkeys(map(ord, "0123456789"))
_ZERO = {ord("0"): None}


def _quick_dictionary(original: Any) -> Any:
    """`HyphDict.__init__`: the patterns as they are written, by their letters."""
    import pyphen

    def initialise(dictionary: Any, path: Path) -> None:
        first, _, rest = path.read_bytes().partition(b"\n")
        encoding = first.decode().strip()
        text = rest.decode("cp1251" if encoding.lower() == "microsoft-cp1251" else encoding)
        if _SPECIAL.search(text):
            original(dictionary, path)
            return
        lines = [line.strip() for line in text.replace("\r", "\n").split("\n")]
        written = "\n".join([line for line in lines if line and not line.startswith(pyphen.ignored)])
        patterns = written.split("\n")
        letters = written.translate(_DIGITS).split("\n")
        # Without a digit but zero a pattern says nothing.
        weighed = written.translate(_ZERO).split("\n") if "0" in written else patterns
        dictionary.patterns = {
            key: pattern for key, pattern, left in zip(letters, patterns, weighed, strict=True) if left != key
        }
        dictionary.cache = {}
        dictionary.maxlen = max(map(len, dictionary.patterns))
        # On the dictionary itself, for pyphen keeps it.
        dictionary.positions = partial(_positions, dictionary, pyphen.DataInt)

    return initialise


def _positions(dictionary: Any, make: Callable[[int], Any], word: str) -> list[Any]:
    """`HyphDict.positions`, which takes the patterns of the word apart."""
    word = word.lower()
    points: list[Any] | None = dictionary.cache.get(word)
    if points is None:
        pointed = f".{word}."
        weights = [0] * (len(pointed) + 1)
        find = dictionary.patterns.get
        for start in range(len(pointed) - 1):
            for end in range(start + 1, min(start + dictionary.maxlen, len(pointed)) + 1):
                if (pattern := find(pointed[start:end])) is None:
                    continue
                if type(pattern) is str:
                    pattern = dictionary.patterns[pointed[start:end]] = parse_pattern(pattern)
                offset, values = pattern
                place = slice(start + offset, start + offset + len(values))
                weights[place] = map(max, values, weights[place])
        points = dictionary.cache[word] = [make(index - 1) for index, weight in enumerate(weights) if weight % 2]
    return points


def parse_pattern(pattern: str) -> tuple[int, tuple[int, ...]]:
    """The weights between the letters of a pattern, from the first that is not zero to the last, and where they begin.

    Liang's patterns (Word Hy-phen-a-tion by Com-put-er, 1983, chapter 2).
    """
    import pyphen

    weights = [int(digit or "0") for digit, _ in pyphen.parse(pattern)]
    found = [index for index, weight in enumerate(weights) if weight]
    return found[0], tuple(weights[found[0] : found[-1] + 1])


HYPHEN_SHORTCUTS: tuple[tuple[Callable[[], Any], str, Callable[[Any], Any]], ...] = (
    (lambda: import_module("pyphen").HyphDict, "__init__", _quick_dictionary),
)
