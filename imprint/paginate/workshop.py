"""The workshop: what a build may use again, below one folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from imprint.paginate.store import Store


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a build may use again: prepared faces, and proven pages by what they were made from.

    `engine` stands for everything outside the paper that shapes the bytes; it is part of a page's key. `verdicts` is
    the folder where findings about translations are kept. `hands` is how many cores one edition may keep busy.
    """

    faces: Store
    pages: Store
    verdicts: Path | None
    engine: str
    hands: int = 1


def make_workshop(cache: Path, engine: str) -> Workshop:
    """The stores below a cache folder."""
    return Workshop(Store(cache / "faces"), Store(cache / "pages"), cache / "verdicts", engine)
