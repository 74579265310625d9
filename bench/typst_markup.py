"""The same page as Typst markup: text, headings, lists, tables, notes, links and drawings; HTML in, `.typ` out."""

from __future__ import annotations

from typing import Any

from lxml import html as parser

_WRAPPED = {"em": "emph", "i": "emph", "strong": "strong", "b": "strong", "sup": "super", "sub": "sub", "s": "strike"}
_BLOCKS = frozenset({"p", "div", "section", "blockquote", "dl", "dt", "dd", "figure", "figcaption", "caption", "aside"})
_SKIPPED = frozenset({"head", "script", "style", "nav", "template"})


def to_typst(page: str, language: str) -> str:
    """The whole document, with a cover's break, contents, running header and folios as ours has."""
    body = parser.document_fromstring(page).find("body")
    script = ', script: "hans"' if language == "zh" else ""
    cjk = '"Noto Sans CJK JP"'
    head = f"""\
#set document(title: "Privacy White Paper")
#set page(paper: "a4", numbering: "1", header: context counter(page).display())
#set text(font: ("Source Serif 4", {cjk}), size: 10pt, lang: "{language}"{script})
#show raw: set text(font: ("Source Code Pro", {cjk}))
#show heading: set text(font: ("Source Sans 3", {cjk}))
#show heading.where(level: 1): it => {{ pagebreak(weak: true, to: "odd"); it }}
#set par(justify: true)
#outline()
"""
    return head + _inside(body)


def _text(text: str | None) -> str:
    """A text as an embedded string: no character of it is markup."""
    if not text:
        return ""
    folded = " ".join(text.split())
    folded = f"{' ' if text[0].isspace() else ''}{folded}{' ' if text[-1].isspace() and folded else ''}"
    escaped = folded.replace("\\", "\\\\").replace('"', '\\"')
    return f'#"{escaped}"' if escaped else ""


def _inside(element: Any) -> str:
    return _text(element.text) + "".join(_element(child) + _text(child.tail) for child in element)


def _element(element: Any) -> str:
    tag = element.tag
    if not isinstance(tag, str) or tag in _SKIPPED:
        return ""
    if tag in ("h1", "h2", "h3", "h4", "h5"):
        return f"\n#heading(level: {tag[1]})[{_inside(element)}]\n"
    if "footnote" in (element.get("class") or "").split():
        return f"#footnote[{_inside(element)}]"
    if tag in _WRAPPED:
        return f"#{_WRAPPED[tag]}[{_inside(element)}]"
    if tag in ("ul", "ol"):
        items = "".join(f"[{_inside(item)}]" for item in element if item.tag == "li")
        return f"\n#{'list' if tag == 'ul' else 'enum'}{items}\n" if items else ""
    if tag == "table":
        return _table(element)
    if tag == "a" and (element.get("href") or "").startswith("http"):
        return f"#link({_text(element.get('href'))[1:]})[{_inside(element)}]"
    if tag == "img":
        return f'\n#image("{element.get("src")}", width: 100%)\n'
    if tag == "br":
        return "#linebreak()"
    return f"\n\n{_inside(element)}\n\n" if tag in _BLOCKS else _inside(element)


def _table(element: Any) -> str:
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
    width = max((sum(int(cell.get("colspan") or 1) for cell in row) for row in rows), default=0)
    if not width:
        return ""
    cells = "".join(
        f"table.cell(colspan: {cell.get('colspan') or 1})[{_inside(cell)}], " for row in rows for cell in row
    )
    return f"\n#table(columns: {width}, {cells})\n"
