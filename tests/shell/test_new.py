"""`new`: a small complete paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from imprint.shell.main import main


def test_a_new_paper_is_complete(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every message is translated, the check finds nothing, and the first edition builds at once."""
    paper = tmp_path / "paper"
    assert main(["new", str(paper)]) == 0
    assert main(["status", "--paper", str(paper)]) == 0
    first = capsys.readouterr().out.splitlines()[0].split("\t")
    assert first[0] == "fr"
    assert first[3:] == ["0", "0", "0", "100%"]
    assert main(["check", "--paper", str(paper)]) == 0
    assert "0 errors, 0 warnings" in capsys.readouterr().err
    assert main(["--paper", str(paper), "--cache", str(tmp_path / "cache"), "--region", "world", "--lang", "fr"]) == 0
    assert (paper / "output/world/fr/my-white-paper-world-fr.pdf").read_bytes().startswith(b"%PDF-")


def test_what_is_there_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that holds something is refused, and nothing is written into it."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert main(["new", str(tmp_path)]) == 2
    assert "not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
