"""A release's folder in, its manifest and files out, each file checked against the manifest."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from imprint.base.diagnostic import Diagnostic, Location, Rejected, Severity
from imprint.localize.compare.passages import Passage, parse_passages
from imprint.release import manifest as manifests
from imprint.release.comparison import Issued
from imprint.release.manifest import EditionEntry, Manifest, parse_manifest
from imprint.release.version import is_version

SUMS = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.sig"


@dataclass(frozen=True, slots=True)
class Release:
    """A published release that is used again: as the one before, as the home of a pinned edition, to compare with."""

    folder: Path
    manifest: Manifest

    def read(self, path: str) -> bytes:
        """A file's bytes. Raises Rejected where they are not those of the manifest."""
        entry = self.manifest.file(path)
        data = read_file(self.folder, path)
        if entry is None or data is None or hashlib.sha256(data).hexdigest() != entry.sha256:
            raise _damaged(self.folder, f"'{path}' is not the file that its manifest lists")
        return data

    def edition(self, name: str) -> EditionEntry | None:
        """The entry of an edition (`cn/zh-Hans`)."""
        return next((entry for entry in self.manifest.editions if entry.name == name), None)

    def passages(self, name: str) -> tuple[Passage, ...]:
        """What an edition's reader reads. Raises Rejected where the release does not have it whole."""
        entry = self.edition(name)
        if entry is None:
            raise _damaged(self.folder, f"it holds no edition {name}")
        try:
            return parse_passages(self.read(entry.messages))
        except ValueError as error:
            raise _damaged(self.folder, str(error)) from None

    def issued(self) -> Issued:
        """All its editions, to compare."""
        names = [entry.name for entry in self.manifest.editions]
        return Issued(self.manifest.version, {name: self.passages(name) for name in names})

    @property
    def sums(self) -> str:
        """The SHA-256 of its SHA256SUMS."""
        return hashlib.sha256(read_file(self.folder, SUMS) or b"").hexdigest()


def list_versions(root: Path) -> list[str]:
    """The versions published below `root`, in no order; none where there is no such folder."""
    try:
        with os.scandir(root) as entries:
            found = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [name for name in found if is_version(name)]


def load_release(root: Path, version: str) -> Release:
    """Read a published version's manifest. Raises Rejected where it is missing, damaged or another version's."""
    folder = root / version
    if not folder.is_dir():
        known = ", ".join(sorted(list_versions(root))) or "none"
        message = f"version {version} has not been released"
        hint = f"released: {known}"
        raise Rejected([Diagnostic(Severity.ERROR, "unknown-release", message, Location(str(root)), hint)])
    try:
        manifest = parse_manifest(read_file(folder, manifests.NAME) or b"")
    except ValueError:
        raise _damaged(folder, f"its {manifests.NAME} cannot be read") from None
    if manifest.version != version:
        raise _damaged(folder, f"its {manifests.NAME} is that of version {manifest.version}")
    return Release(folder, manifest)


def read_file(folder: Path, path: str) -> bytes | None:
    """The bytes of a plain file below the folder; None where it is none, or a link."""
    try:
        # A link could lead out of the release, and a pipe would hang.
        descriptor = os.open(folder / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return None
    with os.fdopen(descriptor, "rb") as stream:
        return stream.read()


def list_files(folder: Path) -> Iterator[str]:
    """The paths of everything below the folder that is no folder, links too; empty folders end in `/`."""
    for parent, folders, files in os.walk(folder):
        inside = Path(parent).relative_to(folder)
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        yield from ((inside / name).as_posix() for name in sorted([*files, *links]))
        if not files and not folders and inside != Path():
            yield f"{inside.as_posix()}/"


def parse_sums(data: bytes) -> Sequence[tuple[str, str]]:
    """Path and SHA-256 of each line of a SHA256SUMS. Raises ValueError for a line that is none."""
    found = []
    for line in data.decode().splitlines():
        digest, mark, path = line[:64], line[64:66], line[66:]
        if mark not in ("  ", " *") or not path or any(c not in "0123456789abcdef" for c in digest):
            raise ValueError(line)
        found.append((path, digest))
    return found


def _damaged(folder: Path, reason: str) -> Rejected:
    hint = "run `python build.py verify` on it, and bring back the published copy"
    at = Location(str(folder))
    return Rejected([Diagnostic(Severity.ERROR, "release-damaged", f"is not as it was published: {reason}", at, hint)])
