"""What a person sees: diagnostics, tables and progress, in colour on a terminal and in plain lines in a pipe."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from imprint.base.diagnostic import Diagnostic, Severity

# Rich is imported when it is first used: a pipe's plain table and a run without diagnostics need none of it.
if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text as Styled

SHOWN = 40
# Of a build: the draft of a new language has hundreds, and `check` and `status` tell them all.
SHOWN_WARNINGS = 8
# More editions than this are told by what became of them, and the current ones counted.
MANY = 60
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def make_console(stream: TextIO) -> Console:
    """A console that honours NO_COLOR (no-color.org) and is plain where the stream is no terminal."""
    from rich.console import Console

    no_color = "NO_COLOR" in os.environ or None  # noqa: TID251 (colour of the terminal, not of an edition)
    return Console(file=stream, highlight=False, soft_wrap=True, no_color=no_color)


def show_diagnostics(
    diagnostics: Iterable[Diagnostic], *, everything: bool, quiet: bool, warnings: int = SHOWN
) -> None:
    """Write diagnostics to stderr, errors last so that they are seen; many of one rule are cut unless asked for.

    `warnings` is how many warnings of one rule are shown.
    """
    # Each once: what is wrong with a catalog is wrong with every edition that uses it.
    found = [d for d in dict.fromkeys(diagnostics) if not (quiet and d.severity is Severity.WARNING)]
    if not found:
        return
    console = make_console(sys.stderr)
    cut: dict[tuple[Severity, str], int] = {}
    counts: dict[tuple[Severity, str], int] = {}
    for diagnostic in sorted(found, key=lambda d: d.severity is Severity.ERROR):
        kind = (diagnostic.severity, diagnostic.rule)
        counts[kind] = counts.get(kind, 0) + 1
        limit = SHOWN if diagnostic.severity is Severity.ERROR else warnings
        if counts[kind] > limit and not everything:
            cut[kind] = cut.get(kind, 0) + 1
            continue
        console.print(_line(diagnostic))
    for (_, rule), number in cut.items():
        console.print(f"… and {number} more of [{rule}] (-v shows all)", markup=False)


def _line(diagnostic: Diagnostic) -> Styled:
    colour = "red" if diagnostic.severity is Severity.ERROR else "yellow"
    from rich.text import Text

    line = Text()
    if diagnostic.at:
        line.append(_printable(f"{diagnostic.at}: "), "bold")
    line.append(f"{diagnostic.severity}: ", f"bold {colour}")
    line.append(_printable(f"{diagnostic.message} "))
    line.append(f"[{diagnostic.rule}]", "dim")
    if diagnostic.hint:
        line.append(f"\n    {_printable(diagnostic.hint)}", "cyan")
    return line


def _printable(text: str) -> str:
    """The text with its control characters and bidi overrides named: a paper must not be able to rewrite a terminal."""
    return _CONTROL.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


def show_table(columns: Iterable[tuple[str, str]], rows: Iterable[Iterable[str]]) -> None:
    """Write a table to stdout: ruled on a terminal, tab-separated lines in a pipe. A column is (name, justify)."""
    if not sys.stdout.isatty():
        for row in rows:
            print("\t".join(row))
        return
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, justify in columns:
        table.add_column(
            name, justify="right" if justify == "right" else "left", no_wrap=justify == "right", overflow="fold"
        )
    for row in rows:
        table.add_row(*row)
    make_console(sys.stdout).print(table)


def show_lines(lines: Iterable[str]) -> None:
    """Write plain lines to stderr."""
    for line in lines:
        print(line, file=sys.stderr)
