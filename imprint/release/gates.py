"""A paper and its catalogs in, everything out for which a release is refused before an edition is built.

What an edition itself is refused for (untranslated messages, failing checks, layout and preflight) its build says.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from imprint.base.diagnostic import Diagnostic, Diagnostics, Location, Severity
from imprint.base.edition import Edition
from imprint.base.sources import Sources
from imprint.content.document import Document
from imprint.content.number import cited_sources
from imprint.content.paper import Paper
from imprint.content.select import select_region
from imprint.content.toml import suggest
from imprint.content.tree import Element, walk
from imprint.localize.approved import Approved
from imprint.localize.potfile import PATH as POT
from imprint.localize.potfile import make_pot, pot_entries
from imprint.localize.translate import is_source
from imprint.pipeline import Loaded
from imprint.release.repository import Revision

SOURCE_REVIEW = "source"
# So many paths of an uncommitted source are named.
_NAMED = 8


def check_version(version: str, paper: Paper, diagnostics: Diagnostics) -> None:
    """A release is of the version that paper.toml says, which is printed in it."""
    if paper.version != version:
        at = paper.file.at("paper", "version")
        message = f"the paper says that it is version {paper.version}, not {version}"
        diagnostics.error("version", message, at, f'set version = "{version}" and the date, or release {paper.version}')


def check_revision(revision: Revision, folder: Path, allow_dirty: bool, diagnostics: Diagnostics) -> None:
    """The source is a commit, and nothing but it; with `allow_dirty` only a warning, for the manifest records it."""
    severity = Severity.WARNING if allow_dirty else Severity.ERROR
    allowed = "or give --allow-dirty, which the manifest will record"
    at = Location(str(folder))
    if revision.commit is None:
        message = f"the source's commit is not known: {revision.trouble}"
        diagnostics.add(Diagnostic(severity, "source-unknown", message, at, f"release from a git checkout, {allowed}"))
    elif revision.changed:
        named = ", ".join(revision.changed[:_NAMED])
        more = f" and {len(revision.changed) - _NAMED} more" if len(revision.changed) > _NAMED else ""
        message = f"the source is not as committed: {named}{more}"
        diagnostics.add(Diagnostic(severity, "source-dirty", message, at, f"commit or remove the files, {allowed}"))


def check_pot(loaded: Loaded, sources: Sources, diagnostics: Diagnostics) -> None:
    """Translators have the messages of this source, and not of an older one."""
    if make_pot(pot_entries(loaded.document, loaded.labels), loaded.document.paper, sources)[1]:
        hint = "run `python build.py extract`, then `update`, and have what is new translated"
        diagnostics.error("stale-pot", "is not what the source says now", Location(POT), hint)


def check_expiry(document: Document, sources: Sources, diagnostics: Diagnostics) -> None:
    """On the paper's date no source that an edition cites, and no row that it shows, has expired."""
    date = document.paper.date
    regional = [select_region(document, region) for region in document.paper.regions]
    cited = dict.fromkeys(key for mine in regional for key in cited_sources(mine))
    hint = "renew it, leave it out, or correct the date of its end"
    for key in cited:
        source = document.references.get(key)
        if source is not None and source.expires is not None and source.expires <= date:
            message = f"the source '{key}' expired on {source.expires}, and the paper is of {date}"
            diagnostics.error("expired", message, _source_at(key, sources), hint)
    for row in (node for mine in regional for node in _rows(mine)):
        if (expires := dt.date.fromisoformat(row.attrs["expires"])) <= date:
            diagnostics.error("expired", f"the row expired on {expires}, and the paper is of {date}", row.at, hint)


def check_review(edition: Edition, approved: Approved, document: Document, diagnostics: Diagnostics) -> str:
    """The catalog's review state, `source` where the edition needs none; an error where paper.toml asks for another."""
    paper = document.paper
    if is_source(edition, paper.language):
        return SOURCE_REVIEW
    state = approved.header().get("X-Review", "")
    wanted = paper.settings.release.review
    if wanted and state not in wanted:
        stated = f"its catalog is '{state}'" if state else "its catalog states no review"
        message = f"{edition}: {stated}, a release wants {' or '.join(wanted)}"
        hint = "set X-Review in the catalog's header when the review is done"
        diagnostics.error("review", message, Location(approved.path()), hint)
    return state


def check_fuzzy(localised: Document, approved: Approved, diagnostics: Diagnostics) -> None:
    """No message of the edition has a translation that waits for a translator's word; each is named at its entry."""
    for text in localised.texts():
        for catalog in approved.catalogs:
            entry = catalog.lookup(text.message.msgid, text.message.context)
            if entry is not None and entry.fuzzy and approved.lookup(entry.msgid, entry.context) is None:
                hint = "look at it, correct it, and take away the flag"
                diagnostics.error("fuzzy", "the translation is fuzzy", Location(catalog.path, entry.line), hint)


def check_pins(paper: Paper, editions: Iterable[Edition], diagnostics: Diagnostics) -> None:
    """Every pin is of an edition that there is, and to a version other than the one to be released."""
    names = [str(edition) for edition in editions]
    for name, version in paper.settings.release.pinned.items():
        at = paper.file.at("release", "pinned", name)
        if name not in names:
            diagnostics.error("unknown-edition", f"there is no edition '{name}' to pin", at, suggest(name, names))
        elif version == paper.version:
            hint = "pin it to an earlier release, or release it"
            diagnostics.error("pin", f"{name} is pinned to the version that is to be released", at, hint)


def _rows(document: Document) -> Iterator[Element]:
    for chapter in document.chapters:
        for node in walk(chapter):
            if isinstance(node, Element) and node.tag == "row" and "expires" in node.attrs:
                yield node


def _source_at(key: str, sources: Sources) -> Location:
    path = "content/sources.toml"
    for line, text in enumerate(sources.read_text(path).splitlines(), 1):
        if re.fullmatch(rf'\s*\[\s*["\']?{re.escape(key)}["\']?\s*\].*', text):
            return Location(path, line)
    return Location(path)
