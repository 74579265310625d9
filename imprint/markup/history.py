"""An edition's passages of then and now in, its changes for the reader out: by chapter, by cause, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from imprint.localize.compare.changes import ADDED, CHANGED, REMOVED, SOURCE, TRANSLATION, Change, compare_passages
from imprint.localize.compare.passages import DATA, Passage
from imprint.localize.compare.words import ADDED as PUT_IN
from imprint.localize.compare.words import KEPT, compare_words
from imprint.localize.compare.words import REMOVED as TAKEN_OUT
from imprint.markup.appendix import Changes
from imprint.markup.renderer import EditionRenderer

# A changed passage of which no more than its marks, notes or citations differ.
MARKS = "marks"
CAUSES = (SOURCE, TRANSLATION, DATA)
# Kinds that are no Markdown, as they are typed.
_TYPED = frozenset({"title", "keyword", "placeholder", "figure text", "source"})
_VALUES = frozenset({"date", "number", "territory", "territories", "list", "verbatim", "url"})
# Less than this share of words kept, and a reader is shown the two texts and not a mosaic of both.
_MOSAIC = 0.5


class Step(NamedTuple):
    """A stretch of a passage: words that were `kept`, or in their place those of then (`old`) and of now (`new`)."""

    kept: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Item:
    """One change: `sort` is `added`, `removed`, `changed`, `moved` or `marks`, `steps` its text."""

    sort: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one part of the paper: `part` its id, `title` of a chapter its own; `causes` by cause."""

    part: str
    title: str
    causes: Mapping[str, Sequence[Item]]


def list_changes(changes: Changes, state: EditionRenderer) -> tuple[Group, ...]:
    """The changes in the order of the paper as it is now; a part that is gone stands where it was missed."""
    then, now = _Reader(changes.old or (), state), _Reader(changes.new, state)
    groups: dict[str, list[Change]] = {}
    for change in compare_passages(changes.old or (), changes.new) if changes.old is not None else ():
        groups.setdefault(change.passage.part, []).append(change)
    order = {chapter.attrs["id"]: place for place, chapter in enumerate(state.document.chapters)}
    last = {"glossary": len(order), "sources": len(order) + 1}
    parts = sorted(groups, key=lambda part: order.get(part, last.get(part, -1)))
    return tuple(_group(part, groups[part], then, now) for part in parts)


def _group(part: str, changes: Sequence[Change], then: _Reader, now: _Reader) -> Group:
    shown = [(change.cause, _item(change, then, now)) for change in changes]
    causes = {cause: [item for of, item in shown if of == cause] for cause in CAUSES}
    passage = changes[0].passage
    title = now.state.plain(passage.heading) if passage.heading else ""
    return Group(part, title, {cause: items for cause, items in causes.items() if items})


def _item(change: Change, then: _Reader, now: _Reader) -> Item:
    old = then.read(change.old) if change.old else ""
    new = now.read(change.new) if change.new else ""
    if change.sort == CHANGED:
        return Item(MARKS, (Step(new, "", ""),)) if old == new else Item(CHANGED, tuple(_steps(old, new)))
    return Item(change.sort, (Step("" if change.sort in (ADDED, REMOVED) else new, old, new),))


def _steps(old: str, new: str) -> Iterator[Step]:
    runs = compare_words(old, new)
    kept = sum(len(run.text) for run in runs if run.sign == KEPT)
    if kept < _MOSAIC * max(len(old), len(new)):
        yield Step("", old, new)
        return
    for stays, group in groupby(runs, key=lambda run: run.sign == KEPT):
        words = {run.sign: run.text for run in group}
        yield Step(words[KEPT], "", "") if stays else Step("", words.get(TAKEN_OUT, ""), words.get(PUT_IN, ""))


class _Reader:
    """Reads one issue's passages as its reader did: with its own values of the placeholders, without marks."""

    def __init__(self, passages: Iterable[Passage], state: EditionRenderer) -> None:
        found = list(passages)
        self.state = state
        own = {passage.slot: passage.text for passage in found if passage.slot and passage.kind != "source"}
        self._inline = state.plain_with({**state.values, **own})
        self._sources = {p.slot: p.text.split(" · ")[0] for p in found if p.kind == "source"}

    def read(self, passage: Passage) -> str:
        """The passage as plain text."""
        if passage.kind == "cite":
            return "; ".join(self._sources.get(key, key) for key in passage.msgid.split(", "))
        if passage.kind in _VALUES:
            return passage.text
        if passage.kind in _TYPED:
            return self._inline.set_plain(passage.text)
        return self._inline.plain(passage.text)
