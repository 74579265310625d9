"""The preflight command: reports for many files, text or JSON, and an exit code."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pikepdf

from imprint.shell.preflight import preflight_command


def blank(path: Path) -> Path:
    """A PDF of one blank page."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    return path


def test_text_of_many_files(tmp_path: Path) -> None:
    """Each file gets its report; one bad file makes the whole command fail, and does not hide the others."""
    stream = io.StringIO()
    code = preflight_command([tmp_path / "absent.pdf", blank(tmp_path / "blank.pdf")], "screen", False, stream)
    assert code == 1
    assert "absent.pdf: failed" in stream.getvalue()
    assert "[unreadable]" in stream.getvalue()
    assert "[untagged]" in stream.getvalue()


def test_json_is_one_list(tmp_path: Path) -> None:
    """With JSON the output is one document, whatever the files are."""
    stream = io.StringIO()
    code = preflight_command([blank(tmp_path / "a.pdf"), tmp_path], "print", True, stream)
    reports = json.loads(stream.getvalue())
    assert code == 1
    assert [report["profile"] for report in reports] == ["print", "print"]
    assert reports[0]["facts"]["pages"] == 1
    assert reports[1]["findings"][0]["rule"] == "unreadable"


def test_exit_code_is_zero_when_all_pass(tmp_path: Path) -> None:
    """No file, no fault: nothing to judge passes."""
    assert preflight_command([], "screen", False, io.StringIO()) == 0
