"""A finished PDF and a certificate in, a signed copy out that begins with the PDF, byte by byte (PAdES B-B).

A signature claims the paper's date: with an RSA key (PKCS #1 v1.5) signing again gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from typing import Any

from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject, TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession

from imprint.release.sshsig import KeyRefused

FIELD = "Signature"


def load_certificate(data: bytes, password: bytes | None, date: dt.date) -> SimpleSigner:
    """The signer of a PKCS #12 file. Raises KeyRefused where it is none, or does not hold on the paper's date."""
    try:
        signer: SimpleSigner = SimpleSigner.load_pkcs12_data(data, [], password)
    except (ValueError, TypeError) as error:
        raise KeyRefused(f"no usable PKCS #12 file, or another password: {error}") from None
    certificate = signer.signing_cert
    if certificate is None:
        raise KeyRefused("the PKCS #12 file holds no certificate")
    begins, ends = certificate.not_valid_before, certificate.not_valid_after
    if not begins <= _at(date) <= ends:
        reason = f"the certificate is valid from {begins:%Y-%m-%d} to {ends:%Y-%m-%d}"
        raise KeyRefused(f"{reason}, but the signature would be of {date}, the paper's date")
    return signer


def sign_pdf(pdf: bytes, signer: SimpleSigner, date: dt.date) -> bytes:
    """The signed copy: `pdf`, and one incremental update with the signature. Law: it starts with `pdf`."""
    writer = _Update(io.BytesIO(pdf))
    meta = PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    # Outside the page: PDF/UA-1 wants every widget in the structure tree, but for those (7.18.1), PDF/A-2 none hidden.
    spec = SigFieldSpec(FIELD, readable_field_name=FIELD, invis_sig_settings=InvisSigSettings(box_out_of_bounds=True))
    session = _Dated(meta, signer, new_field_spec=spec, date=date)
    signed = io.BytesIO()
    session.sign_pdf(writer, output=signed)
    return signed.getvalue()


def _at(date: dt.date) -> dt.datetime:
    return dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC)


class _Update(IncrementalPdfFileWriter):
    """An update that leaves the PDF's metadata as they are, and takes its identifier from its content."""

    @classmethod
    def _handle_id(cls, prev: PdfFileReader) -> ArrayObject:
        first = prev.trailer["/ID"][0]
        if isinstance(first, TextStringObject):
            first = ByteStringObject(first.original_bytes)
        prev.stream.seek(0)
        return ArrayObject([first, ByteStringObject(hashlib.sha256(prev.stream.read()).digest()[:16])])

    def _update_meta(self) -> None:
        """Nothing: the clock must not get into the file, and the dates of its XMP must stay those of its dictionary."""


class _Dated(PdfSigner):
    """A signer whose signatures claim the paper's date."""

    def __init__(self, *args: Any, date: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._date = date

    def init_signing_session(self, *args: Any, **kwargs: Any) -> PdfSigningSession:
        """PyHanko's hook."""
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = _at(self._date)
        return session
