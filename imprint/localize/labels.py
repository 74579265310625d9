"""The designers' templates in, the messages that they show out."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, TemplateSyntaxError
from jinja2.ext import extract_from_ast

from imprint.base.diagnostic import Diagnostics, Location
from imprint.base.sources import Absent, Sources
from imprint.content.tree import Message


def extract_labels(sources: Sources, diagnostics: Diagnostics) -> tuple[Message, ...]:
    """Return every `_('…')` of every template, by file and line; a paper's own stands for the engine's."""
    messages: list[Message] = []
    for name, path in sorted(_templates(sources).items()):
        file = f"templates/{name}"
        try:
            shown = _shown(sources.read_text(path))
        except TemplateSyntaxError as error:
            diagnostics.error("template", error.message or "syntax error", Location(file, error.lineno), "mend it")
            continue
        except Absent:
            continue
        messages += (
            Message(msgid, Location(file, line), "label", placeholders=frozenset(_names(msgid)))
            for line, msgid in shown
        )
    return tuple(messages)


@cache
def _shown(text: str) -> tuple[tuple[int, str], ...]:
    """The line and msgid of each `_('…')` of a template's text; raises TemplateSyntaxError."""
    tree = Environment(autoescape=True).parse(text)
    found = (
        (line, strings[0] if isinstance(strings, tuple) and strings else strings)
        for line, _, strings in extract_from_ast(tree, gettext_functions=("_",))
    )
    return tuple((line, msgid) for line, msgid in found if isinstance(msgid, str) and msgid)


def _templates(sources: Sources) -> dict[str, str]:
    """Template name → the path it is read from."""
    found: dict[str, str] = {}
    for root in ("engine:templates", "paper:templates"):
        prefix = f"{root.removeprefix('paper:')}/"
        for path in sources.list(root, ".html"):
            found[path.removeprefix(prefix)] = f"{root}/{path.removeprefix(prefix)}"
    return found


def _names(msgid: str) -> list[str]:
    """The names in braces that the template fills."""
    return [part.split("}", 1)[0] for part in msgid.split("{")[1:] if "}" in part]
