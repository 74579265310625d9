"""A figure's tree in, its SVG in the edition's language out; the labels' lines are broken later, with the fonts."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from imprint.content.tree import Element, Text, Value
from imprint.markup.inline import InlineRenderer


def render_figure(figure: Element, inline: InlineRenderer) -> bytes:
    """Serialise the drawing as UTF-8. Its text is plain: placeholders are filled, nothing else is read as markup."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_write(figure, inline)}\n'.encode()


def _write(element: Element, inline: InlineRenderer) -> str:
    attrs = dict(element.attrs)
    if element.tag == "svg":
        attrs = {"xmlns": "http://www.w3.org/2000/svg", **attrs}
    written = "".join(f" {name}={quoteattr(value)}" for name, value in attrs.items())
    inside = ""
    for child in element.children:
        if isinstance(child, Element):
            inside += _write(child, inline)
        elif isinstance(child, Text):
            inside += escape(inline.set_plain(child.text))
        elif isinstance(child, Value):
            inside += escape(str(child.value))
    return f"<{element.tag}{written}>{inside}</{element.tag}>" if inside else f"<{element.tag}{written}/>"
