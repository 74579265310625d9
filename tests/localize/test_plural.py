"""Plural rules are computed without eval, as C computes them, and hostile ones are refused at once."""

from __future__ import annotations

from gettext import c2py

import pytest
from babel.messages.plurals import PLURALS

from imprint.localize.plural import Plural, PluralError, parse_plural
from tests.cost import cost_of


def test_agrees_with_the_standard_library_for_every_language() -> None:
    """Oracle: for each rule that Babel ships and n to 200, the form is gettext's."""
    rules = {rule for rule in PLURALS.values() if rule[0] <= 6}
    assert len(rules) > 15
    for forms, expression in rules:
        plural = Plural(forms, expression)
        theirs = c2py(expression)
        assert [plural.form(n) for n in range(201)] == [theirs(n) for n in range(201)]


@pytest.mark.parametrize("rule", [
    "nplurals=2; plural=n/0;", "nplurals=2; plural=n%0;", "nplurals=2; plural=n;", "nplurals=2; plural=0-1;",
    "nplurals=2; plural=__import__('os').system('true');", "nplurals=2; plural=n !== 1;", "nplurals=2; plural=(n;",
    "nplurals=2; plural=n ? 1;", "nplurals=0; plural=0;", "nplurals=1000000000; plural=0;", "nplurals=2", "",
    "nplurals=2; plural=n n;", "nplurals=2; plural=99999999999999;", "nplurals=2; plural=n**n;",
    f"nplurals=2; plural={'(' * 300}n{')' * 300};", f"nplurals=2; plural={'!' * 390}n;",
    f"nplurals=2; plural={'1+' * 5000}1;",
])  # fmt: skip
def test_refuses_what_is_no_rule(rule: str) -> None:
    """Errors, not exceptions of another kind, at once."""

    def parse() -> None:
        with pytest.raises(PluralError):
            parse_plural(rule)

    assert cost_of(parse) < 5
