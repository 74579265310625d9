"""`bench`: run the benchmarks, each a script of `bench/`, and write bench/RESULTS.md."""

from __future__ import annotations

import subprocess
import sys

import click

from imprint.shell.options import ENGINE

FOLDER = ENGINE / "bench"
NAMES = ("cold", "proof", "others", "nothing", "scale", "watch", "catalog_update")


@click.command("bench")
@click.argument("names", nargs=-1, type=click.Choice(NAMES), metavar="[NAME]…")
@click.option("--rounds", type=click.IntRange(1, 99), help="Runs of each command (default: by benchmark).")
def command(names: tuple[str, ...], rounds: int | None) -> int:
    """Measure: cold (beside WeasyPrint), proof (its cost), others (Typst, Pandoc, Sphinx), nothing, scale, watch,
    catalog_update.

    All of them take about half an hour. The machine should do nothing else.
    """
    if not FOLDER.is_dir():
        raise click.UsageError("this copy of imprint has no folder 'bench'")
    times = ["--rounds", str(rounds)] if rounds else []
    failed = [name for name in names or NAMES if _run(name, *times)]
    _run("results")
    return 1 if failed else 0


def _run(name: str, *arguments: str) -> int:
    return subprocess.run([sys.executable, str(FOLDER / f"{name}.py"), *arguments], check=False).returncode
