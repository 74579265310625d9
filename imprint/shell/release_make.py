"""A paper in, the issues of all its editions and the site out, with everything that a release is refused for."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from imprint.base.diagnostic import Diagnostic, Diagnostics, Location, Rejected, Severity
from imprint.base.edition import Edition
from imprint.localize.approved import Approved, load_approved
from imprint.markup.setting import Download
from imprint.paginate.workshop import make_workshop
from imprint.pipeline import Loaded, Workshop, load
from imprint.release import gates
from imprint.release.differences import render_differences
from imprint.release.folder import Release, load_release, read_file
from imprint.release.issue import Issue, Profile, carry_issue, localise, make_issue, passages_of
from imprint.release.manifest import EngineState
from imprint.release.repository import Revision
from imprint.release.site.build import Pinned, build_site
from imprint.schedule.build import build_stale
from imprint.schedule.outcome import Outcome
from imprint.schedule.stats import trace_holds
from imprint.shell.options import Place

# A build's formats, as a release calls its PDFs.
_PROFILES: Mapping[str, Profile] = {"pdf": "screen", "print": "print"}


@dataclass(frozen=True, slots=True)
class Made:
    """The paper and its issues in the matrix's order, the site by path below `site/`, the engine's key, and what each
    edition was built from."""

    loaded: Loaded
    issues: tuple[Issue, ...]
    site: Mapping[str, bytes]
    engine: str
    traces: tuple[tuple[Edition, Mapping[str, str]], ...]

    def changed(self, place: Place) -> list[Edition]:
        """The editions whose sources are not any more what they were built from."""
        stats = place.stats()
        lists: dict[str, str] = {}
        return [e for e, trace in self.traces if not trace_holds(trace, place.roots, stats, lists)]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made: the version, the folder of the releases, and how. `rebuild` uses nothing built before."""

    version: str
    root: Path
    jobs: int | None
    silent: bool
    revision: Revision
    allow_dirty: bool
    rebuild: bool = False


def make_editions(place: Place, order: Order, found: Diagnostics) -> Made:
    """Pass the gates, build what is not pinned, carry what is. Raises Rejected with all that is refused."""
    gates.check_revision(order.revision, place.paper, order.allow_dirty, found)
    sources = place.sources()
    try:
        loaded = load(sources, Diagnostics())
    except Rejected as rejected:
        found.extend(rejected.diagnostics)
        raise Rejected(tuple(found)) from None
    editions = loaded.document.paper.editions()
    reviews, approved = _pass_gates(place, loaded, editions, order, found)
    pinned = {e: loaded.document.paper.settings.release.pinned.get(str(e)) for e in editions}
    homes = {e: _home(order.root, version, found) for e, version in pinned.items() if version}
    states = place.states()
    workshop = make_workshop(place.cache, states.engine)
    formats = ("pdf", "print") if loaded.document.paper.settings.release.print else ("pdf",)
    outcomes = build_stale(
        loaded,
        [edition for edition in editions if not pinned[edition]],
        sources,
        states,
        workshop,
        draft=False,
        rebuild=order.rebuild,
        jobs=order.jobs or os.cpu_count() or 1,
        done=_progress(order.silent),
        formats=formats,
    )
    states.stats.save()
    for outcome in outcomes:
        found.extend(outcome.diagnostics)
    found.raise_errors()
    built = {(outcome.edition, outcome.format): outcome for outcome in outcomes}
    issues = []
    for edition in editions:
        passages = passages_of(loaded, edition, approved[edition])
        home = homes.get(edition)
        if home is not None:
            issues.append(carry_issue(home, edition, passages))
        else:
            files = {_PROFILES[name]: _finished(built[edition, name], place) for name in formats}
            issues.append(make_issue(edition, files, passages, reviews[edition]))
    site = _site(loaded, issues, {e: home for e, home in homes.items() if home}, place, workshop)
    traces = [(outcome.edition, outcome.record["trace"]) for outcome in outcomes if outcome.record]
    return Made(loaded, tuple(issues), site, states.engine, tuple(traces))


def read_engine(place: Place, key: str) -> tuple[EngineState, str]:
    """The engine as a manifest names it, and the text of its lock."""
    sources = place.sources()
    lock = sources.read_text("engine:requirements.lock")
    project = tomllib.loads(sources.read_text("engine:pyproject.toml"))["project"]
    digest = sources.trace["file engine:requirements.lock"]
    return EngineState(name=project["name"], version=project["version"], key=key, lock=digest), lock


def _pass_gates(
    place: Place, loaded: Loaded, editions: tuple[Edition, ...], order: Order, found: Diagnostics
) -> tuple[dict[Edition, str], dict[Edition, Approved]]:
    """Everything that can be refused without a build; the review state and the catalogs of each edition."""
    # A door of its own: what is read here is no part of what the editions are made from.
    door = place.sources()
    document = loaded.document
    gates.check_version(order.version, document.paper, found)
    gates.check_pot(loaded, door, found)
    gates.check_expiry(document, door, found)
    gates.check_pins(document.paper, editions, found)
    reviews: dict[Edition, str] = {}
    approved: dict[Edition, Approved] = {}
    for edition in editions:
        faults = Diagnostics()
        mine = approved[edition] = load_approved(door, edition, faults)
        if faults.errors:
            # They are told by the build. What such a catalog seems to lack may be in it.
            continue
        localised, whole = localise(loaded, edition, mine)
        if str(edition) not in document.paper.settings.release.pinned:
            reviews[edition] = gates.check_review(edition, mine, document, found)
            gates.check_fuzzy(localised, mine, found)
        elif whole:
            at = document.paper.file.at("release", "pinned", str(edition))
            found.warning("pin", f"{edition} is pinned, and is complete today", at, "take the pin away to release it")
    return reviews, approved


def _home(root: Path, version: str, found: Diagnostics) -> Release | None:
    """The release that a pinned edition comes from."""
    try:
        return load_release(root, version)
    except Rejected as rejected:
        found.extend(rejected.diagnostics)
        return None


def _finished(outcome: Outcome, place: Place) -> tuple[Mapping[str, object], bytes]:
    """The record and the PDF that a build has put in place."""
    record = outcome.record or {}
    data = read_file(place.output, str(record.get("path")))
    if data is None:
        message = "has vanished while the release was made"
        at = Location(str(record.get("path")))
        raise Rejected([Diagnostic(Severity.ERROR, "vanished", message, at, "leave the output alone, release again")])
    return record, data


def _site(
    loaded: Loaded, issues: list[Issue], homes: Mapping[Edition, Release], place: Place, workshop: Workshop
) -> Mapping[str, bytes]:
    """The static site with the PDFs that it offers, and for each language what differs between its editions."""
    stem = loaded.document.paper.id
    hrefs = {issue.edition: f"{issue.edition.folder()}/{issue.edition.stem(stem)}.pdf" for issue in issues}
    pdfs = {hrefs[issue.edition]: issue.files[issue.screen.path] for issue in issues}
    downloads = {
        issue.edition: Download(hrefs[issue.edition], len(pdfs[hrefs[issue.edition]]), issue.screen.pages)
        for issue in issues
    }
    carried = {edition: _carried_page(home, edition, hrefs[edition]) for edition, home in homes.items()}
    differences = render_differences({issue.entry.name: issue.passages for issue in issues})
    pages = build_site(
        loaded, downloads, place.sources(), workshop, draft=False, pinned=carried, differences=differences
    )
    return {**pages, **pdfs}


def _carried_page(home: Release, edition: Edition, pdf: str) -> Pinned:
    """A pinned edition's part of the site as it was published, by path relative to its folder."""
    prefix = f"site/{edition.folder()}/"
    paths = [f.path for f in home.manifest.files if f.path.startswith(prefix) and f.path != f"site/{pdf}"]
    entry = home.edition(str(edition))
    version = entry.pinned.version if entry and entry.pinned else home.manifest.version
    return Pinned(version, {path.removeprefix(prefix): home.read(path) for path in paths})


def _progress(silent: bool) -> Callable[[Outcome], None]:
    """One line for each edition as it ends."""

    def done(outcome: Outcome) -> None:
        if not silent:
            pages = f", {outcome.record['pages']} pages" if outcome.record else ""
            name = str(outcome.edition) if outcome.format == "pdf" else f"{outcome.edition} ({outcome.format})"
            print(f"{name}: {outcome.state}{pages}", file=sys.stderr)

    return done
