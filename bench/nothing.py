"""Nothing to do: 30 and 1,000 editions, and the parts of planning that grow with the matrix.

python bench/nothing.py [--rounds N]
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from matrix import BUILD, fill_output, make_paper
from measure import Command, Row, Run, Section, interleave, median, report, rounds, spread

SIZES = (30, 300, 1000)
GOALS = {30: 0.25, 1000: 3.0}


def main() -> None:
    """Measure."""
    report("nothing", measure)


def measure() -> Section:
    """A no-op of each size beside an empty Python, and one that must read the paper because a stat differs."""
    with tempfile.TemporaryDirectory(prefix="imprint-bench-") as name:
        folder = Path(name)
        commands = {"python": Command([sys.executable, "-c", "pass"])}
        counts: dict[int, int] = {}
        for size in SIZES:
            place = folder / str(size)
            paper = make_paper(place, size)
            counts[size] = fill_output(paper, place)
            where = ["--paper", str(paper), "--output", str(place / "output"), "--cache", str(place / "cache")]
            commands[str(size)] = Command([*BUILD, "--all", "--draft", *where])
        # Hashes are remembered only of files that have been at rest for two seconds.
        time.sleep(3)
        for size in SIZES:
            interleave({"warm": commands[str(size)]}, 1)
        # No stat cache: every file of every edition is hashed.
        largest = commands[str(SIZES[-1])]
        stats = folder / str(SIZES[-1]) / "cache" / "stats.json"
        commands["hashed"] = Command(largest.words, before=lambda: stats.unlink(missing_ok=True))
        # The matrix forgotten: the paper is parsed and every edition planned before it is found that none is stale.
        matrix = folder / str(SIZES[-1]) / "output" / "matrix.json"
        saved = matrix.read_bytes()
        commands["planned"] = Command(largest.words, before=lambda: matrix.unlink(missing_ok=True))
        runs = interleave(commands, rounds(7))
        matrix.write_bytes(saved)
        return Section("Nothing to do", rows_of(runs, counts), _NOTES)


_NOTES = (
    "The editions of a synthetic matrix have the text of the real paper; all but one are copies of one built PDF and "
    "record, each with bytes and a hash of its own: the check reads them as it would read real ones.",
)


def rows_of(runs: dict[str, list[Run]], counts: dict[int, int]) -> list[Row]:
    """The figures against the goals."""
    rows = [Row("an empty Python", spread(runs["python"]))]
    for size in SIZES:
        goal = GOALS.get(size)
        found = spread(runs[str(size)])
        met = median(runs[str(size)]) <= goal if goal else None
        rows.append(Row(f"{counts[size]} editions, all current", found, f"≤ {goal} s" if goal else "", met))
    small, large = (median(runs[str(size)], "cpu") - median(runs["python"], "cpu") for size in (300, 1000))
    growth = large / small / (counts[1000] / counts[300])
    rows.append(Row("CPU for each edition, 1,000 : 300", f"{growth:.2f}", "linear (≤ 1.2)", growth <= 1.2))
    rows.append(Row(f"{counts[1000]} editions, no stat cache (all hashed)", spread(runs["hashed"])))
    planned = median(runs["planned"])
    rows.append(
        Row(f"{counts[1000]} editions, paper parsed and planned", spread(runs["planned"]), "≤ 3 s", planned <= 3)
    )
    return rows


if __name__ == "__main__":
    main()
