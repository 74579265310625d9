"""A catalog's new bytes → its file, whole or not at all, and never over what somebody else wrote meanwhile."""

from __future__ import annotations

import hashlib
from pathlib import Path

from imprint.base.artifact import replace_file
from imprint.base.diagnostic import Diagnostic, Location, Rejected, Severity
from imprint.base.sources import Absent, Sources

ABSENT = ""


def save_catalog(target: Path, data: bytes, expected_sha256: str, shown: str = "") -> bool:
    """Put `data` at `target`, if the file there still has `expected_sha256` (ABSENT: if there is none).

    Returns whether it wrote: the same bytes are left alone. Raises Rejected, and writes nothing, where the file was
    changed, made or deleted since it was read (Poedit saves, git pulls); OSError where it cannot be written. `shown`
    names the file in the diagnostic.
    """
    # A door of its own: the run's one gives what was read at the start, and this asks what is there now.
    sources = Sources({"now": target.parent})
    try:
        present = sources.read_bytes(f"now:{target.name}")
    except Absent:
        present = None
    found = hashlib.sha256(present).hexdigest() if present is not None else ABSENT
    if found != expected_sha256:
        what = "was deleted" if present is None else "was changed" if expected_sha256 else "was made"
        message = f"{what} by another program since it was read; nothing was written to it"
        raise Rejected([
            Diagnostic(Severity.ERROR, "po-changed", message, Location(shown or target.name), "run the command again")
        ])
    if present == data:
        return False
    replace_file(target, data)
    return True
