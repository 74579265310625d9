"""`release` and `verify` as a release manager and a regulator run them."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from imprint.release.folder import list_files
from imprint.release.publish import hold_lock
from imprint.release.verify import verify_release
from tests.conftest import Runner
from tests.papers import TITLE
from tests.release.conftest import BODY, Published, commit, han, published, release, start_release

# pytest finds the session's fixture by its name here too; the releases are made once.
__all__ = ["published"]


def contents(folder: Path) -> dict[str, bytes]:
    return {path: (folder / path).read_bytes() for path in list_files(folder)}


@pytest.fixture
def later(published: Published, tmp_path: Path) -> Iterator[Published]:
    """A copy of the paper, its releases and caches, to go on with."""
    home = tmp_path / "home"
    shutil.copytree(published.home, home, symlinks=True)
    yield Published(home)
    shutil.rmtree(home)


def errors(text: str) -> set[str]:
    """The rules of the errors on stderr."""
    told = [line for line in text.splitlines() if "error: " in line and line.endswith("]")]
    return {line.rsplit("[", 1)[1].rstrip("]") for line in told}


def test_what_is_published(published: Published) -> None:
    """PDFs, site, messages, manifest, sums, bill, provenance, changes and seals; `latest`; nothing else."""
    assert sorted(os.listdir(published.root)) == [".lock", "1.0.0", "1.1.0", "latest"]
    assert os.readlink(published.root / "latest") == "1.1.0"
    files = contents(published.root / "1.1.0")
    tops = {path.split("/")[0] for path in files}
    assert tops == {
        "CHANGES.md",
        "SHA256SUMS",
        "SHA256SUMS.sig",
        "changes.json",
        "manifest.json",
        "messages",
        "pdf",
        "provenance.dsse.json",
        "provenance.intoto.json",
        "sbom.cdx.json",
        "signed",
        "site",
    }
    pdfs = {path for path in files if path.startswith(("pdf/", "signed/"))}
    stems = ("tiny-cn-zh-Hans", "tiny-global-en")
    kinds = ("pdf/{}.pdf", "pdf/{}-print.pdf", "signed/{}.pdf")
    assert pdfs == {kind.format(stem) for stem in stems for kind in kinds}
    assert files["site/cn/zh-Hans/tiny-cn-zh-Hans.pdf"] == files["pdf/tiny-cn-zh-Hans.pdf"]
    assert b"tiny-cn-zh-Hans.pdf" in files["site/cn/zh-Hans/index.html"]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum (coreutils)")
def test_sha256sum(published: Published) -> None:
    """Stock `sha256sum -c` passes."""
    for version in ("1.0.0", "1.1.0"):
        command = ["sha256sum", "-c", "--strict", "SHA256SUMS"]
        assert subprocess.run(command, cwd=published.root / version, capture_output=True, check=False).returncode == 0


def test_changes_of_the_release(published: Published) -> None:
    """CHANGES tells the author's edit, the translator's correction and the changed fact apart, in each edition."""
    text = (published.root / "1.1.0" / "CHANGES.md").read_text()
    zh, en = text.split("## global/en")
    assert "<ins>is </ins>" in en
    assert "### Translation corrections" in zh
    assert "<del>文</del><ins>稿</ins>" in zh
    assert "### Region data changes" in en
    assert "<del>Widget</del><ins>Gadget</ins>" in en
    assert "The first release." in (published.root / "1.0.0" / "CHANGES.md").read_text()


def test_reproduced_elsewhere(published: Published, tmp_path: Path) -> None:
    """In another folder, time zone and locale, with another umask, hash seed and number of jobs, and with nothing that
    was built before: every file comes out the same, the signatures among them."""
    other = Published(tmp_path / "elsewhere" / "with a space")
    shutil.copytree(published.paper.folder, other.paper.folder, symlinks=True)
    shutil.copy(published.key, other.key)
    strange = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1"}
    before = os.umask(0o077)
    try:
        options = ("--reproduce", "--sign", str(other.key), "--jobs", "1")
        process = start_release(other, "1.1.0", *options, environment=strange)
    finally:
        os.umask(before)
    _, told = process.communicate()
    assert process.returncode == 0, told
    assert "made again, bit by bit the same" in told


def test_released_again(later: Published) -> None:
    """The same version again, without its key: the same bytes, and nothing is written."""
    before = contents(later.root / "1.1.0")
    certificate = str(later.home / "certificate.p12")
    again = release(later, "1.1.0", "--pades", certificate)
    assert again.returncode == 0, again.stderr
    assert "published already, with these very bytes" in again.stderr
    assert contents(later.root / "1.1.0") == before


def test_same_version_with_other_bytes(later: Published) -> None:
    """A released version never changes: refused, with the first thing that differs."""
    before = contents(later.root / "1.1.0")
    later.paper.translate("zh_Hans", han)
    commit(later.paper)
    certificate = str(later.home / "certificate.p12")
    done = release(later, "1.1.0", "--pades", certificate)
    assert done.returncode == 1
    first = next(line for line in done.stderr.splitlines() if "error: " in line)
    assert re.match(r'messages/cn-zh-Hans.json: error: differs: passages.\d+.text is "译文", was "译稿"', first)
    assert contents(later.root / "1.1.0") == before


def test_every_refusal_at_once(later: Published) -> None:
    """Another version, uncommitted files, a stale POT, an untranslated message, a pin to no release: all told in one
    run; nothing is written."""
    paper = later.paper
    settings = (paper.folder / "content/paper.toml").read_text()
    asked = '\n[release]\nreview = ["legal"]\n\n[release.pinned]\n"global/en" = "0.1.0"\n'
    paper.write("content/paper.toml", settings + asked)
    paper.write("content/01-one.md", TITLE + BODY + "\nA new paragraph.\n")
    done = release(later, "2.0.0")
    assert done.returncode == 1
    assert errors(done.stderr) >= {"version", "source-dirty", "stale-pot", "review", "untranslated", "unknown-release"}
    assert sorted(os.listdir(later.root)) == [".lock", "1.0.0", "1.1.0", "latest"]


def test_a_catalog_that_cannot_be_read(later: Published) -> None:
    """Its own fault is told, and not that it states no review."""
    settings = (later.paper.folder / "content/paper.toml").read_text()
    later.paper.write("content/paper.toml", settings + '\n[release]\nreview = ["reviewed"]\n')
    later.paper.write("locales/zh_Hans/LC_MESSAGES/messages.po", "")
    commit(later.paper)
    done = release(later, "1.1.0")
    assert done.returncode == 1
    assert errors(done.stderr) == {"po-empty"}


def test_pinned(later: Published, run: Runner) -> None:
    """An edition that is not translated today is carried on, byte by byte, marked with its version and what has changed
    since; `--allow-dirty` is recorded."""
    paper = later.paper
    settings = (paper.folder / "content/paper.toml").read_text().replace('"1.1.0"', '"1.2.0"')
    paper.write("content/paper.toml", f'{settings}\n[release.pinned]\n"cn/zh-Hans" = "1.1.0"\n')
    paper.write("content/01-one.md", TITLE + BODY.replace("Second paragraph here", "A new paragraph here"))
    commit(paper)
    paper.write("notes.txt", "not committed")
    done = release(later, "1.2.0", "--allow-dirty")
    assert done.returncode == 0, done.stderr
    old, new = contents(later.root / "1.1.0"), contents(later.root / "1.2.0")
    for path in ("pdf/tiny-cn-zh-Hans.pdf", "signed/tiny-cn-zh-Hans.pdf", "site/cn/zh-Hans/index.html"):
        assert new[path] == old[path]
    manifest = json.loads(new["manifest.json"])
    pins = {f"{e['region']}/{e['language']}": e["pinned"] for e in manifest["editions"]}
    assert pins == {"cn/zh-Hans": {"version": "1.1.0", "source_changes": 1}, "global/en": None}
    assert manifest["allow_dirty"]
    assert manifest["source"]["dirty"]
    assert "Carried from 1.1.0; passages of the source changed since then: 1." in new["CHANGES.md"].decode()
    assert run("verify", later.root / "1.2.0").code == 0


def test_locked(later: Published, run: Runner) -> None:
    """While another process makes a release: refused at once, with the reason."""
    ready, go = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        with hold_lock(later.root):
            os.write(ready[1], b"x")
            os.read(go[0], 1)
        os._exit(0)
    os.read(ready[0], 1)
    done = run("release", "1.1.0", *later.options())
    os.write(go[1], b"x")
    os.waitpid(child, 0)
    assert done.code == 1
    assert errors(done.err) == {"locked"}


def test_killed_at_random(later: Published) -> None:
    """Killed with all its workers at random moments, building or publishing: what was published is whole, and the next
    run publishes. IMPRINT_KILLS sets how often (the publication itself is tried at every point elsewhere)."""
    settings = (later.paper.folder / "content/paper.toml").read_text().replace('"1.1.0"', '"1.2.0"')
    later.paper.write("content/paper.toml", settings)
    commit(later.paper)
    before = {version: contents(later.root / version) for version in ("1.0.0", "1.1.0")}
    chance = random.Random(0)
    span = 4.0
    for _ in range(int(os.environ.get("IMPRINT_KILLS", "1"))):
        process = start_release(later, "1.2.0", session=True)
        with contextlib.suppress(subprocess.TimeoutExpired):
            begun = time.monotonic()
            process.wait(chance.uniform(0, span))
            # It was quicker: the moments are to be spread over a whole run.
            span = time.monotonic() - begun
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert {version: contents(later.root / version) for version in before} == before
        assert (later.root / "latest").resolve().name in ("1.1.0", "1.2.0")
        if (later.root / "1.2.0").exists():
            assert verify_release(later.root / "1.2.0").sound
            shutil.rmtree(later.root / "1.2.0")
    done = release(later, "1.2.0")
    assert done.returncode == 0, done.stderr
    assert verify_release(later.root / "1.2.0").sound
    assert sorted(os.listdir(later.root)) == [".lock", "1.0.0", "1.1.0", "1.2.0", "latest"]


@pytest.mark.parametrize("version", ["../x", "1.0", "latest", "/tmp"])
def test_no_version(version: str, run: Runner) -> None:
    """What is no version is a slip of the command line, and makes nothing."""
    done = run("release", version)
    assert done.code == 2
    assert "is no version" in done.err


def test_bad_epoch(published: Published, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """A SOURCE_DATE_EPOCH that is no number is refused before anything is done; a good one changes nothing (above)."""
    for epoch in ("yesterday", "-1", "", "1e9"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        done = run("release", "1.1.0", *published.options())
        assert (done.code, errors(done.err)) == (1, {"epoch"})


def test_bad_keys(later: Published, run: Runner) -> None:
    """A key that is not there is a slip; one that cannot sign is refused; both before anything is built."""
    assert run("release", "1.1.0", "--sign", later.home / "none", *later.options()).code == 2
    done = run("release", "1.1.0", "--sign", later.home / "certificate.p12", *later.options())
    assert (done.code, errors(done.err)) == (1, {"key"})


def test_verify(published: Published, run: Runner, tmp_path: Path) -> None:
    """0 and one line where all is well; 1 and the file where not; 2 for a folder that is none."""
    folder, public = published.root / "1.1.0", published.home / "key.pub"
    good = run("verify", folder, "--key", public)
    assert (good.code, good.out) == (0, "")
    assert "tiny 1.1.0, 2 editions" in good.err
    copy = shutil.copytree(folder, tmp_path / "1.1.0")
    (copy / "CHANGES.md").write_text("x")
    bad = run("verify", copy, "--key", public)
    assert bad.code == 1
    assert "CHANGES.md: error: is not the file that was published [changed]" in bad.err
    assert "NOT as it was published" in bad.err
    told = json.loads(run("verify", copy, "--json").out)
    assert told["sound"] is False
    assert told["findings"][0]["file"] == "CHANGES.md"
    assert run("verify", tmp_path / "none").code == 2
    assert run("verify", folder, "--key", copy / "CHANGES.md").code == 1
