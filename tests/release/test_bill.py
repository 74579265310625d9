"""The bill of materials."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from imprint.release.bill import parse_lock, write_bill
from imprint.release.manifest import EngineState, Font
from tests.papers import ENGINE

LOCK = f"""\
weasyprint==70.0 \\
    --hash=sha256:{"a" * 64} \\
    --hash=sha256:{"b" * 64}
zopfli==0.2 ; sys_platform == "linux" \\
    --hash=sha256:{"c" * 64}
"""
STATE = EngineState(name="imprint", version="1.0.0", key="d" * 64, lock="e" * 64)
FONT = Font(package="fontpkg-amiri", version="1.2", file="Amiri.ttf", sha256="f" * 64)
DATE = dt.date(2026, 1, 2)
TOOLS = {"python": "3.11.2", "pango": "1.50.12", "weasyprint": "70.0"}


def test_lock() -> None:
    """Every package with all its hashes."""
    assert parse_lock(LOCK) == {("weasyprint", "70.0"): ("a" * 64, "b" * 64), ("zopfli", "0.2"): ("c" * 64,)}


def test_the_whole_lock_is_read() -> None:
    """No pin of the real lock is overlooked, and none is without a hash."""
    text = (ENGINE / "requirements.lock").read_text(encoding="utf-8")
    found = parse_lock(text)
    pins = [line for line in text.splitlines() if "==" in line.split(";")[0] and line[0] not in " #"]
    assert len(found) == len(pins)
    assert all(found.values())


def test_contents() -> None:
    """Engine, packages, fonts and system libraries, each once, dated by the paper."""
    bill = json.loads(write_bill(STATE, LOCK, [FONT, FONT], TOOLS, DATE))
    assert bill["metadata"]["component"]["name"] == "imprint"
    assert bill["metadata"]["timestamp"].startswith("2026-01-02T00:00:00")
    names = sorted(component["name"] for component in bill["components"])
    assert names == ["Amiri.ttf", "pango", "python", "weasyprint", "zopfli"]
    assert {d["ref"] for d in bill["dependencies"]} == {"imprint", *(c["bom-ref"] for c in bill["components"])}


def test_the_same_bytes() -> None:
    """No clock and no random serial number: the same content, the same bytes; another, another serial number."""
    one, other = (write_bill(STATE, LOCK, [FONT], TOOLS, DATE) for _ in range(2))
    assert one == other
    newer = write_bill(STATE.model_copy(update={"key": "0" * 64}), LOCK, [FONT], TOOLS, DATE)
    assert json.loads(newer)["serialNumber"] != json.loads(one)["serialNumber"]


def test_cyclonedx_schema() -> None:
    """CycloneDX's own strict schema accepts the bill."""
    pytest.importorskip("jsonschema")
    from cyclonedx.exception import MissingOptionalDependencyException
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    bill = write_bill(STATE, LOCK, [FONT], TOOLS, DATE).decode()
    try:
        assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill) is None
    except MissingOptionalDependencyException:
        pytest.skip("needs jsonschema with its formats")
