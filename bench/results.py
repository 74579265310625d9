"""What every script found last, as one page: `bench/RESULTS.md`.

python bench/results.py
"""

from __future__ import annotations

import json
from typing import Any

from measure import FOUND, ROOT

# In the order of the page.
SCRIPTS = ("cold", "proof", "others", "nothing", "scale", "watch", "catalog_update")
HEAD = """\
# What was measured

Written by `python build.py bench`. Each section names the day, the load of the machine (one minute's average before and
after: above the number of cores the wall times are of a busy machine, and CPU times and ratios tell more) and what it
ran on. Every figure is the median of whole processes that were run in turn (A B A B …), with the range in brackets; CPU
counts a process with its children, memory is that of the largest one. Nothing here is asserted by a test.
"""


def main() -> None:
    """Write the page."""
    found = {name: json.loads((FOUND / f"{name}.json").read_bytes()) for name in SCRIPTS if _has(name)}
    parts = [HEAD, _shortfalls(found), *(_section(section) for section in found.values())]
    (ROOT / "bench" / "RESULTS.md").write_text("\n".join(parts), "utf-8")


def _has(name: str) -> bool:
    return (FOUND / f"{name}.json").is_file()


def _shortfalls(found: dict[str, Any]) -> str:
    missed = [row for section in found.values() for row in section["rows"] if row["met"] is False]
    lines = [f"- {row['what']}: {row['found']} (goal {row['goal']})" for row in missed]
    return "## Goals that are missed\n\n" + ("\n".join(lines) or "None.") + "\n"


def _section(section: dict[str, Any]) -> str:
    lines = [f"## {section['title']}", "", "| what | found | goal | |", "|---|---|---|---|"]
    for row in section["rows"]:
        verdict = {True: "met", False: "**missed**", None: ""}[row["met"]]
        cells = (row["what"], row["found"], row["goal"], verdict)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    lines += ["", *section["notes"]]
    load = f"load {section['load'][0]} → {section['load'][1]}"
    return "\n".join([*lines, "", f"*{section['date']}, {load}; {section['facts']}.*", ""])


if __name__ == "__main__":
    main()
