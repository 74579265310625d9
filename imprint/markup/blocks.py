"""One chapter's tree in, its HTML out: plain blocks here, the designed ones by the designers' partials."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from babel import Locale
from jinja2 import Environment
from markupsafe import Markup, escape

from imprint.content.tree import Element, Node, Text, Value
from imprint.markup.inline import InlineRenderer
from imprint.markup.scripts import mark_scripts
from imprint.markup.values import format_value, territory_name

_PLAIN = frozenset({"p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "table", "thead", "tbody", "tr"})
_VOID = frozenset({"hr"})


class BlockRenderer:
    """Renders the blocks of one chapter of one edition."""

    def __init__(
        self, environment: Environment, inline: InlineRenderer, locale: Locale, context: Mapping[str, object]
    ) -> None:
        self._environment = environment
        self._inline = inline
        self._locale = locale
        self._language = str(locale).replace("_", "-")
        self._context = context

    def render(self, nodes: tuple[Node, ...]) -> Markup:
        """The HTML of the nodes, one after the other."""
        return Markup("").join(self._node(node) for node in nodes)

    def _node(self, node: Node) -> Markup:
        if isinstance(node, Text):
            return self.text(node)
        if isinstance(node, Value):
            return self.value(node)
        if node.tag in _VOID:
            return Markup(f"<{node.tag}>")  # noqa: S704 (a constant)
        if node.tag == "pre":
            return Markup("<pre><code>{}</code></pre>\n").format(self.render(node.children))
        if node.tag in ("th", "td"):
            return self._cell(node)
        if node.tag in _PLAIN:
            return self._plain(node)
        if render := getattr(self, f"_{node.tag.replace('-', '_')}", None):
            return Markup(render(node))  # noqa: S704 (every such method gives Markup)
        return Markup("")

    def text(self, text: Text) -> Markup:
        """A message in its place; one that is not translated carries its language."""
        html = self._inline.render(text.text)
        if text.lang is None:
            return html
        return Markup('<span class="untranslated" lang="{}" dir="auto">{}</span>').format(text.lang, html)

    def value(self, value: Value) -> Markup:
        """A typed value, in the edition's manner."""
        if value.kind == "cite" and isinstance(value.value, tuple):
            return self._inline.render(f"[{'; '.join(f'@{key}' for key in value.value)}]")
        if value.kind == "url":
            shown = str(value.value).removeprefix("https://").removeprefix("http://").rstrip("/")
            title = self._inline.describe(str(value.value))
            return Markup('<a class="url" href="{}" title="{}">{}</a>').format(value.value, title, breakable(shown))
        if value.kind == "territories" and isinstance(value.value, tuple) and len(value.value) > 1:
            names = (territory_name(code, self._locale) for code in value.value)
            items = Markup("").join(Markup("<li>{}</li>").format(name) for name in names)
            return Markup('<ul class="names">{}</ul>').format(items)
        return mark_scripts(self._inline.set_plain(format_value(value, self._locale)), self._language)

    def _plain(self, element: Element) -> Markup:
        attrs = {key: element.attrs[key] for key in ("id", "class", "start") if key in element.attrs}
        if any(isinstance(child, Text) and child.lang for child in element.children):
            attrs["class"] = " ".join([*attrs.get("class", "").split(), "has-untranslated"])
        return self._wrap(element.tag, attrs, self.render(element.children))

    def _cell(self, element: Element) -> Markup:
        attrs = {"class": f"align-{element.attrs['align']}"} if "align" in element.attrs else {}
        if element.tag == "th":
            attrs["scope"] = element.attrs.get("scope", "col")
        return self._wrap(element.tag, attrs, self.render(element.children))

    @staticmethod
    def _wrap(tag: str, attrs: Mapping[str, str], inside: Markup) -> Markup:
        written = Markup("").join(Markup(' {}="{}"').format(key, value) for key, value in attrs.items())
        return Markup("<{}{}>{}</{}>\n").format(tag, written, inside, tag)

    def _partial(self, name: str, **values: object) -> Markup:
        template = self._environment.get_template(f"partials/{name}.html")
        return Markup(template.render(**self._context, **values))  # noqa: S704 (autoescaped by the environment)

    def _section(self, section: Element) -> Markup:
        heading, *rest = section.children
        level = int(section.attrs["level"])
        title = self.render(heading.children) if isinstance(heading, Element) else Markup("")
        return self._partial(
            "section",
            id=section.attrs["id"],
            number=section.attrs["number"],
            level=level,
            title=title,
            plain=self._plain_title(heading),
            body=self.render(tuple(rest)),
        )

    def _plain_title(self, heading: Node) -> str:
        """A heading's text for the outline: without notes and citations."""
        title = heading.message if isinstance(heading, Element) else None
        return self._inline.plain(title.text) if title else ""

    def _callout(self, callout: Element) -> Markup:
        title = callout.find("callout-title")
        body = tuple(child for child in callout.children if child is not title)
        return self._partial(
            "callout",
            id=callout.attrs.get("id", ""),
            kind=callout.attrs["kind"],
            title=self.render(title.children) if title else "",
            body=self.render(body),
        )

    def _figure(self, figure: Element) -> Markup:
        described = figure.find("alt")
        alt = described.message if described else None
        return self._partial(
            "figure",
            id=figure.attrs["id"],
            number=figure.attrs["number"],
            src=f"figures/{figure.attrs['src']}",
            alt=self._inline.set_plain(alt.text) if alt else "",
            alt_language=alt.lang if alt else None,
            caption=self._caption(figure.find("caption")),
        )

    def _caption(self, caption: Element | None) -> Markup:
        """A caption's paragraphs, run together."""
        inside = [child for child in caption.children if isinstance(child, Element)] if caption else []
        return Markup(" ").join(self.render(paragraph.children) for paragraph in inside)

    def _table_block(self, block: Element) -> Markup:
        tables = tuple(child for child in block.children if isinstance(child, Element) and child.tag == "table")
        caption = Element("caption", {}, tuple(child for child in block.children if child not in tables))
        return self._partial(
            "table",
            id=block.attrs["id"],
            number=block.attrs["number"],
            caption=self._caption(caption),
            body=Markup("").join(self.render(_row_headed(table).children) for table in tables),
        )

    def _data_table(self, table: Element) -> Markup:
        elements = [child for child in table.children if isinstance(child, Element)]
        columns = [
            {"title": self.render(e.children), "width": e.attrs.get("width"), "type": e.attrs["type"]}
            for e in elements
            if e.tag == "column"
        ]
        rows = [[self._data_cell(c) for c in e.children if isinstance(c, Element)] for e in elements if e.tag == "row"]
        body = self._environment.get_template(f"tables/{table.attrs['partial']}.html")
        return self._partial(
            "table",
            id=table.attrs["id"],
            number=table.attrs["number"],
            caption=self._caption(table.find("caption")),
            body=Markup(body.render(**self._context, columns=columns, rows=rows)),  # noqa: S704 (as above)
        )

    def _data_cell(self, cell: Element) -> dict[str, object]:
        if cell.attrs["type"] == "list" and len(cell.children) > 1:
            items = Markup("").join(Markup("<li>{}</li>").format(self._node(child)) for child in cell.children)
            content = Markup('<ul class="names">{}</ul>').format(items)
        else:
            content = self.render(cell.children)
        return {"content": content, "header": bool(cell.attrs["header"]), "type": cell.attrs["type"]}

    def _glossary(self, element: Element) -> Markup:
        return self._partial("glossary")

    def _sources(self, element: Element) -> Markup:
        return self._partial("sources")


def _row_headed(table: Element) -> Element:
    """A table written in Markdown with the first cell of each body row as the row's header."""
    return _map_rows(table, in_body=False)


def _map_rows(element: Element, in_body: bool) -> Element:
    if element.tag == "tr" and in_body and element.children:
        first, *rest = element.children
        if isinstance(first, Element):
            return replace(element, children=(replace(first, tag="th", attrs={**first.attrs, "scope": "row"}), *rest))
    mapped = partial(_map_rows, in_body=in_body or element.tag == "tbody")
    return replace(element, children=tuple(mapped(c) if isinstance(c, Element) else c for c in element.children))


def breakable(url: str) -> Markup:
    """A URL that may break after its slashes and dots."""
    return Markup("").join(
        Markup("{}<wbr>").format(part) if part and part[-1] in "/.-_?&=" else escape(part)
        for part in _pieces(url)
    )


def _pieces(url: str) -> list[str]:
    return re.findall(r"[^/.\-_?&=]*[/.\-_?&=]|[^/.\-_?&=]+", url)
