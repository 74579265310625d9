"""The rule of active markup: nothing in a translation runs, embeds a file or leads to a scheme of its own."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from io import StringIO
from urllib.parse import unquote

import nh3
import tinyhtml5

from imprint.base.diagnostic import Severity
from imprint.localize.check.inline import Inline
from imprint.localize.check.rules import Complaint, rule
from imprint.localize.check.subject import Subject

# The raw HTML of the authors' guide; everything else is refused wherever it comes from.
ALLOWED = {"abbr": {"title"}, "sub": set(), "sup": set(), "kbd": set(), "bdi": set(), "span": {"lang", "dir"}}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SCHEMES = frozenset({"https", "mailto", "http"})


@rule("active-markup", Severity.ERROR)
def check_active(subject: Subject) -> Iterator[Complaint]:
    """No active HTML, no attachment, no javascript:, data: or file: target that the source does not have."""
    for what in sorted(_active(subject.target) - _active(subject.source))[:5]:
        yield Complaint(f"markup that a translation may not have: {what}", "remove it")
    known = {token.value for token in subject.source.tokens}
    for token in subject.target.tokens:
        if token.kind in ("link", "image", "reference", "autolink", "url") and token.value not in known:
            scheme = _scheme(token.value)
            if scheme and scheme not in _SCHEMES:
                yield Complaint(f"a target of the scheme '{scheme}:'", "links go to https://, mailto: or #id")


def _raw(inline: Inline) -> str:
    """The text without its code spans, in which HTML is only shown."""
    pieces, last = [], 0
    for start, end, token in inline.spans():
        if token.kind in ("code", "autolink", "escape"):
            pieces.append(inline.text[last:start])
            last = max(last, end)
    return "".join(pieces) + inline.text[last:]


def _active(inline: Inline) -> set[str]:
    """What is there to remove: what an HTML parser sees in the text, and not in what nh3 leaves of it in silence."""
    raw = _raw(inline)
    if "<" not in raw:
        return set()
    return _seen(raw) - _seen(nh3.clean(raw, tags=set(ALLOWED), attributes=ALLOWED, link_rel=None))


def _seen(raw: str) -> set[str]:
    """The tags, attributes and comments that an HTML parser sees."""
    seen: set[str] = set()
    # As a stream: tinyhtml5 takes a short text for the name of a file and would read it.
    stream = StringIO(f"<body>{raw}")
    for element in tinyhtml5.parse(stream, namespace_html_elements=False).iter():
        if not isinstance(element.tag, str):
            seen.add("a comment")
            continue
        if element.tag not in ("html", "head", "body"):
            seen.add(f"<{element.tag}>")
        seen |= {f"the attribute {str(name).split('}')[-1]} of <{element.tag}>" for name in element.attrib}
    return seen


def _scheme(target: str) -> str:
    """The target's scheme as a browser would read it: entities and escapes resolved, spaces and controls gone."""
    text = unquote(html.unescape(target)).strip("<> ")
    text = "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf"))
    match = _SCHEME.match(text)
    return match[1].casefold() if match else ""
