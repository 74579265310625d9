"""A text in, whether it is small enough to be parsed in time out: parsers of Markdown and TOML are not linear."""

from __future__ import annotations

from imprint.base.diagnostic import Diagnostics, Location

# A longer message costs Python-Markdown more than linear time (`['*20000`: 20 s).
LENGTH_LIMIT = 12_000
# A chapter of this many characters has 13,000 words; read in the worst way it takes a second or two.
TEXT_LIMIT = 80_000
# Lines without a blank one between them: Python-Markdown copies the rest of a block for each item in it.
BLOCK_LIMIT = 400


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
