"""The rules of numbers: every number, date, percentage and unit of the source is in the translation, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from imprint.base.diagnostic import Severity
from imprint.localize.check import tables
from imprint.localize.check.measures import PERCENT, Quantity
from imprint.localize.check.quantities import masked, parse_quantities
from imprint.localize.check.rules import Complaint, rule
from imprint.localize.check.standards import standard_spans
from imprint.localize.check.subject import Subject

# Number words up to here come and go in good prose ("two-step", "one of the"); larger ones are facts.
SMALL = 10
_NEGATIVE = re.compile(r"(?:^|[\s(（])[-−–](?=\d)")
_LISTED = 5


def _quantities(subject: Subject) -> tuple[list[Quantity], list[Quantity]]:
    source, target = subject.source.prose, subject.target.prose
    return (
        parse_quantities(masked(source, standard_spans(source)), subject.source_profile),
        parse_quantities(masked(target, standard_spans(target)), subject.profile),
    )


def _answers(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities can have the same value (versions are compared as they are written)."""
    written = one.written == other.written and "." in one.written
    return written or not one.values.isdisjoint(other.values)


def _answered(quantity: Quantity, others: list[Quantity]) -> bool:
    if any(_answers(quantity, other) for other in others):
        return True
    # "13 200" may be a list of two numbers; then each must be there.
    known = {value for other in others for value in other.values} | {v for o in others for p in o.lists for v in p}
    if quantity.lists and all(not part.isdisjoint(known) for part in quantity.lists):
        return True
    return any(not quantity.values.isdisjoint(part) for other in others for part in other.lists)


@rule("numbers", Severity.ERROR)
def check_numbers(subject: Subject) -> Iterator[Complaint]:
    """Numbers by value, in both directions; number words of the source may become digits and the other way round."""
    source, target = _quantities(subject)
    missing = [q for q in source if q.exact and not _answered(q, target)]
    extra = [q for q in target if q.exact and not _answered(q, source)]
    # "A file" may become "1 file"; where another number is gone, it became this one.
    extra = [q for q in extra if q.values != {Fraction(1)} or missing]
    if subject.lone:
        missing = [q for q in missing if q.values.isdisjoint(_few())]
    hint = "write the source's number in the language's own form, or silence this message by '# imprint: ignore numbers'"
    for gone, come in list(zip(missing, extra, strict=False))[:_LISTED]:
        yield Complaint(f"'{gone.written}' of the source became '{come.written}'", hint)
    for gone in missing[len(extra) : len(extra) + _LISTED]:
        yield Complaint(f"'{gone.written}' of the source is missing", hint)
    for come in extra[len(missing) : len(missing) + _LISTED]:
        yield Complaint(f"'{come.written}' is not in the source", hint)
    if not missing and not extra:
        yield from _spelled_out(source, target)
        yield from _sign(subject)


def _few() -> frozenset[Fraction]:
    return frozenset({Fraction(0), Fraction(1), Fraction(2)})


def _spelled_out(source: list[Quantity], target: list[Quantity]) -> Iterator[Complaint]:
    """Number words: a large one that is gone, or a small one that became another."""
    gone = [q for q in source if q.counted and not q.exact and not _answered(q, target)]
    come = [q for q in target if q.counted and not q.exact and not _answered(q, source)]
    for quantity in gone:
        large = all(isinstance(v, Fraction) and v > SMALL for v in quantity.values)
        other = next((q for q in come if min(map(_size, q.values)) > 1), None)
        if other or large:
            became = f"became '{other.written}'" if other else "is missing"
            yield Complaint(f"'{quantity.written}' of the source {became}", "check the number", Severity.WARNING)


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
    for quantity in (q for q in source if q.exact or q.counted):
        same = [other for other in target if _answers(quantity, other)]
        if not same or any(_units_agree(quantity.unit, other.unit, told) for other in same):
            continue
        want, got = quantity.unit or "no unit", same[0].unit or "no unit"
        shown = f"'{quantity.written}' has {_name(want)}, its translation '{same[0].written}' {_name(got)}"
        yield Complaint(shown, "keep the unit; a converted value must be silenced by '# imprint: ignore units'")


def _units_agree(one: str, other: str, told: bool) -> bool:
    """Two units agree where they are the same, or where one is not known (an inflected word that CLDR has not)."""
    if one == other:
        return True
    if PERCENT in (one, other):
        return not told and "" in (one, other)
    return "" in (one, other)


def _name(unit: str) -> str:
    return unit.split("-", 1)[-1].replace("-", " ")
