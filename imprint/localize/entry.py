"""One entry of a catalog as it stands in the file, and the escapes of its strings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

# gettext's po-lex.c: the escapes that a PO string may hold; octal and hexadecimal ones are read, never written.
_ESCAPE = re.compile(r'\\(?:([abfnrtv\\"])|([0-7]{1,3})|x([0-9a-fA-F]+))')
_NAMED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\", '"': '"'}

Key = tuple[str | None, str]


class Previous(NamedTuple):
    """The source that a fuzzy translation was made for (`#|`)."""

    msgid: str
    context: str | None = None
    plural: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One message with its translation: values unescaped, `raw` its text in the file, `gap` the space before it.

    `line` is where its `msgid` stands (one that a merge made has the line of what it was made from, a new one 0),
    `msgstr_line` its first `msgstr`, `marks` its comment lines as written (`#`, `#.`, `#:`, `#,`). `msgstrs` holds one
    text, or one for each plural form where `plural` is set.
    """

    msgid: str
    msgstrs: tuple[str, ...]
    context: str | None = None
    plural: str | None = None
    fuzzy: bool = False
    obsolete: bool = False
    previous: Previous | None = None
    line: int = 0
    msgstr_line: int = 0
    marks: tuple[str, ...] = ()
    raw: str = ""
    gap: str = ""

    @property
    def key(self) -> Key:
        """What makes an entry the same entry: context and msgid."""
        return (self.context, self.msgid)

    @property
    def msgstr(self) -> str:
        """The translation, of the first plural form where there are several."""
        return self.msgstrs[0]

    @property
    def translated(self) -> bool:
        """Whether every form has a text (approved or not)."""
        return all(self.msgstrs)

    @property
    def comments(self) -> tuple[str, ...]:
        """The translator's own comments (`# `), line by line."""
        return tuple(mark[1:].strip() for mark in self.marks if mark[1:2] not in ("", ".", ":", ",", "=", "|", "~"))

    @property
    def extracted(self) -> tuple[str, ...]:
        """What the author and the extraction say (`#.`), line by line."""
        return tuple(mark[2:].strip() for mark in self.marks if mark.startswith("#."))

    @property
    def references(self) -> tuple[str, ...]:
        """Where the source has the message (`#:`), as `file:line`."""
        return tuple(ref for mark in self.marks if mark.startswith("#:") for ref in mark[2:].split())

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags (`#,`), `fuzzy` among them."""
        return parse_flags(self.marks)


def parse_flags(marks: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """The flags of the comment lines, in order (`#=` is gettext 0.23's second kind)."""
    flags = (flag.strip() for mark in marks if mark[:2] in ("#,", "#=") for flag in mark[2:].split(","))
    return tuple(flag for flag in flags if flag)


def unescape(text: str) -> str:
    """The value of a PO string without its quotes; raises ValueError at an escape that gettext does not know."""
    if "\\" not in text:
        return text
    # The four that catalogs have, by the million if need be; a run of backslashes pairs from its left.
    pieces = [p.replace("\\n", "\n").replace('\\"', '"').replace("\\t", "\t") for p in text.split("\\\\")]
    return "\\".join(_unescape_rest(p) if "\\" in p else p for p in pieces)


def _unescape_rest(text: str) -> str:
    parts, end = [], 0
    while (start := text.find("\\", end)) >= 0:
        found = _ESCAPE.match(text, start)
        if not found:
            raise ValueError(text[start : start + 2])
        named, octal, hexadecimal = found.groups()
        parts.append(text[end:start])
        code = int(octal, 8) if octal else int(hexadecimal[-8:], 16) if hexadecimal else 0
        if code > 0x10FFFF or 0xD800 <= code < 0xE000:
            raise ValueError(found.group())
        parts.append(_NAMED[named] if named else chr(code))
        end = found.end()
    return "".join(parts) + text[end:]
