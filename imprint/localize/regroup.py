"""Paragraphs that were put together or taken apart: their translations follow all their parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from imprint.localize.entry import Entry
from imprint.localize.match import similarity
from imprint.localize.pot import PotEntry

# A paragraph must be nearly the same text as its parts together, and each part must bring it nearer.
_WHOLE = 80.0
_BETTER = 5.0
_PARTS = 4


def join_neighbours(
    sources: dict[int, list[Entry]], messages: Sequence[PotEntry], order: Sequence[Entry], free: Sequence[Entry]
) -> None:
    """Where a new message is several old neighbours put together, make them all its sources.

    `sources` holds the old entries of each new message, by its place in `messages`, and is added to. `order` are the
    old entries in file order, `free` those of them that no message came from.
    """
    place_of = {id(entry): place for place, entry in enumerate(order)}
    unused = {place_of[id(e)]: e for e in free if id(e) in place_of and e.plural is None}
    for number, entries in sources.items():
        if id(entries[0]) not in place_of or entries[0].plural is not None:
            continue
        run = _grow(place_of[id(entries[0])], set(unused), messages[number].msgid, lambda place: order[place].msgid)
        if len(run) > 1:
            sources[number] = [order[place] for place in run]
            for place in run:
                unused.pop(place, None)


def split_neighbours(
    sources: dict[int, list[Entry]], messages: Sequence[PotEntry], waiting: set[int]
) -> None:
    """Where an old message was taken apart to new neighbours, make it the source of them all.

    `waiting` are the places of the new messages that came from none.
    """
    for number, entries in list(sources.items()):
        if len(entries) > 1 or entries[0].plural is not None:
            continue
        run = _grow(number, waiting, entries[0].msgid, lambda place: messages[place].msgid)
        if len(run) > 1:
            sources.update(dict.fromkeys(run, entries))
            waiting.difference_update(run)


def _grow(start: int, free: set[int], whole: str, text_at: Callable[[int], str]) -> list[int]:
    """The places around `start`, in order, whose texts put together are `whole`; only `start` where none are."""
    run = [start]
    best = similarity(text_at(start), whole, 0.0)
    while len(run) < _PARTS:
        trials = [[run[0] - 1, *run]] if run[0] - 1 in free else []
        trials += [[*run, run[-1] + 1]] if run[-1] + 1 in free else []
        scored = [(similarity(" ".join(map(text_at, trial)), whole, 0.0), trial) for trial in trials]
        score, longer = max(scored, key=lambda pair: pair[0], default=(0.0, run))
        if score < best + _BETTER:
            break
        best, run = score, longer
    return run if best >= _WHOLE else [start]
