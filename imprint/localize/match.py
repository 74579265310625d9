"""New messages and old ones → which old message each new one came from, each old one used once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

# msgmerge's measure (FUZZY_THRESHOLD): below it, two messages have too little in common to help a translator.
THRESHOLD = 60.0
# What a new message shows of an old one, or an old one of a new, is worth offering whatever the rest.
CONTAINED = 60.5
# Features that more messages share than this say nothing of where a message came from.
_COMMON = 40
_CANDIDATES = 8
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Text:
    """A message as it is matched: its text, context, files, and its place in its list from 0 to 1."""

    msgid: str
    context: str | None = None
    files: frozenset[str] = frozenset()
    place: float = 0.0
    # Another text under which the same translation is known, such as the last version of an edited message.
    alias: str | None = None
    # How alike a text must be to be matched with this old one.
    least: float = THRESHOLD


Rank = tuple[float, float, bool, float]


@dataclass(slots=True)
class Finder:
    """Finds, for a text, the few old texts that share rare features with it: no comparison of all with all."""

    old: Sequence[Text]
    _postings: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place, text in enumerate(self.old):
            for feature in _features(text.msgid) | (_features(text.alias) if text.alias else set()):
                self._postings.setdefault(feature, []).append(place)

    def candidates(self, msgid: str) -> list[int]:
        """The places of the old texts that share most with `msgid`, at most eight."""
        votes: Counter[int] = Counter()
        shared = [found for feature in _features(msgid) if (found := self._postings.get(feature))]
        rare = [found for found in shared if len(found) <= _COMMON]
        for found in rare or [found[:_COMMON] for found in sorted(shared, key=len)[:_CANDIDATES]]:
            votes.update(found)
        # Hundreds share a word or two: only the eight highest counts, and what ties with them, are put in order. Not by
        # most_common: ties must not hang on the order in which a set of features is walked.
        least = min(sorted(votes.values())[-_CANDIDATES:], default=0)
        most = [place for place, count in votes.items() if count >= least]
        return sorted(most, key=lambda place: (-votes[place], place))[:_CANDIDATES]

    def ranked(self, text: Text, extra: Iterable[int] = ()) -> list[tuple[Rank, int]]:
        """The candidates that are near enough, with their ranks, unsorted."""
        places = dict.fromkeys([*self.candidates(text.msgid), *extra])
        return [(rank, place) for place in places if (rank := _rank(text, self.old[place])) is not None]


def _features(msgid: str) -> set[str]:
    """Pairs of neighbouring words, and the words; of a short text also its letter trigrams."""
    words = re.findall(r"\w+", msgid.lower())
    features = {f"{a} {b}" for a, b in pairwise(words)} | set(words)
    if len(msgid) <= _SHORT:
        flat = f"^{msgid.lower()}$"
        features |= {flat[i : i + 3] for i in range(len(flat) - 2)}
    return features


def similarity(a: str, b: str, cutoff: float = THRESHOLD) -> float:
    """How alike two texts are, from 0 to 100 (Indel ratio, as fstrcmp in msgmerge); 0 below the cutoff."""
    if a == b:
        return 100.0
    # Imported where it is used: an update in which no message is new must not pay for it.
    from rapidfuzz.fuzz import ratio

    return float(ratio(a, b, score_cutoff=cutoff))


def _rank(new: Text, old: Text) -> Rank | None:
    likeness = max(similarity(new.msgid, text, old.least) for text in (old.msgid, old.alias) if text is not None)
    if not likeness:
        short, long = sorted((new.msgid, old.msgid), key=len)
        if old.least > THRESHOLD or len(short) < 20 or short.rstrip(".") not in long:
            return None
        likeness = CONTAINED
    same = 1.0 if new.context == old.context else similarity(new.context or "", old.context or "", 0.0) / 101
    return (round(likeness, 3), same, bool(new.files & old.files), -abs(new.place - old.place))


def assign(new: Sequence[Text], old: Sequence[Text], near: Mapping[int, Iterable[int]]) -> dict[int, int]:
    """Which of `old` each of `new` came from: the likest pairs first, each text in one pair at most.

    `near` names for a new text old ones that stood in its place, to be tried whatever they share. Among equally like
    ones, the same context counts first, then the same file, then the nearer place. Takes time in proportion to the
    number of texts.
    """
    finder = Finder(old)
    ranked = [
        (rank, -place, -number)
        for number, text in enumerate(new)
        for rank, place in finder.ranked(text, near.get(number, ()))
    ]
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, place, number in sorted(ranked, reverse=True):
        if -number not in pairs and -place not in used:
            pairs[-number] = -place
            used.add(-place)
    return pairs
