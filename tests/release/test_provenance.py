"""The provenance statement."""

from __future__ import annotations

import hashlib
import json

import pytest

from imprint.release.provenance import PREDICATE, parse_statement
from tests.release.conftest import Published


def test_what_it_says(published: Published) -> None:
    """About every file but itself and the seals: the commit, the engine and the fonts that it was made from."""
    folder = published.root / "1.1.0"
    statement = json.loads((folder / "provenance.intoto.json").read_bytes())
    assert (statement["_type"], statement["predicateType"]) == ("https://in-toto.io/Statement/v1", PREDICATE)
    subjects = parse_statement((folder / "provenance.intoto.json").read_bytes())
    assert {path: hashlib.sha256((folder / path).read_bytes()).hexdigest() for path in subjects} == subjects
    assert {"manifest.json", "sbom.cdx.json", "pdf/tiny-global-en.pdf"} <= subjects.keys()
    definition = statement["predicate"]["buildDefinition"]
    assert definition["externalParameters"]["version"] == "1.1.0"
    names = [dependency["name"] for dependency in definition["resolvedDependencies"]]
    assert names[:3] == ["engine", "requirements.lock", "source"]


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"predicateType": 1}', b'{"predicateType": "other"}'])
def test_no_statement(data: bytes) -> None:
    """Anything else is refused."""
    with pytest.raises(ValueError, match=r"statement|provenance|JSON|Expecting"):
        parse_statement(data)
