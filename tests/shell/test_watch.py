"""`watch` builds at each save, shows what is broken without stopping, and ends with Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from tests.conftest import PaperFactory
from tests.papers import ENGINE, Paper

pytest.importorskip("watchfiles")


@contextmanager
def watching(made: Paper) -> Iterator[subprocess.Popen[str]]:
    """The command at work on cn/en, killed if it is still there after some minutes or at the end."""
    command = [
        sys.executable,
        str(ENGINE / "build.py"),
        "watch",
        "--region",
        "cn",
        "--lang",
        "en",
        "--paper",
        str(made.folder),
    ]
    environment = {**os.environ, "IMPRINT_NO_BOOTSTRAP": "1"}
    with subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env=environment,
        # A suite that a shell runs in the background is deaf to Ctrl-C, and so would this be.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    ) as watch:
        end = threading.Timer(240, watch.kill)
        end.start()
        try:
            yield watch
        finally:
            end.cancel()
            watch.kill()


def listen(watch: subprocess.Popen[str], words: str) -> str:
    """What it says up to the line with the words."""
    assert watch.stderr is not None
    said = ""
    for line in watch.stderr:
        said += line
        if words in line:
            return said
    raise AssertionError(f"it has ended without {words!r}: {said}")


def pages_of(made: Paper) -> str:
    """What the built PDF is known by."""
    return str(json.loads((made.folder / "output/cn/en/edition.json").read_bytes())["sha256"])


def test_a_save_builds_and_a_slip_is_waited_out(paper: PaperFactory) -> None:
    """The first build, a changed chapter, a broken one with its place, the mended one; then Ctrl-C, exit code 130."""
    made = paper("Once.\n")
    (chapter,) = made.folder.glob("content/01-*.md")
    text = chapter.read_text(encoding="utf-8")
    with watching(made) as watch:
        listen(watch, "1 built")
        first = pages_of(made)
        chapter.write_text(text.replace("Once.", "Twice."), encoding="utf-8")
        listen(watch, "1 built")
        second = pages_of(made)
        assert second != first
        chapter.write_text(text + "\nSee [nowhere](#nowhere).\n", encoding="utf-8")
        said = listen(watch, "waiting for the next save")
        assert f"content/{chapter.name}:" in said
        assert "[broken-reference]" in said
        assert pages_of(made) == second
        chapter.write_text(text, encoding="utf-8")
        listen(watch, "1 built")
        assert pages_of(made) == first
        watch.send_signal(signal.SIGINT)
        assert watch.wait(30) == 130


def test_what_is_current_is_built_once_more(paper: PaperFactory) -> None:
    """One edition that is current is built at the start, so that its pages are at hand when something is saved."""
    made = paper("Once.\n")
    for _ in range(2):
        with watching(made) as watch:
            listen(watch, "1 built")
