"""Every rule, by cases: what it must see and what it must let pass."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from imprint.localize.check.run import rule_names
from tests.localize.check.conftest import Ask

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))["cases"]
BAD = [case for case in CASES if case["rules"]]
GOOD = [case for case in CASES if not case["rules"]]


@pytest.mark.parametrize("case", BAD, ids=lambda case: f"{case['lang']}-{'-'.join(case['rules'])}")
def test_a_slip_is_seen(case: dict[str, Any], ask: Ask) -> None:
    """Each rule that the case names speaks."""
    found = {d.rule for d in ask(case["lang"], case["source"], case["target"], flags=tuple(case.get("flags", ())))}
    assert set(case["rules"]) <= found


@pytest.mark.parametrize("case", GOOD, ids=lambda case: f"{case['lang']}-{case['source'][:24]}")
def test_good_work_is_let_pass(case: dict[str, Any], ask: Ask) -> None:
    """No rule speaks of a good translation."""
    assert ask(case["lang"], case["source"], case["target"], flags=tuple(case.get("flags", ()))) == []


def test_every_rule_of_one_text_has_a_case() -> None:
    """No rule is without a positive case here (terms, headers and plural forms have tests of their own)."""
    elsewhere = {"terms", "forbidden-terms", "plural-forms", "header", "references"}
    assert rule_names() - elsewhere == {name for case in BAD for name in case["rules"]} - elsewhere


def test_a_surrogate_is_seen(ask: Ask) -> None:
    """A half of a character, which no file can hold but a tool can hand over, is an error."""
    assert "control" in {d.rule for d in ask("de", "Text.", "Te\ud800xt.")}
