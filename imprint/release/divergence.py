"""A published release and files made anew in, the files that differ out, each with its first difference."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

from imprint.base.diagnostic import Diagnostic, Location, Severity
from imprint.release.document import first_difference
from imprint.release.folder import list_files, read_file
from imprint.release.verify import SEALS

_SHOWN = 60


def find_differences(folder: Path, files: Mapping[str, bytes], rule: str, hint: str) -> Iterator[Diagnostic]:
    """An error for each file that one of the two lacks or that differs, in the order in which one causes the other.

    What seals the published release, and was not made anew, is no difference.
    """
    published = {path: read_file(folder, path) for path in list_files(folder)}
    both = {path for path in published.keys() | files.keys() if path in files or path not in SEALS}
    for path in sorted(both, key=_rank):
        was, is_ = published.get(path), files.get(path)
        if was == is_:
            continue
        if was is None or is_ is None:
            message = "was not published, and is made now" if was is None else "was published, and is not made any more"
        else:
            message = _describe(path, was, is_)
        yield Diagnostic(Severity.ERROR, rule, message, Location(path), hint)


def _rank(path: str) -> tuple[int, str]:
    """Contents before what lists them: the first difference is a cause, and not a hash of it."""
    order = ["messages/", "pdf/", "site/", "CHANGES.md", "changes.json", "sbom", "signed/", "manifest", "provenance"]
    return next((n for n, start in enumerate(order) if path.startswith(start)), len(order)), path


def _describe(path: str, was: bytes, is_: bytes) -> str:
    """Where the two first differ: a PDF's object, a JSON file's member, a line, or a byte."""
    if path.endswith(".pdf") and (found := first_difference(was, is_)):
        return f"differs: {found}"
    if path.endswith(".json"):
        try:
            found = _first_member(json.loads(was), json.loads(is_))
        except ValueError:
            found = ""
        if found:
            return f"differs: {found}"
    try:
        lines = zip_longest(was.decode().splitlines(), is_.decode().splitlines(), fillvalue="")
        line = next((n for n, (a, b) in enumerate(lines, 1) if a != b), 0)
        return f"differs from line {line} on"
    except UnicodeDecodeError:
        at = next((n for n, (a, b) in enumerate(zip(was, is_, strict=False)) if a != b), min(len(was), len(is_)))
        return f"differs from byte {at} on ({len(was)} and {len(is_)} bytes)"


def _first_member(was: Any, is_: Any, path: str = "") -> str:
    """The first member that differs, as `editions.0.title is "a", was "b"`."""
    if isinstance(was, dict) and isinstance(is_, dict):
        members: Any = [(key, was.get(key), is_.get(key)) for key in dict.fromkeys([*was, *is_])]
    elif isinstance(was, list) and isinstance(is_, list):
        members = [(n, *pair) for n, pair in enumerate(zip_longest(was, is_))]
    elif was != is_:
        return f"{path} is {_shown(is_)}, was {_shown(was)}"
    else:
        return ""
    for name, one, other in members:
        if one != other:
            return _first_member(one, other, f"{path}.{name}".lstrip("."))
    return ""


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
