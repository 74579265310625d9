"""One edition from nothing: bare WeasyPrint, the engine's floor, and ours as a whole process.

python bench/cold.py [--rounds N]
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from measure import ROOT, Command, Row, Run, Section, interleave, median, report, rounds, spread
from paper import make_page, write_bare

LANGUAGES = ("zh", "en")
BUILD = (sys.executable, str(ROOT / "build.py"), "--region", "cn", "--draft", "-q")


def main() -> None:
    """Measure both languages."""
    note = (
        "The goals are judged by the time on the wall, for that is what is waited for; WeasyPrint keeps one core busy, "
        "ours two for a part of the time, and the ratio of CPU is told beside. Memory is that of the largest process; "
        "a twin that helps it shares most of its own with it."
    )
    report("cold", lambda: Section("One edition, cold", [row for lang in LANGUAGES for row in compare(lang)], (note,)))


def compare(language: str) -> list[Row]:
    """The rows of one language."""
    with tempfile.TemporaryDirectory(prefix="imprint-bench-") as name:
        folder = Path(name)
        _, page = make_page(language)
        bare = folder / "bare"
        bare.mkdir()
        env = write_bare(page, bare)
        engine = [sys.executable, "-m", "weasyprint", "-s", str(bare / "fonts.css"), str(bare / "page.html")]
        output, cache = folder / "output", folder / "cache"
        ours = [*BUILD, "--lang", language, "--output", str(output), "--cache", str(cache)]

        def forget_all() -> None:
            shutil.rmtree(output, ignore_errors=True)
            shutil.rmtree(cache, ignore_errors=True)

        def forget_pages() -> None:
            shutil.rmtree(output, ignore_errors=True)
            shutil.rmtree(cache / "pages", ignore_errors=True)

        floor = [sys.executable, str(ROOT / "bench/floor.py"), language]
        runs = interleave(
            {
                "bare": Command([*engine, str(folder / "bare.pdf")], env=env),
                "tagged": Command(
                    [*engine, "--pdf-variant", "pdf/ua-1", "--pdf-tags", str(folder / "tagged.pdf")], env=env
                ),
                "empty": Command(ours, before=forget_all),
                "warm": Command(ours, before=forget_pages),
                "floor": Command([*floor, "plain"]),
                "extended": Command([*floor, "extended"]),
            },
            rounds(5),
        )
    return rows_of(language, runs)


def rows_of(language: str, runs: dict[str, list[Run]]) -> list[Row]:
    """The figures of one language against their goals."""
    inside = {name: [_inside(each) for each in runs[name]] for name in ("floor", "extended")}
    pages = json.loads(runs["floor"][0].out)["pages"]
    rows = [
        Row(f"{language}, {pages} pages: bare, as the docs say (no tags)", spread(runs["bare"])),
        Row(f"{language}: bare, tagged (pdf/ua-1)", spread(runs["tagged"])),
        Row(f"{language}: floor, the engine as it is", spread(inside["floor"])),
        Row(f"{language}: floor with our extensions", spread(inside["extended"])),
        Row(f"{language}: ours, empty cache", spread(runs["empty"])),
        Row(f"{language}: ours, faces and verdicts kept", spread(runs["warm"])),
    ]
    # The goals are for the two that whoever builds a paper could have instead; the others tell what tags and our own
    # additions cost. They are for what is waited for, on the wall: two cores do the work, and CPU is told beside.
    for name, title in (("empty", "empty cache"), ("warm", "kept faces")):
        for other, goal in (("bare", 0.65), ("tagged", None)):
            wall, cpu = (median(runs[name], w) / median(runs[other], w) for w in ("wall", "cpu"))
            what, found = f"{language}: ours ({title}) : {other}", f"{wall:.2f} (CPU {cpu:.2f})"
            rows.append(Row(what, found, f"≤ {goal}", wall <= goal) if goal else Row(what, found))
        for other, called in (("floor", "floor"), ("extended", "floor with extensions")):
            wall, cpu = (median(runs[name], w) / median(inside[other], w) for w in ("wall", "cpu"))
            what, found = f"{language}: ours ({title}) on top of the {called}", f"{wall - 1:+.0%} (CPU {cpu - 1:+.0%})"
            rows.append(Row(what, found, "≤ +15 %", wall <= 1.15) if other == "floor" else Row(what, found))
    memory = median(runs["warm"], "mib") / median(inside["floor"], "mib")
    rows.append(Row(f"{language}: peak memory of a worker : floor", f"{memory:.2f}", "≤ 1.15", memory <= 1.15))
    return rows


def _inside(each: Run) -> Run:
    """What floor.py tells of the two calls alone."""
    told = json.loads(each.out)
    return Run(told["wall"], told["cpu"], told["mib"])


if __name__ == "__main__":
    main()
