"""Tampered copies of a release, each found and named."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from imprint.base.diagnostic import Severity
from imprint.release.envelope import seal
from imprint.release.sshsig import Signer, parse_signers, sign
from imprint.release.verify import Verified, verify_release
from tests.release.certificates import write_key
from tests.release.conftest import Published

ZH, EN = "pdf/tiny-cn-zh-Hans.pdf", "pdf/tiny-global-en.pdf"


@pytest.fixture
def copy(published: Published, tmp_path: Path) -> Path:
    """A copy of release 1.1.0, to spoil; equal files are no links any more."""
    return Path(shutil.copytree(published.root / "1.1.0", tmp_path / "1.1.0"))


def signers(published: Published) -> tuple[Signer, ...]:
    return parse_signers(published.key.with_name("key.pub").read_text())


def named(verified: Verified) -> set[tuple[str, str]]:
    """Rule and file of each error."""
    errors = [finding for finding in verified.findings if finding.severity is Severity.ERROR]
    return {(finding.rule, finding.at.file if finding.at else "") for finding in errors}


def flip(path: Path, at: int = -20) -> None:
    """One bit of one byte."""
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def swap(one: Path, other: Path) -> None:
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def forge(folder: Path, change: Callable[[Path], None]) -> None:
    """Change the folder, then make manifest, statement and sums agree with it again: only a key can tell."""
    change(folder)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    for entry in manifest["files"]:
        data = (folder / entry["path"]).read_bytes()
        entry |= {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    statement = json.loads((folder / "provenance.intoto.json").read_bytes())
    for subject in statement["subject"]:
        subject["digest"]["sha256"] = hashlib.sha256((folder / subject["name"]).read_bytes()).hexdigest()
    (folder / "provenance.intoto.json").write_text(json.dumps(statement))
    names = sorted([*(entry["path"] for entry in manifest["files"]), "manifest.json", "provenance.intoto.json"])
    sums = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (folder / "SHA256SUMS").write_text("".join(sums))


def edit_json(path: Path, change: Callable[[dict[str, object]], object]) -> None:
    data = json.loads(path.read_bytes())
    change(data)
    path.write_text(json.dumps(data))


def test_sound(published: Published) -> None:
    """Both releases are as they were published, and signed by the key; nothing is found."""
    for version in ("1.0.0", "1.1.0"):
        verified = verify_release(published.root / version, signers(published))
        assert verified.sound
        assert not verified.findings
        assert "the given key (SHA256:" in verified.signer


def test_without_a_key(published: Published) -> None:
    """The signature is looked at, and a warning says that nobody knows whose it is."""
    verified = verify_release(published.root / "1.1.0")
    assert verified.sound
    assert [finding.rule for finding in verified.findings] == ["signer-unknown"]


def test_by_another_name(copy: Path, published: Published) -> None:
    """A folder that is not called by a version may hold any."""
    moved = copy.rename(copy.with_name("downloaded"))
    assert verify_release(moved, signers(published)).sound


@pytest.mark.parametrize(
    "path",
    [ZH, "signed/tiny-cn-zh-Hans.pdf", "site/index.html", "messages/cn-zh-Hans.json", "sbom.cdx.json", "CHANGES.md"],
)
def test_one_flipped_bit(copy: Path, published: Published, path: str) -> None:
    """One bit of any file is found, and the file is named."""
    flip(copy / path)
    assert ("changed", path) in named(verify_release(copy, signers(published)))


@pytest.mark.parametrize("path", ["SHA256SUMS", "SHA256SUMS.sig", "provenance.dsse.json", "manifest.json"])
def test_one_flipped_bit_of_what_vouches(copy: Path, published: Published, path: str) -> None:
    """So it is in the lists and the seals themselves."""
    flip(copy / path)
    verified = verify_release(copy, signers(published))
    assert not verified.sound


@pytest.mark.parametrize("path", [EN, "manifest.json", "SHA256SUMS", "SHA256SUMS.sig", "provenance.dsse.json"])
def test_a_missing_file(copy: Path, published: Published, path: str) -> None:
    """A file that is gone is named."""
    (copy / path).unlink()
    assert path in {file for _, file in named(verify_release(copy, signers(published)))}


def test_an_extra_file(copy: Path) -> None:
    """A file that does not belong to the release is named, wherever it lies."""
    (copy / "site" / "extra.html").write_text("<p>Hello")
    assert named(verify_release(copy)) == {("extra", "site/extra.html")}


def test_an_extra_folder_and_link(copy: Path) -> None:
    """So are an empty folder, and a link in a file's place that leads to the same bytes."""
    (copy / "empty").mkdir()
    away = copy.with_name("away.pdf")
    (copy / EN).rename(away)
    (copy / EN).symlink_to(away)
    assert named(verify_release(copy)) >= {("extra", "empty/"), ("extra", EN)}


def test_swapped_editions(copy: Path) -> None:
    """Two editions that changed places are told to hold one another's bytes."""
    swap(copy / ZH, copy / EN)
    found = [str(finding) for finding in verify_release(copy).findings]
    assert any(ZH in line and f"holds the bytes of '{EN}'" in line for line in found)
    assert any("is in 'en', but stands for the edition cn/zh-Hans" in line for line in found)


def test_swapped_editions_with_forged_lists(copy: Path, published: Published) -> None:
    """With every hash forged to fit, the PDFs' own words still tell, and the signature does."""
    forge(copy, lambda folder: swap(folder / ZH, folder / EN))
    found = named(verify_release(copy, signers(published)))
    assert {("pdf", ZH), ("pdf", EN), ("signature", "SHA256SUMS.sig")} <= found


def test_forged_text_with_forged_lists(copy: Path, published: Published) -> None:
    """A page changed with all hashes forged: only the signature can tell, and it does, with and without a key."""
    forge(copy, lambda folder: flip(folder / "site" / "index.html"))
    assert named(verify_release(copy, signers(published))) >= {("signature", "SHA256SUMS.sig")}
    assert not verify_release(copy).sound


def test_signed_by_a_stranger(copy: Path, published: Published, tmp_path: Path) -> None:
    """Forged and signed anew by another key: the key is named as one that may not sign."""
    stranger = write_key(tmp_path / "stranger")
    forge(copy, lambda folder: flip(folder / "site" / "index.html"))
    (copy / "SHA256SUMS.sig").write_bytes(sign((copy / "SHA256SUMS").read_bytes(), stranger))
    (copy / "provenance.dsse.json").write_bytes(seal((copy / "provenance.intoto.json").read_bytes(), stranger))
    verified = verify_release(copy, signers(published))
    assert named(verified) == {("signature", "SHA256SUMS.sig")}
    assert "is by a key that is not allowed to sign" in str(verified.findings)


def test_signature_of_the_other_release(copy: Path, published: Published) -> None:
    """A good signature, but over other sums."""
    shutil.copy(published.root / "1.0.0" / "SHA256SUMS.sig", copy)
    assert ("signature", "SHA256SUMS.sig") in named(verify_release(copy, signers(published)))


def test_replayed_manifest(copy: Path, published: Published) -> None:
    """The older release's manifest in the newer one: it is told whose it is."""
    shutil.copy(published.root / "1.0.0" / "manifest.json", copy)
    found = verify_release(copy, signers(published))
    assert {("changed", "manifest.json"), ("version", "manifest.json")} <= named(found)
    assert "is that of version 1.0.0, but the folder is that of 1.1.0" in str(found.findings)


def test_replayed_manifest_and_sums(copy: Path, published: Published) -> None:
    """With its sums and its signature too, the files do not fit."""
    for name in ("manifest.json", "SHA256SUMS", "SHA256SUMS.sig"):
        shutil.copy(published.root / "1.0.0" / name, copy)
    found = named(verify_release(copy, signers(published)))
    assert {("version", "manifest.json"), ("changed", EN)} <= found


def test_replayed_release(published: Published, tmp_path: Path) -> None:
    """The whole older release in the newer one's place: every hash and the signature are good, the version is not."""
    folder = shutil.copytree(published.root / "1.0.0", tmp_path / "1.1.0")
    assert named(verify_release(Path(folder), signers(published))) == {("version", "manifest.json")}


def test_manifest_that_is_none(copy: Path) -> None:
    """A manifest with an unknown key is refused with the key's place, for nobody knows what it would mean."""
    edit_json(copy / "manifest.json", lambda data: data.update(extra=1))
    assert any(f.rule == "manifest" and "extra" in f.message for f in verify_release(copy).findings)


def test_path_that_leads_out(copy: Path) -> None:
    """A list that names a file outside the release is refused, and the file is not read."""
    with (copy / "SHA256SUMS").open("a") as sums:
        sums.write(f"{'0' * 64}  ../outside\n")
    assert ("missing", "../outside") in named(verify_release(copy))


def test_signed_copy_of_another_pdf(copy: Path) -> None:
    """A signed copy that does not begin with the edition's PDF, all hashes forged: it is told."""
    forge(copy, lambda folder: swap(folder / "signed/tiny-cn-zh-Hans.pdf", folder / "signed/tiny-global-en.pdf"))
    assert ("pdf", "signed/tiny-cn-zh-Hans.pdf") in named(verify_release(copy))


def test_addition_to_a_signed_copy(copy: Path) -> None:
    """Something added after the signature, all hashes forged: it is told."""

    def append(folder: Path) -> None:
        with (folder / "signed/tiny-global-en.pdf").open("ab") as stream:
            stream.write(b"\n% more\n")

    forge(copy, append)
    assert ("pdf", "signed/tiny-global-en.pdf") in named(verify_release(copy))


def test_empty_folder(tmp_path: Path) -> None:
    """No release at all: what is missing is named."""
    assert named(verify_release(tmp_path)) == {
        ("missing", "SHA256SUMS"),
        ("missing", "manifest.json"),
        ("missing", "provenance.intoto.json"),
    }
