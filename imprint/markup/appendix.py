"""A paper's wish for pages at its end in, what they are made from out: other editions, an earlier issue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from imprint.base.diagnostic import Diagnostics
from imprint.base.edition import Edition
from imprint.base.sources import Absent, Sources
from imprint.content.document import Document
from imprint.content.number import number_document
from imprint.content.paper import Paper
from imprint.content.select import select_region
from imprint.localize.approved import load_approved
from imprint.localize.compare.passages import LABEL, Passage, parse_passages
from imprint.localize.translate import translate_document
from imprint.markup.inventory import list_passages

# The root of `Sources` below which released versions stand, each in a folder of its own.
RELEASES = "releases"


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs between the editions: `others` are the other markets' editions, each with its Document."""

    others: tuple[tuple[Edition, Document], ...]
    kind: str = "differences"


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since `version`: the passages of then (None where it had no such edition) and of now."""

    version: str
    old: tuple[Passage, ...] | None
    new: tuple[Passage, ...]
    kind: str = "changes"


Appendix = Differences | Changes


def load_appendices(
    whole: Document, localised: Document, edition: Edition, sources: Sources, diagnostics: Diagnostics
) -> tuple[Appendix, ...]:
    """What `[appendix]` of paper.toml asks for, in the order of the pages. Each slip is kept.

    `whole` is what the author wrote, `localised` the edition's own. Everything is read through `sources`, so that an
    edition is stale where another's catalog or the earlier release is another.
    """
    wish = whole.paper.settings.appendix
    found: list[Appendix] = []
    if wish.differences and (others := tuple(_others(whole, edition, sources, diagnostics))):
        found.append(Differences(others))
    if wish.changes and (changes := _changes(wish.changes, localised, edition, sources, diagnostics)):
        found.append(changes)
    return tuple(found)


def _others(
    whole: Document, edition: Edition, sources: Sources, diagnostics: Diagnostics
) -> Iterator[tuple[Edition, Document]]:
    """For each other market its edition in this language, else in the source's, else none."""
    for region in whole.paper.regions.values():
        by_language = {other.language: other for other in region.editions() if other.region != edition.region}
        other = by_language.get(edition.language) or by_language.get(whole.paper.language)
        if other:
            mine = number_document(select_region(whole, other.region))
            approved = load_approved(sources, other, diagnostics)
            yield other, translate_document(mine, other, approved.lookup)[0]


def _changes(
    version: str, localised: Document, edition: Edition, sources: Sources, diagnostics: Diagnostics
) -> Changes | None:
    new = list_passages(localised, edition, (), lambda text: text)
    try:
        data = sources.read_bytes(f"{RELEASES}:{version}/messages/{edition.region}-{edition.language}.json")
    except Absent:
        if sources.exists(f"{RELEASES}:{version}/manifest.json"):
            return Changes(version, None, new)
        _report(localised.paper, f"there is no released version {version} to compare with", diagnostics)
        return None
    try:
        old = parse_passages(data)
    except ValueError as error:
        _report(localised.paper, f"the released version {version} cannot be read: {error}", diagnostics)
        return None
    # The templates' own words are no text of the paper.
    return Changes(version, tuple(passage for passage in old if passage.origin != LABEL), new)


def _report(paper: Paper, message: str, diagnostics: Diagnostics) -> None:
    hint = "name a version below output/releases, put that release there, or take the line out"
    diagnostics.error("no-release", message, paper.file.at("appendix", "changes"), hint)
