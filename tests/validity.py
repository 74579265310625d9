"""What is wrong with an HTML page: by the parser of the HTML Standard, and by what a page of ours promises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tinyhtml5.parser import HTMLParser

# Attributes that name an element of the same page by its id.
_POINTERS = ("popovertarget", "aria-labelledby", "aria-describedby", "for")
_INTERACTIVE = ("a", "button", "details")


def parse_page(html: str) -> tuple[Any, list[str]]:
    """The page's tree, and the names of the parse errors (HTML Standard, 13.2.2)."""
    parser = HTMLParser(namespace_html_elements=False)
    tree = parser.parse(html)
    return tree, [code for _, code, _ in parser.errors]


def find_faults(html: str) -> list[str]:
    """Every fault of a page in words; none of a good one."""
    tree, errors = parse_page(html)
    return [*errors, *_ids(tree), *_headings(tree), *_policy(tree), *_elements(tree)]


def _ids(tree: Any) -> Iterator[str]:
    counted = Counter(e.get("id") for e in tree.iter() if e.get("id") is not None)
    yield from (f"the id {name} stands {count} times" for name, count in counted.items() if count > 1)
    for element in tree.iter():
        wanted = [word for name in _POINTERS for word in (element.get(name) or "").split()]
        href = element.get("href") or ""
        wanted += [href[1:]] if href.startswith("#") else []
        yield from (f"nothing has the id {name}" for name in wanted if name not in counted)


def _headings(tree: Any) -> Iterator[str]:
    levels = [int(e.tag[1]) for e in tree.iter() if isinstance(e.tag, str) and e.tag in ("h1", "h2", "h3", "h4", "h5")]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"the headings' levels are {levels[:4]}…: one h1, and first, is wanted"
    yield from (f"h{a} is followed by h{b}" for a, b in pairwise(levels) if b > a + 1)


def _policy(tree: Any) -> Iterator[str]:
    """What the Content-Security-Policy would refuse, and what would ask another server."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.rsplit("}", 1)[-1]
        if tag == "style" or (tag == "script" and (element.text or element.get("src") is None)):
            yield f"an inline <{tag}>"
        yield from (f"<{tag}> has {name}" for name in element.attrib if name == "style" or name.startswith("on"))
        fetched = [element.get("src"), element.get("data"), element.get("srcset"), element.get("poster")]
        fetched += [element.get("href")] if tag == "link" and element.get("rel") in ("stylesheet", "icon") else []
        yield from (f"<{tag}> loads {url}" for url in fetched if url and ("//" in url or url.startswith("data:")))


def _elements(tree: Any) -> Iterator[str]:
    if not tree.get("lang"):
        yield "the page has no lang"
    for element in tree.iter():
        if element.tag == "img" and element.get("alt") is None:
            yield "an image has no alt"
        if element.tag == "button" and element.get("type") != "button":
            yield "a button submits"
        if element.tag == "a" and not (element.get("aria-label") or "".join(element.itertext()).strip()):
            yield "a link has no words"
        if element.tag in _INTERACTIVE[:2]:
            inner = (child for child in element.iter() if child is not element and child.tag in _INTERACTIVE)
            yield from (f"<{child.tag}> stands inside <{element.tag}>" for child in inner)
