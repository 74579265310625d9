"""The workshop: what a build may use again, below one folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from imprint.paginate.store import Store

if TYPE_CHECKING:
    from imprint.paginate.kept import Kept


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a build may use again: prepared faces, and proven pages by what they were made from.

    `engine` stands for everything outside the paper that shapes the bytes; it is part of a page's key. `verdicts` is
    the folder where findings about translations are kept. `hands` is how many cores one edition may keep busy. `kept`
    is what a process that builds one edition again and again has in memory of the last time.
    """

    faces: Store
    pages: Store
    verdicts: Path | None
    engine: str
    hands: int = 1
    kept: Kept | None = None


def make_workshop(cache: Path, engine: str) -> Workshop:
    """The stores below a cache folder."""
    return Workshop(Store(cache / "faces"), Store(cache / "pages"), cache / "verdicts", engine)
