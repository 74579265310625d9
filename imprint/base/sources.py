"""The one door for reading: files, listings and absent files, each recorded in the edition's trace."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from imprint.base.diagnostic import Diagnostic, Location, Rejected, Severity

ABSENT = "absent"

# No input of a paper is this large; a catalog or picture beyond it is refused before it is read.
SIZE_LIMIT = 64 * 2**20

# C0 without tab, line feed, form feed and carriage return; DEL.
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


class Absent(Exception):
    """The file asked for is not there (recorded: a file that appears later makes the edition stale)."""


@dataclass(slots=True)
class Sources:
    """Reads below named roots, never outside them, and records what was read.

    `roots` maps a short name (`paper`, `engine`, `fonts`) to a folder. A path is written `name:folder/file`;
    without a name it means `paper:`. `overlay` holds texts in memory that stand before the files of the same
    path (an editor's unsaved buffer, a test's change).
    """

    roots: Mapping[str, Path]
    overlay: Mapping[str, bytes] = field(default_factory=dict)
    _trace: dict[str, str] = field(default_factory=dict)
    _bytes: dict[str, bytes] = field(default_factory=dict)

    @property
    def trace(self) -> Mapping[str, str]:
        """What was read, by key: `file name:path` → SHA-256 or `absent`; `list name:folder` → SHA-256 of the names."""
        return MappingProxyType(dict(sorted(self._trace.items())))

    @property
    def newest(self) -> str:
        """The last file that had not been read before, as diagnostics name it; empty before any."""
        keys = (key.removeprefix("file ") for key in reversed(self._trace) if key.startswith("file "))
        return self.shown(next(keys, ""))

    def fork(self) -> Sources:
        """A door to the same roots with an empty trace, sharing the bytes already read."""
        return Sources(self.roots, self.overlay, {}, self._bytes)

    def remember(self, trace: Mapping[str, str]) -> None:
        """Take over what another door read on this one's behalf."""
        self._trace.update(trace)

    def read_bytes(self, path: str) -> bytes:
        """Return the file's bytes. Raises Absent; Rejected where the path leaves its root or is no plain file."""
        key = self._key(path)
        if key not in self._bytes:
            data = self.overlay.get(key.removeprefix("paper:"))
            self._bytes[key] = self._read(key) if data is None else data
        data = self._bytes[key]
        self._trace[f"file {key}"] = hashlib.sha256(data).hexdigest()
        return data

    def read_text(self, path: str) -> str:
        """Return the file's text as UTF-8. Raises Absent; Rejected with the line of a bad byte or control character."""
        data = self.read_bytes(path)
        shown = self.shown(path)
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            reason = f"invalid UTF-8 at byte {error.start} (0x{data[error.start]:02X})"
            raise _rejected("invalid-utf8", reason, Location(shown, line), "save the file as UTF-8") from None
        if found := _CONTROL.search(text):
            line = text.count("\n", 0, found.start()) + 1
            reason = f"control character U+{ord(found[0]):04X}"
            raise _rejected("control-character", reason, Location(shown, line), "delete it")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def exists(self, path: str) -> bool:
        """Whether the file is there; the answer is part of the trace."""
        try:
            self.read_bytes(path)
        except Absent:
            return False
        return True

    def list(self, folder: str, suffix: str = "") -> tuple[str, ...]:
        """The paths of the plain files below the folder (recursively) that end in `suffix`, sorted; `()` if absent."""
        key = self._key(folder)
        name, inside = key.split(":", 1)
        base = self._resolve(key)
        if base.is_dir() and not os.access(base, os.R_OK | os.X_OK):
            hint = "check its permissions"
            raise _rejected("unreadable", "cannot be read: Permission denied", Location(self.shown(folder)), hint)
        found = [
            (PurePosixPath(inside) / path.relative_to(base).as_posix()).as_posix()
            for path in sorted(base.rglob("*"))
            if path.is_file() and path.name.endswith(suffix) and not path.name.startswith(".")
        ]
        found += [p for p in self.overlay if p.startswith(f"{inside}/") and p.endswith(suffix) and name == "paper"]
        names = tuple(f"{name}:{path}" if name != "paper" else path for path in sorted(set(found)))
        self._trace[f"list {key} {suffix}"] = hashlib.sha256("\n".join(names).encode()).hexdigest()
        return names

    def path(self, path: str) -> Path:
        """The file's place on disk, for the few libraries that open files themselves; recorded like a read."""
        self.read_bytes(path)
        return self._resolve(self._key(path))

    @staticmethod
    def shown(path: str) -> str:
        """The path as a diagnostic names it."""
        return path.removeprefix("paper:")

    def _key(self, path: str) -> str:
        name, colon, inside = path.partition(":")
        if not colon or name not in self.roots:
            name, inside = "paper", path
        return f"{name}:{inside}"

    def _resolve(self, key: str) -> Path:
        name, inside = key.split(":", 1)
        if PurePosixPath(inside).is_absolute() or "\\" in inside or "\0" in inside:
            raise _outside(key)
        # realpath and not Path.resolve, which raises RuntimeError for a circle of links; open refuses that below.
        root = Path(os.path.realpath(self.roots[name]))
        real = Path(os.path.realpath(root / inside))
        if real != root and root not in real.parents:
            raise _outside(key)
        return real

    def _read(self, key: str) -> bytes:
        real = self._resolve(key)
        try:
            # O_NONBLOCK: a named pipe put in the paper's folder must not hang the build.
            descriptor = os.open(real, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except (FileNotFoundError, NotADirectoryError):
            self._trace[f"file {key}"] = ABSENT
            raise Absent(self.shown(key)) from None
        except OSError as error:
            at, hint = Location(self.shown(key)), "check its name and its permissions"
            raise _rejected("unreadable", f"cannot be read: {error.strerror}", at, hint) from None
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            os.close(descriptor)
            hint = "put a file in its place, or correct the name"
            raise _rejected("not-a-file", "is not a plain file", Location(self.shown(key)), hint)
        with os.fdopen(descriptor, "rb") as stream:
            if status.st_size > SIZE_LIMIT:
                reason = f"is {status.st_size / 2**20:.0f} MiB, more than the limit of {SIZE_LIMIT // 2**20}"
                raise _rejected("too-large", reason, Location(self.shown(key)), "split it or make it smaller")
            return stream.read()


def _outside(key: str) -> Rejected:
    hint = "keep every file inside the paper's folder, without '..' and without links that lead out"
    return _rejected("outside", "leads out of the paper's folder", Location(Sources.shown(key)), hint)


def _rejected(rule: str, message: str, at: Location, hint: str = "") -> Rejected:
    return Rejected([Diagnostic(Severity.ERROR, rule, message, at, hint)])
