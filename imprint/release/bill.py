"""Engine, locked packages, fonts and system libraries in, a CycloneDX bill of materials out."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, metadata

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.dependency import Dependency
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from imprint.release.manifest import EngineState, Font

NAME = "sbom.cdx.json"
# The same content gives the same serial number (RFC 4122, version 5), so the bill does not depend on the clock.
_SERIALS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:imprint:sbom")
# Of a record's toolchain, what is no Python package.
_SYSTEM = ("python", "pango", "harfbuzz", "fontconfig")
_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==(\S+)")


def parse_lock(text: str) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Name and version of each package of a requirements lock → the SHA-256 of its files."""
    found: dict[tuple[str, str], list[str]] = {}
    current: list[str] = []
    for line in text.splitlines():
        if pinned := _PIN.match(line):
            current = found.setdefault((pinned[1].lower(), pinned[2]), [])
        current += re.findall(r"--hash=sha256:([0-9a-f]{64})", line)
    return {package: tuple(hashes) for package, hashes in found.items()}


def write_bill(
    engine: EngineState, lock: str, fonts: Iterable[Font], toolchain: Mapping[str, str], date: dt.date
) -> bytes:
    """The bill as CycloneDX 1.6 JSON, dated by the paper: the same arguments and installed packages, the same bytes."""
    root = Component(
        name=engine.name,
        version=engine.version,
        type=ComponentType.APPLICATION,
        bom_ref=engine.name,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=engine.key)],
        properties=[Property(name="imprint:lock:sha256", value=engine.lock)],
    )
    parts = [*_packages(parse_lock(lock)), *_fonts(fonts), *_libraries(toolchain)]
    content = "\n".join([engine.key, engine.lock, date.isoformat(), *(str(part.bom_ref) for part in parts)])
    bom = Bom(
        components=parts,
        serial_number=uuid.uuid5(_SERIALS, hashlib.sha256(content.encode()).hexdigest()),
        metadata=BomMetaData(
            component=root, timestamp=dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC)
        ),
        dependencies=[
            Dependency(root.bom_ref, [Dependency(part.bom_ref) for part in parts]),
            *(Dependency(part.bom_ref) for part in parts),
        ],
    )
    return JsonV1Dot6(bom).output_as_string(indent=1).encode() + b"\n"


def _packages(lock: Mapping[tuple[str, str], tuple[str, ...]]) -> Iterator[Component]:
    for (name, version), hashes in sorted(lock.items()):
        purl = PackageURL("pypi", None, name, version)
        # A lock allows several files of one package, a wheel for each platform: they are its distributions.
        files = ExternalReference(
            type=ExternalReferenceType.DISTRIBUTION,
            url=XsUri(purl.to_string()),
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in hashes],
        )
        yield Component(
            name=name,
            version=version,
            type=ComponentType.LIBRARY,
            bom_ref=purl.to_string(),
            purl=purl,
            licenses=_licences(name),
            external_references=[files],
        )


def _licences(name: str) -> list[License]:
    """The package's own SPDX expression (PEP 639), where it is installed and has one."""
    try:
        expression = metadata(name).json.get("license_expression")
    except PackageNotFoundError:
        return []
    return [LicenseFactory().make_from_string(str(expression))] if expression else []


def _fonts(fonts: Iterable[Font]) -> Iterator[Component]:
    distinct = {(font.file, font.version, font.sha256): font for font in fonts}
    for _, font in sorted(distinct.items()):
        yield Component(
            name=font.file,
            version=font.version,
            type=ComponentType.FILE,
            bom_ref=f"font:{font.sha256}",
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=font.sha256)],
            properties=[Property(name="imprint:font:package", value=font.package)],
        )


def _libraries(toolchain: Mapping[str, str]) -> Iterator[Component]:
    for name in _SYSTEM:
        if version := toolchain.get(name):
            kind = ComponentType.PLATFORM if name == "python" else ComponentType.LIBRARY
            yield Component(name=name, version=version, type=kind, bom_ref=f"system:{name}@{version}")
