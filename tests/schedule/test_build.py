"""What goes wrong with one edition, or with the whole run, leaves the others as they should be."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from imprint.base.confine import Crashed
from imprint.pipeline import load
from tests.papers import PAPER
from tests.schedule.yard import Yard, told

REFUSED = {"global/en": "refused", "global/zh-Hans": "refused"}
BUILT = {"cn/zh-Hans": "rendered", "cn/en": "rendered"}


@pytest.fixture
def yard(tmp_path: Path) -> Yard:
    """A paper not built yet."""
    return Yard.make(tmp_path)


def _mend(yard: Yard, name: str) -> dict[str, str]:
    (yard.paper.folder / name).unlink()
    return told(yard.build())


def test_a_killed_worker(yard: Yard) -> None:
    """A worker that is killed is told, the others go on, and the next run does only the rest."""
    yard.paper.write("global.kill", "")
    outcomes = yard.build(jobs=2)
    assert told(outcomes) == BUILT | REFUSED
    assert {d.rule for o in outcomes for d in o.diagnostics} == {"killed"}
    assert _mend(yard, "global.kill") == dict.fromkeys(BUILT, "current") | dict.fromkeys(REFUSED, "rendered")


def test_an_edition_that_hangs(yard: Yard) -> None:
    """An edition past its time is killed and told with the place where it stood; the others go on."""
    yard.paper.write("global.hang", "")
    outcomes = yard.build(jobs=2)
    assert told(outcomes) == BUILT | REFUSED
    messages = [d.message for o in outcomes for d in o.diagnostics]
    assert len(messages) == 2
    assert all("2 s of CPU time; it was at: layout of page 3, chapter ch-one" in message for message in messages)
    assert "global/en" in messages[0]
    assert {str(d.at) for o in outcomes for d in o.diagnostics} == {"content/01-one.md:1"}


def test_reading_counts(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    """What reading the paper took of its time is not given to its editions again."""
    yard.paper.write("content/paper.toml", PAPER + "\n[limits]\ncpu_seconds = 3600\n")
    yard.paper.write("global.hang", "")
    monkeypatch.setattr("tests.schedule.yard.load", lambda *given: replace(load(*given), spent=3599.4))
    hung = [o for o in yard.build(jobs=2) if o.edition.region == "global"]
    messages = [d.message for o in hung for d in o.diagnostics]
    assert len(messages) == 2
    assert all("3600 s of CPU time (3599 s of it for what goes before)" in message for message in messages)


def test_a_crash_is_told_last(yard: Yard) -> None:
    """A bug in one worker is raised when all others are done and in place."""
    yard.paper.write("cn.crash", "")
    with pytest.raises(Crashed, match="ZeroDivisionError"):
        yard.build(jobs=2)
    assert told(yard.outcomes) == dict.fromkeys(REFUSED, "rendered")
    assert _mend(yard, "cn.crash") == BUILT | dict.fromkeys(REFUSED, "current")


def test_an_interruption(yard: Yard, request: pytest.FixtureRequest) -> None:
    """Ctrl-C in the middle: what was finished is whole and current, and the next run does only the rest."""
    yard.paper.write("global.stop", str(os.getpid()))
    # A shell that starts the tests in the background has them ignore the signal.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    request.addfinalizer(lambda: signal.signal(signal.SIGINT, before))
    with pytest.raises(KeyboardInterrupt):
        yard.build()
    finished = told(yard.outcomes)
    assert finished
    assert set(finished) <= set(BUILT)
    files = yard.tree("output")
    assert {Path(name).suffix for name in files} == {".pdf", ".json"}
    after = _mend(yard, "global.stop")
    assert after == (BUILT | dict.fromkeys(REFUSED, "rendered")) | dict.fromkeys(finished, "current")
    assert files.items() <= yard.tree("output").items()


def test_an_output_that_cannot_be_written(yard: Yard) -> None:
    """Where a folder cannot be made the edition is refused with the reason, and the others are built."""
    (yard.folder / "output").mkdir()
    (yard.folder / "output" / "global").write_text("a file where a folder should be", "utf-8")
    outcomes = yard.build()
    assert told(outcomes) == BUILT | REFUSED
    assert {d.rule for o in outcomes for d in o.diagnostics} == {"unwritable"}
