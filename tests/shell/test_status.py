"""`status`: figures of what can be read, and no silence about what cannot."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import PaperFactory, Runner


def test_a_folder_is_no_page(paper: PaperFactory, run: Runner, tmp_path: Path) -> None:
    """`--html` with a folder is a usage error that names the folder, and nothing is written into it."""
    folder = tmp_path / "pages"
    folder.mkdir()
    ran = run("status", "--paper", paper().folder, "--html", folder)
    assert ran.code == 2
    assert f"'{folder}' is a directory" in ran.err
    assert not list(folder.iterdir())
