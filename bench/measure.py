"""Whole processes, run in turn on one machine: commands in, medians of wall time, CPU time and peak memory out."""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What each script found last, kept between runs so that one of them can be run again alone.
FOUND = ROOT / ".cache" / "bench"
VERSIONS = ("weasyprint", "pydyf", "lxml", "markdown", "jinja2", "pydantic", "pikepdf", "uharfbuzz", "fonttools")


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds on the wall, seconds of CPU (with its children), peak memory (of the largest) in MiB."""

    wall: float
    cpu: float
    mib: float
    out: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """What is measured: the words of a command, what is done before each run (not measured), and the environment."""

    words: Sequence[str]
    before: Callable[[], object] = lambda: None
    env: Mapping[str, str] = field(default_factory=dict)
    code: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of RESULTS.md: what was measured, what was found, the goal, and whether it was met (None: no goal)."""

    what: str
    found: str
    goal: str = ""
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """What one script found."""

    title: str
    rows: Sequence[Row]
    notes: Sequence[str] = ()


@contextmanager
def copied_paper() -> Iterator[tuple[Path, Path]]:
    """A folder for the time of a measurement, and the copy of our paper in it that may be changed."""
    with tempfile.TemporaryDirectory(prefix="imprint-bench-") as name:
        paper = Path(name) / "paper"
        for part in ("content", "locales"):
            shutil.copytree(ROOT / part, paper / part)
        yield Path(name), paper


def run(command: Command) -> Run:
    """Run one process to its end. Raises CalledProcessError, with what it wrote, for another exit code than wanted."""
    command.before()
    environment = {**os.environ, "IMPRINT_NO_BOOTSTRAP": "1", **command.env}
    started = time.perf_counter()
    process = subprocess.Popen(
        command.words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, env=environment
    )
    out, err = process.communicate() if process.stdout is None else _drain(process)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != command.code:
        raise subprocess.CalledProcessError(process.returncode, list(command.words), out, err[-2000:])
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, out)


def _drain(process: subprocess.Popen[bytes]) -> tuple[str, str]:
    """Both outputs, read to their end without waiting for the process, whose usage `wait4` must still find."""
    import selectors

    read: dict[int, list[bytes]] = {}
    with selectors.DefaultSelector() as selector:
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                selector.register(stream, selectors.EVENT_READ)
                read[stream.fileno()] = []
        while selector.get_map():
            for key, _ in selector.select():
                data = os.read(key.fd, 65536)
                read[key.fd].append(data)
                if not data:
                    selector.unregister(key.fileobj)
    out, err = (b"".join(parts).decode(errors="replace") for parts in read.values())
    return out, err


def interleave(commands: Mapping[str, Command], rounds: int) -> dict[str, list[Run]]:
    """Run the commands A B C A B C …, so that whatever else the machine does slows all of them alike."""
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            found[name].append(run(command))
    return found


def median(runs: Sequence[Run], what: str = "wall") -> float:
    """The median of one figure (`wall`, `cpu`, `mib`)."""
    return statistics.median(getattr(each, what) for each in runs)


def ratio(mine: Sequence[Run], other: Sequence[Run], what: str = "wall") -> float:
    """The ratio of two medians."""
    return median(mine, what) / median(other, what)


def spread(runs: Sequence[Run]) -> str:
    """The medians in words, with the range of the wall times."""
    walls = [each.wall for each in runs]
    figures = f"{median(runs):.2f} s ({min(walls):.2f}–{max(walls):.2f}), CPU {median(runs, 'cpu'):.2f} s"
    return f"{figures}, {median(runs, 'mib'):.0f} MiB"


def facts() -> str:
    """The machine and the versions, in one paragraph."""
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in VERSIONS)
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    return f"{machine}, Python {platform.python_version()}, {versions}"


def report(name: str, make: Callable[[], Section]) -> None:
    """Run a script's measurement, print its rows, and keep them for RESULTS.md with the date and the machine's load."""
    before = os.getloadavg()[0]
    section = make()
    kept = {
        **asdict(section),
        "date": time.strftime("%Y-%m-%d"),
        "load": [round(before, 1), round(os.getloadavg()[0], 1)],
        "facts": facts(),
    }
    FOUND.mkdir(parents=True, exist_ok=True)
    (FOUND / f"{name}.json").write_text(json.dumps(kept, ensure_ascii=False, indent=1), "utf-8")
    print(f"\n{section.title} (load {kept['load'][0]} → {kept['load'][1]})")
    for row in section.rows:
        verdict = {True: "met", False: "MISSED", None: ""}[row.met]
        print(f"  {row.what}: {row.found}" + (f"  [goal {row.goal}: {verdict}]" if row.goal else ""), flush=True)
    for note in section.notes:
        print(f"  · {note}")


def rounds(default: int) -> int:
    """The number of rounds that the command line asks for (`--rounds N`)."""
    words = sys.argv
    return int(words[words.index("--rounds") + 1]) if "--rounds" in words else default
