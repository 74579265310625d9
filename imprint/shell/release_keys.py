"""The files that a release is signed with in, usable keys out; passwords are asked for on a terminal."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from imprint.base.diagnostic import Diagnostic, Location, Rejected, Severity, UsageError
from imprint.release.sshsig import KeyRefused, load_key

Countersign = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Keys:
    """What signs a release: `key` its SHA256SUMS and provenance, `certificate` (file, bytes, password) its PDFs."""

    key: Ed25519PrivateKey | None = None
    certificate: tuple[str, bytes, bytes | None] | None = None

    def countersign(self, date: dt.date) -> Countersign | None:
        """The function that makes a signed copy of a PDF, dated by the paper. Raises Rejected."""
        if self.certificate is None:
            return None
        # Late: pyHanko takes half a second.
        from imprint.release.pades import load_certificate, sign_pdf

        path, data, password = self.certificate
        try:
            signer = load_certificate(data, password, date)
        except KeyRefused as error:
            raise _refused(path, error) from None
        return lambda pdf: sign_pdf(pdf, signer, date)


def load_keys(key: str | None, certificate: str | None, password_file: str | None) -> Keys:
    """Read the files. Raises Rejected where one cannot be used, UsageError where one is not there."""
    password = _read(password_file).split(b"\n", 1)[0].rstrip(b"\r") if password_file else None
    loaded = _load_key(key, password) if key else None
    if certificate is None:
        return Keys(loaded)
    data = _read(certificate)
    return Keys(loaded, (certificate, data, password or _ask(certificate)))


def _load_key(path: str, password: bytes | None) -> Ed25519PrivateKey:
    data = _read(path)
    try:
        try:
            return load_key(data)
        except TypeError:  # it is encrypted
            return load_key(data, password or _ask(path) or b"")
    except KeyRefused as error:
        raise _refused(path, error) from None


def _ask(path: str) -> bytes | None:
    """A password from the terminal; None where there is nobody to ask, or nothing is typed."""
    if not sys.stdin.isatty():
        return None
    typed = click.prompt(f"Password of {path}", hide_input=True, default="", show_default=False, err=True)
    return str(typed).encode() or None


def _read(path: str) -> bytes:
    try:
        # A key is no input of the paper: it is not read through Sources, and stands in no trace.
        return Path(path).read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None


def _refused(path: str, error: KeyRefused) -> Rejected:
    hint = "give a key or certificate that can sign; docs/releasing.md says how to make one"
    return Rejected([Diagnostic(Severity.ERROR, "key", str(error), Location(path), hint)])
