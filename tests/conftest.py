"""Fixtures for every stage: a factory of small papers, and the command line in this process."""

from __future__ import annotations

import gc
import multiprocessing
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.errors import InvalidArgument
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from imprint.shell.main import main
from tests.papers import Paper, Ran, make_paper

PaperFactory = Callable[..., Paper]
Runner = Callable[..., Ran]

# The suite tries the same examples in every run: what turns red is the change at hand. `--hypothesis-profile=search`
# tries new ones, and many; `tests/search.py` makes it hold for tests that say how many they take. Neither looks at the
# clock, which tells of the machine.
PROFILES = ("suite", "search")
settings.register_profile("suite", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", settings.get_profile("suite"), derandomize=False, max_examples=2000)
settings.load_profile("suite")

# Where a fork is not possible (`start_confined`), processes come from one that has the engine already.
multiprocessing.set_forkserver_preload(["tests.engine", "imprint.shell.release_run"])


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes the goldens anew instead of comparing."""
    parser.addoption("--update-golden", action="store_true", help="write the goldens anew; look at the difference")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """A slip in the profile's name is said before Hypothesis's own plugin trips over it."""
    name = config.getoption("--hypothesis-profile", None)
    try:
        settings.get_profile(name or PROFILES[0])
    except InvalidArgument:
        known = ", ".join(PROFILES)
        raise pytest.UsageError(f"--hypothesis-profile: there is no profile '{name}'; known: {known}") from None


# Tests that share something dear (a release, a site, whole editions), by folder or file, and the room they share. A
# room is for one worker alone and is begun first, so that no worker makes it twice or waits for it at the end.
ROOMS = {
    "tests/schedule/": "schedule",
    "tests/release/site/": "site",
    "tests/browser/": "site",
    "tests/release/": "release",
    "tests/shell/test_release": "release",
    "tests/test_build_door": "door",
    "tests/test_pipeline": "pipeline",
}
# A validator in the tests' process starts threads, after which each worker process of a build is made anew, not forked.
LAST = "tests/paginate/"
# These have no validator in the tests' process, and are long: the last to end should be short.
EARLIER = ("tests/paginate/test_webfonts", "tests/paginate/press/test_format")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is dear comes first, what slows the rest last; without git, what makes a release is skipped."""
    no_git = pytest.mark.skip(reason="git is not installed: a release records the source's commit")
    order = list(ROOMS)

    def place(item: pytest.Item) -> int:
        if item.nodeid.startswith(LAST) and not item.nodeid.startswith(EARLIER):
            return len(order) + 1
        return next((number for number, name in enumerate(order) if item.nodeid.startswith(name)), len(order))

    for item in items:
        if re.match(r"tests/(release/test_|shell/test_release)", item.nodeid) and shutil.which("git") is None:
            item.add_marker(no_git)
    items.sort(key=place)


def pytest_collection_finish() -> None:
    """Four thousand tests are no garbage: no collection has to look at them again."""
    gc.collect()
    gc.freeze()


class Rooms(LoadScopeScheduling):  # type: ignore[misc]  # pytest-xdist ships no types
    """Gives a worker a room as a whole, the rest by file. (xdist's groups do nothing since pytest 9.2: its #1386.)"""

    def _split_scope(self, nodeid: str) -> str:
        return next((room for name, room in ROOMS.items() if nodeid.startswith(name)), nodeid.partition("::")[0])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Rooms | None:
    """`--dist loadscope`, which `build.py test` asks for, means the scopes of this house."""
    return Rooms(config, log) if config.getvalue("dist") == "loadscope" else None


@pytest.fixture
def paper(tmp_path: Path) -> PaperFactory:
    """Makes a small paper in a folder of its own; takes what `make_paper` takes."""

    def make(*args: str, **kwargs: object) -> Paper:
        return make_paper(tmp_path / "paper", *args, **kwargs)  # type: ignore[arg-type]  # a pass-through

    return make


@pytest.fixture(scope="session")
def engine() -> None:
    """The engine, imported once in the tests' process, so that no forked worker of a build has to do it."""
    import tests.engine  # noqa: F401


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], engine: None) -> Runner:
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
