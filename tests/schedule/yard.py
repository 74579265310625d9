"""A small paper with an engine of its own, built by the real pipeline up to the page, whose bytes stand for its PDF."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from imprint.base.artifact import Artifact
from imprint.base.built import Built
from imprint.base.confine import note_place
from imprint.base.diagnostic import Diagnostics
from imprint.base.edition import Edition
from imprint.base.sources import Sources
from imprint.paginate.store import Store
from imprint.pipeline import Loaded, Workshop, load, write_page
from imprint.schedule.build import build_stale
from imprint.schedule.outcome import Outcome
from imprint.schedule.state import States
from imprint.schedule.stats import StatCache
from imprint.schedule.worker import Job
from tests.papers import ENGINE, PAPER, Paper, catalog, make_paper

BODY = """\
A paragraph for all.

/// region | cn
Only in the mainland.
///

/// figure | f.svg
    id: fig-f
    alt: A box

A caption.
///
"""
FIGURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 120"><rect width="180" height="70" fill="#eef"/></svg>'
)
LIMITS = "\n[limits]\ncpu_seconds = 2\n"
CATALOG = "locales/zh_Hans/LC_MESSAGES/messages.po"


def write_stub(loaded: Loaded, job: Job, sources: Sources, workshop: Workshop, draft: bool) -> Built:
    """A Builder that stops at the page. A file `NAME.kill`, `.hang`, `.crash` or `.stop` beside the paper's content
    makes the worker of the region of that name die, hang, fail, or interrupt the process whose id stands in it."""
    _misbehave(job.edition, sources.roots["paper"])
    page = write_page(loaded, job.edition, sources, workshop, Diagnostics(), draft=draft)
    files = "".join(f"{name} {hashlib.sha256(data).hexdigest()}\n" for name, data in sorted(page.files.items()))
    made: list[bytes] = []

    def draw() -> bytes:
        made.append((page.html + files).encode())
        return made[0]

    data = workshop.pages.fetch(f"{workshop.engine} {page.html} {files}", draw)
    pdf = Artifact(f"{job.edition.folder()}/page.pdf", data)
    record = {
        "path": pdf.path, "sha256": pdf.sha256, "bytes": len(data), "pages": 1, "draft": draft,
        "engine": workshop.engine, "trace": dict(sources.trace),
    }  # fmt: skip
    return Built(job.edition, pdf, record, (), {}, bool(made))


def _misbehave(edition: Edition, paper: Path) -> None:
    if (paper / f"{edition.region}.kill").exists():
        os.kill(os.getpid(), signal.SIGKILL)
    if (paper / f"{edition.region}.crash").exists():
        raise ZeroDivisionError
    if (paper / f"{edition.region}.hang").exists():
        note_place("layout of page 3, chapter ch-one", "ch-one")
        while True:
            pass
    if (stop := paper / f"{edition.region}.stop").exists():
        os.kill(int(stop.read_text()), signal.SIGINT)
        signal.pause()


@dataclass(frozen=True)
class Yard:
    """The paper's folder, its engine's, and where output and cache go."""

    folder: Path
    paper: Paper
    outcomes: list[Outcome] = field(default_factory=list)

    @staticmethod
    def make(folder: Path) -> Yard:
        """Two regions, `cn` in zh and en, `global` in en and zh; an engine with the real templates."""
        import tests.engine  # noqa: F401  # once in this process, not in each worker

        files: dict[str, str | bytes | None] = {"content/figures/f.svg": FIGURE}
        paper = make_paper(folder / "paper", BODY, paper=PAPER + LIMITS, files=files)
        engine = folder / "engine"
        for name in ("page.html", "partials", "styles", "tables"):
            place = ENGINE / "templates" / name
            (shutil.copytree if place.is_dir() else shutil.copyfile)(place, _made(engine / "templates" / name))
        (engine / "imprint").mkdir()
        (engine / "imprint" / "a.py").write_text("A = 1\n", "utf-8")
        (engine / "requirements.lock").write_text("font==1.0\n", "utf-8")
        yard = Yard(folder, paper)
        yard.translate({})
        return yard

    def translate(self, changed: Mapping[str, str]) -> None:
        """Write the Chinese catalog: every message, those in `changed` in other words."""
        entries = [(msgid, context, changed.get(msgid, f"译{msgid}")) for msgid, context in self.paper.msgids()]
        self.paper.write(CATALOG, catalog("zh_Hans", entries))

    def engine(self, path: str, text: str) -> None:
        """Append to a file of the engine."""
        with (self.folder / "engine" / path).open("a", encoding="utf-8") as stream:
            stream.write(text)

    def build(self, output: str = "output", cache: str = "cache", jobs: int = 1) -> list[Outcome]:
        """Build every edition that is stale; `outcomes` has those that ended, in the order in which they did."""
        self.outcomes.clear()
        roots = {"paper": self.paper.folder, "engine": self.folder / "engine"}
        sources = Sources(roots)
        loaded = load(sources, Diagnostics())
        kept = self.folder / cache
        stats = StatCache.load(kept / "stats.json")
        states = States(roots, self.folder / output, stats)
        workshop = Workshop(Store(kept / "faces"), Store(kept / "pages"), kept / "verdicts", states.engine)
        try:
            return build_stale(
                loaded, loaded.document.paper.editions(), sources, states, workshop, draft=True, rebuild=False,
                jobs=jobs, done=self.outcomes.append, build=write_stub,
            )  # fmt: skip
        finally:
            stats.save()

    def tree(self, output: str) -> dict[str, bytes]:
        """Every file of an output folder by its path."""
        root = self.folder / output
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _made(place: Path) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def told(outcomes: list[Outcome]) -> dict[str, str]:
    """What became of each edition: `current`, `refused`, `rendered`, or `built` where its page was as it had been."""
    return {str(o.edition): "rendered" if o.rendered and o.state == "built" else o.state for o in outcomes}
