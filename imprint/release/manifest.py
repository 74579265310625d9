"""The manifest of a release: values in, `manifest.json` out, and back, checked.

The models are the JSON Schema (`manifest.schema.json` is written from them), so the two cannot differ.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from imprint.content.models import VERSION

NAME = "manifest.json"
SCHEMA_ID = "urn:imprint:release-manifest:1"

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
GitHash = Annotated[str, Field(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})$")]
# Below the release's folder, with `/`; no part begins with a dot, so none leads out.
FilePath = Annotated[str, Field(pattern=r"^[^/\\.][^/\\]*(/[^/\\.][^/\\]*)*$", max_length=1000)]
Version = Annotated[str, Field(pattern=VERSION)]
Count = Annotated[int, Field(ge=0)]


class Strict(BaseModel):
    """A table in which an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class SourceState(Strict):
    """The paper's git commit and tree (null: unknown), and whether files differed from them."""

    commit: GitHash | None
    tree: GitHash | None
    dirty: bool


class EngineState(Strict):
    """The engine: `key` digests its modules, its lock, Python and the shaping libraries; `lock` is the lock's hash."""

    name: str
    version: str
    key: Sha256
    lock: Sha256


class Previous(Strict):
    """The release that CHANGES tells the differences from, by its SHA256SUMS: each release vouches for the last."""

    version: Version
    sums: Sha256


class FileEntry(Strict):
    """One file. A signed copy begins with the reproducible PDF: its first `unsigned_size` bytes have
    `unsigned_sha256`."""

    path: FilePath
    role: Literal["pdf", "signed-pdf", "site", "messages", "sbom", "changes"]
    sha256: Sha256
    bytes: Count
    pages: Count | None = None
    unsigned_sha256: Sha256 | None = None
    unsigned_size: Count | None = None


class Font(Strict):
    """A font file that letters were taken from."""

    package: str
    version: str
    file: str
    sha256: Sha256


class Conformance(Strict):
    """How many of a standard's rules the PDF keeps."""

    standard: str
    passed: Count
    rules: Count


class Metadata(Strict):
    """What the PDF says of itself, in its information dictionary, its XMP and its catalog."""

    title: str
    author: str
    subject: str
    keywords: str
    language: str
    created: str
    modified: str


class Pdf(Strict):
    """One PDF of an edition: `profile` is `screen` or `print`."""

    profile: Literal["screen", "print"]
    path: FilePath
    signed: FilePath | None
    pages: Count
    metadata: Metadata
    conformance: list[Conformance]
    findings: list[str]
    fonts: list[Font]
    toolchain: dict[str, str]


class Catalog(Strict):
    """A catalog that served the edition."""

    path: FilePath
    sha256: Sha256


class Pin(Strict):
    """Where a pinned edition was first released, and how many passages of the source have changed since."""

    version: Version
    source_changes: Count


class EditionEntry(Strict):
    """One edition: `review` is its catalog's state (`source` where it needs none, empty where none is stated)."""

    region: str
    language: str
    locale: str
    title: str
    words: Count
    coverage: Annotated[float, Field(ge=0, le=1)]
    review: str
    catalogs: list[Catalog]
    sources: list[str]
    messages: FilePath
    pdfs: Annotated[list[Pdf], Field(min_length=1)]
    pinned: Pin | None = None

    @property
    def name(self) -> str:
        """`cn/zh-Hans`."""
        return f"{self.region}/{self.language}"


class Manifest(Strict):
    """A release: `allow_dirty` records that the release manager let an uncommitted source pass."""

    format: Literal[1]
    paper: str
    title: str
    version: Version
    date: dt.date
    language: str
    allow_dirty: bool
    source: SourceState
    engine: EngineState
    previous: Previous | None
    editions: Annotated[list[EditionEntry], Field(min_length=1)]
    files: Annotated[list[FileEntry], Field(min_length=1)]

    def file(self, path: str) -> FileEntry | None:
        """The entry of a file."""
        return next((entry for entry in self.files if entry.path == path), None)


def write_manifest(manifest: Manifest) -> bytes:
    """The bytes of manifest.json."""
    return manifest.model_dump_json(indent=2).encode() + b"\n"


def parse_manifest(data: bytes) -> Manifest:
    """The manifest of the bytes. Raises pydantic's ValidationError, a ValueError, for anything else."""
    return Manifest.model_validate_json(data)


def write_schema() -> bytes:
    """The bytes of manifest.schema.json (JSON Schema 2020-12)."""
    schema = Manifest.model_json_schema()
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID}
    return json.dumps(head | schema, ensure_ascii=False, indent=2).encode() + b"\n"
