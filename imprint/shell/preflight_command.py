"""`preflight`: the click command around `shell.preflight`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from imprint.shell.preflight import preflight_command


@click.command("preflight")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--profile", type=click.Choice(["screen", "print"]), default="screen", help="What the file is for.")
@click.option("--json", "as_json", is_flag=True, help="A list of reports on stdout.")
def command(files: tuple[Path, ...], profile: str, as_json: bool) -> int:
    """Judge finished PDF files, ours or another's."""
    return preflight_command(files, profile, as_json, sys.stdout)
