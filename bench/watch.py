"""Watch: from saving a file to the new PDF, beside a cold build of the same edition.

python bench/watch.py [--rounds N]
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from measure import ROOT, Command, Row, Run, Section, copied_paper, median, report, rounds, run, spread

PLACE = "output/cn/zh-Hans"
# The ideographs from here on are in the fonts and not in the paper.
RARE = 0x9F00
KINDS = {"po": "a .po", "md": "a .md", "new": "a .po with a new character"}
ASKED = ("--region", "cn", "--lang", "zh")


def main() -> None:
    """Measure."""
    report("watch", measure)


def measure() -> Section:
    """Saves and cold builds in turn."""
    with copied_paper() as (folder, paper):
        places = ["--paper", str(paper), "--cache", str(folder / "cache")]
        watching = subprocess.Popen(
            [sys.executable, str(ROOT / "build.py"), "watch", *ASKED, *places, "--output", str(folder / "output")],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "IMPRINT_NO_BOOTSTRAP": "1"},
        )
        try:
            _wait(watching, "watching")
            time.sleep(1)
            return compare(folder, paper, places, watching)
        finally:
            watching.send_signal(signal.SIGINT)
            watching.communicate()


def compare(folder: Path, paper: Path, places: list[str], watching: subprocess.Popen[str]) -> Section:
    """Each round: a catalog saved, a chapter saved, the catalog saved with an ideograph that the paper has not had; a
    cold build with an empty cache and one with kept faces."""
    saved: dict[str, list[float]] = {kind: [] for kind in KINDS}
    cold: dict[str, list[Run]] = {"empty cache": [], "kept faces": []}
    catalog = paper / "locales/zh_Hans/LC_MESSAGES/messages.po"
    files = {"po": catalog, "md": paper / "content/01-overview.md", "new": catalog}
    output, kept = folder / "cold", folder / "kept"
    words = [sys.executable, str(ROOT / "build.py"), *ASKED, "--paper", str(paper), "--draft", "-q"]
    words += ["--output", str(output), "--cache", str(kept)]

    def forget(*caches: Path) -> None:
        for place in (output, *caches):
            shutil.rmtree(place, ignore_errors=True)

    for number in range(rounds(3)):
        for kind, old in (("po", "隐私"), ("md", "privacy"), ("new", "隐私")):
            text = files[kind].read_text("utf-8")
            before = _digest(folder)
            started = time.perf_counter()
            added = chr(RARE + number) if kind == "new" else f" {number}"
            files[kind].write_text(
                text.replace(old, old + added, 1) + ("\nMore.\n" if kind == "md" else ""), "utf-8"
            )
            _wait(watching, "watching")
            saved[kind].append(time.perf_counter() - started)
            if _digest(folder) == before:
                raise RuntimeError(f"the PDF is the same after saving {files[kind].name}")
        cold["empty cache"].append(run(Command(words, before=partial(forget, kept))))
        cold["kept faces"].append(run(Command(words, before=partial(forget, kept / "pages"))))
    broken = _break(files["md"], watching)
    rows = [Row(f"a cold build, {title}", spread(runs)) for title, runs in cold.items()]
    for kind, times in saved.items():
        what = f"from saving {KINDS[kind]} to the new PDF"
        rows.append(Row(what, f"{statistics.median(times):.2f} s ({min(times):.2f}–{max(times):.2f})"))
        for title, runs in cold.items():
            ratio = statistics.median(times) / median(runs)
            rows.append(Row(f"{what} : a cold build, {title}", f"{ratio:.2f}", "< 0.8", ratio < 0.8))
    return Section("Watch", [*rows, broken])


def _break(chapter: Path, watching: subprocess.Popen[str]) -> Row:
    """A slip is shown, and the next save mends it."""
    text = chapter.read_text("utf-8")
    chapter.write_text(text + "\n[nowhere](#nowhere)\n", "utf-8")
    shown = _wait(watching, "waiting for the next save")
    chapter.write_text(text, "utf-8")
    _wait(watching, "watching")
    found = "shown, waited out and mended" if any("broken-reference" in line for line in shown) else "NOT shown"
    return Row("an error saved", found)


def _wait(watching: subprocess.Popen[str], word: str) -> list[str]:
    """What the watch says until it is done."""
    lines: list[str] = []
    assert watching.stderr is not None
    while not lines or word not in lines[-1]:
        line = watching.stderr.readline()
        if not line:
            raise RuntimeError("the watch has ended: " + "".join(lines))
        lines.append(line)
    return lines


def _digest(folder: Path) -> str:
    return str(json.loads((folder / PLACE / "edition.json").read_bytes())["sha256"])


if __name__ == "__main__":
    main()
