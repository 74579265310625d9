"""The paper's messages as `locales/messages.pot`."""

from __future__ import annotations

from collections.abc import Iterable

from imprint.base.sources import Absent, Sources
from imprint.content.document import Document
from imprint.content.paper import Paper
from imprint.content.tree import Message
from imprint.localize.extract import extract_messages
from imprint.localize.pot import PotEntry, pot_entry, write_pot

PATH = "locales/messages.pot"


def pot_entries(document: Document, labels: Iterable[Message]) -> tuple[PotEntry, ...]:
    """Every message of every edition, each once, with its places and comments, in the reader's order."""
    everywhere = frozenset(document.paper.regions)
    return tuple(
        pot_entry(found.message, [str(place) for place in found.references], found.comments(everywhere))
        for found in extract_messages(document, labels)
    )


def make_pot(entries: Iterable[PotEntry], paper: Paper, sources: Sources) -> tuple[bytes, bool]:
    """The bytes of the POT of `pot_entries`, and whether the file there differs.

    Where nothing but the date would differ, the file is kept.
    """
    try:
        previous = sources.read_bytes(PATH)
    except Absent:
        previous = b""
    data = write_pot(
        entries,
        project=f"{paper.id} {paper.version}",
        date=paper.date,
        language=paper.language,
        previous=previous,
    )
    return data, data != previous
