"""What the proof of an edition costs: the same edition built with warm fonts, proven and unproven, and its laps.

    python bench/proof.py [--rounds N]

The switch is this script's own: it replaces the proof in the process that it starts, and no build can be asked to leave
the proof out.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from measure import ROOT, Command, Row, Run, Section, interleave, median, report, rounds, spread

EDITIONS = (("cn", "zh-Hans"), ("global", "en"))
GOAL = 0.10
# What the proof is made of, as the laps name it.
PARTS = {"expect": "the text that the HTML promises", "layout": "layout proof", "preflight": "preflight and validator"}


def main() -> None:
    """Measure."""
    note = (
        "“Unproven” is made by the benchmark alone, which puts nothing in the place of the layout proof, the preflight "
        "with its validator and the reading of the HTML. A share is the difference of the medians over the proven "
        "build; the laps are those of the proven builds' workers, which differ less from run to run. The goal is "
        "judged by the build's time, on the wall; the share of CPU is larger, for the validator works on a second core "
        "beside our own checks."
    )
    report("proof", lambda: Section("The proof", [row for each in EDITIONS for row in compare(*each)], (note,)))


def compare(region: str, language: str) -> list[Row]:
    """The rows of one edition."""
    with tempfile.TemporaryDirectory(prefix="imprint-bench-") as name:
        folder = Path(name)

        def forget() -> None:
            shutil.rmtree(folder / "output", ignore_errors=True)
            shutil.rmtree(folder / "cache" / "pages", ignore_errors=True)
            (folder / "laps").unlink(missing_ok=True)

        words = [sys.executable, str(ROOT / "bench/proof.py")]
        commands = {
            mode: Command([*words, mode, region, language, str(folder)], before=forget)
            for mode in ("proven", "unproven")
        }
        interleave(commands, 1)
        runs = interleave(commands, rounds(5))
    return rows_of(f"{region}/{language}", runs)


def rows_of(edition: str, runs: dict[str, list[Run]]) -> list[Row]:
    """Both builds, the difference, and the laps as shares of the proven build."""
    proven, unproven = runs["proven"], runs["unproven"]
    wall, cpu = (1 - median(unproven, what) / median(proven, what) for what in ("wall", "cpu"))
    laps = [json.loads(run.out.splitlines()[-1]) for run in proven]
    shares = {
        part: [statistics.median(each[part][i] / (run.wall, run.cpu)[i] for each, run in zip(laps, proven, strict=True))
               for i in (0, 1)]
        for part in PARTS
    }  # fmt: skip
    whole = [sum(share[i] for share in shares.values()) for i in (0, 1)]
    validator = statistics.median(each["preflight"][2] / run.cpu for each, run in zip(laps, proven, strict=True))
    found = ", ".join(f"{title} {shares[part][0]:.1%} (CPU {shares[part][1]:.1%})" for part, title in PARTS.items())
    return [
        Row(f"{edition}: proven", spread(proven)),
        Row(f"{edition}: unproven", spread(unproven)),
        Row(f"{edition}: the proof's share, whole processes", f"{wall:.1%} (CPU {cpu:.1%})", "≤ 10 %", wall <= GOAL),
        Row(
            f"{edition}: the proof's share, by laps",
            f"{whole[0]:.1%} (CPU {whole[1]:.1%})",
            "≤ 10 %",
            whole[0] <= GOAL,
        ),
        Row(f"{edition}: of which", f"{found}; of the last, the validator's threads CPU {validator:.1%}"),
    ]


def build(mode: str, region: str, language: str, folder: Path) -> int:
    """Build one edition in this process's worker, and print the laps of its proof if it is proven."""
    sys.path.insert(0, str(ROOT))
    from imprint.shell.main import main as shell

    laps = folder / "laps"
    _leave_out() if mode == "unproven" else _time(laps)
    edition = ["--region", region, "--lang", language]
    code = shell([*edition, "--output", str(folder / "output"), "--cache", str(folder / "cache"), "-q", "--draft"])
    if mode == "proven":
        found: dict[str, list[float]] = {part: [0.0, 0.0, 0.0] for part in PARTS}
        for line in laps.read_text("utf-8").splitlines():
            part, *seconds = json.loads(line)
            found[part] = [a + b for a, b in zip(found[part], seconds, strict=True)]
        print(json.dumps(found))
    return code


def _leave_out() -> None:
    """Put what does nothing in the place of the proof."""
    from dataclasses import asdict

    from imprint import pipeline
    from imprint.paginate import render
    from imprint.paginate.preflight.expectation import Expectation
    from imprint.paginate.prove import Proven

    def unproven(printed: Any, *_: Any, **__: Any) -> Proven:
        fonts = tuple(asdict(font) for font in printed.fonts)
        return Proven(printed.pdf, printed.pages, fonts, printed.toolchain, {}, (), ())

    vars(pipeline).update(prove_page=unproven, layout_inspector=lambda *_, **__: lambda *_: None)
    vars(render).update(expect_tree=lambda _: Expectation())


def _time(laps: Path) -> None:
    """Write down what each part of the proof takes, wherever it runs: wall, CPU, and CPU of threads beside its own."""
    from imprint import pipeline
    from imprint.paginate import render

    def timed(part: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **options: Any) -> Any:
            wall, cpu, own = time.perf_counter(), time.process_time(), time.thread_time()
            try:
                return original(*arguments, **options)
            finally:
                used = time.process_time() - cpu
                took = (part, time.perf_counter() - wall, used, used - (time.thread_time() - own))
                with laps.open("a", encoding="utf-8") as stream:
                    stream.write(json.dumps(took) + "\n")

        return run

    inspector = pipeline.layout_inspector
    vars(pipeline).update(
        prove_page=timed("preflight", pipeline.prove_page),
        layout_inspector=lambda *arguments, **options: timed("layout", inspector(*arguments, **options)),
    )
    vars(render).update(expect_tree=timed("expect", render.expect_tree))


if __name__ == "__main__":
    if sys.argv[1:2] in (["proven"], ["unproven"]):
        sys.exit(build(*sys.argv[1:4], Path(sys.argv[4])))
    main()
