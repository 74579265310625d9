"""Every seeded fault is found by its rule, and pages that only look faulty give nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from imprint.paginate import layout
from imprint.paginate.layout.rules import LAYOUT_RULES
from tests.paginate.layout.conftest import Search
from tests.paginate.layout.seeds import SEEDS, SOUND, Seed


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"{seed.rule}: {seed.name}")
def test_seeded_fault_is_found(search: Search, seed: Seed) -> None:
    """The page's fault is found under the name of its rule."""
    found = search(seed.body, seed.css, **seed.options)
    assert seed.rule in {finding.rule for finding in found}


def test_a_numbered_heading_is_told_with_its_words(search: Search) -> None:
    """Not with its number, which stands in a box of its own: nobody could find its line by that."""
    body = '<h2><span style="display: inline-block">1.1</span> <span>Stranded words</span></h2>'
    (found,) = (finding for finding in search(f"<p>Text.</p>{body}", "") if finding.rule == "heading-stranded")
    assert found.words == "1.1 Stranded words"


@pytest.mark.parametrize("seed", SOUND, ids=lambda seed: seed.name)
def test_sound_page_gives_nothing(search: Search, seed: Seed) -> None:
    """No false alarm."""
    assert [(f.rule, f.message) for f in search(seed.body, seed.css, **seed.options)] == []


def test_every_rule_has_a_seed() -> None:
    """Each rule is found on a page of its own (`short-line` in tests/paginate/test_breaking.py)."""
    assert {seed.rule for seed in SEEDS} | {"short-line"} == LAYOUT_RULES


def test_no_rule_is_nameless() -> None:
    """What the checks say is in the list of rules, and nothing else is."""
    texts = [path.read_text(encoding="utf-8") for path in Path(layout.__path__[0]).glob("*.py") if path.stem != "rules"]
    named = re.findall(
        r'\b(?:error|warning)\(\s*"([a-z-]+)"|rule = "([a-z-]+)" if .* else "([a-z-]+)"', "\n".join(texts)
    )
    assert {name for names in named for name in names if name} == LAYOUT_RULES
