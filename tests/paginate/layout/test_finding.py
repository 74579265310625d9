"""Findings become diagnostics at their message's place; a rule that is broken everywhere is shown a few times."""

from __future__ import annotations

from imprint.base.diagnostic import Location, Severity
from imprint.paginate.layout.finding import SHOWN, error, limited, quoted, warning

PLACE = Location("content/01-one.md", 7)


def test_place_and_page() -> None:
    """The diagnostic has the page in its message and the message's file and line."""
    made = error("overlap", 3, "two", "words", "hint").diagnostic(lambda words: PLACE if words == "words" else None)
    assert str(made).startswith("content/01-one.md:7: error: page 3: two [overlap]")


def test_draft_refuses_nothing() -> None:
    """In a draft an error is a warning."""
    made = error("overlap", 3, "two", "", "hint").diagnostic(lambda _: PLACE, draft=True)
    assert (made.severity, made.at) == (Severity.WARNING, None)


def test_a_rule_is_shown_a_few_times() -> None:
    """Of many findings of a rule the first are shown, and how many more there are, as bad as the worst of them."""
    many = [warning("a", page, "same", "", "") for page in range(1, 21)]
    many += [error("a", 30, "worse", "", ""), warning("b", 2, "other", "", "")]
    shown = list(limited(many))
    assert [finding.page for finding in shown[:SHOWN]] == list(range(1, SHOWN + 1))
    assert (shown[SHOWN].message, shown[SHOWN].severity) == ("and 13 more of this kind, up to page 30", Severity.ERROR)
    assert [finding.rule for finding in shown[SHOWN + 1 :]] == ["b"]


def test_the_same_finding_counts_once() -> None:
    """A fault met on two ways is one."""
    assert len(list(limited([warning("a", 1, "same", "", "")] * 3))) == 1


def test_quotes_are_short() -> None:
    """A message quotes the beginning of a text, with spaces folded."""
    assert quoted("a  b\nc") == "‘a b c’"
    assert len(quoted("word " * 40)) <= 51
