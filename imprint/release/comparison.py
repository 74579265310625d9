"""Two issues of an edition, or two editions, in; their comparison as values and as JSON out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from imprint.localize.compare.changes import Change, compare_passages
from imprint.localize.compare.passages import Passage

# Of an edition: in both, only in the newer, only in the older.
KEPT, NEW, WITHDRAWN = "kept", "new", "withdrawn"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two lists of passages: `old` and `new` name them (`1.0.0`, `cn/en`), `edition` the pair.

    `language` is the BCP 47 tag of the texts, `state` tells whether the edition is in both (`kept`), `new` or
    `withdrawn`; of the last two no changes are listed. `note` is what else there is to say of the edition.
    """

    edition: str
    language: str
    old: str
    new: str
    changes: tuple[Change, ...]
    state: str = KEPT
    note: str = ""

    @property
    def counts(self) -> Mapping[str, int]:
        """How many changes there are of each cause."""
        return dict(sorted(Counter(change.cause for change in self.changes).items()))


@dataclass(frozen=True, slots=True)
class Issued:
    """The editions of one release, or of the working tree, by name (`cn/zh-Hans`), and what to call it."""

    label: str
    editions: Mapping[str, Sequence[Passage]]


def compare_issued(old: Issued, new: Issued) -> tuple[Comparison, ...]:
    """One comparison for each edition of either, in the order of the newer."""
    found = []
    for name in dict.fromkeys([*new.editions, *old.editions]):
        state = KEPT if name in old.editions and name in new.editions else NEW if name in new.editions else WITHDRAWN
        changes = compare_passages(old.editions[name], new.editions[name]) if state == KEPT else ()
        found.append(Comparison(name, language_of(name), old.label, new.label, changes, state))
    return tuple(found)


def compare_editions(issued: Issued, one: str, other: str) -> Comparison:
    """What differs between two editions of one issue: by their texts, or by their sources' where languages differ."""
    same = language_of(one) == language_of(other)
    changes = compare_passages(issued.editions[one], issued.editions[other], texts=same)
    return Comparison(f"{one} and {other}", language_of(other) if same else "", one, other, changes)


def language_of(edition: str) -> str:
    """`cn/zh-Hans` → `zh-Hans`."""
    return edition.partition("/")[2]


def write_json(comparisons: Iterable[Comparison]) -> bytes:
    """The comparisons as JSON: every change with its two texts and the runs of words between them."""
    found = list(comparisons)
    head = {"from": found[0].old, "to": found[0].new} if found else {}
    data = {**head, "editions": [_edition(comparison) for comparison in found]}
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"


def _edition(comparison: Comparison) -> dict[str, Any]:
    return {
        "edition": comparison.edition,
        "state": comparison.state,
        **({"note": comparison.note} if comparison.note else {}),
        "counts": comparison.counts,
        "changes": [_change(change) for change in comparison.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    data: dict[str, Any] = {"sort": change.sort, "cause": change.cause}
    if change.moved:
        data["moved"] = True
    for side, passage, at in (("old", change.old, change.old_at), ("new", change.new, change.new_at)):
        if passage is not None:
            data[side] = {"at": at, **passage.as_json()}
    if change.words:
        data["words"] = [list(run) for run in change.words]
    return data


def write_passages(edition: str, passages: Iterable[Passage]) -> bytes:
    """An edition's passages as a release carries them: `messages/*.json`."""
    data = {"edition": edition, "passages": [passage.as_json() for passage in passages]}
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"
