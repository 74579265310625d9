"""Where files made again differ from the published ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from imprint.release.divergence import find_differences
from tests.release.conftest import Published


def told(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    return [f"{found.at}: {found.message}" for found in find_differences(folder, files, "rule", "hint")]


@pytest.mark.parametrize(
    ("path", "was", "is_", "message"),
    [
        ("a.json", b'{"a": [1, {"b": "x"}]}', b'{"a": [1, {"b": "y"}]}', 'differs: a.1.b is "y", was "x"'),
        ("a.json", b'{"a": 1}', b'{"a": 1, "b": 2}', "differs: b is 2, was null"),
        ("a.json", b'{"a": 1}', b'{"a":  1}', "differs from line 1 on"),
        ("a.md", b"one\ntwo\n", b"one\nthree\n", "differs from line 2 on"),
        ("a.bin", b"\xff\x00a", b"\xff\x00b", "differs from byte 2 on (3 and 3 bytes)"),
        ("a.pdf", b"\xff no pdf", b"\xff no", "differs: cannot be opened"),
    ],
)
def test_first_difference(tmp_path: Path, path: str, was: bytes, is_: bytes, message: str) -> None:
    """A member of JSON, a line, a byte: the place is named."""
    (tmp_path / path).write_bytes(was)
    (line,) = told(tmp_path, {path: is_})
    assert line.startswith(f"{path}: {message}")


def test_missing_and_new(tmp_path: Path) -> None:
    """A file of one side only is named; the seals, which were not made again, are no difference."""
    for name in ("gone.md", "SHA256SUMS.sig", "provenance.dsse.json"):
        (tmp_path / name).write_text("x")
    assert told(tmp_path, {"new.md": b"x"}) == [
        "gone.md: was published, and is not made any more",
        "new.md: was not published, and is made now",
    ]


def test_causes_come_first(tmp_path: Path) -> None:
    """A changed page is told before the lists that hold its hash."""
    for name in ("SHA256SUMS", "manifest.json", "pdf"):
        (tmp_path / name).mkdir() if name == "pdf" else (tmp_path / name).write_text("1")
    (tmp_path / "pdf" / "a.pdf").write_bytes(b"1")
    lines = told(tmp_path, {"SHA256SUMS": b"2", "manifest.json": b"2", "pdf/a.pdf": b"2"})
    names = [line.split(":")[0] for line in lines]
    assert names == ["pdf/a.pdf", "manifest.json", "SHA256SUMS"]


def test_a_pdfs_object(published: Published) -> None:
    """Of two PDFs the first object that differs is named by its number."""
    path = "pdf/tiny-global-en.pdf"
    other = (published.root / "1.1.0" / path).read_bytes()
    (line,) = [line for line in told(published.root / "1.0.0", {path: other}) if line.startswith(path)]
    assert re.search(r"differs: object \d+", line)
