"""The comparison of two editions in, “What differs between editions” out: a table by chapter, as Markdown and HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from imprint.localize.compare.changes import MOVED, Change
from imprint.localize.compare.passages import Passage
from imprint.release.comparison import Comparison, Issued, compare_editions, language_of
from imprint.release.report import literal, page, part_name

# The kinds of passages that tell what an edition is about; named facts are told as well.
OUTLINE = frozenset({"heading", "caption", "term"})


class Row(NamedTuple):
    """One passage that differs: what each edition says; empty where it says nothing."""

    kind: str
    one: str
    other: str


def rows_of(comparison: Comparison) -> Iterator[tuple[str, list[Row]]]:
    """The rows by chapter, in the second edition's order; what only stands elsewhere does not differ."""
    changes = (change for change in comparison.changes if change.sort != MOVED)
    for part, inside in groupby(changes, key=part_name):
        yield part, [_row(change) for change in inside]


def write_differences_markdown(comparison: Comparison) -> bytes:
    """A table for each chapter."""
    lines = [f"# What differs between {comparison.edition}"]
    for part, rows in rows_of(comparison):
        lines += ["", f"## {literal(part)}", "", f"| | {comparison.old} | {comparison.new} |", "|---|---|---|"]
        lines += [f"| {row.kind} | {_cell(row.one)} | {_cell(row.other)} |" for row in rows]
    return "\n".join([*lines, ""]).encode()


def write_differences_html(comparison: Comparison) -> bytes:
    """A whole page with the table."""
    return page(f"What differs between {comparison.edition}", render_table(comparison))


def render_table(comparison: Comparison, headings: tuple[str, str] | None = None) -> Markup:
    """The table alone, for a page that has the rest; `headings` name the two editions to its readers."""
    one, other = headings or (comparison.old, comparison.new)
    languages = (language_of(comparison.old), language_of(comparison.new))
    head = Markup('<thead><tr><td></td><th scope="col">{}</th><th scope="col">{}</th></tr></thead>\n')
    body = Markup("")
    for part, rows in rows_of(comparison):
        body += Markup('<tbody>\n<tr><th scope="rowgroup" colspan="3" lang="{}">{}</th></tr>\n').format(
            languages[1], part
        )
        for row in rows:
            body += Markup(
                '<tr><th scope="row">{}</th><td lang="{}" dir="auto">{}</td><td lang="{}" dir="auto">{}</td></tr>\n'
            ).format(row.kind, languages[0], row.one, languages[1], row.other)
        body += Markup("</tbody>\n")
    return Markup("<table>\n{}{}</table>\n").format(head.format(one, other), body)


def render_differences(editions: Mapping[str, Sequence[Passage]]) -> Mapping[str, Markup]:
    """For each language of two editions and more: tables of the sections and facts that only one of them has.

    `editions` are passages by name; each is held against the language's first. Headed by the editions' own names.
    """
    found: dict[str, Markup] = {}
    for language in dict.fromkeys(map(language_of, editions)):
        first, *others = [name for name in editions if language_of(name) == language]
        tables = Markup("")
        for other in others:
            comparison = compare_editions(Issued("", editions), first, other)
            changes = tuple(c for c in comparison.changes if c.passage.kind in OUTLINE or c.passage.slot)
            headings = (_edition_name(editions[first], first), _edition_name(editions[other], other))
            tables += render_table(replace(comparison, changes=changes), headings)
        if tables:
            found[language] = tables
    return found


def _edition_name(passages: Sequence[Passage], name: str) -> str:
    """What the edition calls itself, such as “Mainland China Version”."""
    return next((passage.text for passage in passages if passage.slot == "edition_name"), name)


def _row(change: Change) -> Row:
    kind = change.passage.kind
    return Row(kind, change.old.text if change.old else "", change.new.text if change.new else "")


def _cell(text: str) -> str:
    return literal(text) or "–"
