"""The font library: finds the faces' files in the installed wheels and reads them."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, PackagePath, distribution
from pathlib import Path, PurePosixPath

from imprint.base.diagnostic import Diagnostics
from imprint.paginate.faces import FACES, Face
from imprint.paginate.toolchain import version_of


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font file of an installed wheel, with the SHA-256 (hexadecimal) that the installer recorded for it."""

    wheel: str
    version: str
    path: Path
    sha256: str

    def read_bytes(self) -> bytes:
        """The file's bytes. Not through Sources: the file is no input of the paper but part of the locked environment,
        and `sha256` goes into the edition's trace with the wheel's version."""
        return self.path.read_bytes()


@dataclass(frozen=True, slots=True)
class FontLibrary:
    """The faces whose files are installed, each with its file."""

    files: dict[Face, FontFile] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    def report_missing(self, diagnostics: Diagnostics) -> None:
        """Add an error for each wheel that is not installed (a face that is absent changes every page)."""
        for wheel in self.missing:
            hint = "install the locked requirements again: python build.py doctor"
            message = f"the font wheel '{wheel}' is not installed or incomplete"
            diagnostics.error("missing-font-wheel", message, None, hint)


@cache
def find_fonts() -> FontLibrary:
    """Locate every face's file through the metadata of the installed distributions.

    The hash is the one in the wheel's RECORD (PEP 376: URL-safe base64 without padding), which the installer checked;
    where RECORD has none, the file is hashed.
    """
    files: dict[Face, FontFile] = {}
    missing: dict[str, None] = {}
    for face in FACES:
        found = _find(face.wheel, face.file)
        if found is None:
            missing.setdefault(face.wheel)
        else:
            files[face] = found
    return FontLibrary(files, tuple(missing))


@cache
def _find(wheel: str, file: str) -> FontFile | None:
    version, entries = _installed(wheel)
    for entry in entries:
        if str(PurePosixPath(entry)).endswith(f"/{file}"):
            path = Path(str(entry.locate()))
            if path.is_file():
                return FontFile(wheel, version, path, _recorded(entry.hash) or _hashed(path))
    return None


@cache
def _installed(wheel: str) -> tuple[str, tuple[PackagePath, ...]]:
    """The wheel's version and files, found once for all its faces; no files where it is not installed."""
    try:
        found = distribution(wheel)
    except PackageNotFoundError:
        return "", ()
    return version_of(found), tuple(found.files or ())


def _recorded(record: object) -> str:
    """The hexadecimal SHA-256 of a RECORD entry's hash, or nothing where there is none."""
    value = getattr(record, "value", "")
    if getattr(record, "mode", "") != "sha256" or not value:
        return ""
    try:
        return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).hex()
    except (binascii.Error, ValueError):
        return ""


def _hashed(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
