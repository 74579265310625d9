"""Inline Markdown, looked at without rendering it: what a message cites, links to, and must not contain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from imprint.content.limits import LENGTH_LIMIT

# More brackets cost Python-Markdown more than linear time.
BRACKET_LIMIT = 400

# The only raw HTML that content may hold, and the attributes that each may have.
INLINE_TAGS = {
    "abbr": frozenset({"title"}),
    "bdi": frozenset({"dir"}),
    "br": frozenset[str](),
    "kbd": frozenset[str](),
    "span": frozenset({"lang", "dir"}),
    "sub": frozenset[str](),
    "sup": frozenset[str](),
}

_CODE = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_TAG = re.compile(r"(?<!\\)<(/?)([A-Za-z!?][A-Za-z0-9:-]*)([^<>]*)>?")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^\s<>]+|[\w.+-]+@[\w-]+\.[\w.-]+)>")
_ATTRIBUTE = re.compile(r"""\s+([A-Za-z-]+)="([^"<>]*)\"""")
_TOKEN = re.compile(
    r"(?<!\\)(?:"
    r"\[(?P<cite>@[\w.-]+(?:\s*;\s*@[\w.-]+)*)\]"
    r"|\[\^(?P<note>[\w.-]+)\]"
    r"|(?P<image>!)\[[^\[\]]*\]\("
    r"|\]\(\s*<?(?P<link>[^()\s<>]*(?:\([^()\s<>]*\)[^()\s<>]*)*)>?(?:\s+\"[^\"]*\")?\s*\)"
    r"|\]\((?P<odd_link>[^()]*)"
    r"|(?<!\{)\{(?P<placeholder>[A-Za-z_][A-Za-z0-9_]*)\}(?!\})"
    r")"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One construct of a message: `kind` is `cite`, `note`, `image`, `link`, `odd_link` or `placeholder`.

    An odd link is one that Python-Markdown may still read as a link: not closed, or with a space in its target.
    """

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Slip:
    """Something that a message must not contain: a rule's name, what is wrong, what to do."""

    rule: str
    message: str
    hint: str


def scan_inline(text: str) -> Iterator[Token]:
    """Yield the constructs of an inline Markdown text in order, those inside code spans left out.

    Nothing of a text that `find_slips` refuses as too complex: that alone could take minutes.
    """
    # Every region is validated and numbered with the same messages: a text is scanned once.
    return iter(_scan(text))


@lru_cache(maxsize=16384)
def _scan(text: str) -> tuple[Token, ...]:
    if _too_complex(text):
        return ()
    tokens: list[Token] = []
    for found in _TOKEN.finditer(_CODE.sub(lambda code: " " * len(code[0]), text)):
        kind = found.lastgroup or ""
        if kind == "cite":
            tokens += [Token("cite", key.strip().removeprefix("@")) for key in found["cite"].split(";")]
        else:
            tokens.append(Token(kind, found[kind]))
    return tuple(tokens)


def find_slips(text: str) -> Iterator[Slip]:
    """Yield what a message must not contain: active or unknown HTML, unsafe links, text too costly to parse."""
    if _too_complex(text):
        yield Slip("too-complex", "a block too long or too deep to be one message", "break it into several")
        return
    plain = _AUTOLINK.sub("", _CODE.sub("", text))
    yield from _tag_slips(plain)
    for token in scan_inline(text):
        if token.kind == "link":
            yield from _link_slips(token.value)
        elif token.kind == "odd_link":
            reason = f"a link to '{token.value.strip()[:60]}', which has a space in it or does not end"
            yield Slip("unsafe-link", reason, "write [words](https://…), without spaces; \\[ shows the sign itself")
        elif token.kind == "image":
            yield Slip("inline-image", "a picture inside a line", "use a block: /// figure | file.svg")


def _too_complex(text: str) -> bool:
    return len(text) > LENGTH_LIMIT or text.count("[") + text.count("<") + text.count("`") > BRACKET_LIMIT


def _tag_slips(text: str) -> Iterator[Slip]:
    opened: list[str] = []
    for found in _TAG.finditer(text):
        closing, name, rest = found[1], found[2].lower(), found[3]
        attributes = dict(_ATTRIBUTE.findall(rest))
        if name not in INLINE_TAGS or not found[0].endswith(">"):
            hint = f"write \\< for the sign itself; allowed tags: {', '.join(sorted(INLINE_TAGS))}"
            yield Slip("raw-html", f"raw HTML: {found[0][:40]}", hint)
        elif set(attributes) - INLINE_TAGS[name] or _ATTRIBUTE.sub("", rest).strip(" /"):
            allowed = ", ".join(sorted(INLINE_TAGS[name])) or "none"
            yield Slip("raw-html", f"attributes not allowed: {found[0][:40]}", f"allowed on <{name}>: {allowed}")
        elif name != "br" and not closing:
            opened.append(name)
        elif closing and (not opened or opened.pop() != name):
            yield Slip("raw-html", f"</{name}> closes nothing", "open it, or delete it")
    for name in opened:
        yield Slip("raw-html", f"<{name}> is not closed", f"write </{name}>")


def _link_slips(target: str) -> Iterator[Slip]:
    bare = re.sub(r"[\x00-\x20\u200b-\u200f\u202a-\u202e\u2060-\u2069]", "", target).lower()
    if not bare.startswith(("https://", "http://", "mailto:", "#")):
        yield Slip("unsafe-link", f"a link to '{target}'", "links lead to https://, http://, mailto: or #id")
