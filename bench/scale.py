"""All editions: one worker and two, one msgstr changed, a run that is interrupted, an edition that hangs.

python bench/scale.py [--rounds N]
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from measure import ROOT, Command, Row, Run, Section, copied_paper, interleave, median, report, rounds, spread

BUILD = (sys.executable, str(ROOT / "build.py"))
CATALOG = "locales/zh_Hans/LC_MESSAGES/messages.po"
HANG = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}\n"


def main() -> None:
    """Measure."""
    report("scale", measure)


def measure() -> Section:
    """On a copy of the paper, for its catalog is changed."""
    with copied_paper() as (folder, paper):
        output, cache = folder / "output", folder / "cache"
        words = [*BUILD, "--all", "--draft", "--paper", str(paper), "--output", str(output), "--cache", str(cache)]

        def forget() -> None:
            shutil.rmtree(output, ignore_errors=True)
            shutil.rmtree(cache / "pages", ignore_errors=True)

        runs = interleave(
            {f"{jobs} jobs": Command([*words, "-q", "--jobs", str(jobs)], before=forget) for jobs in (1, 2)}, rounds(3)
        )
        editions = len(list(output.rglob("edition.json")))
        speed = median(runs["1 jobs"]) / median(runs["2 jobs"])
        rows = [
            Row(f"{editions} editions, one worker", spread(runs["1 jobs"])),
            Row(f"{editions} editions, two workers", spread(runs["2 jobs"])),
            Row("one worker : two, on the wall", f"{speed:.2f}", "≥ 1.8", speed >= 1.8),
        ]
        rows += one_message(words, paper, rounds(3))
        rows += interrupted(words, forget)
        rows += hung(words, paper)
        return Section("All editions", rows, ("“N jobs” is what `--jobs` was given.",))


def one_message(words: list[str], paper: Path, times: int) -> list[Row]:
    """A translation changed: one that editions show, and one that none shows."""
    catalog = paper / CATALOG
    original = catalog.read_text("utf-8")
    rows = []
    for what, changed in (
        ("a msgstr that 2 of the editions show", original.replace("隐私", "隐私 ROUND", 1)),
        ("an entry that no edition shows", original + '\nmsgid "Nobody shows this"\nmsgstr "没人"\n'),
    ):
        runs: list[Run] = []
        built: set[str] = set()
        for number in range(times):
            catalog.write_text(original, "utf-8")
            interleave({"back": Command([*words, "-q"])}, 1)
            # Other words in each round: the pages of the last one are kept.
            catalog.write_text(changed.replace("ROUND", str(number)), "utf-8")
            runs += interleave({"changed": Command([*words, "--json"])}, 1)["changed"]
            told = json.loads(runs[-1].out)
            built.add(", ".join(sorted(f"{t['region']}/{t['language']}" for t in told if "paginate" in t["seconds"])))
        rows.append(Row(f"changed: {what}", f"{spread(runs)}; laid out: {'; '.join(sorted(built)) or 'none'}"))
    catalog.write_text(original, "utf-8")
    return rows


def interrupted(words: list[str], forget: Callable[[], None]) -> list[Row]:
    """Ctrl-C when the first edition has ended; then the same command again."""
    forget()
    environment = {**os.environ, "IMPRINT_NO_BOOTSTRAP": "1"}
    process = subprocess.Popen([*words, "--jobs", "1"], stderr=subprocess.PIPE, text=True, env=environment)
    assert process.stderr is not None
    while not process.stderr.readline().startswith("[1/"):
        pass
    started = time.perf_counter()
    process.send_signal(signal.SIGINT)
    process.communicate()
    stopped = time.perf_counter() - started
    rest = interleave({"rest": Command([*words, "--json"])}, 1)["rest"][0]
    states = [told["state"] for told in json.loads(rest.out)]
    found = (
        f"ended after {stopped:.2f} s with exit code {process.returncode}; the next run left {states.count('current')} "
    )
    return [Row("interrupted (Ctrl-C) after the first edition", f"{found}alone and built {states.count('built')}")]


def hung(words: list[str], paper: Path) -> list[Row]:
    """A template that never ends, in one language alone; the limit is 20 seconds of CPU."""
    settings = paper / "content/paper.toml"
    settings.write_text(settings.read_text("utf-8").replace("cpu_seconds = 60", "cpu_seconds = 20"), "utf-8")
    template = paper / "templates/page.html"
    template.parent.mkdir(parents=True, exist_ok=True)
    original = (ROOT / "templates/page.html").read_text("utf-8")
    template.write_text(f"{{% if edition.language == 'zh-Hans' %}}{HANG}{{% endif %}}{original}", "utf-8")
    run = interleave({"hung": Command([*words, "--json"], code=1)}, 1)["hung"][0]
    told = json.loads(run.out)
    refused = [t for t in told if t["state"] == "refused"]
    said = refused[0]["errors"][0].split("[")[0].strip() if refused else "nothing"
    found = f"{len(refused)} killed, {sum(t['state'] == 'built' for t in told)} built; told: {said}"
    return [Row("two editions that hang (limit: 20 s of CPU)", found)]


if __name__ == "__main__":
    main()
