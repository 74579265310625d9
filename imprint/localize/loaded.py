"""The paper read once, for all its editions: its Document and the templates' own words."""

from __future__ import annotations

from dataclasses import dataclass
from time import process_time

from imprint.base.bounded import bounded
from imprint.base.confine import Limits
from imprint.base.diagnostic import Diagnostics
from imprint.base.sources import Sources
from imprint.content.document import Document
from imprint.content.tree import Message
from imprint.localize.labels import extract_labels


@dataclass(frozen=True, slots=True)
class Loaded:
    """What all editions are made from: the paper's Document, the templates' own words, and the CPU time (seconds) that
    reading them took of each edition's."""

    document: Document
    labels: tuple[Message, ...]
    spent: float = 0.0


def load(sources: Sources, diagnostics: Diagnostics) -> Loaded:
    """Parse the paper once, for all its editions. Raises Rejected with every slip."""
    # Late: Markdown's parser of blocks is for whoever reads the paper, and no worker does.
    from imprint.content.load import load_document

    begin = process_time()
    document = load_document(sources, diagnostics)
    spent = process_time() - begin
    with bounded(document.paper.limits(spent) if document else Limits(spent=spent), "reading the templates"):
        labels = extract_labels(sources, diagnostics)
    diagnostics.raise_errors()
    if document is None:
        raise AssertionError("a paper without settings has errors")
    return Loaded(document, labels, process_time() - begin)
