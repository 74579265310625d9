"""The doctor names what is here, what is missing, and its remedy, whatever state the environment is in."""

from __future__ import annotations

import importlib
import importlib.metadata
import io
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from imprint.shell import doctor, system
from imprint.shell.doctor import Finding

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lock of this test's own in place of the project's."""
    monkeypatch.setattr(doctor, "ROOT", tmp_path)
    return tmp_path / doctor.LOCK


def test_this_machine_is_examined_in_full() -> None:
    """The versions are those which the libraries themselves state, and the fonts those of the font packages."""
    found = {finding.name: finding for finding in doctor.examine()}
    assert found["WeasyPrint"].found == importlib.metadata.version("weasyprint")
    assert found["Python"].found.startswith(sys.version.split()[0])
    for library in ("Pango", "HarfBuzz", "fontconfig"):
        assert found[library].found.count(".") == 2
    fonts = [finding for finding in found.values() if finding.kind == "font"]
    assert len(fonts) == 9
    assert "NotoSansCJKjp-Regular.otf" in {finding.found for finding in fonts}


def test_json_is_one_object_with_every_finding(lock: Path) -> None:
    """A script can read what a person reads; the exit code agrees with `healthy`."""
    lock.write_text(f"click=={importlib.metadata.version('click')} \\\n    --hash=sha256:00\n")
    stream = io.StringIO()
    code = doctor.doctor_command(True, stream)
    report = json.loads(stream.getvalue())
    assert (code, report["healthy"]) == (0, True)
    assert {finding["kind"] for finding in report["findings"]} >= {"python", "library", "package", "tool"}
    assert set(report["findings"][0]) == {"kind", "name", "found", "remedy"}


def test_what_differs_from_the_lock_is_a_fault(lock: Path) -> None:
    """An absent package and another version are named, with the locked version."""
    lock.write_text("click==0.0 \\\n    --hash=sha256:00\nnowhere==1.0 \\\n    --hash=sha256:00\n")
    [finding] = doctor.examine_packages()
    here = importlib.metadata.version("click")
    assert finding.found == "0 of 2"
    assert finding.remedy.startswith(f"missing: click 0.0 (here is {here}), nowhere 1.0\n")
    assert not finding.healthy


def test_an_absent_lock_is_a_finding(lock: Path) -> None:
    """Not a traceback."""
    [finding] = doctor.examine_packages()
    assert not finding.healthy
    assert "cannot be read" in finding.remedy


@pytest.mark.parametrize(
    ("written", "plain"), [("4.004", "4.4"), ("1.002", "1.2"), ("70.0", "70.0"), ("2026.10.18", "2026.10.18")]
)
def test_versions_are_compared_by_value(written: str, plain: str) -> None:
    """A font package may keep its font's own number, with zeros that PEP 440 does not count."""
    assert doctor.plain_version(written) == plain


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ImportError("No module named 'weasyprint'"), "No module named 'weasyprint'"),
        (
            OSError("cannot load library 'libpango'\nmore"),
            "a library could not be loaded: cannot load library 'libpango'",
        ),
    ],
)
def test_a_weasyprint_that_cannot_be_imported_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception, words: str
) -> None:
    """The doctor is asked just then; it must not fall ill itself."""

    def refuse(name: str) -> ModuleType:
        sys.stdout.write("advice that would spoil --json")
        raise error

    monkeypatch.setattr(importlib, "import_module", refuse)
    finding = doctor.examine_weasyprint()
    assert capsys.readouterr().out == ""
    assert finding.remedy.startswith(words)
    assert not finding.healthy


def test_missing_libraries_have_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each missing library is one finding, with the command of this system."""
    monkeypatch.setattr(system, "LIBRARIES", dict.fromkeys(system.LIBRARIES, ("libnowhere.so.9",)))
    monkeypatch.setattr(system, "find_installer", lambda: "dnf")
    found = {finding.name: finding for finding in doctor.examine_libraries()}
    for name in ("Pango", "PangoFT2", "HarfBuzz-subset"):
        assert found[name].found == ""
        assert "dnf install -y pango harfbuzz" in found[name].remedy


def test_the_report_shows_remedies_and_counts_faults() -> None:
    """A missing tool has its advice but is no fault."""
    text = doctor.write_report(
        [
            Finding("python", "Python", "3.11.2 (python3)"),
            Finding("library", "Pango", "", "this system lacks Pango. Install it:\n    apk add pango"),
            Finding("library", "HarfBuzz", "", "this system lacks Pango. Install it:\n    apk add pango"),
            Finding("tool", "msgmerge", "", "for catalogs"),
        ]
    )
    assert text.splitlines() == [
        "Python    3.11.2 (python3)",
        "Pango     MISSING",
        "          this system lacks Pango. Install it:",
        "          apk add pango",
        "HarfBuzz  MISSING",
        "          (see above)",
        "msgmerge  not installed (optional)",
        "          for catalogs",
        "2 of these must be mended",
    ]


def test_the_doctor_works_with_nothing_installed() -> None:
    """In a Python without any package it answers in full, says what is missing, and ends with 1."""
    command = "import sys; from imprint.shell.doctor import doctor_command; sys.exit(doctor_command(True, sys.stdout))"
    run = subprocess.run(
        [sys.executable, "-S", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (run.returncode, run.stderr) == (1, "")
    found = {finding["name"]: finding for finding in json.loads(run.stdout)["findings"]}
    assert found["WeasyPrint"]["remedy"].startswith("No module named 'weasyprint'")
    assert found["locked packages"]["found"].startswith("0 of ")
