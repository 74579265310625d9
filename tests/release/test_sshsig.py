"""OpenSSH signatures, held against OpenSSH itself."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from imprint.release.sshsig import NAMESPACE, KeyRefused, accept, check, load_key, parse_signers, sign
from tests.release.certificates import write_key

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SIGNATURE = sign(b"data", KEY)
stock = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs ssh-keygen (openssh-client)")


def ssh_keygen(folder: Path, *words: str, data: bytes = b"") -> int:
    """Stock ssh-keygen's exit code."""
    return subprocess.run(["ssh-keygen", *words], input=data, capture_output=True, cwd=folder, check=False).returncode


@given(st.binary(max_size=200))
def test_law(data: bytes) -> None:
    """What is signed is good, and by that key; signing again gives the same bytes."""
    signature = sign(data, KEY)
    assert check(data, signature).public_bytes_raw() == KEY.public_key().public_bytes_raw()
    assert sign(data, KEY) == signature


@given(st.integers(0, len(SIGNATURE) - 1), st.integers(0, 255))
def test_no_damage_passes_and_none_is_a_bug(at: int, byte: int) -> None:
    """One byte replaced anywhere: refused with a reason, but where the same signature is only written otherwise."""
    damaged = SIGNATURE[:at] + bytes([byte]) + SIGNATURE[at + 1 :]
    try:
        key = check(b"data", damaged)
    except KeyRefused:
        return
    assert key.public_bytes_raw() == KEY.public_key().public_bytes_raw()
    assert b"".join(damaged.split()) == b"".join(SIGNATURE.split())


@stock
def test_ssh_keygen_checks_ours(tmp_path: Path) -> None:
    """Stock `ssh-keygen -Y verify` calls our signature good, and refuses it for other data."""
    key = write_key(tmp_path / "key")
    (tmp_path / "signed.sig").write_bytes(sign(b"sums\n", key))
    (tmp_path / "allowed").write_text(f"r@example.org {(tmp_path / 'key.pub').read_text()}")
    verify = ("-Y", "verify", "-f", "allowed", "-I", "r@example.org", "-n", NAMESPACE, "-s", "signed.sig")
    assert ssh_keygen(tmp_path, *verify, data=b"sums\n") == 0
    assert ssh_keygen(tmp_path, *verify, data=b"other\n") != 0


@stock
def test_ssh_keygen_signs_the_same(tmp_path: Path) -> None:
    """Stock `ssh-keygen -Y sign` writes our very bytes."""
    key = write_key(tmp_path / "key")
    (tmp_path / "sums").write_bytes(b"sums\n")
    assert ssh_keygen(tmp_path, "-Y", "sign", "-f", "key", "-n", NAMESPACE, "sums") == 0
    assert (tmp_path / "sums.sig").read_bytes() == sign(b"sums\n", key)


@stock
def test_another_use_is_refused(tmp_path: Path) -> None:
    """A signature that the key made for something else is none for a release."""
    write_key(tmp_path / "key")
    (tmp_path / "sums").write_bytes(b"sums\n")
    assert ssh_keygen(tmp_path, "-Y", "sign", "-f", "key", "-n", "git", "sums") == 0
    with pytest.raises(KeyRefused, match="another use, 'git'"):
        check(b"sums\n", (tmp_path / "sums.sig").read_bytes())


def test_allowed_signers(tmp_path: Path) -> None:
    """A line of an allowed_signers file, a comment, a key for another use, and a public key file."""
    write_key(tmp_path / "key")
    public = (tmp_path / "key.pub").read_text()
    key = load_key((tmp_path / "key").read_bytes()).public_key()
    assert accept(key, parse_signers(f"# ours\n\nr@example.org {public}")) == "r@example.org"
    assert accept(key, parse_signers(f'r@example.org namespaces="git,{NAMESPACE}" {public}')) == "r@example.org"
    assert accept(key, parse_signers(f'r@example.org namespaces="git" {public}')) is None
    assert accept(key, parse_signers(public)) == "the given key"
    assert accept(KEY.public_key(), parse_signers(public)) is None


@pytest.mark.parametrize(
    "text",
    ["", "nothing", "r@example.org ssh-ed25519", "r@example.org ssh-ed25519 !!!", "r@example.org ssh-rsa AAAA"],
)
def test_no_key(text: str) -> None:
    """A file without a usable key is refused, and not read as one that allows nobody."""
    with pytest.raises(KeyRefused):
        parse_signers(text)


def test_an_option_that_limits_is_not_overlooked(tmp_path: Path) -> None:
    """A key that is valid only for a time is refused here, where the clock is not read."""
    write_key(tmp_path / "key")
    with pytest.raises(KeyRefused, match="valid-before"):
        parse_signers(f'r@example.org valid-before="20200101" {(tmp_path / "key.pub").read_text()}')


@pytest.mark.parametrize("data", [b"", b"no key", b"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n"])
def test_what_is_no_key(data: bytes) -> None:
    """What is no private key is refused."""
    with pytest.raises(KeyRefused):
        load_key(data)


def test_a_key_with_a_password(tmp_path: Path) -> None:
    """It asks for the password, and takes no other."""
    pytest.importorskip("bcrypt", reason="OpenSSH's encrypted keys need bcrypt")
    write_key(tmp_path / "locked", b"secret")
    data = (tmp_path / "locked").read_bytes()
    with pytest.raises(TypeError):
        load_key(data)
    assert load_key(data, b"secret")
    with pytest.raises(KeyRefused):
        load_key(data, b"wrong")
