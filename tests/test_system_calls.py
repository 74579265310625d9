"""What the system sees of a hostile paper's build: no file outside the paper is opened, and no connection is tried."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import PaperFactory
from tests.papers import ENGINE, Paper

FIGURES = ("../../../secret.svg", "%2e%2e/%2e%2e/%2e%2e/secret.svg", "{secret}", "file://{secret}", "link.svg")
PAGE = """\
<html lang="en"><head><title>x</title>
<link rel="stylesheet" href="http://169.254.169.254/x.css"><link rel="attachment" href="file://{secret}">
<style>@import "file://{secret}"; body {{ background: url(http://169.254.169.254/x.png) }}
@font-face {{ font-family: x; src: url(file://{secret}) }} p {{ font-family: x }}</style></head>
<body><p>x</p><img src="file://{secret}" alt="x"><img src="http://169.254.169.254/x.png" alt="x">
<object data="file://{secret}"></object></body></html>
"""


def _figures(paper: Paper, secret: Path) -> None:
    """Ways out of the paper that its author writes."""
    blocks = (f"/// figure | {name.format(secret=secret)}\n    alt: A.\n\nCaption.\n///\n" for name in FIGURES)
    script = "<script src='http://169.254.169.254/'></script>"
    paper.write("content/01-one.md", "\n".join(["# One\n", *blocks, script, ""]))
    paper.write("content/figures/own.svg", "<svg/>")
    (paper.folder / "content/figures/link.svg").symlink_to(secret)


def _template(paper: Paper, secret: Path) -> None:
    """Ways out of the paper that its designer writes, which the engine is asked to take."""
    paper.write("templates/page.html", PAGE.format(secret=secret))


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed: nobody watches the system calls")
@pytest.mark.parametrize("harm", [_figures, _template], ids=["figures", "template"])
def test_nothing_outside_is_opened(paper: PaperFactory, tmp_path: Path, harm: Callable[[Paper, Path], None]) -> None:
    """Neither the reading door nor the engine opens what a paper names outside its folder, nor asks for a socket."""
    made, secret, log = paper(), tmp_path / "secret.svg", tmp_path / "calls"
    secret.write_text("<svg/>", "utf-8")
    harm(made, secret)
    command: list[str | Path] = ["strace", "-f", "-qq", "-s", "4096", "-o", log]
    command += ["-e", "trace=open,openat,openat2,socket,connect", sys.executable, ENGINE / "build.py"]
    command += ["--paper", made.folder, "--cache", tmp_path / "cache", "--output", tmp_path / "output"]
    command += ["--region", "cn", "--lang", "en"]
    ran = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=False)
    calls = log.read_text("utf-8", "replace") if log.exists() else ""
    if "execve" in ran.stderr or "ptrace" in ran.stderr or not calls:
        pytest.skip(f"strace may not watch here: {ran.stderr[:200]}")
    assert ran.returncode == 1, ran.stderr
    assert "Traceback" not in ran.stderr
    opened = {os.path.normpath(name) for name in re.findall(r'\bopen(?:at2?)?\((?:\w+, )?"([^"]*)"', calls)}
    assert str(made.folder / "content/paper.toml") in opened, "the trace saw nothing"
    mine = (made.folder, tmp_path / "cache", tmp_path / "output")
    beside = [name for name in opened if Path(name).is_relative_to(tmp_path)]
    assert not [name for name in beside if not any(Path(name).is_relative_to(folder) for folder in mine)]
    assert "AF_INET" not in calls
