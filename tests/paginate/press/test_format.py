"""`build --format print`: beside the screen's PDF, proven, recorded, current the second time, the same elsewhere."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.conftest import PaperFactory, Runner

STEM = "cn/en/tiny-cn-en-print.pdf"
TOO_COARSE = "@page { bleed: 1mm }\n"


def test_build_for_the_press(paper: PaperFactory, run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both formats are asked for: each has its file and its record; a second build has nothing to do; in another
    folder the bytes are the same; a style that a press cannot print refuses the print format alone."""
    # The engine stays the same meanwhile, whoever edits it.
    monkeypatch.setattr("imprint.schedule.state.engine_key", lambda root, stats: "engine")
    folder = paper().folder
    common = ("build", "--paper", folder, "--region", "cn", "--lang", "en", "--draft", "--cache", tmp_path / "cache")
    both = ("--format", "print", "--format", "pdf", "--json")
    first = run(*common, *both, "--output", tmp_path / "one")
    facts = json.loads(first.out)
    assert [(fact["format"], fact["state"]) for fact in facts] == [("print", "built"), ("pdf", "built")]
    made = tmp_path / "one" / STEM
    record = json.loads((made.parent / "print.json").read_bytes())
    assert record["path"] == STEM
    assert record["sha256"] == hashlib.sha256(made.read_bytes()).hexdigest()
    assert record["pages"] % 4 == 0
    assert record["proof"] == {"conformance": {"print": "11/11"}, "findings": []}
    assert record["trace"]["file engine:templates/press/press.toml"]
    assert record["trace"]["file engine:templates/press/ISOcoated_v2_300_bas.icc"]

    again = json.loads(run(*common, *both, "--output", tmp_path / "one").out)
    assert [fact["state"] for fact in again] == ["current", "current"]

    elsewhere = ("--output", tmp_path / "two", "--cache", tmp_path / "other")
    assert run(*common, "--format", "print", *elsewhere).code == 0
    assert (tmp_path / "two" / STEM).read_bytes() == made.read_bytes()

    own = folder / "templates" / "press" / "press.css"
    own.parent.mkdir(parents=True)
    own.write_text(TOO_COARSE)
    changed = json.loads(run(*common, *both, "--output", tmp_path / "one").out)
    assert [fact["sha256"] == before["sha256"] for fact, before in zip(changed, facts, strict=True)] == [False, True]
    assert "print-bleed" in str(changed[0]["warnings"])
    released = [word for word in common if word != "--draft"]
    refused = run(*released, "--format", "print", "--output", tmp_path / "three")
    assert refused.code == 1
    assert "print-bleed" in refused.err
    assert not (tmp_path / "three" / "cn").exists()
