"""A release appears whole or not at all, whenever its process is killed and whatever the disk says."""

from __future__ import annotations

import datetime as dt
import os
import resource
import signal
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from imprint.base.diagnostic import Rejected
from imprint.release import publish
from imprint.release.folder import list_files
from imprint.release.publish import hold_lock, point_latest, publish_files, repair

DATE = dt.date(2026, 1, 2)
OLD = {"manifest.json": b"{}", "pdf/a.pdf": b"old" * 999, "site/a.pdf": b"old" * 999}
NEW = {"manifest.json": b"{1}", "pdf/a.pdf": b"new" * 9999, **{f"site/{n}/a.html": b"%d" % n * 9 for n in range(3)}}
# What changes the disk, or makes it durable: a process is killed before each call of each of them.
CALLS = ("open", "mkdir", "link", "rename", "replace", "symlink", "unlink", "chmod", "fchmod", "utime", "fsync")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder in which 1.0.0 is published."""
    root = tmp_path / "releases"
    with hold_lock(root):
        publish_files(root, "1.0.0", OLD, DATE)
    return root


def contents(folder: Path) -> dict[str, bytes]:
    return {path: (folder / path).read_bytes() for path in list_files(folder)}


def in_child(work: Callable[[], None]) -> int:
    """Run in a fork; its exit code, or minus the signal that killed it."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except Rejected as rejected:
            os._exit(10 + (rejected.diagnostics[0].rule == "unwritable"))
        finally:
            os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(number: int, work: Callable[[], None]) -> int:
    """Run in a fork that is killed (SIGKILL) just before its call `number` of the system."""

    def counted() -> None:
        calls = iter(range(number))
        for name in CALLS:
            setattr(os, name, _counting(getattr(os, name), calls))
        work()

    return in_child(counted)


def _counting(function: Callable[..., object], calls: Iterator[int]) -> Callable[..., object]:
    def call(*args: object, **kwargs: object) -> object:
        if next(calls, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **kwargs)

    return call


def release(root: Path, version: str, files: Mapping[str, bytes]) -> None:
    """What the command does under its lock."""
    with hold_lock(root):
        repair(root)
        if not (root / version).exists():
            publish_files(root, version, files, DATE)


def test_killed_at_any_point(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed before every one of its calls: the old release is whole, the new one is whole or not there, `latest`
    leads to a whole one; and the next run, whatever was left, publishes and leaves nothing behind."""
    # A killed process loses nothing that it has written; syncing is for power cuts, and takes its time.
    monkeypatch.setattr(os, "fsync", lambda _: None)
    points = 0
    while (code := killed_at(points, lambda: release(root, "1.1.0", NEW))) != 0:
        assert code == -signal.SIGKILL
        assert contents(root / "1.0.0") == OLD
        assert not (root / "1.1.0").exists() or contents(root / "1.1.0") == NEW
        assert (root / "latest").resolve().name in ("1.0.0", "1.1.0")
        release(root, "1.1.0", NEW)
        assert contents(root / "1.1.0") == NEW
        assert os.readlink(root / "latest") == "1.1.0"
        assert sorted(os.listdir(root)) == [".lock", "1.0.0", "1.1.0", "latest"]
        for path in (root / "1.1.0", root / "latest"):
            path.rename(path.with_name(".away")) if path.is_symlink() else _remove(path)
        (root / ".away").unlink()
        point_latest(root)
        points += 1
    assert points > 40, "the calls were not seen"


def _remove(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()


def test_full_disk(root: Path) -> None:
    """A file that cannot be written whole: refused, nothing of the new release is left, the old one is as it was."""

    def work() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        release(root, "1.1.0", NEW)

    assert in_child(work) == 11
    assert contents(root / "1.0.0") == OLD
    assert sorted(os.listdir(root)) == [".lock", "1.0.0", "latest"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_no_write_permission(root: Path) -> None:
    """A folder in which one may not write: refused, with nothing done."""
    for folder in (root.parent.parent, root.parent):
        folder.chmod(0o755)

    def work() -> None:
        os.setuid(65534)
        release(root, "1.1.0", NEW)

    assert in_child(work) == 11
    assert sorted(os.listdir(root)) == [".lock", "1.0.0", "latest"]


def test_a_file_in_the_folders_place(tmp_path: Path) -> None:
    """A file where the releases should be: refused, and the file is kept."""
    (tmp_path / "releases").write_text("mine")
    with pytest.raises(Rejected) as caught, hold_lock(tmp_path / "releases"):
        pass
    assert [finding.rule for finding in caught.value.diagnostics] == ["unwritable"]
    assert (tmp_path / "releases").read_text() == "mine"


def test_two_at_once(root: Path) -> None:
    """While one release is made, another is refused at once, and told by which process."""
    ready, go = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        with hold_lock(root):
            os.write(ready[1], b"x")
            os.read(go[0], 1)
        os._exit(0)
    os.read(ready[0], 1)
    with pytest.raises(Rejected) as caught, hold_lock(root):
        pass
    (finding,) = caught.value.diagnostics
    assert finding.rule == "locked"
    assert f"process {child}" in finding.message
    os.write(go[1], b"x")
    os.waitpid(child, 0)
    with hold_lock(root):
        pass


def test_a_worker_does_not_keep_the_lock(root: Path) -> None:
    """Killed while its forked worker still runs: the lock is free at once."""
    ready = os.pipe()

    def hold() -> None:
        with hold_lock(root):
            if os.fork() == 0:
                signal.pause()
            os.write(ready[1], b"%d" % os.getpid())
            os.kill(os.getpid(), signal.SIGKILL)

    group = os.fork()
    if group == 0:
        os.setpgid(0, 0)
        hold()
    os.waitpid(group, 0)
    with hold_lock(root):
        pass
    os.killpg(group, signal.SIGKILL)


def test_modes_and_dates(tmp_path: Path) -> None:
    """Neither umask nor clock is seen: plain modes, and the paper's date."""
    before = os.umask(0o077)
    try:
        with hold_lock(tmp_path / "releases"):
            folder = publish_files(tmp_path / "releases", "1.0.0", OLD, DATE)
    finally:
        os.umask(before)
    moment = dt.datetime(2026, 1, 2, tzinfo=dt.UTC).timestamp()
    for path in (folder, folder / "pdf", folder / "pdf/a.pdf"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644)
        assert path.stat().st_mtime == moment


def test_equal_files_are_one(root: Path) -> None:
    """The PDF beside the site and the one that the site offers take their place on the disk once."""
    assert os.path.samefile(root / "1.0.0" / "pdf/a.pdf", root / "1.0.0" / "site/a.pdf")


def test_latest_is_the_newest_version(root: Path) -> None:
    """A correction of an older version does not become the latest, nor does a pre-release."""
    for version in ("1.2.0", "1.0.1", "2.0.0-rc.1"):
        release(root, version, NEW)
    assert os.readlink(root / "latest") == "1.2.0"


def test_repair_says_what_it_did(root: Path) -> None:
    """What a killed release left is taken away, and told."""
    (root / ".1.1.0.staging" / "pdf").mkdir(parents=True)
    (root / "latest").unlink()
    assert repair(root) == (
        "took away '.1.1.0.staging', left by a release that did not end",
        "set 'latest' to 1.0.0",
    )
    assert publish.LATEST in os.listdir(root)
