"""The registry of rules: each has a name to silence it by, a severity, and a function from a subject to complaints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from imprint.base.diagnostic import Severity
from imprint.localize.check.subject import Subject


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a rule has to say: the message, what to do about it, and a severity where it is not the rule's own."""

    message: str
    hint: str = ""
    severity: Severity | None = None


RuleFunction = Callable[[Subject], Iterator[Complaint]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule. The name is stable: translators silence it by a comment, papers by paper.toml."""

    name: str
    severity: Severity
    run: RuleFunction


# Filled by `rule` as the families are imported (by run.py, in the order in which findings are shown).
RULES: dict[str, Rule] = {}


def rule(name: str, severity: Severity) -> Callable[[RuleFunction], RuleFunction]:
    """Enter the function into the registry under `name`. Raises ValueError where the name is taken."""

    def enter(function: RuleFunction) -> RuleFunction:
        if name in RULES:
            raise ValueError(f"two rules are called '{name}'")
        RULES[name] = Rule(name, severity, function)
        return function

    return enter
