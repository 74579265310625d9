"""The issues of all editions in, every file of the release out, sealed: one function of values."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from imprint.content.paper import Paper
from imprint.release import bill, envelope, provenance, sshsig
from imprint.release import manifest as manifests
from imprint.release.comparison import Comparison, Issued, compare_issued, write_json
from imprint.release.document import read_metadata
from imprint.release.folder import SIGNATURE, SUMS, Release
from imprint.release.issue import Issue, signed_path
from imprint.release.manifest import EngineState, FileEntry, Manifest, Pdf, Pin, Previous, SourceState, write_manifest
from imprint.release.report import write_markdown

CHANGES, CHANGES_DATA = "CHANGES.md", "changes.json"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a release is made of. `site` is by path below `site/`, `lock` the text of requirements.lock, `previous` the
    release before; `countersign` makes the signed copy of a PDF, and `signed` holds copies that were made before."""

    paper: Paper
    issues: tuple[Issue, ...]
    site: Mapping[str, bytes]
    source: SourceState
    allow_dirty: bool
    engine: EngineState
    lock: str
    previous: Release | None
    countersign: Callable[[bytes], bytes] | None = None
    signed: Mapping[str, bytes] = field(default_factory=dict)


def assemble(plan: Plan) -> dict[str, bytes]:
    """Every file of the release but its signatures: path → bytes. The same plan gives the same bytes."""
    plan = replace(plan, issues=tuple(_countersigned(issue, plan) for issue in plan.issues))
    files = {path: data for issue in plan.issues for path, data in issue.files.items()}
    files |= {f"site/{path}": data for path, data in plan.site.items()}
    files[bill.NAME] = _bill(plan)
    files |= _changes(plan)
    manifest = _manifest(plan, files)
    files[manifests.NAME] = write_manifest(manifest)
    files[provenance.NAME] = provenance.write_statement(manifest, files)
    files[SUMS] = write_sums(files)
    return files


def seal(files: Mapping[str, bytes], key: Ed25519PrivateKey) -> dict[str, bytes]:
    """The signatures: over SHA256SUMS, and the envelope of the statement. The same key gives the same bytes."""
    return {
        SIGNATURE: sshsig.sign(files[SUMS], key),
        envelope.NAME: envelope.seal(files[provenance.NAME], key),
    }


def write_sums(files: Mapping[str, bytes]) -> bytes:
    """The lines that `sha256sum -c` reads."""
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(files.items())).encode()


def compare_with_previous(plan: Plan) -> tuple[Comparison, ...]:
    """What changed since the release before; no comparison where this is the first."""
    if plan.previous is None:
        return ()
    now = Issued(plan.paper.version, {issue.entry.name: issue.passages for issue in plan.issues})
    pins = {issue.entry.name: issue.entry.pinned for issue in plan.issues}
    found = compare_issued(plan.previous.issued(), now)
    return tuple(replace(each, note=_pinned(pin)) if (pin := pins.get(each.edition)) else each for each in found)


def _pinned(pin: Pin) -> str:
    return f"Carried from {pin.version}; passages of the source changed since then: {pin.source_changes}."


def _countersigned(issue: Issue, plan: Plan) -> Issue:
    """The issue with signed copies of its PDFs for the screen (a form field has no place in PDF/X-4); one that is
    carried keeps those that it has."""
    files = dict(issue.files)
    pdfs: list[Pdf] = []
    for pdf in issue.entry.pdfs:
        path = signed_path(pdf.path)
        if pdf.signed is None and path in plan.signed:
            files[path] = plan.signed[path]
        elif plan.countersign is not None and pdf.profile == "screen" and not (pdf.signed or issue.entry.pinned):
            files[path] = plan.countersign(files[pdf.path])
        pdfs.append(pdf.model_copy(update={"signed": path}) if path in files else pdf)
    return replace(issue, entry=issue.entry.model_copy(update={"pdfs": pdfs}), files=files)


def _bill(plan: Plan) -> bytes:
    fonts = [font for issue in plan.issues for pdf in issue.entry.pdfs for font in pdf.fonts]
    now = [pdf.toolchain for issue in plan.issues if not issue.entry.pinned for pdf in issue.entry.pdfs]
    return bill.write_bill(plan.engine, plan.lock, fonts, now[0] if now else {}, plan.paper.date)


def _changes(plan: Plan) -> dict[str, bytes]:
    comparisons = compare_with_previous(plan)
    if plan.previous is None:
        first = f"# {plan.paper.settings.paper.title} {plan.paper.version}\n\nThe first release.\n"
        return {CHANGES: first.encode(), CHANGES_DATA: write_json(())}
    title = f"What changed from {plan.previous.manifest.version} to {plan.paper.version}"
    return {CHANGES: write_markdown(title, comparisons), CHANGES_DATA: write_json(comparisons)}


def _manifest(plan: Plan, files: Mapping[str, bytes]) -> Manifest:
    paper, previous = plan.paper, plan.previous
    return Manifest(
        format=1,
        paper=paper.id,
        title=paper.settings.paper.title,
        version=paper.version,
        date=paper.date,
        language=paper.language,
        allow_dirty=plan.allow_dirty,
        source=plan.source,
        engine=plan.engine,
        previous=Previous(version=previous.manifest.version, sums=previous.sums) if previous else None,
        editions=[issue.entry for issue in plan.issues],
        files=[_file(path, data, files) for path, data in sorted(files.items())],
    )


_ROLES = {"pdf": "pdf", "signed": "signed-pdf", "site": "site", "messages": "messages", bill.NAME: "sbom"}


def _file(path: str, data: bytes, files: Mapping[str, bytes]) -> FileEntry:
    entry = FileEntry(
        path=path,
        role=_ROLES.get(path.split("/", 1)[0], "changes"),  # type: ignore[arg-type]  # the model checks it
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        pages=read_metadata(data)[1] if path.endswith(".pdf") else None,
    )
    if entry.role != "signed-pdf":
        return entry
    unsigned = files[f"pdf/{path.removeprefix('signed/')}"]
    facts = {"unsigned_sha256": hashlib.sha256(unsigned).hexdigest(), "unsigned_size": len(unsigned)}
    return entry.model_copy(update=facts)
