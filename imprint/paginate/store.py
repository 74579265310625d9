"""A store of prepared faces on disk, found again by what they were made from."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# A whole paper in a dozen languages needs some 300 faces; beyond this those go that were not used for longest.
ENTRIES = 2000
# An entry's time is when it was last used, to a day (seconds): so that reading it need not write each time.
_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Store:
    """Bytes by key in `folder`; without a folder nothing is kept.

    Not read through Sources: an entry is derived, named by the hash of all it was made from, and checked by its own
    hash when it is read, so neither its presence nor its absence can change an edition.
    """

    folder: Path | None = None

    def fetch(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The bytes stored under `key`, or those that `make` gives (which are stored)."""
        if self.folder is None:
            return make()
        path = self.folder / _name(key)
        try:
            held = path.read_bytes()
        except OSError:
            held = b""
        if len(held) > 32 and hashlib.sha256(held[32:]).digest() == held[:32]:
            _note_use(path)
            return held[32:]
        data = make()
        self._keep(path, hashlib.sha256(data).digest() + data)
        return data

    def holds(self, key: str) -> bool:
        """Whether something is stored under `key`: `fetch` will tell whether it is sound."""
        return self.folder is not None and (self.folder / _name(key)).exists()

    def _keep(self, path: Path, data: bytes) -> None:
        """Write aside and replace; a store that cannot be written is no reason to fail."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, aside = tempfile.mkstemp(dir=path.parent, prefix=".aside-")
        except OSError:
            return
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(data)
            os.replace(aside, path)
        except OSError:
            Path(aside).unlink(missing_ok=True)
        self._prune(path.parent)

    @staticmethod
    def _prune(folder: Path) -> None:
        try:
            surplus = len(os.listdir(folder)) - ENTRIES
            aged = sorted((entry.stat().st_mtime_ns, entry.name) for entry in folder.iterdir()) if surplus > 0 else []
        except OSError:
            return
        for _, name in aged[: max(0, surplus)]:
            (folder / name).unlink(missing_ok=True)


def _name(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _note_use(path: Path) -> None:
    """Make the file's time today's; one that cannot be changed is used all the same."""
    try:
        # The wall clock decides only what is thrown away first.
        if time.time() - path.stat().st_mtime > _DAY:
            os.utime(path)
    except OSError:
        return
