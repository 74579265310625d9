"""Fixtures for every stage: a factory of small papers, and the command line in this process."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from imprint.shell.main import main
from tests.papers import Paper, Ran, make_paper

PaperFactory = Callable[..., Paper]
Runner = Callable[..., Ran]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes the goldens anew instead of comparing."""
    parser.addoption("--update-golden", action="store_true", help="write the goldens anew; look at the difference")


# Tests that share something dear (a release, a site, a whole edition), by folder or file. Each is for one worker alone
# and begun first, so that no worker makes it twice or waits for it at the end.
DEAR = (
    "tests/schedule/",
    "tests/browser/",
    "tests/release/",
    "tests/shell/test_release",
    "tests/test_pipeline",
    "tests/test_build_door",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together, for `--dist loadgroup`, what shares a costly fixture."""

    def place(item: pytest.Item) -> int:
        path = item.path.as_posix()
        return next((number for number, name in enumerate(DEAR) if f"/{name}" in path), len(DEAR))

    no_git = pytest.mark.skip(reason="git is not installed: a release records the source's commit")
    for item in items:
        number = place(item)
        released = re.search(r"/tests/(release/test_|shell/test_release)", item.path.as_posix())
        if released and shutil.which("git") is None:
            item.add_marker(no_git)
        if number < len(DEAR):
            item.add_marker(pytest.mark.xdist_group(DEAR[number].split("/")[1]))
    items.sort(key=place)


@pytest.fixture
def paper(tmp_path: Path) -> PaperFactory:
    """Makes a small paper in a folder of its own; takes what `make_paper` takes."""

    def make(*args: str, **kwargs: object) -> Paper:
        return make_paper(tmp_path / "paper", *args, **kwargs)  # type: ignore[arg-type]  # a pass-through

    return make


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Runner:
    """Runs a command in this process: the exit code and what it wrote."""

    def call(*argv: object) -> Ran:
        capsys.readouterr()
        code = main([str(word) for word in argv])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return call


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the golden file `NAME` beside the test; `--update-golden` writes it."""

    def check(name: str, text: str) -> None:
        path = request.path.parent / "golden" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), f"differs from {path.name}; --update-golden writes it anew"

    return check
