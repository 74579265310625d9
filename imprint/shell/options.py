"""Options that several commands share, and the folders that they stand for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from imprint.base.diagnostic import UsageError
from imprint.base.sources import Sources
from imprint.schedule.state import States
from imprint.schedule.stats import StatCache

ENGINE = Path(__file__).resolve().parent.parent.parent

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Place:
    """A paper's folder, where its output goes, and where what can be used again is kept."""

    paper: Path
    output: Path
    cache: Path

    @property
    def roots(self) -> dict[str, Path]:
        """The folders that may be read, by the names they have in a trace."""
        return {"paper": self.paper, "engine": ENGINE, "releases": self.output / "releases"}

    def sources(self) -> Sources:
        """A new reading door to the paper and the engine's templates."""
        return Sources(self.roots)

    def stats(self) -> StatCache:
        """What is remembered of files by their stat."""
        return StatCache.load(self.cache / "stats.json")

    def states(self) -> States:
        """The answers to which editions are current, for one run."""
        return States(self.roots, self.output, self.stats())


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for."""

    regions: tuple[str, ...]
    languages: tuple[str, ...]
    draft: bool
    rebuild: bool
    jobs: int | None
    silent: bool
    formats: tuple[str, ...] = ("pdf",)


def find_place(paper: str | None, output: str | None, cache: str | None = None) -> Place:
    """The folders that the options name. Raises UsageError where the paper is none."""
    folder = Path(paper).resolve() if paper else ENGINE
    if not (folder / "content").is_dir():
        raise UsageError(f"{paper or folder} is no paper: it holds no folder 'content' (`new DIR` makes one that does)")
    return Place(
        folder,
        Path(output).resolve() if output else folder / "output",
        Path(cache).resolve() if cache else ENGINE / ".cache",
    )


def paper_options(command: F) -> F:
    """`--paper`, `--output` and `--cache`."""
    for name, text in (
        ("--cache", "Where prepared fonts and proven pages are kept (default: .cache beside build.py)."),
        ("--output", "Where the output goes (default: PAPER/output)."),
        ("--paper", "Another paper's folder (default: the one beside build.py)."),
    ):
        command = click.option(name, metavar="DIR", help=text)(command)
    return command


def edition_options(command: F) -> F:
    """Repeatable `--region` and `--lang`, and `--all`."""
    command = click.option("--all", "everything", is_flag=True, help="Every edition of the matrix.")(command)
    command = click.option("--lang", "languages", multiple=True, metavar="TAG", help="A language, such as zh.")(command)
    return click.option("--region", "regions", multiple=True, metavar="NAME", help="A market, such as cn.")(command)
