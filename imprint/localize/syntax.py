"""The text of a .po file → its entries and every syntax error, with spans from which each byte can be written again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from imprint.base.diagnostic import Diagnostics, Location
from imprint.localize.draft import START, Draft, finished_entry
from imprint.localize.entry import Entry, unescape

# A file with more errors than this is no catalog any more; what follows would only repeat it.
ERRORS_LIMIT = 100

_BLANK = " \t\r\f\v"
_STRING = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"')
_KEYWORD = re.compile(r"[A-Za-z_$][\w$]*")
_INDEX = re.compile(r"[ \t]*\[[ \t]*(\d{1,6})[ \t]*\]")
# A line that git puts between the sides of a conflict.
CONFLICT = re.compile(r"(?:<<<<<<<|>>>>>>>|\|\|\|\|\|\|\|)(?: |\r?$)|=======\r?$")
# What msgfmt lets pass inside a string though it says nothing on a page and can rewrite a terminal.
_ESCAPED_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")

# The states of an entry, named by the part whose strings are being read (gettext's po-gram-gen.y as an automaton), and
# for each the keywords that may follow. A keyword that may not closes the entry or is a syntax error.
_NEXT: dict[str, frozenset[str]] = {
    START: frozenset({"#|msgctxt", "#|msgid", "msgctxt", "msgid"}),
    "#|msgctxt": frozenset({"#|msgid"}),
    "#|msgid": frozenset({"#|msgid_plural", "msgctxt", "msgid"}),
    "#|msgid_plural": frozenset({"msgctxt", "msgid"}),
    "msgctxt": frozenset({"msgid"}),
    "msgid": frozenset({"msgid_plural", "msgstr", "msgstr["}),
    "msgid_plural": frozenset({"msgstr["}),
    "msgstr": frozenset(),
    "msgstr[": frozenset({"msgstr["}),
}
_OPENS = frozenset({"#|msgctxt", "#|msgid", "msgctxt", "msgid"})
_CLOSED = frozenset({"msgstr", "msgstr["})
_EMPTY = 'write "" for an empty one'
_WORDS = frozenset({"msgctxt", "msgid", "msgid_plural", "msgstr"})


@dataclass(frozen=True, slots=True)
class Parsed:
    """The entries in file order, header and obsolete ones included, and what follows the last one."""

    entries: tuple[Entry, ...]
    tail: str


class _Reader:
    """Feeds the tokens of each line to the automaton, and goes on with the next entry after an error."""

    def __init__(self, path: str, diagnostics: Diagnostics) -> None:
        self._path = path
        self._diagnostics = diagnostics
        self._errors = 0
        self._begin = 0
        self._draft = Draft(0)
        # The strings being read: None before a keyword, and after an error until the next entry.
        self._strings: list[str] | None = None
        self._lost = False
        self._done: list[Draft] = []

    def read(self, text: str) -> Parsed:
        offset = number = 0
        for line in text.split("\n"):
            number += 1
            strings = self._strings
            if (
                strings is not None
                and line[:1] == '"' == line[-1:]
                and line.find('"', 1) == len(line) - 1
                and "\\" not in line
                and not self._draft.obsolete
                and self._draft.state[0] == "m"
            ):
                # Nine lines of ten: a plain string that continues the one before.
                strings.append(line[1:-1])
                self._draft.end = offset + len(line)
            elif line.strip(_BLANK):
                self._line(line, number, offset)
                if self._errors >= ERRORS_LIMIT:
                    self._error(number, f"there are more than {ERRORS_LIMIT} errors: the rest is not read", "")
                    break
            offset += len(line) + 1
        self._close(number)
        return self._spans(text)

    def _line(self, line: str, number: int, offset: int) -> None:
        if CONFLICT.match(line):
            hint = "run 'python build.py update': it puts the two sides together, and loses no text of either"
            self._error(number, "git conflict marker", hint, "po-conflict")
            return
        start, prefix, obsolete = 0, "", False
        # Where an entry begins if this line's next keyword begins one: its indentation and #~ are part of it.
        self._begin = offset
        while True:
            while line[start : start + 1] and line[start] in _BLANK:
                start += 1
            if start >= len(line):
                return
            first = line[start]
            if first == "#":
                mark = line[start + 1 : start + 2]
                if mark == "~":
                    obsolete, start = True, start + 2
                    if line[start : start + 1] == "|":
                        prefix, start = "#|", start + 1
                elif mark == "|":
                    prefix, start = "#|", start + 2
                else:
                    self._comment(line[start:].rstrip("\r"), number, offset + start)
                    return
            elif first == '"':
                start = self._string(line, start, number, offset, prefix, obsolete)
                self._begin = offset + start
            else:
                start = self._keyword(line, start, number, offset, prefix, obsolete)
                self._begin = offset + start

    def _comment(self, mark: str, number: int, offset: int) -> None:
        if self._draft.state != START:
            self._close(number)
        if not self._draft.marks:
            self._draft.start = offset
        self._lost = False
        self._draft.marks.append(mark)

    def _string(self, line: str, start: int, number: int, offset: int, prefix: str, obsolete: bool) -> int:
        found = _STRING.match(line, start)
        draft = self._draft
        if self._strings is None or (draft.state[0] == "#") != bool(prefix):
            if not self._lost:
                self._lose(number, "syntax error: a string without its keyword", "put msgid or msgstr before it")
        else:
            if not prefix or draft.obsolete is not None:
                self._same(obsolete, number)
            self._strings.append(self._value(found[1] if found else line[start + 1 :].rstrip("\r"), number))
        end = found.end() if found else len(line.rstrip("\r"))
        if not found:
            self._error(number, "end of line within string", "close the string with a quotation mark on this line")
        draft.end = offset + end
        return end

    def _value(self, text: str, number: int) -> str:
        if "\\" not in text:
            return text
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

    def _keyword(self, line: str, start: int, number: int, offset: int, prefix: str, obsolete: bool) -> int:
        found = _KEYWORD.match(line, start)
        word = found.group() if found else ""
        if not found or word not in _WORDS or (prefix and word == "msgstr"):
            what = f"keyword '{word[:20]}' unknown" if word else "syntax error"
            hint = "a line begins with msgctxt, msgid, msgid_plural, msgstr, a string in quotes, or #"
            self._lose(number, what, hint)
            return len(line)
        end, index = found.end(), None
        if line[end : end + 2].lstrip(" \t")[:1] == "[" and word == "msgstr":
            bracket = _INDEX.match(line, end)
            if bracket is None:
                self._lose(number, "syntax error in the index of msgstr", "write msgstr[0], msgstr[1] …")
                return len(line)
            end, index, word = bracket.end(), int(bracket[1]), "msgstr["
        self._accept(prefix + word, number)
        self._draft.end = offset + end
        if not self._lost:
            self._place(prefix + word, index, number, obsolete)
        return end

    def _accept(self, word: str, number: int) -> None:
        """Whether the keyword fits where it stands; closes the entry before it."""
        draft = self._draft
        if self._strings is not None and not self._strings and draft.state != START:
            self._lose(number, f"syntax error: {draft.state.strip('[#|')} without a string", _EMPTY)
            draft = self._draft
        if word not in _NEXT[draft.state]:
            if draft.state in _CLOSED or (draft.state == "msgid" and word in _OPENS) or (
                draft.state == "msgid_plural" and word in _OPENS
            ):
                self._close(number)
            elif not self._lost:
                self._lose(number, f"syntax error: {word.strip('[')} out of place", "compare the entries around it")
            if word in _OPENS:
                self._draft.start = self._begin
                self._lost = False
            elif not self._lost:
                self._lose(number, f"syntax error: {word.strip('[')} without what goes before it",
                           "an entry is msgctxt (if any), msgid, msgid_plural (if any), msgstr")
        elif draft.state == START:
            self._lost = False
            if not draft.marks:
                draft.start = self._begin

    def _place(self, word: str, index: int | None, number: int, obsolete: bool) -> None:
        draft = self._draft
        self._same(obsolete, number)
        draft.lines.setdefault(word, number)
        if word == "msgstr[":
            if "msgid_plural" not in draft.parts and not draft.forms:
                self._error(draft.lines["msgid"], "missing 'msgid_plural' section", "msgstr[0] needs a msgid_plural")
            if index != len(draft.forms):
                self._error(number, "plural form has wrong index", f"the next form is msgstr[{len(draft.forms)}]")
        draft.state = word
        self._strings = []
        if word in _CLOSED:
            draft.forms.append(self._strings)
        else:
            draft.parts[word] = self._strings

    def _same(self, obsolete: bool, number: int) -> None:
        draft = self._draft
        if draft.obsolete is None:
            draft.obsolete = obsolete
        elif draft.obsolete != obsolete:
            self._error(number, "inconsistent use of #~", "mark every line of the entry with #~, or none")

    def _lose(self, number: int, message: str, hint: str) -> None:
        """Report, and drop the entry: up to the next one, what follows says nothing new."""
        if not self._lost:
            self._missing()
            self._error(number, message, hint)
        self._draft, self._strings, self._lost = Draft(0), None, True

    def _missing(self) -> None:
        if self._draft.state in ("msgid", "msgid_plural"):
            hint = "the file is cut off or a line was lost here: add the entry's msgstr"
            self._error(self._draft.lines["msgid"], "missing 'msgstr' section", hint)

    def _close(self, number: int) -> None:
        draft, strings = self._draft, self._strings
        self._draft, self._strings = Draft(0), None
        if strings is not None and not strings:
            self._error(number, f"syntax error: {draft.state.strip('[#|')} without a string", _EMPTY)
        elif draft.state in _CLOSED:
            self._done.append(draft)
        elif draft.state in ("msgid", "msgid_plural"):
            self._draft = draft
            self._missing()
            self._draft = Draft(0)
        elif draft.state != START:
            self._error(number, "syntax error: the entry has no msgid", "the file is cut off or a line was lost here")

    def _spans(self, text: str) -> Parsed:
        entries, last = [], 0
        for draft in self._done:
            start = max(draft.start, last)
            entries.append(finished_entry(draft, text[start : draft.end], text[last:start]))
            last = draft.end
        return Parsed(tuple(entries), text[last:])

    def _error(self, number: int, message: str, hint: str, rule: str = "po-syntax") -> None:
        self._errors += 1
        self._diagnostics.error(rule, message, Location(self._path, number), hint)


def parse_entries(text: str, path: str, diagnostics: Diagnostics) -> Parsed:
    """The entries of a .po file's text (without a byte order mark), every syntax error a diagnostic at its line.

    `gap + raw` of all entries and the `tail` make the text again. Lines end at U+000A only, as for gettext: a form
    feed, NEL or U+2028 is text. Takes what `msgfmt` takes and refuses what it refuses, at the same line.
    """
    return _Reader(path, diagnostics).read(text)
