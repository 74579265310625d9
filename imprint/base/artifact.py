"""Artifacts: finished files, put in place whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

# The formats of an edition, each with the record that vouches for its files and stands beside them.
RECORDS = {"pdf": "edition.json", "html": "web.json", "print": "print.json"}


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished file: its place relative to the output folder, and its bytes."""

    path: str
    data: bytes

    @property
    def sha256(self) -> str:
        """The file's SHA-256 in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def replace_file(target: Path, data: bytes) -> None:
    """Put `data` at `target` so that a reader, or a crash, sees the old file or the new one and never half.

    Written aside in the same folder, fsynced, renamed; then the folder is fsynced (POSIX promises the
    rename's atomicity, not its durability). The permission bits are those of the file that is replaced, 0644 for a
    new one. Raises OSError, which names `target`, and leaves the old file as it was.
    """
    try:
        _replace(target, data)
    except OSError as error:
        # Nobody has heard of the file aside, and it is gone.
        error.filename, error.filename2 = str(target), None
        raise


def _replace(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, aside = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(aside, _permissions(target))
        os.replace(aside, target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(aside)
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _permissions(target: Path) -> int:
    try:
        return target.stat().st_mode & 0o777
    except FileNotFoundError:
        return 0o644
