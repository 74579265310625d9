"""The state of the source's repository."""

from __future__ import annotations

from pathlib import Path

from imprint.release.repository import read_revision
from tests.release.conftest import git


def repository(folder: Path) -> Path:
    folder.mkdir()
    (folder / "a.md").write_text("a")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "one")
    return folder


def test_clean(tmp_path: Path) -> None:
    """A commit and its tree, and nothing that differs; asked in a folder below, too."""
    folder = repository(tmp_path / "r")
    revision = read_revision(folder)
    assert revision.commit == git(folder, "rev-parse", "HEAD").strip()
    assert revision.tree == git(folder, "rev-parse", "HEAD^{tree}").strip()
    assert not revision.changed
    (folder / "inner").mkdir()
    assert read_revision(folder / "inner") == revision


def test_changed(tmp_path: Path) -> None:
    """Edited, staged, renamed, removed and untracked files are named, by whatever name."""
    folder = repository(tmp_path / "r")
    (folder / "ü b.md").write_text("b")
    assert read_revision(folder).changed == ("ü b.md",)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "two")
    git(folder, "mv", "a.md", "c.md")
    (folder / "ü b.md").unlink()
    assert set(read_revision(folder).changed) == {"c.md", "ü b.md"}


def test_output_is_set_aside(tmp_path: Path) -> None:
    """What a build writes is no change of the source, ignored by git or not; what lies beside it is."""
    folder = repository(tmp_path / "r")
    (folder / "output").mkdir()
    (folder / "output" / "a.pdf").write_text("x")
    assert read_revision(folder, [folder / "output"]).changed == ()
    (folder / "output.md").write_text("x")
    assert read_revision(folder, [folder / "output"]).changed == ("output.md",)


def test_no_repository(tmp_path: Path) -> None:
    """No commit, and git's own reason."""
    revision = read_revision(tmp_path)
    assert revision.commit is None
    assert "not a git repository" in revision.trouble


def test_no_commit_yet(tmp_path: Path) -> None:
    """A repository without a commit has none."""
    git(tmp_path, "init", "-q", str(tmp_path))
    assert read_revision(tmp_path).commit is None
