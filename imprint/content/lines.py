"""A chapter's text in, its lines as the block parser takes them out: comments blanked, fenced code indented."""

from __future__ import annotations

import re

from imprint.base.diagnostic import Diagnostics, Location

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[^`]*")
_COMMENT_OR_CODE = re.compile(r"<!--|(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")


def split_lines(text: str, path: str, diagnostics: Diagnostics) -> list[str]:
    """Return as many lines as the text has; a comment or code block that is not closed is kept as an error.

    One pass over the lines, because lazy patterns over the whole text take quadratic time where nothing is closed.
    """
    kept: list[str] = []
    fence, opened = "", 0
    comment = False
    for number, line in enumerate(text.split("\n"), 1):
        if fence:
            closes = line.strip() == fence
            kept.append("" if closes else f"    {line}")
            fence = "" if closes else fence
        elif not comment and (found := _FENCE.fullmatch(line)):
            fence, opened = found[1], number
            kept.append("")
        else:
            before = comment
            bare, comment = _without_comments(line, comment)
            opened = number if comment and not before else opened
            kept.append(bare)
    if fence:
        hint = f"write {fence} on a line of its own below it"
        diagnostics.error("unclosed-code", "the code block is not closed", Location(path, opened), hint)
    if comment:
        diagnostics.error("unclosed-comment", "the comment is not closed", Location(path, opened), "write -->")
    return kept


def _without_comments(line: str, inside: bool) -> tuple[str, bool]:
    """The line without what stands in comments (those in code spans are text), and whether one is still open."""
    kept: list[str] = []
    start = 0
    if inside:
        end = line.find("-->")
        if end < 0:
            return "", True
        start = end + 3
    for found in _COMMENT_OR_CODE.finditer(line, start):
        if found.start() < start or found[0] != "<!--":
            continue
        kept.append(line[start : found.start()])
        end = line.find("-->", found.end())
        if end < 0:
            return "".join(kept), True
        start = end + 3
    return "".join(kept) + line[start:], False
