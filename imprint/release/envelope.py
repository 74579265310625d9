"""The DSSE envelope of an in-toto statement: bytes and key in, the signed envelope out, and back."""

from __future__ import annotations

import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import UnverifiedSignatureError, VerificationError
from securesystemslib.signer import CryptoSigner, SSlibKey  # type: ignore[attr-defined]  # it exports by re-import

from imprint.release.sshsig import KeyRefused

NAME = "provenance.dsse.json"
PAYLOAD_TYPE = "application/vnd.in-toto+json"


def seal(statement: bytes, key: Ed25519PrivateKey) -> bytes:
    """The envelope with one signature, as JSON (DSSE 1.0)."""
    envelope = Envelope(statement, PAYLOAD_TYPE, {})
    envelope.sign(CryptoSigner(key))
    return json.dumps(envelope.to_dict(), indent=2, sort_keys=True).encode() + b"\n"


def open_envelope(data: bytes, key: Ed25519PublicKey) -> bytes:
    """The statement, if the key has signed it. Raises KeyRefused."""
    try:
        envelope = Envelope.from_dict(json.loads(data))
    # The library indexes what it reads, so that a damaged envelope raises any of these.
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KeyRefused("no DSSE envelope") from None
    if envelope.payload_type != PAYLOAD_TYPE:
        raise KeyRefused("an envelope of something else than an in-toto statement")
    try:
        envelope.verify([SSlibKey.from_crypto(key)], 1)
    except (VerificationError, UnverifiedSignatureError, ValueError) as error:
        raise KeyRefused(f"the envelope is not signed by this key ({type(error).__name__})") from None
    return bytes(envelope.payload)
