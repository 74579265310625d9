"""Two releases of one small paper, made once for all tests that look at a release."""

from __future__ import annotations

import fcntl
import json
import multiprocessing
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from imprint.base.diagnostic import Diagnostics
from imprint.localize.potfile import make_pot, pot_entries
from imprint.pipeline import load
from imprint.shell.main import main
from tests.papers import ENGINE, PAPER, TITLE, Paper, make_paper
from tests.release.certificates import write_certificate, write_key

BODY = """\
A paragraph about {product} that was written [@law-1].

## A section {#sec-a}

Second paragraph here.

/// region | cn
Only in this market.
///

/// sources
///
"""
GLOBAL = 'name = "World"\nedition = "International Version"\nterritory = "001"\nlanguages = ["en"]\n'
CN = 'name = "Mainland China"\nedition = "Mainland China Version"\nterritory = "CN"\nlanguages = ["zh"]\n'
SCREEN_ONLY = f"{PAPER}\n[release]\nprint = false\n"
_KEPT = re.compile(r"(\{[^}]*\}|\[@[^\]]*\]|\(#[^)]*\))")


@dataclass(frozen=True, slots=True)
class Published:
    """A paper in git whose versions 1.0.0 and 1.1.0 are published, signed; the second with signed PDFs."""

    home: Path

    @property
    def paper(self) -> Paper:
        return Paper(self.home / "paper")

    @property
    def root(self) -> Path:
        return self.home / "paper" / "output" / "releases"

    @property
    def key(self) -> Path:
        return self.home / "key"

    def options(self) -> list[str]:
        return ["--paper", str(self.paper.folder), "--cache", str(self.home / "cache")]


def han(msgid: str) -> str:
    """A translation that passes every check: words become Han, what must be kept is kept."""
    return "".join(part if place % 2 else _han(part) for place, part in enumerate(_KEPT.split(msgid)))


def _han(text: str) -> str:
    text = re.sub(r"[A-Za-z’]+(?: [A-Za-z’]+)*", "译文", text)
    return re.sub(r"\.(?=\s|$)", "。", text).replace(", ", "，").replace(": ", "：").replace(" ", "")


def git(folder: Path, *words: str) -> str:
    """Git with a name and date of its own, whatever the machine's settings are."""
    fixed = {f"GIT_{who}_{what}": "t@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    fixed |= {"GIT_AUTHOR_DATE": "2026-01-02T00:00:00Z", "GIT_COMMITTER_DATE": "2026-01-02T00:00:00Z"}
    return subprocess.run(
        ["git", "-C", str(folder), *words], check=True, capture_output=True, text=True, env={**os.environ, **fixed}
    ).stdout


def make_committed_paper(folder: Path, body: str = BODY) -> Paper:
    """A small complete paper, cn/zh-Hans and global/en, in git and with nothing uncommitted."""
    files = {"content/regions/global.toml": GLOBAL, "content/regions/cn.toml": CN}
    paper = make_paper(folder, body, paper=SCREEN_ONLY, files=files)
    paper.translate("zh_Hans", han)
    paper.write(".gitignore", "/output/\n")
    git_init(paper)
    return paper


def git_init(paper: Paper) -> None:
    git(paper.folder.parent, "init", "-q", "-b", "main", str(paper.folder))
    commit(paper)


def commit(paper: Paper) -> None:
    """The POT as the source is, and everything committed."""
    sources = paper.sources()
    loaded = load(sources, Diagnostics())
    entries = pot_entries(loaded.document, loaded.labels)
    paper.write("locales/messages.pot", make_pot(entries, loaded.document.paper, sources)[0])
    git(paper.folder, "add", "-A")
    git(paper.folder, "commit", "-q", "--allow-empty", "-m", "a version")


def release(published: Published, *words: str) -> subprocess.CompletedProcess[str]:
    """The command `release` in a process of its own, which has the engine and has done nothing with it yet.

    Never in the tests' process: a validator that ran there leaves threads of its own, and a fork of it would hang.
    `start_release` is the whole command line, from nothing.
    """
    out, err = published.home / "told.out", published.home / "told.err"
    command = ["release", *words, *published.options()]
    process = multiprocessing.get_context("forkserver").Process(target=_release, args=(command, out, err))
    process.start()
    process.join()
    assert process.exitcode is not None
    return subprocess.CompletedProcess(command, process.exitcode, out.read_text("utf-8"), err.read_text("utf-8"))


def _release(command: list[str], out: Path, err: Path) -> None:
    """In the process: what it tells goes to the files."""
    for path, descriptor in ((out, 1), (err, 2)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
    os.environ["IMPRINT_TRACEBACK"] = "1"
    sys.exit(main(command))


def start_release(
    published: Published, *words: str, session: bool = False, environment: Mapping[str, str] = {}
) -> subprocess.Popen[str]:
    """`build.py release` as a release manager starts it, not waited for; with `session` silent and in a session of its
    own, to be killed with its workers."""
    command = [sys.executable, str(ENGINE / "build.py"), "release", *words, *published.options()]
    settings = {**os.environ, "IMPRINT_NO_BOOTSTRAP": "1", "IMPRINT_TRACEBACK": "1", **environment}
    # No pipe where nobody reads: a full one would stop the process.
    told = subprocess.DEVNULL if session else subprocess.PIPE
    return subprocess.Popen(command, stdout=told, stderr=told, text=True, env=settings, start_new_session=session)


def publish_two(home: Path) -> Published:
    """1.0.0; then an edit of the source, a corrected translation, a moved market's fact; then 1.1.0."""
    published = Published(home)
    write_key(published.key)
    write_certificate(home / "certificate.p12")
    paper = make_committed_paper(published.paper.folder)
    first = release(published, "1.0.0", "--sign", str(published.key))
    assert first.returncode == 0, first.stderr
    edit(paper)
    certified = ["--pades", str(home / "certificate.p12")]
    second = release(published, "1.1.0", "--sign", str(published.key), *certified)
    assert second.returncode == 0, second.stderr
    return published


def edit(paper: Paper) -> None:
    """What the next version changes."""
    settings = PAPER.replace("1.0.0", "1.1.0").replace("01-02", "03-04").replace("Widget", "Gadget")
    paper.write("content/paper.toml", settings)
    paper.write("content/01-one.md", TITLE + BODY.replace("Second paragraph here", "Second paragraph is here"))
    paper.translate("zh_Hans", lambda msgid: han(msgid).replace("译文", "译稿") if "A section" in msgid else han(msgid))
    commit(paper)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Shared by pytest-xdist's workers: the first makes it, the others wait."""
    home = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        home = home.parent
    home = home / "published"
    home.mkdir(exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = home / "done.json"
        if not done.exists():
            publish_two(home)
            done.write_text(json.dumps({"made": True}))
    return Published(home)
