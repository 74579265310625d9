"""Is an edition's PDF still what a build would write? Answered from its record, without reading the paper."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from imprint.base.diagnostic import Rejected
from imprint.base.edition import Edition
from imprint.base.sources import ABSENT, Absent, Sources

RECORD = "edition.json"


def edition_state(edition: Edition, sources: Sources, output: Path) -> str:
    """`built` (current), `stale` (something it was made from has changed) or `unbuilt`."""
    try:
        # The output folder is no source of the paper, so its record is not read through Sources.
        record = json.loads((output / edition.folder() / RECORD).read_bytes())
        pdf = (output / record["path"]).read_bytes()
    except (OSError, ValueError, KeyError, TypeError):
        return "unbuilt"
    current = hashlib.sha256(pdf).hexdigest() == record.get("sha256") and _holds(record.get("trace", {}), sources)
    return "built" if current else "stale"


def _holds(trace: Mapping[str, str], sources: Sources) -> bool:
    """Whether everything that the record says was read is as it was."""
    door = sources.fork()
    for key, digest in trace.items():
        kind, _, place = key.partition(" ")
        if kind == "list":
            folder, _, suffix = place.partition(" ")
            door.list(folder, suffix)
            if door.trace.get(key) != digest:
                return False
            continue
        try:
            found = hashlib.sha256(door.read_bytes(place)).hexdigest()
        except Absent:
            found = ABSENT
        except Rejected:
            return False
        if found != digest:
            return False
    return bool(trace)
