"""`doctor`: the toolchain, and what is missing with its remedy."""

from __future__ import annotations

import sys

import click

from imprint.shell.doctor import doctor_command


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def command(as_json: bool) -> int:
    """Show the versions that shape a PDF, the fonts, and what is missing."""
    return doctor_command(as_json, sys.stdout)
