"""Comparisons in, the same for readers out: Markdown for CHANGES, HTML for a browser."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from imprint.localize.compare.changes import ADDED, CHANGED, MOVED, REMOVED, SOURCE, TRANSLATION, Change
from imprint.localize.compare.passages import DATA
from imprint.localize.compare.words import ADDED as PUT_IN
from imprint.localize.compare.words import KEPT as LEFT
from imprint.localize.compare.words import Run
from imprint.release.comparison import NEW, WITHDRAWN, Comparison

CAUSES = {SOURCE: "Source changes", TRANSLATION: "Translation corrections", DATA: "Region data changes"}
PARTS = {"meta": "Title page and names", "glossary": "Glossary", "sources": "Sources", "labels": "Templates’ words"}
# What could be read as Markdown or HTML in a passage, which is Markdown itself and is shown as written.
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>&~])")
_STYLE = Markup(
    "body{font:1rem/1.6 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
    "ins{background:#d7f5dd;color:#0b3d17}del{background:#fbdcdc;color:#6b1111}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:.3rem .5rem;text-align:start;"
    "vertical-align:top}small{color:#555}"
)


def write_markdown(title: str, comparisons: Iterable[Comparison]) -> bytes:
    """A page of Markdown: by edition, by cause, by chapter; `<del>` and `<ins>` around changed words."""
    lines = [f"# {title}"]
    for comparison in comparisons:
        lines += ["", f"## {comparison.edition}", "", _summary(comparison)]
        for cause, changes in _by_cause(comparison):
            lines += ["", f"### {CAUSES[cause]}"]
            for part, inside in groupby(changes, key=part_name):
                lines += ["", f"**{literal(part)}**", ""]
                lines += [f"- {_headline(change)}: {_markdown(change)}" for change in inside]
    return "\n".join([*lines, ""]).encode()


def write_html(title: str, comparisons: Iterable[Comparison]) -> bytes:
    """A whole page of HTML without scripts; the same order as the Markdown."""
    body = Markup("")
    for comparison in comparisons:
        body += Markup("<h2>{}</h2>\n<p>{}</p>\n").format(comparison.edition, _summary(comparison))
        for cause, changes in _by_cause(comparison):
            body += Markup("<h3>{}</h3>\n").format(CAUSES[cause])
            for part, inside in groupby(changes, key=part_name):
                items = Markup("").join(
                    Markup("<li>{}: {}</li>\n").format(_headline(change), _html(change, comparison.language))
                    for change in inside
                )
                body += Markup("<h4>{}</h4>\n<ul>\n{}</ul>\n").format(part, items)
    return page(title, body)


def page(title: str, body: Markup) -> bytes:
    """A whole page around a body."""
    whole = Markup(
        '<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n'
        "<title>{0}</title>\n<style>{1}</style>\n<h1>{0}</h1>\n{2}</html>\n"
    ).format(title, _STYLE, body)
    return str(whole).encode()


def part_name(change: Change) -> str:
    """The chapter that a change is in, by its title, or the part's name."""
    passage = change.passage
    return passage.heading or PARTS.get(passage.part, passage.part)


def _summary(comparison: Comparison) -> str:
    return f"{_counted(comparison)} {comparison.note}".rstrip()


def _counted(comparison: Comparison) -> str:
    if comparison.state == NEW:
        return f"New in {comparison.new}."
    if comparison.state == WITHDRAWN:
        return f"Not in {comparison.new}; last in {comparison.old}."
    counts = [f"{CAUSES[cause].lower()}: {number}" for cause, number in comparison.counts.items()]
    return f"{'; '.join(counts).capitalize()}." if counts else "No change."


def _by_cause(comparison: Comparison) -> Iterator[tuple[str, Sequence[Change]]]:
    for cause in CAUSES:
        if changes := [change for change in comparison.changes if change.cause == cause]:
            yield cause, changes


def _headline(change: Change) -> str:
    sort = f"{change.sort} and moved" if change.moved and change.sort != MOVED else change.sort
    return f"{change.passage.kind} {sort}"


def _runs(change: Change) -> Sequence[Run]:
    """The runs to show: those of a changed passage, else the whole text."""
    if change.sort == CHANGED:
        return change.words
    sign = {ADDED: PUT_IN, REMOVED: "-"}.get(change.sort, LEFT)
    return (Run(sign, change.passage.text),)


def _markdown(change: Change) -> str:
    tags = {LEFT: "{}", PUT_IN: "<ins>{}</ins>", "-": "<del>{}</del>"}
    return "".join(tags[run.sign].format(literal(run.text)) for run in _runs(change))


def literal(text: str) -> str:
    """The text so that a reader of Markdown shows it as it is written."""
    return _SPECIAL.sub(lambda found: f"&#{ord(found[1])};" if found[1] in "<>&" else rf"\{found[1]}", text)


def _html(change: Change, language: str) -> Markup:
    tags = {LEFT: Markup("{}"), PUT_IN: Markup("<ins>{}</ins>"), "-": Markup("<del>{}</del>")}
    text = Markup("").join(tags[run.sign].format(run.text) for run in _runs(change))
    return Markup('<span lang="{}" dir="auto">{}</span>').format(language, text) if language else escape(text)
