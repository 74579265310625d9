"""A message's inline Markdown → the tokens that an edit is judged by: words, numbers, marks and markup."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Invisible inside a word: soft hyphen, zero-width space, word joiner, byte order mark. They only steer line breaks.
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x2060, 0xFEFF))
_ENTITIES = {
    "&nbsp;": " ", "&ensp;": " ", "&emsp;": " ", "&thinsp;": " ", "&shy;": "", "&ndash;": "–", "&mdash;": "—",
    "&hellip;": "…", "&amp;": "&", "&ldquo;": "“", "&rdquo;": "”", "&lsquo;": "‘", "&rsquo;": "’",
    "&laquo;": "«", "&raquo;": "»",
}
# "&amp;lt;" is no "&lt;".
_ENTITY = re.compile("|".join(name if name != "&amp;" else r"&amp;(?![A-Za-z#])" for name in _ENTITIES))
# Compounds that English writes in two ways, with no other reading of either.
_COMPOUNDS = (
    (re.compile(r"\b([Ee])-mail"), r"\1mail"),
    (re.compile(r"\b([Oo]n|[Oo]ff)-line\b"), r"\1line"),
    (re.compile(r"\b([Ww]eb) (site|page)(s?)\b"), r"\1\2\3"),
    (re.compile(r"\bper cent\b"), "percent"),
)
# TeX's quotes, ``said'' and `said': typed as quotes, unless the backticks have a partner and make a code span.
_TYPED = re.compile(
    r"(?P<code>(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"
    r"|(?<![`\\])(?:``(?P<double>[^\s`'](?:[^`\n]*?[^\s`'])?)''|`(?P<single>[^\s`'](?:[^`'\n]*?[^\s`'])?)')(?![\w'])",
    re.DOTALL,
)

_TARGET = r"\]\(\s*(?P<target>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?P<title>\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
_TOKEN = re.compile(
    rf"""(?P<space>\s+)
    |(?P<code>(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))
    |<(?P<auto>(?:https?://|mailto:)[^>\s]+)>
    |(?P<tag></?[A-Za-z][^<>]*>)
    |(?P<cite>\[@[^\]]*\])
    |(?P<note>\[\^[^\]]+\])
    |{_TARGET}
    |(?P<image>!\[)
    |(?P<escape>\\[!-/:-@\[-`{{-~])
    |\{{(?P<placeholder>[A-Za-z_]\w*)\}}
    |(?P<url>https?://[^\s<>()\[\]]+[^\s<>()\[\].,;:!?'"”’])
    |(?P<number>\d+(?:[.,]\d+)*)
    |(?P<word>[^\W\d_](?:\w*[^\W_])?(?:['’ʼ][^\W\d_]+)*)
    |(?P<emphasis>\*+|_+|~~)
    |(?P<ellipsis>\.\.\.|…)
    |(?P<dash>-+|[‐‑‒–—―−])
    |(?P<quote>["'“”„‟‘’‚‛«»‹›])
    |(?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token: `kind` as in the grammar above, `text` as compared, `spaced` whether a space stands before it."""

    kind: str
    text: str
    spaced: bool = False


def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of a message. White space of every kind is only the flag `spaced`; composed and decomposed letters
    (NFC), straight and curly apostrophes, `*` and `_` are one."""
    text = unicodedata.normalize("NFC", _ENTITY.sub(lambda found: _ENTITIES[found.group()], text))
    text = text.translate(_INVISIBLE)
    text = _TYPED.sub(_quoted, text)
    for pattern, joined in _COMPOUNDS:
        text = pattern.sub(joined, text)
    tokens: list[Token] = []
    spaced = False
    for found in _TOKEN.finditer(text.strip()):
        kind = found.lastgroup or "mark"
        if kind == "space":
            spaced = True
            continue
        tokens.append(_token(kind, found, spaced))
        spaced = False
    return tuple(_classed(tokens))


def _quoted(found: re.Match[str]) -> str:
    if found["code"]:
        return found.group()
    return f"“{found['double']}”" if found["double"] else f"‘{found['single']}’"


def _token(kind: str, found: re.Match[str], spaced: bool) -> Token:
    if found["target"] is not None:
        return Token("target", found["target"] + (found["title"] or ""), spaced)
    if found["code"]:
        return Token("code", re.sub(r"\s+", " ", found["code"]), spaced)
    value = found[kind]
    if kind == "word":
        value = value.replace("’", "'").replace("ʼ", "'")
    elif kind == "emphasis":
        value = value.replace("_", "*")
    return Token(kind, value, spaced)


def _classed(tokens: list[Token]) -> list[Token]:
    """Dashes and quotes by what they do, not by how they look."""
    classed = []
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else None
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if token.kind == "dash":
            token = Token("dash", _dash(token, before, after), token.spaced)
        elif token.kind == "quote":
            # After a number it may be feet, minutes or inches, seconds.
            inch = before is not None and before.kind == "number" and not token.spaced
            double = token.text in '"“”„‟«»'
            token = Token("quote", ("double" if double else "single") if inch else "", token.spaced)
        elif token.kind == "ellipsis":
            token = Token("ellipsis", "", token.spaced)
        classed.append(token)
    return classed


def _dash(token: Token, before: Token | None, after: Token | None) -> str:
    """`hyphen` joins words, `range` numbers, `dash` parts a sentence, `sign` negates, `open` ends a part of a word."""
    text = token.text
    left, right = token.spaced, after is not None and after.spaced
    if text == "−":
        return "minus"
    if before and after and before.kind == "number" and after.kind == "number" and left == right and len(text) <= 2:
        return "range"
    if text in "—―" or len(text) > 1:
        return "dash"
    if left and right:
        return "dash"
    if not left and not right and before and after:
        return "hyphen"
    return "open" if before and not left else "sign"
