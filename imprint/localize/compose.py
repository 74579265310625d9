"""Values → the lines of a .po file as GNU gettext writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from imprint.localize.entry import Previous
from imprint.localize.wrap import display_width, wrap_line

# gettext's page width: a line is at most 79 columns, so that a diff of it has 80.
WIDTH = 79

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\a": "\\a", "\b": "\\b", "\v": "\\v"}
_ESCAPED = re.compile(r'[\\"\n\t\r\a\b\v]')


def escape(text: str) -> str:
    """The text of a PO string, without its quotes."""
    return _ESCAPED.sub(lambda found: _ESCAPES[found.group()], text)


def compose_string(keyword: str, text: str, prefix: str = "") -> list[str]:
    """The lines `keyword "text"`, each beginning with `prefix` (`#~ `), wrapped like write-po.c.

    A text that does not fit, or has a line break within, begins with an empty string on the keyword's line.
    """
    lines = [part for line in re.findall(r"[^\n]*\n|[^\n]+", text) for part in _wrapped(line, WIDTH - 2 - len(prefix))]
    only = lines[0] if lines else ""
    if len(lines) <= 1 and len(prefix) + len(keyword) + 3 + display_width(only) <= WIDTH:
        return [f'{prefix}{keyword} "{only}"']
    return [f'{prefix}{keyword} ""', *(f'{prefix}"{line}"' for line in lines)]


def _wrapped(line: str, width: int) -> list[str]:
    escaped = escape(line)
    return [escaped] if len(escaped) * 2 <= width else wrap_line(escaped, width)


def compose_source(context: str | None, msgid: str, plural: str | None = None, prefix: str = "") -> list[str]:
    """The lines msgctxt, msgid and msgid_plural of one message."""
    lines = compose_string("msgctxt", context, prefix) if context is not None else []
    lines += compose_string("msgid", msgid, prefix)
    if plural is not None:
        lines += compose_string("msgid_plural", plural, prefix)
    return lines


def compose_target(msgstrs: Iterable[str], plural: bool, prefix: str = "") -> list[str]:
    """The msgstr lines: one text, or the plural forms by number."""
    texts = tuple(msgstrs)
    if not plural:
        return compose_string("msgstr", texts[0] if texts else "", prefix)
    return [line for n, text in enumerate(texts) for line in compose_string(f"msgstr[{n}]", text, prefix)]


def compose_previous(previous: Previous, prefix: str = "#| ") -> list[str]:
    """The `#|` lines that say which source a fuzzy translation was made for."""
    return compose_source(previous.context, previous.msgid, previous.plural, prefix)


def compose_extracted(comments: Iterable[str]) -> list[str]:
    """The `#.` lines."""
    return [f"#. {line}" if line else "#." for comment in comments for line in comment.split("\n")]


def compose_references(references: Iterable[str]) -> list[str]:
    """The `#:` lines, as many references on one as fit."""
    lines: list[str] = []
    for reference in references:
        if lines and len(lines[-1]) + 1 + len(reference) <= WIDTH:
            lines[-1] += f" {reference}"
        else:
            lines.append(f"#: {reference}")
    return lines


def compose_flags(flags: Iterable[str]) -> list[str]:
    """The `#,` line, `fuzzy` first; nothing where there are none."""
    ordered = sorted(dict.fromkeys(flags), key=lambda flag: flag != "fuzzy")
    return [f"#, {', '.join(ordered)}"] if ordered else []
