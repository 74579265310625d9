"""File hashes remembered by stat: a file whose size, times and inode are as they were is not read again."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from imprint.base.artifact import replace_file
from imprint.base.sources import ABSENT

# A file written in the same tick as it was hashed could change again without its time changing ("racily clean",
# git's index-format.txt): such an entry is not trusted.
RACY_SECONDS = 2.0


@dataclass(slots=True)
class StatCache:
    """SHA-256 by path, valid while the path's (size, mtime, ctime, inode) hold. `path` is where it is kept."""

    path: Path
    _known: dict[str, list[object]] = field(default_factory=dict)
    _fresh: dict[str, str] = field(default_factory=dict)
    _places: dict[str, str] = field(default_factory=dict)
    _changed: bool = False

    @staticmethod
    def load(path: Path) -> StatCache:
        """Read the cache; an absent or broken one is empty, for it holds nothing that cannot be found out again."""
        try:
            known = json.loads(path.read_bytes())
        except (OSError, ValueError):
            known = {}
        return StatCache(path, known if isinstance(known, dict) else {})

    def digest(self, file: Path) -> str:
        """The file's SHA-256, or `absent`. Each file is looked at once in a run."""
        name = os.fspath(file)
        if name not in self._fresh:
            self._fresh[name] = self._look(name)
        return self._fresh[name]

    def holds(self, key: str, wanted: str, roots: Mapping[str, Path]) -> bool:
        """Whether the file of a trace's key (`file name:path`) has the digest; remembered by the key, for a thousand
        editions name the same files."""
        if key not in self._places:
            name, _, inside = key.removeprefix("file ").partition(":")
            self._places[key] = self.digest(roots[name] / inside) if name in roots else ""
        return self._places[key] == wanted

    def save(self) -> None:
        """Keep what was learnt. A cache that cannot be written is no reason to fail."""
        if self._changed:
            try:
                replace_file(self.path, json.dumps(self._known, separators=(",", ":")).encode())
            except OSError:
                return

    def _look(self, name: str) -> str:
        try:
            status = os.stat(name)
        except OSError:
            return ABSENT
        key = [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]
        known = self._known.get(name)
        if known is not None and known[:4] == key and isinstance(known[4], str):
            return known[4]
        try:
            with open(name, "rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            return ABSENT
        # The wall clock decides only whether to remember, never what is built.
        if time.time() - max(status.st_mtime, status.st_ctime) > RACY_SECONDS:
            self._known[name] = [*key, digest]
            self._changed = True
        return digest


def list_digest(root: Path, folder: str, suffix: str, prefix: str) -> str:
    """The digest that a listing has in a trace (`Sources.list`): of the names of the plain files, sorted."""
    base = root / folder
    names = []
    for parent, folders, files in os.walk(base, followlinks=False):
        folders.sort()
        inside = os.path.relpath(parent, root).replace(os.sep, "/")
        names += [f"{prefix}{inside}/{name}" for name in files if name.endswith(suffix) and name[0] != "."]
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()


def trace_holds(trace: Mapping[str, str], roots: Mapping[str, Path], stats: StatCache, lists: dict[str, str]) -> bool:
    """Whether every file, listing and absence of a trace is as it was. `lists` remembers listings within a run."""
    for key, wanted in trace.items():
        if key.startswith("file "):
            if not stats.holds(key, wanted, roots):
                return False
            continue
        kind, _, place = key.partition(" ")
        name, _, inside = place.partition(":")
        if kind != "list" or name not in roots:
            return False
        if key not in lists:
            folder, _, suffix = inside.partition(" ")
            lists[key] = list_digest(roots[name], folder, suffix, "" if name == "paper" else f"{name}:")
        if lists[key] != wanted:
            return False
    return bool(trace)
