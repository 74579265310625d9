"""OpenSSH signatures: bytes and an Ed25519 key in, the signature out that `ssh-keygen -Y verify` checks, and back.

The format is OpenSSH's PROTOCOL.sshsig, version 1. Ed25519 is deterministic, so signing again gives the same bytes.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_ssh_private_key,
)

# Binds a signature to its use: one made for a git commit or an e-mail is none for a release.
NAMESPACE = "imprint-release"
_MAGIC = b"SSHSIG"
_KIND = b"ssh-ed25519"
_HASH = b"sha512"
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"


class KeyRefused(ValueError):
    """The key cannot sign, or the signature is not good; the message says why."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A line of an allowed_signers file: who, and the key. `namespaces` limits what it may sign (empty: anything)."""

    principals: str
    key: bytes
    namespaces: tuple[str, ...] = ()


def load_key(data: bytes, password: bytes | None = None) -> Ed25519PrivateKey:
    """The private key of an OpenSSH key file. Raises KeyRefused; TypeError where it needs the password."""
    try:
        key = load_ssh_private_key(data, password)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyRefused(f"no usable OpenSSH private key: {error}") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyRefused("the key is not Ed25519; only such signatures are the same each time (ssh-keygen -t ed25519)")
    return key


def sign(data: bytes, key: Ed25519PrivateKey) -> bytes:
    """The armoured signature over the data, the same for the same key and data."""
    public = _blob(key.public_key())
    signature = key.sign(_signed(data, _HASH))
    body = _MAGIC + (1).to_bytes(4, "big")
    for part in (public, NAMESPACE.encode(), b"", _HASH, _string(_KIND) + _string(signature)):
        body += _string(part)
    text = base64.b64encode(body).decode()
    lines = [text[at : at + 70] for at in range(0, len(text), 70)]
    return "\n".join([_BEGIN, *lines, _END, ""]).encode()


def check(data: bytes, armoured: bytes) -> Ed25519PublicKey:
    """The key that signed the data. Raises KeyRefused where the signature is damaged, for other data or another use."""
    try:
        text = armoured.decode("ascii").strip("\n")
        if not (text.startswith(_BEGIN) and text.endswith(_END)):
            raise KeyRefused("no OpenSSH signature")
        body = base64.b64decode(text[len(_BEGIN) : -len(_END)].replace("\n", ""), validate=True)
        if body[:10] != _MAGIC + (1).to_bytes(4, "big"):
            raise KeyRefused("no OpenSSH signature of version 1")
        public, namespace, _, hashing, signature = _strings(body[10:], 5)
        kind, raw = _strings(signature, 2)
        key_kind, point = _strings(public, 2)
        key = Ed25519PublicKey.from_public_bytes(point)
    except (UnicodeDecodeError, binascii.Error, ValueError) as error:
        raise KeyRefused(str(error) if isinstance(error, KeyRefused) else "a damaged signature") from None
    if namespace.decode(errors="replace") != NAMESPACE:
        raise KeyRefused(f"a signature for another use, '{namespace.decode(errors='replace')}'")
    if (kind, key_kind) != (_KIND, _KIND) or hashing not in (b"sha256", b"sha512"):
        raise KeyRefused("a signature of another kind than Ed25519 over SHA-2")
    try:
        key.verify(raw, _signed(data, hashing))
    except InvalidSignature:
        raise KeyRefused("the signature is not of these bytes") from None
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """`SHA256:…`, as `ssh-keygen -l` shows it."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(_blob(key)).digest()).decode().rstrip("=")


def parse_signers(text: str) -> tuple[Signer, ...]:
    """The Ed25519 keys of an allowed_signers file (ssh-keygen(1)), or of a public key file. Raises KeyRefused.

    A line with an option that limits the key in a way that is not understood here (cert-authority, valid-before …)
    is refused, and not read as if it had none.
    """
    found = tuple(signer for line in text.splitlines() if (signer := _parse_signer(line.strip())))
    if not found:
        raise KeyRefused("no ssh-ed25519 key in it")
    return found


def accept(key: Ed25519PublicKey, signers: tuple[Signer, ...]) -> str | None:
    """The principals whose key it is, if it may sign a release; else None."""
    mine = (s for s in signers if s.key == _blob(key) and (not s.namespaces or NAMESPACE in s.namespaces))
    return next((signer.principals for signer in mine), None)


def _parse_signer(line: str) -> Signer | None:
    if not line or line.startswith("#"):
        return None
    words = shlex.split(line, comments=False)
    place = next((at for at, word in enumerate(words) if re.fullmatch(r"(ssh|ecdsa|sk)-[\w@.-]+", word)), None)
    if place is None or place + 1 >= len(words):
        raise KeyRefused(f"no key in the line '{line[:60]}'")
    if words[place].encode() != _KIND:
        return None
    namespaces: tuple[str, ...] = ()
    for option in words[1:place]:
        name, _, value = option.partition("=")
        if name.lower() != "namespaces":
            raise KeyRefused(f"the option '{option}' of an allowed signer is not understood here; use ssh-keygen")
        namespaces = tuple(value.split(","))
    try:
        key = base64.b64decode(words[place + 1], validate=True)
    except binascii.Error:
        raise KeyRefused(f"a damaged key in the line '{line[:60]}'") from None
    return Signer(words[0] if place else "the given key", key, namespaces)


def _signed(data: bytes, hashing: bytes) -> bytes:
    digest = hashlib.new(hashing.decode(), data).digest()
    return _MAGIC + b"".join(map(_string, (NAMESPACE.encode(), b"", hashing, digest)))


def _blob(key: Ed25519PublicKey) -> bytes:
    return base64.b64decode(key.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).split()[1])


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def _strings(data: bytes, count: int) -> list[bytes]:
    """Exactly `count` length-prefixed strings (RFC 4251, 5). Raises ValueError."""
    found = list(_read_strings(data))
    if len(found) != count:
        raise ValueError(data)
    return found


def _read_strings(data: bytes) -> Iterator[bytes]:
    while data:
        end = 4 + int.from_bytes(data[:4], "big")
        if len(data) < end:
            raise ValueError(data)
        yield data[4:end]
        data = data[end:]
