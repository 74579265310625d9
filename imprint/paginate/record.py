"""An edition and its proven PDF or its web page in, what their records (edition.json, print.json, web.json) say out.

Nothing of it depends on clock, folder or job count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from imprint.base.artifact import Artifact
from imprint.base.edition import Edition
from imprint.content.document import Document
from imprint.content.number import cited_sources
from imprint.localize.translate import Coverage
from imprint.localize.words import count_words
from imprint.markup.page import Page
from imprint.paginate.prove import Proven

# What follows an edition's name in the name of its PDF.
_SUFFIXES = {"pdf": ".pdf", "print": "-print.pdf"}


def edition_facts(document: Document, edition: Edition, coverage: Coverage, engine: str, draft: bool) -> dict[str, Any]:
    """What a record says of an edition in any format; `document` is in its language, `engine` the engine's key."""
    return {
        "paper": document.paper.id,
        "version": document.paper.version,
        "date": document.paper.date.isoformat(),
        "region": edition.region,
        "language": edition.language,
        "words": count_words(text.text for text in document.texts()),
        "coverage": round(coverage.ratio, 4),
        "draft": draft,
        "sources_cited": list(cited_sources(document)),
        "engine": engine,
    }


def print_record(
    facts: Mapping[str, Any], document: Document, edition: Edition, page: Page, proven: Proven, format_: str
) -> dict[str, Any]:
    """What edition.json (`format_` `pdf`) and print.json (`print`) say."""
    return {
        **facts,
        "title": page.title,
        "path": f"{edition.folder()}/{edition.stem(document.paper.id)}{_SUFFIXES[format_]}",
        "sha256": hashlib.sha256(proven.pdf).hexdigest(),
        "bytes": len(proven.pdf),
        "pages": proven.pages,
        "proof": proven.proof,
        "fonts": list(proven.fonts),
        "toolchain": dict(proven.toolchain),
    }


def web_record(facts: Mapping[str, Any], page: Page, main: Artifact, beside: tuple[Artifact, ...]) -> dict[str, Any]:
    """What web.json says: `files` has the hash of each file that the page loads, `bytes` counts them in."""
    return {
        **facts,
        "title": page.title,
        "path": main.path,
        "sha256": main.sha256,
        "bytes": len(main.data) + sum(len(artifact.data) for artifact in beside),
        "files": {artifact.path: artifact.sha256 for artifact in beside},
    }
