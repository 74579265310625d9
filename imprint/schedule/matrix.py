"""The matrix as it was last read, so that a build with nothing to do need not parse the paper to know its editions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from imprint.base.artifact import replace_file
from imprint.base.edition import Edition
from imprint.schedule.stats import StatCache, trace_holds

FILE = "matrix.json"
# What decides on the matrix; the rest of a trace is about the editions' content.
_DECIDES = ("file paper:content/paper.toml", "file paper:content/regions/", "list paper:content/regions")


def save_matrix(path: Path, editions: Iterable[Edition], trace: Mapping[str, str]) -> None:
    """Keep the editions with the part of the trace that decides on them. Not being able to is no reason to fail."""
    relevant = {key: value for key, value in trace.items() if key.startswith(_DECIDES)}
    data = {"trace": relevant, "editions": [asdict(edition) for edition in editions]}
    try:
        replace_file(path, json.dumps(data, indent=1).encode())
    except OSError:
        return


def load_matrix(path: Path, roots: Mapping[str, Path], stats: StatCache) -> tuple[Edition, ...] | None:
    """The editions, or None where the profiles have changed since or nothing was kept."""
    try:
        data = json.loads(path.read_bytes())
        editions = tuple(Edition(**edition) for edition in data["editions"])
        holds = trace_holds(data["trace"], roots, stats, {})
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return editions if holds else None


def pick_editions(
    matrix: tuple[Edition, ...], regions: tuple[str, ...], languages: tuple[str, ...]
) -> tuple[Edition, ...] | None:
    """The editions that a command line asks for, where that is plain from the matrix alone; else None.

    A language is plain where it is an edition's tag or the only edition's primary subtag in its region. Whatever
    is not (another script, a slip, a pair that does not exist) is for the full reading, which has the words for it.
    """
    if not set(regions) <= {edition.region for edition in matrix}:
        return None
    mine = [edition for edition in matrix if not regions or edition.region in regions]
    if not languages:
        return tuple(mine)
    chosen: list[Edition] = []
    for region in dict.fromkeys(edition.region for edition in mine):
        there = [edition for edition in mine if edition.region == region]
        for tag in languages:
            found = [e for e in there if e.language == tag] or [e for e in there if e.language.split("-")[0] == tag]
            if len(found) != 1 and (regions or found):
                return None
            chosen += found
    return tuple(dict.fromkeys(chosen)) or None
