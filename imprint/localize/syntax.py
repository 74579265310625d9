"""The text of a .po file → its entries and every syntax error, with spans from which each byte can be written again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from imprint.base.diagnostic import Diagnostics, Location
from imprint.localize.entry import Entry, Previous, parse_flags, unescape

# A file with more errors than this is no catalog any more; what follows would only repeat it.
ERRORS_LIMIT = 100

_STRING = re.compile(r'[ \t\r\f\v]*"([^"\\]*(?:\\.[^"\\]*)*)"')
_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)(?:[ \t]*\[[ \t]*(\d{1,6})[ \t]*\])?(?![\w$\[])")
_WORD = re.compile(r"[^\W\d][\w$]*")
_CONFLICT = re.compile(r"<<<<<<<(?: |$)|=======\r?$|>>>>>>>(?: |$)|\|\|\|\|\|\|\|(?: |$)")
_BLANK = " \t\r\f\v"
# What msgfmt lets pass inside a string though it says nothing on a page and can rewrite a terminal.
_ESCAPED_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")

_FIELDS = ("msgctxt", "msgid", "msgid_plural")


@dataclass(frozen=True, slots=True)
class Parsed:
    """The entries in file order, header and obsolete ones included, and what follows the last one."""

    entries: tuple[Entry, ...]
    tail: str


class _Draft:
    """An entry being read: first its comments, then its strings."""

    __slots__ = ("broken", "end", "fields", "forms", "lines", "marks", "obsolete", "previous", "start")

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        self.marks: list[str] = []
        self.fields: dict[str, list[str]] = {}
        self.lines: dict[str, int] = {}
        self.forms: list[list[str]] = []
        self.previous: dict[str, list[str]] = {}
        self.obsolete: bool | None = None
        self.broken = False


class _Reader:
    """A line automaton with the grammar of gettext's po-gram-gen.y, which goes on after an error as that does."""

    def __init__(self, path: str, diagnostics: Diagnostics) -> None:
        self._path = path
        self._diagnostics = diagnostics
        self._errors = 0
        self._draft: _Draft | None = None
        self._string: list[str] | None = None
        self._drafts: list[_Draft] = []

    def read(self, text: str) -> Parsed:
        offset = 0
        for number, line in enumerate(text.split("\n"), 1):
            if self._errors >= ERRORS_LIMIT:
                self._error(number, f"there are more than {ERRORS_LIMIT} errors: the rest is not read", "")
                break
            self._line(line, number, offset)
            offset += len(line) + 1
        self._finish()
        return self._spans(text)

    def _line(self, line: str, number: int, offset: int) -> None:
        first = line[:1]
        if first == '"':
            self._strings(line, 0, number, offset, False)
        elif first == "m":
            self._keyword(line, 0, number, offset, False)
        elif first == "#":
            self._comment(line, number, offset)
        elif not line.strip(_BLANK):
            return
        elif _CONFLICT.match(line):
            hint = "resolve the merge: keep one side of each pair and delete the marker lines"
            self._error(number, "git conflict marker", hint, "po-conflict")
        else:
            start = len(line) - len(line.lstrip(_BLANK))
            if line[start] == "#":
                self._comment(line[start:], number, offset + start)
            elif line[start] == '"':
                self._strings(line, start, number, offset, False)
            else:
                self._keyword(line, start, number, offset, False)

    def _comment(self, line: str, number: int, offset: int) -> None:
        mark = line[1:2]
        if mark == "~":
            if line[2:3] == "|":
                self._open(offset, number)
                self._previous(line, 3, number)
                return
            start = 2
            while line[start : start + 1] in (" ", "\t"):
                start += 1
            if line[start : start + 1] == '"':
                self._strings(line, start, number, offset, True)
            elif line[start:].strip(_BLANK):
                self._keyword(line, start, number, offset, True)
            return
        draft = self._open(offset, number)
        if mark == "|":
            self._previous(line, 2, number)
        else:
            self._string = None
            draft.marks.append(line.rstrip("\r"))

    def _open(self, offset: int, number: int) -> _Draft:
        """The draft that a comment belongs to: a new one, if the present one has its strings."""
        if self._draft is None or self._draft.fields:
            self._finish()
            self._draft = _Draft(offset)
        return self._draft

    def _previous(self, line: str, start: int, number: int) -> None:
        assert self._draft is not None
        while line[start : start + 1] in (" ", "\t"):
            start += 1
        found = _KEYWORD.match(line, start)
        if found:
            self._string = self._draft.previous.setdefault(found[1], [])
            start = found.end()
        if self._string is None:
            self._error(number, "text of a previous message (#|) without its keyword", "delete the line")
            return
        self._append(line, start, number)
        if not line[start:].strip(_BLANK):
            self._error(number, "previous message (#|) without a string", "delete the line")

    def _keyword(self, line: str, start: int, number: int, offset: int, obsolete: bool) -> None:
        found = _KEYWORD.match(line, start)
        if not found:
            word = _WORD.match(line, start)
            what = f"keyword '{word.group()[:20]}' unknown" if word else "syntax error"
            hint = "a line begins with msgctxt, msgid, msgid_plural, msgstr, a string in quotes, or #"
            self._error(number, what, hint)
            self._string = None
            return
        keyword, index = found[1], found[2]
        draft = self._draft
        if draft is None or self._begins(draft, keyword):
            self._finish()
            draft = self._draft = _Draft(offset)
        if draft.obsolete is not None and draft.obsolete != obsolete:
            self._error(number, "inconsistent use of #~", "mark every line of the entry with #~, or none")
        draft.obsolete = obsolete
        self._string = self._target(draft, keyword, index, number)
        if keyword not in draft.lines:
            draft.lines[keyword] = number
        self._strings(line, found.end(), number, offset, obsolete)
        if not line[found.end() :].strip(_BLANK):
            # The string may stand on the next line; the span then ends there.
            draft.end = max(draft.end, offset + len(line.rstrip(_BLANK)))

    @staticmethod
    def _begins(draft: _Draft, keyword: str) -> bool:
        if keyword == "msgctxt":
            return bool(draft.fields)
        return keyword == "msgid" and ("msgid" in draft.fields or bool(draft.forms))

    def _target(self, draft: _Draft, keyword: str, index: str | None, number: int) -> list[str]:
        """Where the keyword's strings go; says what is out of order."""
        if keyword != "msgstr":
            if keyword == "msgid_plural" and ("msgid" not in draft.fields or draft.forms or keyword in draft.fields):
                self._error(number, "msgid_plural out of place", "it stands once, between msgid and msgstr[0]")
            elif index is not None:
                self._error(number, "syntax error", "only msgstr takes an index")
            return draft.fields.setdefault(keyword, [])
        if "msgid" not in draft.fields:
            self._error(number, "msgstr without its msgid", "put the entry's msgid line back, or delete this one")
            draft.fields.setdefault("msgid", [])
            draft.broken = True
        elif index is None and (draft.forms or "msgid_plural" in draft.fields):
            self._error(number, "syntax error: one msgstr too many or without its index",
                        "an entry has one msgstr; with msgid_plural it has msgstr[0], msgstr[1] …")
        elif index is not None and "msgid_plural" not in draft.fields:
            self._error(draft.lines.get("msgid", number), "missing 'msgid_plural' section", "msgstr[0] needs a msgid_plural")
        elif index is not None and int(index) != len(draft.forms):
            self._error(number, "plural form has wrong index", f"the next form is msgstr[{len(draft.forms)}]")
        draft.forms.append([])
        return draft.forms[-1]

    def _strings(self, line: str, start: int, number: int, offset: int, obsolete: bool) -> None:
        """The strings of a line, and after them what else stands there (msgfmt takes a whole entry on one line)."""
        draft = self._draft
        if line[start:].strip(_BLANK) and (draft is None or self._string is None):
            if line[start:].lstrip(_BLANK)[:1] == '"':
                self._error(number, "syntax error: a string without its keyword", "put msgid or msgstr before it")
                start = self._skip(line, start)
                if not line[start:].strip(_BLANK):
                    return
        if draft is not None and draft.obsolete is not None and draft.obsolete != obsolete and self._string is not None:
            self._error(number, "inconsistent use of #~", "mark every line of the entry with #~, or none")
        end = self._append(line, start, number) if self._string is not None else start
        if draft is not None and end > start:
            draft.end = offset + end
        rest = line[end:].lstrip(_BLANK)
        if rest.startswith("#"):
            self._comment(rest, number, offset + len(line) - len(rest))
        elif rest:
            self._keyword(line, len(line) - len(rest), number, offset, obsolete)

    @staticmethod
    def _skip(line: str, start: int) -> int:
        found = _STRING.match(line, start)
        return found.end() if found else len(line)

    def _append(self, line: str, start: int, number: int) -> int:
        """Add the quoted strings from `start` on to the present text; returns where they end."""
        assert self._string is not None
        while found := _STRING.match(line, start):
            text = found[1]
            if "\\" in text:
                text = self._unescape(text, number)
            self._string.append(text)
            start = found.end()
        quote = line.find('"', start)
        if quote >= 0 and not line[start:quote].strip(_BLANK):
            self._error(number, "end of line within string", "close the string with a quotation mark on this line")
            self._string.append(line[quote + 1 :])
            return len(line.rstrip("\r"))
        return start

    def _unescape(self, text: str, number: int) -> str:
        try:
            value = unescape(text)
        except ValueError as error:
            hint = r"write \\ for a backslash; the escapes are \n \t \" \\"
            self._error(number, f"invalid control sequence '{error}'", hint)
            return text
        found = _ESCAPED_CONTROL.search(value)
        if found:
            self._error(number, f"escaped control character U+{ord(found.group()):04X}", "delete it", "po-control")
        return value

    def _finish(self) -> None:
        draft, self._draft, self._string = self._draft, None, None
        if draft is None:
            return
        if "msgid" in draft.fields and not draft.forms:
            hint = "the file is cut off or a line was lost here: add the entry's msgstr"
            self._error(draft.lines.get("msgid", 0), "missing 'msgstr' section", hint)
        elif "msgid" not in draft.fields and draft.fields:
            line = next(iter(draft.lines.values()))
            self._error(line, "missing 'msgid' section", "the file is cut off or a line was lost here")
        elif draft.forms and not draft.broken:
            self._drafts.append(draft)

    def _spans(self, text: str) -> Parsed:
        entries, last = [], 0
        for draft in self._drafts:
            start = max(draft.start, last)
            # A comment that begins inside a line is kept where it is.
            entries.append(_entry(draft, text[start : draft.end], text[last:start]))
            last = draft.end
        return Parsed(tuple(entries), text[last:])

    def _error(self, number: int, message: str, hint: str, rule: str = "po-syntax") -> None:
        self._errors += 1
        self._diagnostics.error(rule, message, Location(self._path, number), hint)


def _entry(draft: _Draft, raw: str, gap: str) -> Entry:
    fields = {name: "".join(draft.fields[name]) for name in _FIELDS if name in draft.fields}
    previous = None
    if draft.previous:
        old = {name: "".join(parts) for name, parts in draft.previous.items()}
        previous = Previous(old.get("msgid", ""), old.get("msgctxt"), old.get("msgid_plural"))
    line = draft.lines.get("msgid", 0)
    return Entry(
        fields["msgid"],
        tuple("".join(form) for form in draft.forms),
        fields.get("msgctxt"),
        fields.get("msgid_plural"),
        bool(draft.marks) and "fuzzy" in parse_flags(draft.marks),
        bool(draft.obsolete),
        previous,
        line,
        draft.lines.get("msgstr", line),
        tuple(draft.marks),
        raw,
        gap,
    )


def parse_entries(text: str, path: str, diagnostics: Diagnostics) -> Parsed:
    """The entries of a .po file's text (without a byte order mark), every syntax error a diagnostic at its line.

    `gap + raw` of all entries and the `tail` make the text again. Lines end at U+000A only, as for gettext: a form
    feed, NEL or U+2028 is text. Takes what `msgfmt` takes and refuses what it refuses, at the same line.
    """
    return _Reader(path, diagnostics).read(text)
