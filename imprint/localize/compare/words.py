"""Two texts in, the words that were taken out and put in between them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rapidfuzz.distance import Indel
from unicode_segmentation_rs import split_word_bounds

KEPT, REMOVED, ADDED = "=", "-", "+"


class Run(NamedTuple):
    """A stretch of text that was kept (`=`), removed (`-`) or added (`+`)."""

    sign: str
    text: str


def compare_words(old: str, new: str) -> tuple[Run, ...]:
    """The runs between two texts, by words as UAX #29 bounds them: Han characters and Thai syllables one by one.

    Law: the kept and removed runs are the old text, the kept and added runs the new one. A lone space or mark between
    two changed words is shown as changed with them, for a reader reads phrases.
    """
    before, after = split_word_bounds(old), split_word_bounds(new)
    # Numbers for words: rapidfuzz compares the hashes of what it is given, and an int is its own.
    numbers: dict[str, int] = {}
    left = [numbers.setdefault(word, len(numbers)) for word in before]
    right = [numbers.setdefault(word, len(numbers)) for word in after]
    runs: list[Run] = []
    for step in Indel.opcodes(left, right):
        gone = "".join(before[step.src_start : step.src_end])
        come = "".join(after[step.dest_start : step.dest_end])
        runs += [Run(KEPT, gone)] if step.tag == "equal" else [Run(REMOVED, gone), Run(ADDED, come)]
    return tuple(_joined(_without_islands(runs)))


def removed_from(runs: Iterable[Run]) -> str:
    """The text before."""
    return "".join(run.text for run in runs if run.sign != ADDED)


def added_to(runs: Iterable[Run]) -> str:
    """The text after."""
    return "".join(run.text for run in runs if run.sign != REMOVED)


def _without_islands(runs: list[Run]) -> Iterator[Run]:
    """The runs with a kept stretch that is no word, between two changes, made part of them."""
    last = len(runs) - 1
    for place, run in enumerate(runs):
        island = run.sign == KEPT and 0 < place < last and len(run.text) < 3 and not any(map(str.isalnum, run.text))
        if island:
            yield Run(REMOVED, run.text)
            yield Run(ADDED, run.text)
        else:
            yield run


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Neighbouring changes as one removed and one added run."""
    removed, added = "", ""
    for run in (*runs, Run(KEPT, "")):
        if run.sign == REMOVED:
            removed += run.text
        elif run.sign == ADDED:
            added += run.text
        elif run.text or removed or added:
            yield from (changed for changed in (Run(REMOVED, removed), Run(ADDED, added)) if changed.text)
            removed, added = "", ""
            if run.text:
                yield run
