"""A folder in, the git commit and tree that it stands at out, and what differs from them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Revision:
    """`commit` and `tree` are hashes, None where the folder is in no repository or git is not there (`trouble` says
    what it said); `changed` are the paths that differ from the commit, untracked ones among them."""

    commit: str | None = None
    tree: str | None = None
    changed: tuple[str, ...] = ()
    trouble: str = ""


def read_revision(folder: Path, aside: Iterable[Path] = ()) -> Revision:
    """Ask git for the state of the whole repository that holds `folder`, the folders `aside` (output) left out."""
    try:
        top = _git(folder, "rev-parse", "--show-toplevel").strip()
        commit, tree = _git(folder, "rev-parse", "HEAD", "HEAD^{tree}").split()
        outside = [f":(top,exclude,literal){path}" for path in _inside(Path(top), aside)]
        status = _git(folder, "status", "--porcelain=v1", "-z", "--untracked-files=all", "--", ":/", *outside)
    except OSError:
        return Revision(trouble="git is not installed")
    except subprocess.CalledProcessError as error:
        return Revision(trouble=(error.stderr.strip().splitlines() or ["git failed"])[0])
    return Revision(commit, tree, tuple(_changed(status)))


def _git(folder: Path, *words: str) -> str:
    # No optional locks: asking must not write an index that another git is using.
    command = ["git", "--no-optional-locks", "-C", os.fspath(folder), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True, errors="surrogateescape").stdout


def _inside(top: Path, folders: Iterable[Path]) -> list[str]:
    """The folders relative to the repository, of those that are in it and do not hold it."""
    real = Path(os.path.realpath(top))
    found = (Path(os.path.realpath(folder)) for folder in folders)
    return [folder.relative_to(real).as_posix() for folder in found if real in folder.parents]


def _changed(status: str) -> list[str]:
    """The paths of `git status -z`: two letters, a space, a path; after a rename its old path follows."""
    fields = iter(status.split("\0"))
    paths = []
    for field in fields:
        if field:
            paths.append(field[3:].encode(errors="surrogateescape").decode(errors="replace"))
            if "R" in field[:2] or "C" in field[:2]:
                next(fields, None)
    return paths
