"""Texts and lists in, whether they are small enough to be read and laid out in time: parsers are not linear, and pages
cost what they cost."""

from __future__ import annotations

from imprint.base.diagnostic import Diagnostics, Location

# A longer message costs Python-Markdown more than linear time (`['*20000`: 20 s).
LENGTH_LIMIT = 12_000
# A chapter of this many characters has 13,000 words; read in the worst way it takes a second or two.
TEXT_LIMIT = 80_000
# Lines without a blank one between them: Python-Markdown copies the rest of a block for each item in it.
BLOCK_LIMIT = 400
# Characters of a TOML file: as many take some 3 s to read.
TOML_LIMIT = 4 * 2**20
# More than a second of CPU time is enough for on any machine, so that nothing is refused that might have been built.
# Laid out in a second where this was measured: 22 chapters (each begins a page), 210 rows, 290 terms.
CHAPTERS_PER_SECOND = 50
ROWS_PER_SECOND = 400
TERMS_PER_SECOND = 500


def check_limits(text: str, path: str, diagnostics: Diagnostics) -> bool:
    """Whether the text may be parsed; each limit that it passes is kept as an error with its line."""
    before = len(diagnostics)
    if len(text) > TEXT_LIMIT:
        reason = f"{len(text):,} characters, more than the limit of {TEXT_LIMIT:,}"
        diagnostics.error("too-large", reason, Location(path), "break it into several files")
    block = 0
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LENGTH_LIMIT:
            reason = f"a line of {len(line):,} characters, more than the limit of {LENGTH_LIMIT:,}"
            diagnostics.error("too-complex", reason, Location(path, number), "break it into several")
        block = block + 1 if line.strip() else 0
        if block == BLOCK_LIMIT + 1:
            reason = f"more than {BLOCK_LIMIT:,} lines without a blank one"
            at = Location(path, number - BLOCK_LIMIT)
            diagnostics.error("too-complex", reason, at, "break it up; a long table is a data table")
    return len(diagnostics) == before


def check_count(
    count: int, per_second: int, cpu_seconds: float, what: str, at: Location, diagnostics: Diagnostics
) -> int:
    """How many of `count` things are taken: all that `cpu_seconds` can be enough for; an error is kept where there are
    more.

    `what` names them in the plural. Without this an edition would be stopped too, but late and without a line.
    """
    limit = int(per_second * cpu_seconds)
    if count <= limit:
        return count
    reason = f"{count:,} {what}, more than the {limit:,} that {cpu_seconds:g} s of CPU time can be enough for"
    hint = f"take some out; [limits] in content/paper.toml allows more: {per_second} for each second of cpu_seconds"
    diagnostics.error("too-many", reason, at, hint)
    return limit
