"""Pseudo-translation: a msgid in, the same message in a language that nobody speaks out, to try a page's layout on."""

from __future__ import annotations

import re

from imprint.base.diagnostic import UsageError
from imprint.localize.check.inline import parse_inline

# Printf conversions and standard numbers' letters stay; in a run of prose only letters change.
_FIXED = re.compile(r"%(?:\d+\$|\([^()]*\))?[-+ #0']*(?:\d+|\*)?(?:\.(?:\d+|\*))?[hlLqjzt]*[diouxXeEfFgGaAcsp]")
_WORD = re.compile(r"[A-Za-z]+")
# Each is in one of the paper's fonts.
_ACCENTS = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ÅßÇÐÉḞĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṾŴΧÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṿŵχýž",
)
# Twenty-six of Hebrew's twenty-seven letters (finals count): no two Latin letters become one.
_HEBREW = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "אבצדעףגהיןכלמנופקרסטתחשץךז" * 2,
)
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if chr(code).isalpha()}
_FULL = {",": "，", ".": "。"}
# Prose that becomes markup when a space goes: [^a b], {a b}, &am p;.
_RISKY = re.compile(r"[\[{<&@:\\]")
# German compounds of forty letters are real; longer ones test nothing but patience.
_COMPOUND = 40
_LONGER = 0.4
# A name or a quotation in a language of its own, which no translator translates.
_FOREIGN = re.compile(r"<[a-z]+\s(?:[^<>]*\s)?lang=")
# Where a compound may be divided; no hyphenation dictionary knows these.
_SOFT_HYPHEN = "\u00ad"

KINDS = ("qps-ploc", "qps-plocm", "long", "compound", "cjk")


def pseudo_translate(msgid: str, kind: str) -> str:
    """The message as the pseudo-language `kind` writes it; the same bytes for the same arguments, always.

    `qps-ploc`: accents on every letter. `qps-plocm`: Hebrew letters, so that the line is laid out from right to left by
    the bidi algorithm itself; overrides (U+202E), the other way, are what the check refuses, and they would leave the
    letters left-to-right to everything that reads them. `long`: 40 % more letters. `compound`: words joined up to 40
    letters by soft hyphens, for narrow cells. `cjk`: full-width letters, which break and space as Han characters do.

    Law: markup, placeholders, code, links, citations and passages of another language (`<span lang="pt">`) are the
    source's; only the prose between them changes. Raises UsageError for another kind.
    """
    if kind not in KINDS:
        raise UsageError(f"'{kind}' is no pseudo-language; there are {', '.join(KINDS)}")
    pieces: list[str] = []
    last = 0
    for start, end, token in parse_inline(msgid).spans():
        if token.kind == "html" and not token.value.endswith((">", "<!--")):
            # A tag that is not closed: to a browser all that follows may belong to it.
            end = len(msgid)
        elif token.kind == "html" and _FOREIGN.match(token.value):
            end = _end_of_element(msgid, start, end)
        if start >= last:
            pieces += [_prose(msgid[last:start], kind), msgid[start:end]]
        last = max(last, end)
    return "".join(pieces) + _prose(msgid[last:], kind)


def _end_of_element(msgid: str, start: int, end: int) -> int:
    """Where the element ends whose start tag stands from `start` to `end`; that tag's end if nothing closes it."""
    name = msgid[start + 1 : end].partition(" ")[0]
    depth = 1
    for tag in re.finditer(rf"<(/?){re.escape(name)}\b[^<>]*>", msgid[end:]):
        depth += -1 if tag[1] else 1
        if not depth:
            return end + tag.end()
    return end


def _prose(text: str, kind: str) -> str:
    """A run of prose, format specifications left alone."""
    pieces: list[str] = []
    last = 0
    for match in _FIXED.finditer(text):
        pieces += [_disguise(text[last : match.start()], kind), match[0]]
        last = match.end()
    return "".join(pieces) + _disguise(text[last:], kind)


def _disguise(text: str, kind: str) -> str:
    if kind == "qps-ploc":
        return text.translate(_ACCENTS)
    if kind == "qps-plocm":
        return text.translate(_HEBREW)
    if kind == "cjk":
        return _wide(text)
    return _long(text) if kind == "long" else _joined(text)


def _long(text: str) -> str:
    """Two fifths more letters: each word repeats its last letters, what a short word owes a later one pays."""
    owed = 0.0

    def longer(match: re.Match[str]) -> str:
        nonlocal owed
        owed += len(match[0]) * _LONGER
        more = int(owed)
        owed -= more
        return match[0] + (match[0].lower() * 2)[-more:] if more else match[0]

    return _WORD.sub(longer, text)


def _joined(text: str) -> str:
    """Words without the spaces between them, up to so many letters in a row, with soft hyphens at the joints."""
    if _RISKY.search(text):
        return text
    length = 0

    def join(match: re.Match[str]) -> str:
        nonlocal length
        word, space = match[1], match[2]
        length += len(word)
        following = text[match.end() : match.end() + 1]
        if space != " " or not (following.isascii() and following.isalpha()) or length >= _COMPOUND:
            length = 0
            return word + space
        return word + _SOFT_HYPHEN

    return re.sub(r"([A-Za-z]+)(\s*)", join, text)


def _wide(text: str) -> str:
    """Full-width letters; full-width marks only after a letter and before a space or the end: 12.5 and 1,000 stay."""
    if not _RISKY.search(text):
        text = re.sub(r"(?<=[A-Za-z])([.,])(?=\s|$) ?", lambda match: _FULL[match[1]], text)
    return text.translate(_WIDE)
