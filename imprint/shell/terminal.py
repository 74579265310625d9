"""What a person sees: diagnostics, tables and progress, in colour on a terminal and in plain lines in a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from imprint.base.diagnostic import Diagnostic, Severity

SHOWN = 40


def make_console(stream: TextIO) -> Console:
    """A console that honours NO_COLOR (no-color.org) and is plain where the stream is no terminal."""
    return Console(file=stream, highlight=False, soft_wrap=True, no_color="NO_COLOR" in os.environ or None)


def show_diagnostics(diagnostics: Iterable[Diagnostic], *, everything: bool, quiet: bool) -> None:
    """Write diagnostics to stderr, errors last so that they are seen; many of one rule are cut unless asked for."""
    console = make_console(sys.stderr)
    found = [d for d in diagnostics if not (quiet and d.severity is Severity.WARNING)]
    cut: dict[str, int] = {}
    counts: dict[str, int] = {}
    for diagnostic in sorted(found, key=lambda d: (d.severity is Severity.ERROR)):
        counts[diagnostic.rule] = counts.get(diagnostic.rule, 0) + 1
        if counts[diagnostic.rule] > SHOWN and not everything:
            cut[diagnostic.rule] = cut.get(diagnostic.rule, 0) + 1
            continue
        console.print(_line(diagnostic))
    for rule, number in cut.items():
        console.print(f"… and {number} more of [{rule}] (-v shows all)", markup=False)


def _line(diagnostic: Diagnostic) -> Styled:
    colour = "red" if diagnostic.severity is Severity.ERROR else "yellow"
    line = Styled()
    if diagnostic.at:
        line.append(f"{diagnostic.at}: ", "bold")
    line.append(f"{diagnostic.severity}: ", f"bold {colour}")
    line.append(f"{diagnostic.message} ")
    line.append(f"[{diagnostic.rule}]", "dim")
    if diagnostic.hint:
        line.append(f"\n    {diagnostic.hint}", "cyan")
    return line


def show_table(title: str, columns: Iterable[tuple[str, str]], rows: Iterable[Iterable[str]]) -> None:
    """Write a table to stdout: ruled on a terminal, tab-separated lines in a pipe. A column is (name, justify)."""
    heads = tuple(columns)
    if not sys.stdout.isatty():
        for row in rows:
            print("\t".join(row))
        return
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name, justify in heads:
        table.add_column(name, justify="right" if justify == "right" else "left", no_wrap=justify == "right")
    for row in rows:
        table.add_row(*row)
    make_console(sys.stdout).print(table)
