"""A release's files and sources in, an in-toto statement with SLSA provenance out.

SLSA 1.0, Build L1 and no more: it says how the release was made; a signature says who says so, and nothing isolates
the build from the person who runs it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from google.protobuf.json_format import MessageToDict, ParseDict
from in_toto_attestation.predicates.provenance.v1 import provenance_pb2
from in_toto_attestation.v1.resource_descriptor import ResourceDescriptor
from in_toto_attestation.v1.statement import Statement

from imprint.release.manifest import Manifest

NAME = "provenance.intoto.json"
PREDICATE = "https://slsa.dev/provenance/v1"
BUILD_TYPE = "urn:imprint:build:release:1"
BUILDER = "urn:imprint:builder:local"


def write_statement(manifest: Manifest, files: Mapping[str, bytes]) -> bytes:
    """The statement about `files` (path → bytes). It states no time: nothing of a release depends on the clock."""
    subjects = [
        ResourceDescriptor(name=path, digest={"sha256": hashlib.sha256(data).hexdigest()}).pb
        for path, data in sorted(files.items())
    ]
    # Through the message type, which refuses a field that the predicate does not have.
    predicate = MessageToDict(ParseDict(_predicate(manifest), provenance_pb2.Provenance()))
    statement = Statement(subjects, PREDICATE, predicate)
    statement.validate()
    return json.dumps(MessageToDict(statement.pb), ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def parse_statement(data: bytes) -> Mapping[str, str]:
    """The subjects: path → SHA-256. Raises ValueError for anything that is no such statement."""
    try:
        value = json.loads(data)
        if value["predicateType"] != PREDICATE:
            raise ValueError("not SLSA provenance")
        return {subject["name"]: subject["digest"]["sha256"] for subject in value["subject"]}
    except (KeyError, TypeError):
        raise ValueError("no in-toto statement") from None


def _predicate(manifest: Manifest) -> dict[str, Any]:
    engine, source = manifest.engine, manifest.source
    dependencies: list[dict[str, Any]] = [
        {"name": "engine", "digest": {"sha256": engine.key}},
        {"name": "requirements.lock", "digest": {"sha256": engine.lock}},
    ]
    if source.commit and source.tree:
        dependencies.append({"name": "source", "digest": {"gitCommit": source.commit, "gitTree": source.tree}})
    fonts = {font.sha256: font for edition in manifest.editions for pdf in edition.pdfs for font in pdf.fonts}
    dependencies += [
        {"name": font.file, "digest": {"sha256": digest}, "annotations": {"package": font.package}}
        for digest, font in sorted(fonts.items())
    ]
    return {
        "buildDefinition": {
            "buildType": BUILD_TYPE,
            "externalParameters": {
                "paper": manifest.paper,
                "version": manifest.version,
                "editions": [edition.name for edition in manifest.editions],
                "pinned": {e.name: e.pinned.version for e in manifest.editions if e.pinned},
                "allowDirty": manifest.allow_dirty,
            },
            "internalParameters": {"sourceDirty": source.dirty, "date": manifest.date.isoformat()},
            "resolvedDependencies": dependencies,
        },
        "runDetails": {
            "builder": {"id": BUILDER, "version": {engine.name: engine.version}},
            "metadata": {"invocationId": f"urn:imprint:release:{manifest.paper}:{manifest.version}"},
        },
    }
