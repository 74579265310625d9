"""What an appendix is made from in, its part of the page out."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from imprint.markup.appendix import Appendix, Differences
from imprint.markup.contrast import list_contrasts
from imprint.markup.history import list_changes
from imprint.markup.parts import Annex, Entry
from imprint.markup.renderer import EditionRenderer
from imprint.markup.templates import WEB


def render_appendix(appendix: Appendix, state: EditionRenderer, context: Mapping[str, object]) -> Annex:
    """Render `partials/appendix-title.html` and `partials/appendix-<kind>.html`; `top` is its title's level."""
    facts: dict[str, object] = {"top": 2 if context["medium"] == WEB else 1, "kind": appendix.kind}
    if isinstance(appendix, Differences):
        facts |= {"contrasts": list_contrasts(appendix, state), "version": ""}
    else:
        new = appendix.old is None
        facts |= {"groups": list_changes(appendix, state), "version": appendix.version, "is_new": new}
    written = state.environment.get_template("partials/appendix-title.html").render(**context, **facts)
    title = Markup(written.strip()).unescape()  # noqa: S704 (unescaped to text)
    body = state.environment.get_template(f"partials/appendix-{appendix.kind}.html").render(**context, **facts)
    identifier = f"appendix-{appendix.kind}"
    return Annex(identifier, title, Markup(body), Entry(identifier, "", title, 1))  # noqa: S704 (autoescaped)
