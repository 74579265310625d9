"""Two lists of passages in, the changes between them out: added, removed, changed, moved, each with its cause."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.distance import Indel

from imprint.localize.compare.passages import DATA, Passage
from imprint.localize.compare.words import Run, added_to, compare_words

ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"
SOURCE, TRANSLATION = "source", "translation"
# From here on two texts are versions of one; found by looking at pairs: below it, new sentences share only small words.
ALIKE_NEAR, ALIKE_FAR = 0.5, 0.75
# Beyond this many pairs a rewritten paper is shown as removed and added, and not compared each with each.
PAIRS = 4_000_000

Pair = tuple[int, int]
# Places in the old list and in the new one, between two passages that stay.
Stretch = tuple[Sequence[int], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Change:
    """`sort` is `added`, `removed`, `changed` or `moved`; `cause` is `source`, `translation` or `data`.

    `old_at` and `new_at` are places in the two lists (None where there is none); `moved` tells of a changed passage
    that it also stands elsewhere. `words` are the runs between the two texts of a changed passage.
    """

    sort: str
    cause: str
    old: Passage | None
    new: Passage | None
    old_at: int | None
    new_at: int | None
    moved: bool = False
    words: tuple[Run, ...] = ()

    @property
    def passage(self) -> Passage:
        """The passage as it is now, or as it was last."""
        shown = self.new or self.old
        if shown is None:
            raise TypeError(self)
        return shown


def compare_passages(old: Sequence[Passage], new: Sequence[Passage], *, texts: bool = True) -> tuple[Change, ...]:
    """The changes from `old` to `new`, in the new reader's order; what was removed stands where it was missed.

    Law: `apply_changes(old, compare_passages(old, new))` says what `new` says. Without `texts` only the sources'
    texts are compared: for two languages. The longest common subsequence stays; what is elsewhere has moved.
    """
    kept, gaps = _align(old, new)
    moved = _find_moved(old, new, gaps)
    changed = _find_changed(old, new, _without(gaps, moved))
    pairs = [*((pair, False) for pair in kept), *((pair, True) for pair in moved), *changed]
    lost = set(range(len(old))) - {i for (i, _), _ in pairs}
    found = set(range(len(new))) - {j for (_, j), _ in pairs}
    changes = [change for (i, j), away in pairs if (change := _paired(old[i], new[j], i, j, away, texts))]
    changes += [Change(REMOVED, _cause(old[i]), old[i], None, i, None) for i in lost]
    changes += [Change(ADDED, _cause(new[j]), None, new[j], None, j) for j in found]
    return tuple(sorted(changes, key=_order(kept)))


def apply_changes(old: Sequence[Passage], changes: Iterable[Change]) -> tuple[Passage, ...]:
    """What the new list says: the old passages with the changes carried out, the changed ones word by word."""
    left: dict[int, Passage] = dict(enumerate(old))
    placed: dict[int, Passage] = {}
    for change in changes:
        if change.old_at is not None:
            del left[change.old_at]
        if change.new is not None and change.new_at is not None:
            placed[change.new_at] = _carried_out(change, change.new)
    rest = deque(left.values())
    return tuple(placed[at] if at in placed else rest.popleft() for at in range(len(left) + len(placed)))


def _carried_out(change: Change, new: Passage) -> Passage:
    if change.sort != CHANGED:
        return new if change.old is None else change.old
    return replace(new, text=added_to(change.words))


def _align(old: Sequence[Passage], new: Sequence[Passage]) -> tuple[list[Pair], list[Stretch]]:
    """The pairs that stay in order, and the stretches between them."""
    numbers: dict[object, int] = {}
    left = [numbers.setdefault(passage.key, len(numbers)) for passage in old]
    right = [numbers.setdefault(passage.key, len(numbers)) for passage in new]
    kept: list[Pair] = []
    gaps: list[Stretch] = []
    i, j = 0, 0
    for step in Indel.opcodes(left, right):
        if step.tag == "equal":
            gaps.append((range(i, step.src_start), range(j, step.dest_start)))
            i, j = step.src_end, step.dest_end
            kept += zip(range(step.src_start, i), range(step.dest_start, j), strict=True)
    gaps.append((range(i, len(old)), range(j, len(new))))
    return kept, [gap for gap in gaps if gap[0] or gap[1]]


def _find_moved(old: Sequence[Passage], new: Sequence[Passage], gaps: list[Stretch]) -> list[Pair]:
    """Equal passages of different stretches, in order."""
    places: dict[object, deque[int]] = defaultdict(deque)
    for before, _ in gaps:
        for i in before:
            places[old[i].key].append(i)
    return [(places[new[j].key].popleft(), j) for _, after in gaps for j in after if places.get(new[j].key)]


def _without(gaps: Iterable[Stretch], pairs: Iterable[Pair]) -> list[tuple[list[int], list[int]]]:
    """The stretches without what is paired."""
    taken = list(pairs)
    lost, found = {i for i, _ in taken}, {j for _, j in taken}
    return [([i for i in before if i not in lost], [j for j in after if j not in found]) for before, after in gaps]


def _find_changed(
    old: Sequence[Passage], new: Sequence[Passage], gaps: Sequence[Stretch]
) -> list[tuple[Pair, bool]]:
    """Passages that are versions of one another: in one stretch, then the likest anywhere (these have moved)."""
    near = _same_slots(old, new, gaps)
    for stretch in _without(gaps, near):
        alike = _alike(old, new, *stretch, ALIKE_NEAR)
        (rest,) = _without([stretch], alike)
        near += [*alike, *_same_cells(old, new, *rest)]
    lost, found = {i for i, _ in near}, {j for _, j in near}
    before = [i for stretch, _ in gaps for i in stretch if i not in lost]
    after = [j for _, stretch in gaps for j in stretch if j not in found]
    far = _alike(old, new, before, after, ALIKE_FAR)
    return [*((pair, False) for pair in near), *((pair, True) for pair in far)]


def _same_slots(old: Sequence[Passage], new: Sequence[Passage], gaps: Iterable[Stretch]) -> list[Pair]:
    """Named things, a placeholder or a source, by their name: it stays where all else is changed."""
    stretches = list(gaps)
    named = {(old[i].kind, old[i].slot): i for before, _ in stretches for i in before if old[i].slot}
    return [
        (named.pop((new[j].kind, new[j].slot)), j)
        for _, after in stretches
        for j in after
        if (new[j].kind, new[j].slot) in named
    ]


def _same_cells(
    old: Sequence[Passage], new: Sequence[Passage], before: Sequence[int], after: Sequence[int]
) -> Iterator[Pair]:
    """Data of the same kinds in the same order: a date has no likeness to the date that took its place."""
    if [old[i].kind for i in before] == [new[j].kind for j in after]:
        yield from ((i, j) for i, j in zip(before, after, strict=True) if old[i].origin == DATA == new[j].origin)


def _alike(
    old: Sequence[Passage], new: Sequence[Passage], before: Sequence[int], after: Sequence[int], least: float
) -> list[Pair]:
    """The likest pairs of one kind first, each passage once."""
    if len(before) * len(after) > PAIRS:
        return []
    scored: list[tuple[float, int, int]] = []
    for i in before:
        candidates = {j: new[j].msgid for j in after if (new[j].kind, new[j].context) == (old[i].kind, old[i].context)}
        matches = process.extract(
            old[i].msgid, candidates, scorer=Indel.normalized_similarity, score_cutoff=least, limit=5, processor=None
        )
        scored += [(-score, i, j) for _, score, j in matches]
    pairs: list[Pair] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in sorted(scored):
        if i not in taken[0] and j not in taken[1]:
            pairs.append((i, j))
            taken[0].add(i)
            taken[1].add(j)
    return pairs


def _paired(old: Passage, new: Passage, i: int, j: int, away: bool, texts: bool) -> Change | None:
    if old.key == new.key and (old.text == new.text or not texts):
        return Change(MOVED, _cause(new), old, new, i, j, moved=True) if away else None
    cause = TRANSLATION if old.key == new.key else _cause(new)
    words = compare_words(old.text, new.text) if texts else compare_words(old.msgid, new.msgid)
    return Change(CHANGED, cause, old, new, i, j, away, words)


def _cause(passage: Passage) -> str:
    return DATA if passage.origin == DATA else SOURCE


def _order(kept: Sequence[Pair]) -> Callable[[Change], tuple[int, int, int]]:
    """By place in the new list; what was removed comes after the passage that it stood behind."""
    starts = [i for i, _ in kept]

    def place(change: Change) -> tuple[int, int, int]:
        if change.new_at is not None:
            return (change.new_at, 0, 0)
        at = change.old_at or 0
        before = bisect_left(starts, at)
        return (kept[before - 1][1] if before else -1, 1, at)

    return place
