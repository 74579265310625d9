"""The PDFs of a release and its manifest in, where the two disagree out."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping

from imprint.base.diagnostic import Diagnostics, Location
from imprint.release.comparison import language_of
from imprint.release.document import NoPdf, read_metadata
from imprint.release.manifest import EditionEntry, FileEntry, Manifest, Pdf

_HINT = "take no file of this folder for the release's; get the published copy"


def verify_pdfs(manifest: Manifest, data: Mapping[str, bytes], found: Diagnostics) -> None:
    """Every PDF says of itself what the manifest says of it, and is of its edition; signed copies are the same PDF."""
    for edition in manifest.editions:
        for pdf in edition.pdfs:
            if pdf.path in data:
                _check_pdf(manifest, edition, pdf, data[pdf.path], found)
            if pdf.signed is not None and pdf.signed in data:
                _check_signed(manifest, pdf.signed, pdf.path, data, found)


def _check_pdf(manifest: Manifest, edition: EditionEntry, pdf: Pdf, data: bytes, found: Diagnostics) -> None:
    at = Location(pdf.path)
    try:
        metadata, pages = read_metadata(data)
    except NoPdf as error:
        found.error("pdf", f"is {error}", at, _HINT)
        return
    says = metadata.model_dump() | {"pages": pages}
    should = pdf.metadata.model_dump() | {"pages": pdf.pages}
    for name, value in says.items():
        if value != should[name]:
            found.error("pdf", f"its {name} is '{value}', the manifest says '{should[name]}'", at, _HINT)
    if metadata.language != edition.language or metadata.language != language_of(edition.name):
        found.error("pdf", f"is in '{metadata.language}', but stands for the edition {edition.name}", at, _HINT)
    dated = f"D:{manifest.date:%Y%m%d}"
    if edition.pinned is None and metadata.created[:10] != dated:
        found.error("pdf", f"is of {metadata.created[2:]}, the release of {dated[2:]}", at, _HINT)


def _check_signed(
    manifest: Manifest, path: str, unsigned_path: str, data: Mapping[str, bytes], found: Diagnostics
) -> None:
    """The signed file is the reproducible one, then a signature over all of it."""
    entry, signed = manifest.file(path), data[path]
    at = Location(path)
    if entry is None or entry.unsigned_size is None:
        found.error("pdf", "the manifest does not say what was signed", at, _HINT)
        return
    head = signed[: entry.unsigned_size]
    unsigned: FileEntry | None = manifest.file(unsigned_path)
    digest = hashlib.sha256(head).hexdigest()
    if unsigned is None or not digest == entry.unsigned_sha256 == unsigned.sha256:
        found.error("pdf", f"does not begin with '{unsigned_path}'", at, _HINT)
    if reason := _signature_fault(signed):
        found.error("pdf", f"its signature is not good: {reason}", at, _HINT)


def _signature_fault(signed: bytes) -> str:
    """Why the PDF's one signature does not hold for all of it; empty where it does. Whom to trust is not asked."""
    # Late: pyHanko takes half a second, and most releases have no signed copies.
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    try:
        signatures = PdfFileReader(io.BytesIO(signed)).embedded_signatures
        if len(signatures) != 1:
            return f"there are {len(signatures)}"
        (signature,) = signatures
        signature.compute_integrity_info()
        digest = signature.compute_digest()
        intact, valid = validate_sig_integrity(signature.signer_info, signature.signer_cert, "data", digest)
    except (PdfError, SignatureValidationError, ValueError) as error:
        return str(error)
    if not (intact and valid):
        return "the bytes are not those that were signed"
    return "" if signature.coverage == SignatureCoverageLevel.ENTIRE_FILE else "something was added after it"
