"""Verdicts are the same whether one process finds them or two, and what is known is not asked again."""

from __future__ import annotations

from pathlib import Path

from imprint.base import twin
from imprint.base.confine import Limits, run_confined
from imprint.localize import verdicts
from imprint.localize.check.terms import NO_TERMS
from imprint.localize.entry import Entry
from imprint.localize.verdicts import Verdicts
from imprint.paginate.replacement import replaced

PATH = "locales/de/LC_MESSAGES/messages.po"
LIMITS = Limits(cpu_seconds=60, wall_seconds=120)


def entries(count: int) -> list[tuple[str, Entry]]:
    """Translations of which every third has another number than its source."""
    return [
        (PATH, Entry(f"It took {n} days.", (f"Es dauerte {n + (n % 3 == 0)} Tage.",), line=n, msgstr_line=n))
        for n in range(1, count + 1)
    ]


def learned(folder: Path | None, hands: int, count: int) -> tuple[list[str], int]:
    """The findings after `learn`, and how many entries this process looked at itself."""
    asked: list[Entry] = []

    class Counting(Verdicts):
        def _ask(self, item: tuple[str, Entry]) -> list[list[str]]:
            asked.append(item[1])
            return super()._ask(item)

    known = Counting("de", NO_TERMS, (), "engine", folder)
    # However busy the machine is.
    with replaced(twin, "PATIENCE", 60.0):
        known.learn(entries(count), hands)
    found = [str(diagnostic) for path, entry in entries(count) for diagnostic in known.judge(entry, path)]
    known.save()
    return found, len(asked)


def test_shared_out(tmp_path: Path) -> None:
    """A twin takes half of the work, and nothing of what is found is another; kept, it is not found again."""
    many = 2 * verdicts._MANY
    alone, looked = run_confined(learned, (None, 1, many), LIMITS)
    assert looked == many
    assert len(alone) == many // 3
    assert run_confined(learned, (tmp_path, 2, many), LIMITS) == (alone, many // 2)
    assert run_confined(learned, (tmp_path, 2, many), LIMITS) == (alone, 0)


def test_a_few_are_not_shared_out() -> None:
    """For a handful of new translations there is no fork."""
    few = verdicts._MANY - 1
    assert run_confined(learned, (None, 2, few), LIMITS)[1] == few
