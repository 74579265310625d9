"""The bytes of a .po file → its text: charset, byte order mark and line ends, each fault at its line."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from imprint.base.diagnostic import Diagnostics, Location

SIZE_LIMIT = 16 * 2**20
# A paper of 500 pages has some 12,000 messages; as many as this take some 3 s to read.
MESSAGES_LIMIT = 100_000

# What gettext calls portable (po-charset.c) and Python can write: no UTF-7, UTF-16 or Python's own codecs.
_PORTABLE = re.compile(
    r"(?:us-)?ascii|utf-?8|iso-?8859-?\d{1,2}|koi8-[rut]|cp(?:850|866|874|932|949|950|125[0-8])|gb2312|gbk|gb18030|"
    r"euc-(?:jp|kr)|big5(?:-hkscs)?|shift_?-?jis|johab|tis-620",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"^[ \t]*\"?[^\"\r\n]*?charset=[ \t]*([^\s\\\";]*)", re.MULTILINE | re.IGNORECASE)
_OTHER_FORMAT = re.compile(
    rb"\s*(?:(<!doctype html|<html|<\?xml|<!--)|([{\[]\s*[\"{\]}])|(PK\x03\x04|\x1f\x8b|%PDF))", re.IGNORECASE
)
# C0 and C1 but tab, line feed, form feed, carriage return and NEL; bidi embeddings, overrides and isolates.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
_C1 = re.compile(r"[\x80-\x84\x86-\x9f]")
# A text of a word or two in another charset can be UTF-8 by chance; with as many characters as this, none is.
_NO_CHANCE = 16
_TWO_BYTES = re.compile(r"gb|big5|euc|shift|johab|cp9", re.IGNORECASE)
# What stands behind a letter: letters, marks, spaces, quotation marks.
_BEHIND_LETTERS = ("L", "M", "Z", "Pi", "Pf")
_BIDI_HINT = "delete it: in a translation mark a name's direction with <bdi>"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a catalog without its byte order mark, and how to make the bytes again."""

    text: str
    charset: str
    bom: bool
    newline: str

    def encode(self, text: str) -> bytes:
        """The bytes of `text` as this file has them; raises UnicodeEncodeError where its charset lacks a character."""
        return (codecs.BOM_UTF8 if self.bom else b"") + text.encode(self.charset)


def decode_catalog(data: bytes, path: str, diagnostics: Diagnostics) -> Decoded | None:
    """Decode by the charset that the header declares; None where the bytes are no catalog at all.

    Reports what is wrong with the bytes (rules `po-size`, `po-empty`, `po-format`, `po-encoding`, `po-charset`,
    `po-newlines`, `po-control`). Undecodable bytes become U+FFFD so that the rest is read as well. Of UTF-8 under
    another charset's name this alone is told: what that charset makes of its letters is no fault of theirs.
    """
    if not _is_text(data, path, diagnostics):
        return None
    bom = data.startswith(codecs.BOM_UTF8)
    body = data[3:] if bom else data
    if not bom and _is_misnamed(body, path, diagnostics):
        return None
    newline = _newline(body, path, diagnostics)
    charset = _charset(body, path, diagnostics)
    if bom and charset != "utf-8":
        diagnostics.error("po-charset", "begins with the UTF-8 mark, but the header declares another charset",
                          Location(path, 1), "save the file as UTF-8 and write charset=UTF-8 in its header")
        charset = "utf-8"
    text = _decode(body, charset, path, diagnostics)
    for found in _CONTROL.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        hint = _BIDI_HINT if found.group() >= "\u2000" else "delete it"
        diagnostics.error("po-control", f"control character U+{ord(found.group()):04X}", Location(path, line), hint)
    return Decoded(text, charset, bom, newline)


def _is_text(data: bytes, path: str, diagnostics: Diagnostics) -> bool:
    whole = Location(path)
    if len(data) > SIZE_LIMIT:
        reason = f"is {len(data) / 2**20:.0f} MiB, more than the limit of {SIZE_LIMIT // 2**20}"
        diagnostics.error("po-size", reason, whole, "no paper's catalog is that large: is it the right file?")
    elif (count := data.count(b'msgid "')) > MESSAGES_LIMIT:
        reason = f"has {count:,} messages, more than the limit of {MESSAGES_LIMIT:,}"
        diagnostics.error("po-size", reason, whole, "no paper's catalog is that large: is it the right file?")
    elif not data.strip(b" \t\r\n\xef\xbb\xbf"):
        diagnostics.error("po-empty", "is empty", whole, "make a new catalog with 'python build.py init --lang …'")
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or data[:4].count(0) >= 2:
        diagnostics.error("po-encoding", "is UTF-16 or UTF-32", Location(path, 1), "save the file as UTF-8")
    elif found := _OTHER_FORMAT.match(data.removeprefix(codecs.BOM_UTF8)):
        name = "an HTML or XML page" if found[1] else "JSON" if found[2] else "a binary file"
        hint = "download the .po file itself again"
        diagnostics.error("po-format", f"is {name}, not a catalog", Location(path, 1), hint)
    else:
        return True
    return False


def _newline(body: bytes, path: str, diagnostics: Diagnostics) -> str:
    """The line end that the file uses most; more than one kind is a warning, a bare CR an error."""
    crlf = body.count(b"\r\n")
    lf = body.count(b"\n") - crlf
    bare = body.count(b"\r") - crlf
    if bare:
        found = re.search(rb"\r(?!\n)", body)
        line = body.count(b"\n", 0, found.start() if found else 0) + 1
        what = "carriage return within a line" if crlf + lf else "has carriage returns for line ends (old Macintosh)"
        diagnostics.error("po-newlines", what, Location(path, line), "save the file with LF line ends")
    if crlf and lf:
        rare = re.compile(rb"\r\n" if crlf < lf else rb"(?<!\r)\n").search(body)
        line = body.count(b"\n", 0, rare.start() if rare else 0) + 1
        diagnostics.warning("po-newlines", f"mixed line ends: {crlf} CRLF and {lf} LF (kept as they are)",
                            Location(path, line), "let your editor use one kind")
    return "\r\n" if crlf > lf else "\n"


def _is_misnamed(body: bytes, path: str, diagnostics: Diagnostics) -> bool:
    """Whether the text is UTF-8, and its header declares another charset; this is then told."""
    found = _CHARSET.search(body)
    name = found[1].decode("ascii", "replace") if found else ""
    if not found or not _PORTABLE.fullmatch(name) or not _is_utf8(body, name):
        return False
    at = Location(path, body.count(b"\n", 0, found.start(1)) + 1)
    diagnostics.error("po-charset", f"the header says {name}, but the file is UTF-8", at, "write charset=UTF-8")
    return True


def _is_utf8(body: bytes, charset: str) -> bool:
    """Whether what should be `charset` is UTF-8, and by more than chance.

    Not ASCII, which says nothing; and beyond `charset`, or with C1 controls or a sign behind a letter where it has one
    byte for each character (Ã©, Ð°), or simply long.
    """
    try:
        if body.isascii() or codecs.lookup(charset).name == "utf-8":
            return False
        text = body.decode()
    except (UnicodeDecodeError, LookupError):
        return False
    try:
        read = body.decode(charset)
    except UnicodeDecodeError:
        return True
    if _C1.search(read) or sum(character > "\x7f" for character in text) >= _NO_CHANCE:
        return True
    behind = () if _TWO_BYTES.match(charset) else re.finditer(rb"(?<=[\xc2-\xf4])[\x80-\xbf]", body)
    return any(not unicodedata.category(read[found.start()]).startswith(_BEHIND_LETTERS) for found in behind)


def _charset(body: bytes, path: str, diagnostics: Diagnostics) -> str:
    """The codec that the header declares; UTF-8 where it declares none that can be used."""
    found = _CHARSET.search(body)
    if not found:
        return "utf-8"
    name = found[1].decode("ascii", "replace")
    at = Location(path, body.count(b"\n", 0, found.start(1)) + 1)
    hint = "save the file as UTF-8 and write charset=UTF-8 in its header"
    if name == "CHARSET" or not name:
        diagnostics.error("po-charset", "the header does not say its charset (charset=CHARSET)", at, hint)
    elif not _PORTABLE.fullmatch(name):
        diagnostics.error("po-charset", f"charset '{name[:40]}' is not one that a catalog can have", at, hint)
    else:
        try:
            return codecs.lookup(name).name
        except LookupError:
            diagnostics.error("po-charset", f"charset '{name}' is unknown here", at, hint)
    return "utf-8"


def _decode(body: bytes, charset: str, path: str, diagnostics: Diagnostics) -> str:
    try:
        text = body.decode(charset)
        if charset == "utf-8" or text.encode(charset) == body:
            return text
        diagnostics.error("po-encoding", f"is not written as {charset} writes its text", Location(path),
                          "save the file as UTF-8 and write charset=UTF-8 in its header")
        return text
    except UnicodeDecodeError:
        pass
    for number, line in enumerate(body.split(b"\n"), 1):
        try:
            line.decode(charset)
        except UnicodeDecodeError as error:
            what = f"byte 0x{line[error.start]:02X} at column {error.start + 1} is not {charset.upper()}"
            diagnostics.error("po-encoding", what, Location(path, number),
                              "the file was saved in another encoding than its header declares: save it as UTF-8")
    return body.decode(charset, "replace")
