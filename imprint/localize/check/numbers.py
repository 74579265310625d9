"""The rules of numbers: every number, date, percentage and unit of the source is in the translation, and no other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache

from imprint.base.diagnostic import Severity
from imprint.localize.check import beside, tables
from imprint.localize.check.durations import Lengths, names_unit
from imprint.localize.check.measures import PERCENT, POINTS, Quantity
from imprint.localize.check.profile import profile_for
from imprint.localize.check.quantities import masked, parse_quantities
from imprint.localize.check.rules import Complaint, rule
from imprint.localize.check.standards import standard_spans
from imprint.localize.check.subject import Subject

# Number words up to here come and go in good prose ("two-step", "one of the"); larger ones are facts.
SMALL = 10
_NEGATIVE = re.compile(r"(?:^|[\s(（])[-−–](?=\d)")
_LISTED = 5
# No text has more laws; each is looked for in the translation.
_LAWS = 100


def _quantities(subject: Subject) -> tuple[list[Quantity], list[Quantity]]:
    source, target = subject.source.prose, subject.target.prose
    laws = tuple(dict.fromkeys(source[start:end] for start, end in standard_spans(source)))[:_LAWS]
    return _read(source, subject.source_profile.tag, ()), _read(target, subject.profile.tag, laws)


@lru_cache(maxsize=1024)
def _read(prose: str, tag: str, laws: tuple[str, ...]) -> list[Quantity]:
    """The quantities of a text beside its standards and laws, and beside those of the source (12/2018 may be a month);
    kept, for two rules ask and catalogs share sources."""
    same = (m.span() for law in laws for m in re.finditer(rf"(?<!\d){re.escape(law)}(?!\d)", prose))
    return parse_quantities(masked(prose, sorted({*standard_spans(prose), *same})), profile_for(tag))


class _Known:
    """The values of a text, to ask whether a quantity of the other text is among them; one look each, however many."""

    def __init__(self, quantities: list[Quantity], others: list[Quantity]) -> None:
        # What both texts tell by a phrase (a share, a multiple) answers that phrase and nothing else.
        told = {value for other in others if other.phrase for value in other.values}
        self.phrases = {value for q in quantities if q.phrase for value in q.values}
        quantities = [q for q in quantities if not (q.phrase and not q.values.isdisjoint(told))]
        self.values = {value for quantity in quantities for value in quantity.values}
        self.written = {quantity.written for quantity in quantities if "." in quantity.written}
        self.listed = {value for quantity in quantities for part in quantity.lists for value in part}

    def answers(self, quantity: Quantity) -> bool:
        """Whether the quantity has a value here; "13 200" may be a list of two numbers, each of which must be here."""
        if quantity.phrase and not quantity.values.isdisjoint(self.phrases):
            return True
        if quantity.written in self.written or not quantity.values.isdisjoint(self.values):
            return True
        both = self.values | self.listed if quantity.lists else self.values
        if quantity.lists and all(not part.isdisjoint(both) for part in quantity.lists):
            return True
        return not quantity.values.isdisjoint(self.listed)


@rule("numbers", Severity.ERROR)
def check_numbers(subject: Subject) -> Iterator[Complaint]:
    """Numbers by value, in both directions; number words of the source may become digits and the other way round."""
    source, target = _quantities(subject)
    here, there = _Known(target, source), _Known(source, target)
    missing = [q for q in source if q.exact and not here.answers(q)]
    extra = [q for q in target if q.exact and not there.answers(q)]
    # "A file" may become "1 file"; where another number is gone, it became this one.
    extra = [q for q in extra if q.values != {Fraction(1)} or missing]
    words = [q for q in source if q.counted and not q.exact and not here.answers(q)]
    missing, extra = _outside(missing, source, target), _outside(extra, target, source)
    if missing or extra or words:
        ours = Lengths(source, subject.source.prose, subject.source_profile)
        theirs = Lengths(target, subject.target.prose, subject.profile)
        missing, words = ours.unanswered(missing, theirs), ours.unanswered(words, theirs)
        extra = theirs.unanswered(extra, ours)
    if subject.lone:
        missing = [q for q in missing if q.values.isdisjoint(_few())]
    if (dual := beside.DUAL.get(subject.profile.language)) and dual.search(subject.target.prose):
        others = any(q.counted and not _is_part(q) and not there.answers(q) for q in target)
        missing = [q for q in missing if others or q.values != {Fraction(2)}]
    hint = (
        "write the source's number in the language's own form, or silence this message by '# imprint: ignore numbers'"
    )
    for gone, come in list(zip(missing, extra, strict=False))[:_LISTED]:
        yield Complaint(f"'{gone.written}' of the source became '{come.written}'", hint)
    for gone in missing[len(extra) : len(extra) + _LISTED]:
        yield Complaint(f"'{gone.written}' of the source is missing", hint)
    for come in extra[len(missing) : len(missing) + _LISTED]:
        yield Complaint(f"'{come.written}' is not in the source", hint)
    if not missing and not extra:
        new = [q for q in target if q.counted and not q.exact and not there.answers(q)]
        if new and not words and (words := _rarer(source, target)):
            ours = Lengths(source, subject.source.prose, subject.source_profile)
            theirs = Lengths(target, subject.target.prose, subject.profile)
        if words:
            yield from _spelled_out(words, theirs.unanswered(new, ours), subject)
        yield from _sign(subject)


def _outside(asked: list[Quantity], own: list[Quantity], other: list[Quantity]) -> list[Quantity]:
    """Those that are no part of a share that the other text tells in its own way (1 in 4: a quarter, 25 %)."""
    if not asked:
        return asked
    free = _parts(other) - _parts(q for q in own if not q.phrase)
    told = [q for q in own if q.phrase and not _parts([q]).isdisjoint(free)]
    inside = {place for q in told for place in range(q.start, q.end)}
    return [q for q in asked if q.start not in inside]


def _parts(quantities: Iterable[Quantity]) -> set[Fraction]:
    """What parts of a whole the quantities may tell, percentages among them."""
    return {
        part for q in quantities for v in q.values if isinstance(v, Fraction)
        for part in ((v,) if not q.unit or q.phrase else (v / 100,) if q.unit == PERCENT else ()) if 0 < part < 1
    }  # fmt: skip


def _few() -> frozenset[Fraction]:
    return frozenset({Fraction(0), Fraction(1), Fraction(2)})


def _rarer(source: list[Quantity], target: list[Quantity]) -> list[Quantity]:
    """The small numbers that the source has more often than the translation: chapter 3 has three parts."""
    there = Counter(value for place, value in {(q.start, value) for q in target for value in q.values})
    ours = [q for q in source if (q.counted or q.exact) and not q.phrase and len(q.values) == 1]
    here = Counter(value for q in ours for value in q.values)
    found = [q for q in ours if any(there[value] < here[value] > 1 for value in q.values)]
    return [q for q in found if all(1 < _size(value) <= SMALL for value in q.values)][-1:]


def _spelled_out(gone: list[Quantity], come: list[Quantity], subject: Subject) -> Iterator[Complaint]:
    """Number words: a large one that is gone, or a small one or a fraction that became another."""
    for quantity in gone:
        # Good prose leaves small number words out, but for those of a length of time whose unit is there.
        length = quantity.unit.startswith("duration-") and not _is_week(quantity)
        least = 1 if length and names_unit(subject.target.prose, quantity.unit, subject.profile) else SMALL
        large = all(isinstance(v, Fraction) and v > least and v.denominator == 1 for v in quantity.values)
        part = _is_part(quantity)
        other = next((q for q in come if _is_part(q) is part and max(map(_size, q.values)) > 1), None)
        if other or large:
            became = f"became '{other.written}'" if other else "is missing"
            yield Complaint(f"'{quantity.written}' of the source {became}", "check the number", Severity.WARNING)


def _is_week(quantity: Quantity) -> bool:
    """Whether the number is of the days of a week, or of a working one, which languages tell in many ways."""
    return quantity.unit == "duration-day" and not quantity.values.isdisjoint({Fraction(5), Fraction(7)})


def _is_part(quantity: Quantity) -> bool:
    """Whether the number is a half, a third, two thirds."""
    return 0 < min(map(_size, quantity.values)) < 1


def _size(value: Fraction | str) -> Fraction:
    return value if isinstance(value, Fraction) else Fraction(0)


def _sign(subject: Subject) -> Iterator[Complaint]:
    if _NEGATIVE.search(subject.source.prose) and not any(word in subject.msgstr for word in tables.MINUS):
        yield Complaint("a number below zero lost its minus sign", "write the sign or the language's word for it")


@rule("units", Severity.ERROR)
def check_units(subject: Subject) -> Iterator[Complaint]:
    """A number that is there kept its unit: a percentage stays one, hours stay hours, MB stay MB."""
    source, target = _quantities(subject)
    told = bool(tables.PERCENT.get(subject.profile.language))
    # A half or a quarter may become a percentage.
    by_value: dict[Fraction | str, list[Quantity]] = {}
    for other in target:
        for value in {*other.values, other.written}:
            by_value.setdefault(value, []).append(other)
    own: dict[Fraction | str, set[str]] = {}
    for other in source:
        for value in other.values:
            own.setdefault(value, set()).add(other.unit)
    shares = _parts(q for q in source if q.phrase)
    seen: set[tuple[str, str]] = set()
    for quantity in (q for q in source if q.exact or (q.counted and min(map(_size, q.values)) >= 1)):
        if (quantity.written, quantity.unit) in seen:
            continue
        seen.add((quantity.written, quantity.unit))
        written = by_value.get(quantity.written, []) if "." in quantity.written else []
        same = [*written, *(other for value in sorted(quantity.values, key=str) for other in by_value.get(value, []))]
        same = [other for other in same if other.exact] or same
        # "One in ten" is ten per cent: the source may tell the same number with another unit.
        units = {quantity.unit}.union(*(own.get(value, ()) for value in quantity.values))
        # Half of them, where the source says 50 %.
        parts = _parts([quantity]) - shares if quantity.unit == PERCENT else set()
        same_share = any(not parts.isdisjoint(other.values) for other in same)
        if not same or same_share or any(_units_agree(unit, other.unit, told) for unit in units for other in same):
            continue
        want, got = quantity.unit or "no unit", same[0].unit or "no unit"
        shown = f"'{quantity.written}' has {_name(want)}, its translation '{same[0].written}' {_name(got)}"
        yield Complaint(shown, "keep the unit; a converted value must be silenced by '# imprint: ignore units'")


def _units_agree(one: str, other: str, told: bool) -> bool:
    """Two units agree where they are the same, or where one is not known (an inflected word that CLDR has not)."""
    if one == other:
        return True
    if POINTS in (one, other):
        return PERCENT in (one, other) or "" in (one, other)
    if PERCENT in (one, other):
        return not told and "" in (one, other)
    return "" in (one, other)


def _name(unit: str) -> str:
    return unit.split("-", 1)[-1].replace("-", " ")
