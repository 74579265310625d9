"""A release's folder in, everything that is not as it was published out; nothing else is read, no network asked.

What is listed where: SHA256SUMS lists every file but the seals; the manifest and the statement list the same hashes
again, with what each file is; the signature is over SHA256SUMS, the envelope holds the statement.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from imprint.base.diagnostic import Diagnostic, Diagnostics, Location
from imprint.release import envelope, provenance, sshsig
from imprint.release import manifest as manifests
from imprint.release.folder import SIGNATURE, SUMS, list_files, parse_sums, read_file
from imprint.release.manifest import Manifest, parse_manifest
from imprint.release.sshsig import KeyRefused, Signer
from imprint.release.verify_pdf import verify_pdfs
from imprint.release.version import is_version

# What is in no list: each is checked by what it signs, or by its signature.
SEALS = (SUMS, SIGNATURE, envelope.NAME)
_HINT = "take no file of this folder for the release's; get the published copy"


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found: `findings` with an error where the release is not as published, and what it is."""

    findings: tuple[Diagnostic, ...]
    manifest: Manifest | None
    files: int
    signer: str

    @property
    def sound(self) -> bool:
        """Whether everything is as it was published."""
        return not any(finding.severity == "error" for finding in self.findings)


@dataclass(slots=True)
class _Look:
    """The folder while it is looked at. `sums` is what SHA256SUMS lists, `digests` what the files are."""

    folder: Path
    found: Diagnostics = field(default_factory=Diagnostics)
    data: dict[str, bytes] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    def error(self, rule: str, path: str, message: str) -> None:
        self.found.error(rule, message, Location(path), _HINT)


def verify_release(folder: Path, signers: tuple[Signer, ...] | None = None) -> Verified:
    """Look at every file of the folder. With `signers`, one of them must have signed the release.

    Each finding names a file: `missing`, `extra`, `changed`, `manifest`, `statement`, `pdf`, `signature`, `version`.
    """
    look = _Look(folder)
    _read_all(look)
    _check_sums(look)
    manifest = _check_manifest(look)
    if manifest is not None:
        _check_version(look, manifest)
        _check_entries(look, manifest)
        verify_pdfs(manifest, look.data, look.found)
    _check_statement(look)
    signer = _check_seals(look, signers)
    return Verified(tuple(look.found), manifest, len(look.data), signer)


def _read_all(look: _Look) -> None:
    for path in list_files(look.folder):
        data = read_file(look.folder, path)
        if data is None:
            look.error("extra", path, "is a link, or no plain file")
        else:
            look.data[path] = data
            look.digests[path] = hashlib.sha256(data).hexdigest()


def _check_sums(look: _Look) -> None:
    """Every file that is listed is there with its bytes, and no other is there."""
    data = look.data.get(SUMS)
    if data is None:
        look.error("missing", SUMS, "is missing: nothing says what the release is")
        return
    try:
        lines = parse_sums(data)
    except ValueError:
        look.error("changed", SUMS, "is no list of SHA-256 sums")
        return
    look.sums = dict(lines)
    if len(look.sums) != len(lines):
        look.error("changed", SUMS, "lists a file twice")
    for path, digest in lines:
        if path not in look.digests:
            look.error("missing", path, "is missing")
        elif look.digests[path] != digest:
            other = _owner(look, path)
            message = f"holds the bytes of '{other}'" if other else "is not the file that was published"
            look.error("changed", path, message)
    for path in sorted(look.data.keys() - look.sums.keys() - set(SEALS)):
        look.error("extra", path, "does not belong to the release")


def _owner(look: _Look, path: str) -> str | None:
    """Whose bytes a file holds, where they are another's; one of the same folder first, for the site has PDFs too."""
    owners = [other for other, digest in look.sums.items() if digest == look.digests[path]]
    folder = path.split("/", 1)[0]
    return next((other for other in owners if other.startswith(f"{folder}/")), owners[0] if owners else None)


def _check_manifest(look: _Look) -> Manifest | None:
    data = look.data.get(manifests.NAME)
    if data is None:
        if manifests.NAME not in look.sums:
            look.error("missing", manifests.NAME, "is missing")
        return None
    try:
        return parse_manifest(data)
    except ValueError as error:
        # Pydantic's first line says how many, its second where.
        where = " ".join(str(error).splitlines()[1:3]).strip()
        look.error("manifest", manifests.NAME, f"is not a manifest: {where}")
        return None


def _check_version(look: _Look, manifest: Manifest) -> None:
    """A folder called by a version holds that version, so that an older release cannot stand in its place."""
    name = look.folder.resolve().name
    if is_version(name) and name != manifest.version:
        message = f"is that of version {manifest.version}, but the folder is that of {name}"
        look.error("version", manifests.NAME, message)


def _check_entries(look: _Look, manifest: Manifest) -> None:
    """The manifest lists the files of SHA256SUMS, with their hashes and sizes, and its editions name some of them."""
    listed = {entry.path: entry for entry in manifest.files}
    if len(listed) != len(manifest.files):
        look.error("manifest", manifests.NAME, "lists a file twice")
    for path in sorted(look.sums.keys() - listed.keys() - {manifests.NAME, provenance.NAME}):
        look.error("manifest", path, f"is not in {manifests.NAME}")
    for path, entry in listed.items():
        if path not in look.sums:
            look.error("manifest", path, f"is in {manifests.NAME} (of version {manifest.version}), but not in {SUMS}")
        elif look.sums[path] != entry.sha256:
            look.error("manifest", path, f"has one hash in {manifests.NAME} and another in {SUMS}")
        elif look.digests.get(path) == entry.sha256 and len(look.data[path]) != entry.bytes:
            look.error("manifest", path, f"has {len(look.data[path])} bytes, {manifests.NAME} says {entry.bytes}")
    names = [edition.name for edition in manifest.editions]
    if len(set(names)) != len(names):
        look.error("manifest", manifests.NAME, "lists an edition twice")
    for edition in manifest.editions:
        paths = {edition.messages, *(p for pdf in edition.pdfs for p in (pdf.path, pdf.signed) if p)}
        for path in sorted(paths - listed.keys()):
            look.error("manifest", path, f"is named by the edition {edition.name}, but is no file of the release")


def _check_statement(look: _Look) -> None:
    """The provenance is about these files: all that SHA256SUMS lists, but for the statement itself."""
    data = look.data.get(provenance.NAME)
    if data is None:
        if provenance.NAME not in look.sums:
            look.error("missing", provenance.NAME, "is missing")
        return
    try:
        subjects = provenance.parse_statement(data)
    except ValueError as error:
        look.error("statement", provenance.NAME, str(error))
        return
    wanted = {path: digest for path, digest in look.sums.items() if path != provenance.NAME}
    for path in sorted(wanted.keys() ^ subjects.keys()):
        look.error("statement", path, f"is only in one of {SUMS} and {provenance.NAME}")
    for path in sorted(wanted.keys() & subjects.keys()):
        if wanted[path] != subjects[path]:
            look.error("statement", path, f"has one hash in {SUMS} and another in {provenance.NAME}")


def _check_seals(look: _Look, signers: tuple[Signer, ...] | None) -> str:
    """The signature is over SHA256SUMS, by an allowed signer where some are given; the envelope is by the same key."""
    signature = look.data.get(SIGNATURE)
    if signature is None:
        return _unsigned(look, signers)
    try:
        key = sshsig.check(look.data.get(SUMS, b""), signature)
    except KeyRefused as error:
        look.error("signature", SIGNATURE, f"is not good: {error}")
        return ""
    shown = sshsig.fingerprint(key)
    principals = sshsig.accept(key, signers) if signers is not None else ""
    if principals is None:
        look.error("signature", SIGNATURE, f"is by a key that is not allowed to sign, {shown}")
    elif signers is None:
        hint = "give --key FILE with the publisher's key, which you have from elsewhere"
        message = f"is good, by the key {shown}; whose key that is, is not known"
        look.found.warning("signer-unknown", message, Location(SIGNATURE), hint)
    _check_envelope(look, key)
    return f"{principals or 'unknown'} ({shown})"


def _unsigned(look: _Look, signers: tuple[Signer, ...] | None) -> str:
    if envelope.NAME in look.data:
        look.error("signature", envelope.NAME, f"is signed, but {SIGNATURE} is missing")
    if signers is not None:
        look.error("signature", SIGNATURE, "is missing: nobody vouches for the release")
    elif envelope.NAME not in look.data:
        hint = "hashes show damage, but not who made the release; compare them with the publisher's"
        look.found.warning("unsigned", "is missing: the release is not signed", Location(SIGNATURE), hint)
    return ""


def _check_envelope(look: _Look, key: Ed25519PublicKey) -> None:
    data = look.data.get(envelope.NAME)
    if data is None:
        look.error("signature", envelope.NAME, "is missing, though the release is signed")
        return
    try:
        statement = envelope.open_envelope(data, key)
    except KeyRefused as error:
        look.error("signature", envelope.NAME, f"is not good: {error}")
        return
    if statement != look.data.get(provenance.NAME):
        look.error("signature", envelope.NAME, f"holds another statement than {provenance.NAME}")
