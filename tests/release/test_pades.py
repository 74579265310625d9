"""Signed copies of PDFs."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pikepdf
import pytest

from imprint.paginate.preflight.preflight import preflight
from imprint.release.pades import load_certificate, sign_pdf
from imprint.release.sshsig import KeyRefused
from tests.release.certificates import write_certificate
from tests.release.conftest import Published

DATE = dt.date(2026, 3, 4)


def test_a_signed_copy(published: Published) -> None:
    """It begins with the reproducible PDF, byte by byte; signing again gives the same bytes."""
    certificate = (published.home / "certificate.p12").read_bytes()
    pdf = (published.root / "1.1.0" / "pdf/tiny-global-en.pdf").read_bytes()
    signed = sign_pdf(pdf, load_certificate(certificate, None, DATE), DATE)
    assert signed.startswith(pdf)
    assert len(signed) > len(pdf)
    assert signed == sign_pdf(pdf, load_certificate(certificate, None, DATE), DATE)
    assert signed == (published.root / "1.1.0" / "signed/tiny-global-en.pdf").read_bytes()


def test_it_keeps_both_standards(published: Published) -> None:
    """The copy is as sound and as accessible as the PDF itself, and keeps its metadata."""
    data = (published.root / "1.1.0" / "signed/tiny-cn-zh-Hans.pdf").read_bytes()
    report = preflight(data, name="signed")
    assert not [finding for finding in report.findings if finding.severity == "error"]
    assert all(passed == rules for passed, rules in report.facts.conformance.values())
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.docinfo["/ModDate"]) == "D:20260304"


def test_certificate_of_another_time(tmp_path: Path) -> None:
    """A certificate that does not hold on the paper's date would make a signature that nobody accepts: refused."""
    write_certificate(tmp_path / "old.p12", begins=2020, ends=2021)
    with pytest.raises(KeyRefused, match="valid from 2020-01-01 to 2021-01-01"):
        load_certificate((tmp_path / "old.p12").read_bytes(), None, DATE)


def test_password(tmp_path: Path) -> None:
    """The password is needed, and the right one."""
    write_certificate(tmp_path / "locked.p12", password=b"secret")
    data = (tmp_path / "locked.p12").read_bytes()
    assert load_certificate(data, b"secret", DATE)
    for password in (None, b"wrong"):
        with pytest.raises(KeyRefused):
            load_certificate(data, password, DATE)
    with pytest.raises(KeyRefused):
        load_certificate(b"none", None, DATE)
