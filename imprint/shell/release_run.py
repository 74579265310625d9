"""The work of `release`: what is refused is refused together, before anything is written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from imprint.base.diagnostic import Diagnostic, Diagnostics, Location, Rejected, Severity
from imprint.release.assemble import Plan, assemble, seal
from imprint.release.divergence import find_differences
from imprint.release.folder import Release, list_versions, load_release
from imprint.release.manifest import SourceState
from imprint.release.publish import hold_lock, publish_files, repair
from imprint.release.repository import Revision, read_revision
from imprint.release.version import before
from imprint.shell.options import Place
from imprint.shell.release_keys import Keys
from imprint.shell.release_make import Made, Order, make_editions, read_engine

RELEASES = "releases"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for."""

    version: str
    allow_dirty: bool
    jobs: int | None
    silent: bool
    keys: Keys


Said = tuple[tuple[Diagnostic, ...], list[str]]


def release_version(place: Place, wish: Wish) -> Said:
    """Publish the version. Returns the warnings, and what was done. Raises Rejected with all that is refused.

    A version that is published already is made again: with the same bytes there is nothing to do, else it is refused.
    """
    root = place.output / RELEASES
    with hold_lock(root):
        done = list(repair(root))
        found = Diagnostics()
        revision = read_revision(place.paper, [place.output])
        published = _published(root, wish.version, found)
        order = Order(wish.version, root, wish.jobs, wish.silent, revision, wish.allow_dirty)
        made = make_editions(place, order, found)
        previous = _previous(root, wish.version, published, found)
        found.raise_errors()
        plan = _plan(place, made, revision, wish.allow_dirty, previous, wish.keys)
        files = assemble(plan)
        files |= seal(files, wish.keys.key) if wish.keys.key else {}
        check_unchanged(place, made, revision)
        if published is not None:
            hint = "a released version never changes: give the paper a new version"
            raise_differences(published.folder, files, "published", hint)
            done.append(f"{os.path.relpath(published.folder)} is published already, with these very bytes")
        else:
            folder = publish_files(root, wish.version, files, made.loaded.document.paper.date)
            size = sum(map(len, files.values())) / 2**20
            facts = f"{len(made.issues)} editions, {len(files)} files, {size:.1f} MiB"
            done.append(f"{os.path.relpath(folder)}: {facts}, {'signed' if wish.keys.key else 'not signed'}")
        return found.warnings, done


def reproduce_version(place: Place, wish: Wish) -> Said:
    """Build a published version again, with nothing that an earlier build left, and compare every file.

    Raises Rejected with each file that differs and where: the first is the cause.
    """
    root = place.output / RELEASES
    published = load_release(root, wish.version)
    manifest = published.manifest
    found = Diagnostics()
    revision = read_revision(place.paper, [place.output])
    with tempfile.TemporaryDirectory(prefix="imprint-reproduce-") as aside:
        bench = Place(place.paper, Path(aside) / "output", Path(aside) / "cache")
        # The gates were passed when it was published; here only what is made counts.
        order = Order(wish.version, root, wish.jobs, wish.silent, revision, allow_dirty=True, rebuild=True)
        made = make_editions(bench, order, found)
        previous = _previous(root, wish.version, published, found)
        found.raise_errors()
        signed = {f.path: published.read(f.path) for f in manifest.files if f.role == "signed-pdf"}
        plan = _plan(bench, made, revision, manifest.allow_dirty, previous, wish.keys, signed)
        files = assemble(plan)
        files |= seal(files, wish.keys.key) if wish.keys.key else {}
    engine = "the engine is the same" if plan.engine == manifest.engine else "the engine is another"
    commit = "the commit is the same" if revision.commit == manifest.source.commit else "the commit is another"
    raise_differences(published.folder, files, "not-reproduced", f"{engine}, {commit} than when it was published")
    return found.warnings, [f"{os.path.relpath(published.folder)}: {len(files)} files made again, bit by bit the same"]


def raise_differences(folder: Path, files: Mapping[str, bytes], rule: str, hint: str) -> None:
    """Raise Rejected with every file that differs from the published one."""
    if differing := tuple(find_differences(folder, files, rule, hint)):
        raise Rejected(differing)


def _published(root: Path, version: str, found: Diagnostics) -> Release | None:
    """The version, where it is published; an error where its folder is not as it was published."""
    if not os.path.lexists(root / version):
        return None
    try:
        return load_release(root, version)
    except Rejected as rejected:
        found.extend(rejected.diagnostics)
        return None


def _previous(root: Path, version: str, published: Release | None, found: Diagnostics) -> Release | None:
    """The release to tell the differences from: what the published manifest says, else the newest older one."""
    if published is not None:
        earlier = published.manifest.previous.version if published.manifest.previous else None
    else:
        earlier = before(version, list_versions(root))
    try:
        return load_release(root, earlier) if earlier else None
    except Rejected as rejected:
        found.extend(rejected.diagnostics)
        return None


def _plan(
    place: Place,
    made: Made,
    revision: Revision,
    allow_dirty: bool,
    previous: Release | None,
    keys: Keys,
    signed: Mapping[str, bytes] = {},
) -> Plan:
    engine, lock = read_engine(place, made.engine)
    paper = made.loaded.document.paper
    dirty = revision.commit is None or bool(revision.changed)
    return Plan(
        paper=paper,
        issues=made.issues,
        site=made.site,
        source=SourceState(commit=revision.commit, tree=revision.tree, dirty=dirty),
        allow_dirty=allow_dirty and dirty,
        engine=engine,
        lock=lock,
        previous=previous,
        countersign=keys.countersign(paper.date),
        signed=signed,
    )


def check_unchanged(place: Place, made: Made, revision: Revision) -> None:
    """Nothing of the source was edited while the release was made: its parts would be of two sources."""
    changed = [str(edition) for edition in made.changed(place)]
    if read_revision(place.paper, [place.output]) != revision:
        changed.append("the git repository")
    if changed:
        message = f"the source was changed while the release was made: {', '.join(changed)}"
        at, hint = Location(str(place.paper)), "leave the files alone, and release again"
        raise Rejected([Diagnostic(Severity.ERROR, "source-changed", message, at, hint)])
