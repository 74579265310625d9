"""An artifact is put in place whole or not at all."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from imprint.base.artifact import Artifact, replace_file


def test_hash() -> None:
    """An artifact knows its SHA-256."""
    assert Artifact("a.pdf", b"x").sha256 == hashlib.sha256(b"x").hexdigest()


def test_replaces(tmp_path: Path) -> None:
    """The file is there with its bytes, readable by others, and nothing is beside it; folders are made."""
    target = tmp_path / "cn/zh-Hans/paper.pdf"
    replace_file(target, b"old")
    replace_file(target, b"new")
    assert target.read_bytes() == b"new"
    assert [path.name for path in target.parent.iterdir()] == ["paper.pdf"]
    assert target.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("mode", [0o600, 0o664, 0o640, 0o444, 0o755])
def test_permissions_are_kept(tmp_path: Path, mode: int) -> None:
    """A file that is replaced may be read and written by whom it could be before."""
    target = tmp_path / "messages.po"
    target.write_bytes(b"old")
    target.chmod(mode)
    replace_file(target, b"new")
    assert (target.read_bytes(), target.stat().st_mode & 0o777) == (b"new", mode)


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    """Where a folder stands, the error names it and no file that is gone."""
    (tmp_path / "page.html").mkdir()
    with pytest.raises(IsADirectoryError) as refused:
        replace_file(tmp_path / "page.html", b"new")
    assert (refused.value.filename, refused.value.filename2) == (str(tmp_path / "page.html"), None)
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize("step", ["fsync", "chmod", "replace"])
def test_a_failure_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Where the disk fails at any step, the old file stands and nothing is left beside it."""
    target = tmp_path / "paper.pdf"
    replace_file(target, b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match="No space"):
        replace_file(target, b"new")
    monkeypatch.undo()
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["paper.pdf"]


def test_killed_while_writing(tmp_path: Path) -> None:
    """A process killed after the bytes are written and before the rename leaves the old file."""
    target = tmp_path / "paper.pdf"
    replace_file(target, b"old")
    program = (
        "import os, signal, sys, pathlib\n"
        "from imprint.base import artifact\n"
        "os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "artifact.replace_file(pathlib.Path(sys.argv[1]), b'new')\n"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(target)], cwd=Path(__file__).parents[2], check=False)
    assert ended.returncode == -9
    assert target.read_bytes() == b"old"
