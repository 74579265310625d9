"""The status of all languages as one self-contained HTML page: bars per chapter, links to what is to do."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from markupsafe import Markup

from imprint.content.paper import Paper
from imprint.localize.status import LanguageStatus, Part

_STYLE = Markup(
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d2733}"
    "h1{font-weight:300}h2{margin-top:2.5rem}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:start;padding:.3rem .6rem;border-bottom:1px solid #c4ccd3;vertical-align:top}"
    ".n{text-align:end;font-variant-numeric:tabular-nums}progress{width:100%;accent-color:#0f5c6e}"
    "a{color:#0f5c6e}code{font-size:.9em}"
    ".error{border-inline-start:.4rem solid #a3201d;background:#fbeceb;padding:.5rem 1rem}"
)
_LISTED = 400


def render_status(paper: Paper, statuses: Iterable[LanguageStatus], page: Path, folder: Path) -> bytes:
    """The page's bytes; links are relative from where it is written to the catalogs in the paper's `folder`."""
    body = Markup("").join(_language(status, os.path.relpath(folder, page.parent)) for status in statuses)
    return (
        Markup(
            '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            '<meta name="viewport" content="width=device-width"><style>{style}</style></head>\n'
            "<body><h1>{title}</h1>\n{body}</body></html>\n"
        )
        .format(title=f"Translations of {paper.settings.paper.title} {paper.version}", style=_STYLE, body=body)
        .encode()
    )


def _language(status: LanguageStatus, folder: str) -> Markup:
    counts = f"{status.translated} translated, {status.fuzzy} fuzzy, {status.missing} missing"
    facts = f"{counts}, {status.words} words to go; review: {status.review}"
    rows = Markup("").join(_bar(part) for part in (*status.chapters, *status.editions))
    # Where the file is faulty, what is to do is to mend it; of the messages, those it seems to lack may be there.
    head, foot = (_errors(status, folder), "") if status.errors else ("", _todo(status, folder))
    return Markup("<h2>{}</h2>{}<p>{}</p><table>{}</table>{}").format(status.language, head, facts, rows, foot)


def _errors(status: LanguageStatus, folder: str) -> Markup:
    items = Markup("").join(
        Markup('<li><a href="{}#L{}">{}</a>: {}</li>\n').format(f"{folder}/{at.file}", at.line, at, found.message)
        for found in status.errors[:_LISTED]
        if (at := found.at)
    )
    return Markup(
        '<div class="error"><p><strong>✗ No edition is built: the catalog has errors ({}).</strong> '
        "The figures count what could be read.</p><ul>{}</ul></div>"
    ).format(len(status.errors), items)


def _todo(status: LanguageStatus, folder: str) -> Markup:
    if not status.todo:
        return Markup("")
    items = Markup("").join(
        Markup('<tr><td>{}</td><td><a href="{}#L{}">{}:{}</a></td><td>{}<br><code>{}</code></td></tr>\n').format(
            item.state, f"{folder}/{status.catalog}", item.line, status.catalog, item.line, item.msgid, item.at
        )
        for item in status.todo[:_LISTED]
    )
    more = len(status.todo) - _LISTED
    rest = Markup("<p>… and {} more</p>").format(more) if more > 0 else ""
    return Markup("<table><tr><th>State</th><th>Entry</th><th>Message</th></tr>{}</table>{}").format(items, rest)


def _bar(part: Part) -> Markup:
    return Markup(
        '<tr><th scope="row">{}</th><td><progress max="{}" value="{}"></progress></td><td class="n">{} / {}</td></tr>\n'
    ).format(part.name, part.total, part.translated, part.translated, part.total)
