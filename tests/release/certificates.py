"""Keys and a certificate for one test run."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID


def write_key(path: Path, password: bytes | None = None) -> Ed25519PrivateKey:
    """A new OpenSSH key pair at `path` and `path.pub`."""
    key = Ed25519PrivateKey.generate()
    secret = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    path.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, secret))
    path.chmod(0o600)
    public = key.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    path.with_name(f"{path.name}.pub").write_bytes(public + b" releases@example.org\n")
    return key


def write_certificate(path: Path, *, begins: int = 2025, ends: int = 2030, password: bytes | None = None) -> None:
    """A self-signed certificate with its key, as PKCS #12, valid for whole years."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Release Manager")])
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1)
    builder = builder.not_valid_before(dt.datetime(begins, 1, 1)).not_valid_after(dt.datetime(ends, 1, 1))
    certificate = builder.add_extension(usage, critical=True).sign(key, hashes.SHA256())
    secret = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"releases", key, certificate, None, secret))
