"""The manifest and its schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from imprint.release import manifest as manifests
from imprint.release.manifest import parse_manifest, write_manifest, write_schema
from tests.release.conftest import Published

SCHEMA = Path(manifests.__file__).with_name("manifest.schema.json")


def test_the_schema_is_the_models(request: pytest.FixtureRequest) -> None:
    """manifest.schema.json is written from the models; `--update-golden` writes it anew."""
    if request.config.getoption("--update-golden"):
        SCHEMA.write_bytes(write_schema())
    assert SCHEMA.read_bytes() == write_schema()


def test_read_again(published: Published) -> None:
    """Law: a manifest that is read and written again has the same bytes."""
    data = (published.root / "1.1.0" / "manifest.json").read_bytes()
    assert write_manifest(parse_manifest(data)) == data


def test_another_validator_agrees(published: Published) -> None:
    """The published manifest keeps the schema, says a validator that knows nothing of the models; a spoilt one not."""
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_bytes()))
    data = json.loads((published.root / "1.1.0" / "manifest.json").read_bytes())
    assert not list(validator.iter_errors(data))
    data["editions"][0]["coverage"] = 2
    data["files"][0]["path"] = "../outside"
    assert {error.json_path for error in validator.iter_errors(data)} == {"$.editions[0].coverage", "$.files[0].path"}


def test_what_it_says(published: Published) -> None:
    """Commit, editions with their state and proofs, fonts, files, and the release before by its hash."""
    manifest = parse_manifest((published.root / "1.1.0" / "manifest.json").read_bytes())
    assert manifest.source.commit
    assert not manifest.source.dirty
    assert manifest.previous is not None
    assert manifest.previous.version == "1.0.0"
    zh, en = manifest.editions
    assert (zh.name, zh.coverage, en.name, en.review) == ("cn/zh-Hans", 1.0, "global/en", "source")
    assert [catalog.path for catalog in zh.catalogs] == ["locales/zh_Hans/LC_MESSAGES/messages.po"]
    assert not en.catalogs
    assert zh.sources == ["law-1"]
    assert {rules.standard for rules in zh.pdfs[0].conformance} == {"PDF/A-2a", "PDF/UA-1"}
    assert all(rules.passed == rules.rules for rules in zh.pdfs[0].conformance)
    assert {font.file for font in zh.pdfs[0].fonts} >= {"NotoSansCJKjp-Regular.otf"}
    assert zh.pdfs[0].toolchain["weasyprint"]


@pytest.mark.parametrize("path", ["/etc/passwd", "../x", "a/../b", ".hidden", "a//b", "a\\b", ""])
def test_paths_stay_inside(published: Published, path: str) -> None:
    """A path that could lead out of the folder is refused."""
    data = json.loads((published.root / "1.1.0" / "manifest.json").read_bytes())
    data["files"][0]["path"] = path
    with pytest.raises(ValueError, match="path"):
        parse_manifest(json.dumps(data).encode())
