"""Every seeded fault is found by its rule, and pages that only look faulty give nothing."""

from __future__ import annotations

import pytest

from tests.paginate.layout.conftest import Search
from tests.paginate.layout.seeds import SEEDS, SOUND, Seed


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"{seed.rule}: {seed.name}")
def test_seeded_fault_is_found(search: Search, seed: Seed) -> None:
    """The page's fault is found under the name of its rule."""
    found = search(seed.body, seed.css, **seed.options)
    assert seed.rule in {finding.rule for finding in found}


@pytest.mark.parametrize("seed", SOUND, ids=lambda seed: seed.name)
def test_sound_page_gives_nothing(search: Search, seed: Seed) -> None:
    """No false alarm."""
    assert [(f.rule, f.message) for f in search(seed.body, seed.css, **seed.options)] == []
