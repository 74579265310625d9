"""A build with nothing to do reads records and looks at files, and imports nothing of the engine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from imprint.shell.main import main
from tests.papers import ENGINE, PAPER, TITLE, make_paper
from tests.schedule.yard import LIMITS

# What takes time to import: the engine's libraries, and the stages behind them.
HEAVY = ("weasyprint", "jinja2", "markdown", "pydantic", "babel", "rich", "lxml", "pikepdf", "PIL", "fontTools")
STAGES = ("imprint.content", "imprint.localize", "imprint.markup", "imprint.paginate", "imprint.pipeline")
SCRIPT = """
import sys
from imprint.shell.main import main
code = main(sys.argv[1:])
print(code, *sorted(sys.modules))
"""


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command line of a paper of two editions that is built already."""
    folder = tmp_path_factory.mktemp("nothing")
    regions = {"content/regions/cn.toml": None, "content/regions/global.toml": _REGION}
    paper = make_paper(folder / "paper", paper=PAPER + LIMITS.replace("1", "60"), files=regions)
    words = [
        "build",
        "--paper",
        str(paper.folder),
        "--output",
        str(folder / "o"),
        "--cache",
        str(folder / "c"),
        "--draft",
    ]
    assert main([*words, "--all", "-q"]) == 0
    return words


_REGION = 'name = "World"\nedition = "International"\nterritory = "001"\nlanguages = ["en", "fr"]\n'


def _run(words: list[str], *more: str) -> tuple[str, set[str]]:
    """What the command told, and the modules that it imported, in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, *words, *more], capture_output=True, text=True, check=True, cwd=ENGINE
    )
    *told, last = ran.stdout.splitlines()
    return "\n".join(told), set(last.split())


@pytest.mark.parametrize("asked", [("--all",), ("--region", "global", "--lang", "fr"), ("--all", "--json")])
def test_nothing_is_imported(words: list[str], asked: tuple[str, ...]) -> None:
    """With everything current no stage but the schedule and no large library is imported, in every way to ask."""
    told, modules = _run(words, *asked)
    assert "current" in told
    loaded = [name for name in (*HEAVY, *STAGES) if name in modules]
    assert loaded == []
    assert "imprint.schedule.state" in modules


def test_a_touched_file_is_no_change(words: list[str]) -> None:
    """A file whose times changed and whose bytes did not is found to be the same by its hash."""
    chapter = Path(words[2]) / "content/01-one.md"
    chapter.touch()
    _, modules = _run(words, "--all")
    assert "imprint.content.load" not in modules


def test_a_changed_file_is_one(words: list[str]) -> None:
    """The counterpart: a change that keeps size and time is seen, by the inode's change time, and built."""
    import os

    chapter = Path(words[2]) / "content/01-one.md"
    before = chapter.stat()
    chapter.write_text(TITLE + "A Paragraph.\n", "utf-8")
    os.utime(chapter, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert chapter.stat().st_size == before.st_size
    told, modules = _run(words, "--region", "global", "--lang", "fr")
    assert "\tbuilt\t" in told
    assert "imprint.content.load" in modules


def test_who_gives_the_job_needs_no_engine(words: list[str]) -> None:
    """A single edition is built by the worker that stood by: what reads the paper imports what reading needs."""
    told, modules = _run(words, "--region", "global", "--lang", "fr", "--rebuild")
    assert "\tbuilt\t" in told
    assert {"imprint.content.load", "pydantic"} <= modules
    assert not {"imprint.pipeline", "imprint.paginate.render", "weasyprint", "pikepdf", "fontTools"} & modules
    # The paper has no photograph, and no paper has YAML.
    assert not {"PIL", "yaml"} & modules
