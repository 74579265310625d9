"""Web pages and their drawings in; out, the pages with the drawings inside, labels set in the page's own fonts."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from imprint.base.diagnostic import Diagnostics
from imprint.paginate.dark import darken
from imprint.paginate.figure_text import lay_out_figure
from imprint.paginate.wardrobe import Wardrobe

_IMAGE = re.compile(r'<img\b(?=[^>]*\sclass="drawing")[^>]*>')
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_NAMESPACE = re.compile(r'\sxmlns="http://www\.w3\.org/2000/svg"')


def embed_drawings(
    pages: Mapping[str, str],
    drawings: Mapping[str, bytes],
    wardrobe: Wardrobe,
    direction: str,
    diagnostics: Diagnostics,
) -> dict[str, str]:
    """Put each drawing in the place of the `<img class="drawing" src alt>` that shows it.

    An image of its own cannot use the page's fonts, nor follow its colours (SVG Integration, secure static mode). The
    drawing is one image to a screen reader (`role="img"`), named by `alt`. Its labels are laid out as for print.
    """
    laid_out: dict[str, bytes] = {}

    def embed(found: re.Match[str]) -> str:
        attributes = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(found[0])}
        path = attributes.get("src", "")
        if path not in drawings:
            return found[0]
        if path not in laid_out:
            laid_out[path] = lay_out_figure(drawings[path], path, wardrobe, direction, diagnostics)
        return _inline(laid_out[path], attributes, wardrobe.language)

    return {name: _IMAGE.sub(embed, page) for name, page in pages.items()}


def _inline(svg: bytes, image: Mapping[str, str], language: str) -> str:
    """The drawing as an element of an HTML page."""
    from lxml import etree

    root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    named = {"class": "drawing", "role": "img", "aria-label": image.get("alt", "")}
    for name, value in (named | ({"lang": image["lang"]} if image.get("lang") else {})).items():
        root.set(name, value)
    for line in root.iter("{http://www.w3.org/2000/svg}text"):
        _hand_over(line, language)
    etree.cleanup_namespaces(root)
    written: str = etree.tostring(root, encoding="unicode")
    return _NAMESPACE.sub("", written, count=1)


def _hand_over(line: Any, language: str) -> None:
    """Leave to the page's style what it knows: the families, by the line's language.

    Every line begins at its left edge; to a browser the start of a line that runs to the left is its right one.
    """
    spoken = line.attrib.pop("data-line", language)
    if spoken != language:
        line.set("lang", spoken)
    for name in [name for name in line.attrib if name == "font-family" or name.startswith("data-")]:
        del line.attrib[name]
    if line.attrib.pop("direction", "ltr") == "rtl":
        line.set("direction", "rtl")
        line.set("text-anchor", "end")
    if line.get("font-weight") == "400":
        del line.attrib["font-weight"]


def dark_rules(pages: Mapping[str, str]) -> str:
    """A style sheet that gives each colour of the pages' drawings another one on a dark ground."""
    found = {
        (name, value)
        for page in pages.values()
        for drawing in re.findall(r'<svg\b[^>]*\bclass="drawing".*?</svg>', page, re.DOTALL)
        for name, value in re.findall(r'\s(fill|stroke)="([^"]*)"', drawing)
        if _COLOUR.fullmatch(value)
    }
    if not found:
        return ""
    rules = [f'.drawing [{name}="{value}"] {{ {name}: {darken(value)} }}' for name, value in sorted(found)]
    rules.insert(0, f".drawing {{ fill: {darken('#000000')} }}")
    inside = "\n".join(f"  {rule}" for rule in rules)
    return f"@media screen and (prefers-color-scheme: dark) and (forced-colors: none) {{\n{inside}\n}}\n"
