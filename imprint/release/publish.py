"""A release's files in, the folder that appears whole or not at all out, and the link `latest`."""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from imprint.base.diagnostic import Diagnostic, Location, Rejected, Severity
from imprint.release.folder import list_versions
from imprint.release.version import latest_of

LATEST = "latest"
LOCK = ".lock"
_STAGING = ".staging"
_NEW_LINK = ".latest.part"


@contextlib.contextmanager
def hold_lock(root: Path) -> Iterator[None]:
    """One release at a time below `root`. Raises Rejected at once where another process is making one.

    A record lock (POSIX fcntl): the kernel takes it away with its process, however that ends, and a worker forked
    from it does not inherit it, as it would flock's.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(root / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise _unwritable(root, error) from None
    try:
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.pread(descriptor, 20, 0).decode(errors="replace").strip()
            message = f"another release is being made here{f' (process {holder})' if holder else ''}"
            hint = "wait until it has ended, and try again; a lock ends with its process, there is nothing to delete"
            raise Rejected([Diagnostic(Severity.ERROR, "locked", message, Location(str(root)), hint)]) from None
        try:
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        except OSError as error:
            raise _unwritable(root, error) from None
        yield
    finally:
        os.close(descriptor)


def repair(root: Path) -> tuple[str, ...]:
    """Under the lock: take away what a release left that was killed, and set `latest` right. Returns what was done."""
    done = []
    try:
        for path in sorted(root.iterdir()):
            if path.name.startswith(".") and path.name.endswith(_STAGING):
                shutil.rmtree(path)
                done.append(f"took away '{path.name}', left by a release that did not end")
        (root / _NEW_LINK).unlink(missing_ok=True)
        if point_latest(root):
            done.append(f"set '{LATEST}' to {os.readlink(root / LATEST)}")
    except OSError as error:
        raise _unwritable(root, error) from None
    return tuple(done)


def publish_files(root: Path, version: str, files: Mapping[str, bytes], date: dt.date) -> Path:
    """Under the lock: the folder `root/version` with the files, by one rename; then `latest`.

    Files and folders have plain modes and the paper's date, whatever umask and clock say. Raises Rejected where it
    cannot be written; then nothing of it is there, and what was published before is untouched.
    """
    staging = root / f".{version}{_STAGING}"
    try:
        staging.mkdir()
        _write_all(staging, files, dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC).timestamp())
        os.rename(staging, root / version)
        _sync(root)
        point_latest(root)
    except OSError as error:
        shutil.rmtree(staging, ignore_errors=True)
        raise _unwritable(root, error) from None
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    return root / version


def point_latest(root: Path) -> bool:
    """Make `latest` a relative link to the newest version, by one rename. Returns whether it was another, or none."""
    newest = latest_of(list_versions(root))
    link = root / LATEST
    if newest is None or (link.is_symlink() and os.readlink(link) == newest):
        return False
    (root / _NEW_LINK).unlink(missing_ok=True)
    os.symlink(newest, root / _NEW_LINK)
    os.replace(root / _NEW_LINK, link)
    _sync(root)
    return True


def _write_all(staging: Path, files: Mapping[str, bytes], moment: float) -> None:
    """Equal files become one on the disk: the site offers the very PDFs that lie beside it."""
    written: dict[str, Path] = {}
    folders = {staging}
    for path, data in sorted(files.items()):
        target = staging / path
        target.parent.mkdir(parents=True, exist_ok=True)
        folders.update(parent for parent in target.parents if staging in parent.parents)
        digest = hashlib.sha256(data).hexdigest()
        if digest in written:
            with contextlib.suppress(OSError):  # a file system without links
                os.link(written[digest], target)
                continue
        _write(target, data, moment)
        written.setdefault(digest, target)
    for folder in sorted(folders, reverse=True):
        os.chmod(folder, 0o755)
        os.utime(folder, (moment, moment))
        _sync(folder)


def _write(target: Path, data: bytes, moment: float) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fchmod(descriptor, 0o644)
        os.utime(descriptor, (moment, moment))
        os.fsync(descriptor)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unwritable(root: Path, error: OSError) -> Rejected:
    message = f"cannot be written: {error.strerror or error}"
    hint = "make room, or make the folder writable; what is published is as it was, and nothing half is left"
    return Rejected([Diagnostic(Severity.ERROR, "unwritable", message, Location(str(error.filename or root)), hint)])
