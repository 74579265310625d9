"""What is edited, or vanishes, while a release is made."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imprint.base.diagnostic import Diagnostics, Rejected
from imprint.pipeline import load
from imprint.release.repository import read_revision
from imprint.shell.options import Place
from imprint.shell.release_make import Made
from imprint.shell.release_run import check_unchanged
from tests.conftest import PaperFactory
from tests.papers import Paper
from tests.release.conftest import git_init


def nothing(paper: Paper) -> None:
    """Leave the paper alone."""


def edit_a_chapter(paper: Paper) -> None:
    """An author saves a file."""
    paper.write("content/01-one.md", "# One {#ch-one}\n\nAnother.\n")


def lose_a_chapter(paper: Paper) -> None:
    """A file vanishes."""
    (paper.folder / "content/01-one.md").unlink()


def add_a_region(paper: Paper) -> None:
    """A file appears in a folder that was listed."""
    paper.write("content/regions/eu.toml", 'inherits = "global"\n')


def add_a_note(paper: Paper) -> None:
    """A file appears that no edition reads."""
    paper.write("notes.txt", "x")


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (nothing, ""),
        (edit_a_chapter, "cn/zh-Hans, the git repository"),
        (lose_a_chapter, "cn/zh-Hans, the git repository"),
        (add_a_region, "cn/zh-Hans, the git repository"),
        (add_a_note, "the git repository"),
    ],
)
def test_changed_while_it_is_made(paper: PaperFactory, act: Callable[[Paper], None], told: str) -> None:
    """A release is of one source: what changes between its first reading and its publication is named, and refused."""
    made = paper()
    git_init(made)
    place = Place(made.folder, made.folder / "output", made.folder.parent / "cache")
    sources = place.sources()
    loaded = load(sources, Diagnostics())
    edition = loaded.document.paper.editions()[0]
    revision = read_revision(made.folder)
    release = Made(loaded, (), {}, "", ((edition, dict(sources.trace)),))
    act(made)
    try:
        check_unchanged(place, release, revision)
    except Rejected as rejected:
        (finding,) = rejected.diagnostics
        assert finding.rule == "source-changed"
        assert finding.message == f"the source was changed while the release was made: {told}"
    else:
        assert not told
