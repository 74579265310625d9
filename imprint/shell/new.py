"""`new`: a small complete paper in two languages, which builds at once."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from imprint.base.artifact import replace_file
from imprint.base.diagnostic import UsageError

STARTER = Path(__file__).resolve().parent / "starter"


@click.command("new")
@click.argument("folder", metavar="DIR")
def command(folder: str) -> int:
    """Make a new paper in DIR, in English and French."""
    target = Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(f"{folder} is not empty; name a new folder")
    for file in sorted(path for path in STARTER.rglob("*") if path.is_file()):
        # The starter is part of the engine, not of a paper that is built: it is copied, not read through Sources.
        replace_file(target / file.relative_to(STARTER), file.read_bytes())
    print(f"{folder} is ready. Build it with:", file=sys.stderr)
    print(f"    python build.py --paper {shlex.quote(folder)} --all", file=sys.stderr)
    return 0
