"""Catalogs are read to the byte, and what is wrong with them is said with its line."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from functools import cache, partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate.storage.pypo import pofile

from imprint.base.diagnostic import Diagnostics
from imprint.localize.catalog import rebuild
from imprint.localize.compose import escape
from imprint.localize.encoding import MESSAGES_LIMIT, decode_catalog
from tests.cost import cost_of
from tests.localize.catalogs import BODY, HEADER, entry, read, sound

LINES = HEADER.count("\n")
A = entry("a", "b")  # its msgid stands two lines below the header's last line

MSGFMT = shutil.which("msgfmt")


def test_reads_every_part_of_an_entry() -> None:
    """Comments, flags, previous msgid, context, plurals and obsolete entries are all there."""
    catalog = sound(HEADER + BODY)
    first = catalog.lookup('new text "q"\n', "k")
    assert first is not None
    assert (first.msgstr, first.fuzzy, first.comments, first.extracted, first.references, first.flags) == (
        "neu Text\n", True, ("A translator's word.",), ("paragraph",), ("content/a.md:3",), ("fuzzy", "no-wrap"),
    )
    assert first.previous is not None
    assert (first.previous.context, first.previous.msgid) == ("k", "old text")
    plural = catalog.lookup("one")
    assert plural is not None
    assert (plural.plural, plural.msgstrs) == ("many", ("eins", "viele"))
    assert [(e.msgid, e.fuzzy) for e in catalog.obsolete] == [("gone", True), ("p", False)]
    assert (catalog.nplurals, catalog.language, catalog.header["X-House"]) == (2, "de", "ours")
    assert catalog.lookup("gone", "c") is None


def test_agrees_with_the_translate_toolkit() -> None:
    """What we read is what Translate Toolkit's pypo reads."""
    theirs = pofile.parsestring((HEADER + BODY).encode())  # type: ignore[no-untyped-call] # theirs
    ours = sound(HEADER + BODY)
    assert [(u.source, u.target, u.getcontext(), u.isfuzzy(), u.isobsolete()) for u in theirs.units[1:]] == [
        (e.msgid, e.msgstr, e.context or "", e.fuzzy, e.obsolete) for e in ours.parts[1:]
    ]


KEPT = {
    "a byte order mark": ("﻿" + HEADER + A).encode(),
    "CRLF": (HEADER + BODY).replace("\n", "\r\n").encode(),
    "U+2028, NEL and form feed": (HEADER + entry("a", "b\u2028c\u0085d\x0ce")).encode(),
    "a form feed between lines": (HEADER + A).replace("msgstr \"b", "\x0c\nmsgstr \"b").encode(),
    "latin-1 that says so": (HEADER.replace("UTF-8", "ISO-8859-1") + entry("a", "Größe")).encode("latin-1"),
    "Shift_JIS with a backslash for a second byte": (
        HEADER.replace("UTF-8", "SHIFT_JIS") + entry("a", "表示")
    ).encode("shift_jis"),
    "no line end at the end": (HEADER + A).rstrip("\n").encode(),
    "comments behind the last entry": (HEADER + A + "\n# the end\n\n").encode(),
    "an entry on one line": (HEADER + '\nmsgid "a" msgstr "b"\n').encode(),
    "indented lines": (HEADER + '\n  msgid "a"\n\tmsgstr "b"\n').encode(),
    "strings parted by blank lines": (HEADER + '\nmsgid "a"\n\n"c"\nmsgstr "b"\n').encode(),
}


@pytest.mark.parametrize("data", KEPT.values(), ids=KEPT.keys())
def test_gives_every_byte_back(data: bytes) -> None:
    """Unusual but lawful files are read without an error and written as they were."""
    catalog = sound(data)
    assert rebuild(catalog, catalog.parts) == data
    assert len(catalog.entries) >= 1


# name → (text after the header or whole bytes, rule, line counted from the header's last line; 0: the whole file)
BAD: dict[str, tuple[str | bytes, str, int]] = {
    "CR only": ((HEADER + A).replace("\n", "\r").encode(), "po-newlines", 1),
    "UTF-16": ((HEADER + A).encode("utf-16"), "po-encoding", 1),
    "latin-1 under UTF-8": ((HEADER + entry("a", "ü")).encode("latin-1"), "po-encoding", LINES + 3),
    "latin-1 in a comment": ((HEADER + "\n# ü").encode("latin-1") + A.encode(), "po-encoding", LINES + 2),
    "charset CHARSET": (HEADER.replace("UTF-8", "CHARSET") + A, "po-charset", 11),
    "an unknown charset": (HEADER.replace("UTF-8", "KLINGON") + A, "po-charset", 11),
    "UTF-7": (HEADER.replace("UTF-8", "UTF-7") + A, "po-charset", 11),
    "no charset": (HEADER.replace("; charset=UTF-8", "") + A, "po-charset", 2),
    "no header": (A.lstrip(), "po-header", 1),
    "two headers": (HEADER + "\n" + HEADER, "po-duplicate", LINES + 2),
    "an empty file": (b"", "po-empty", 0),
    "truncated in a keyword": (HEADER + A + '\nmsgid "c"\nmsgs', "po-syntax", LINES + 6),
    "truncated after a msgid": (HEADER + A + '\nmsgid "c"\n', "po-syntax", LINES + 5),
    "an unterminated string": (HEADER + '\nmsgid "a\nmsgstr "b"\n', "po-syntax", LINES + 2),
    "a bad escape": (HEADER + entry("a", r"b\q"), "po-syntax", LINES + 3),
    "conflict markers": (HEADER + "\n<<<<<<< HEAD" + A + "=======\n", "po-conflict", LINES + 2),
    "HTML": ("<!DOCTYPE html>\n<html></html>\n", "po-format", 1),
    "JSON": ('{"a": "b"}', "po-format", 1),
    "a duplicate": (HEADER + A + A, "po-duplicate", LINES + 5),
    "too few plurals": (
        HEADER + '\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n', "po-plural", LINES + 4),
    "too many plurals": (
        HEADER + '\nmsgid "a"\nmsgid_plural "b"\n' + "".join(f'msgstr[{n}] "c"\n' for n in range(3)),
        "po-plural", LINES + 4),
    "a bad plural expression": (HEADER.replace("n != 1", "n !== 1") + A, "po-plural", 2),
    "an import in it": (HEADER.replace("(n != 1)", "__import__('os')") + A, "po-plural", 2),
    "a division by zero": (HEADER.replace("n != 1", "n % 0") + A, "po-plural", 2),
    "10⁹ forms": (HEADER.replace("nplurals=2", "nplurals=1000000000") + A, "po-plural", 2),
    "NUL": (HEADER + entry("a", "b\0"), "po-control", LINES + 3),
    "ESC": (HEADER + entry("a", "b\x1b[31m"), "po-control", LINES + 3),
    "an escaped ESC": (HEADER + entry("a", r"b\x1b[31m"), "po-control", LINES + 3),
    "a bidi override": (HEADER + entry("a", "b\u202e"), "po-control", LINES + 3),
    "surrogates": ((HEADER + A).encode().replace(b'"b"', b'"\xed\xa0\x80"'), "po-encoding", LINES + 3),
    "overlong UTF-8": ((HEADER + A).encode().replace(b'"b"', b'"\xc0\xaf"'), "po-encoding", LINES + 3),
    "a line break that only one has": (HEADER + entry(r"a\n", "b"), "po-newline", LINES + 3),
}


@pytest.mark.parametrize(("data", "rule", "line"), BAD.values(), ids=BAD.keys())
def test_refuses_bad_files_at_their_line(data: str | bytes, rule: str, line: int) -> None:
    """Each line of the list of bad catalogs is an error of its rule, at its line."""
    _, diagnostics = read(data)
    assert (rule, line) in {(d.rule, d.at.line if d.at else -1) for d in diagnostics.errors}


def test_refuses_a_language_that_is_another() -> None:
    """The header must state the catalog's language; script and territory may be left out."""
    assert not read(HEADER + A, "de")[1].errors
    assert not read(HEADER.replace("Language: de", "Language: zh_CN") + A, "zh_Hans")[1].errors
    for stated, wanted in (("fr", "de"), ("zh_TW", "zh_Hans"), ("pt_PT", "pt_BR"), ("", "de")):
        found = read(HEADER.replace("Language: de", f"Language: {stated}") + A, wanted)[1]
        assert [(d.rule, d.at.line) for d in found.errors if d.at] == [("po-language", 9)]


def test_collects_all_errors_of_a_file() -> None:
    """Three faults give three diagnostics."""
    _, diagnostics = read(HEADER + entry("a", r"b\q") + "\nmsgid \"c\"\n" + entry("d", "e\0"))
    assert {d.rule for d in diagnostics.errors} == {"po-syntax", "po-control"}
    assert len(diagnostics.errors) == 3


SHORT = {"ISO-8859-1": "Größe", "ISO-8859-2": "č", "CP1252": "„x“", "KOI8-R": "Да", "ISO-8859-5": "Да", "TIS-620": "ดี"}


@pytest.mark.parametrize("charset", [*SHORT, "ISO-8859-15", "ASCII", "GB18030", "GBK", "Big5", "Shift_JIS", "EUC-KR"])
def test_utf_8_under_another_name(charset: str) -> None:
    """UTF-8 whose header names another charset gives one finding, at the header's line, not one for each letter."""
    texts = ["Größe „x“", "数据的隐私", "персональные данные", "ข้อมูลส่วนบุคคล"]
    for body in (texts, [SHORT[charset]] if charset in SHORT else texts):
        data = HEADER.replace("UTF-8", charset) + "".join(entry(f"{n}", text) for n, text in enumerate(body))
        catalog, diagnostics = read((data + "\r\n").encode())
        assert catalog is None
        assert list(map(str, diagnostics)) == [
            f"de.po:11: error: the header says {charset}, but the file is UTF-8 [po-charset]\n"
            "    hint: write charset=UTF-8"
        ]


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("ISO-8859-1", "Größe"),
        ("ISO-8859-1", "é"),
        # What is UTF-8 by chance.
        ("ISO-8859-1", "ABRÉ\xa0: «Spaß»"),
        ("ISO-8859-1", "Spaß»"),
        ("ISO-8859-5", "ТАТА"),
        ("TIS-620", "วน"),
        ("GB18030", "芒"),
        ("GB18030", "鲁卤"),
        ("GB18030", "联通"),
        ("GB18030", "数据的隐私"),
        ("KOI8-R", "персональные данные"),
        ("GB18030", "ascii"),
    ],
)
def test_another_charset_is_read(charset: str, text: str) -> None:
    """A file in the charset that its header names is read and kept, one whose bytes could be UTF-8 too."""
    data = (HEADER.replace("UTF-8", charset) + entry("a", text)).encode(charset)
    catalog, diagnostics = read(data)
    assert not diagnostics.errors
    assert catalog is not None
    assert catalog.entries[0].msgstr == text
    assert rebuild(catalog, catalog.parts) == data


def test_warns_of_what_can_be_kept() -> None:
    """Mixed line ends, a fuzzy header and an entry both in use and obsolete are warnings; all is kept."""
    data = ("#, fuzzy\n" + HEADER + A.replace("\n", "\r\n") + '\n#~ msgid "a"\n#~ msgstr "alt"\n').encode()
    catalog, diagnostics = read(data)
    assert not diagnostics.errors
    assert {d.rule for d in diagnostics.warnings} == {"po-newlines", "po-fuzzy-header", "po-obsolete-twice"}
    assert catalog is not None
    assert rebuild(catalog, catalog.parts) == data


def test_refuses_hostile_files_at_once() -> None:
    """100 MB, a forest of errors and a hostile plural rule are refused at once."""
    hostile = [
        b"x" * 100_000_000,
        b"<<<<<<< x\n" * 200_000,
        HEADER.replace("n != 1", "(" * 4000).encode(),
        HEADER.replace("n != 1", "n+" * 150 + "n").encode(),
        HEADER.encode() + b'\nmsgid "' + b"\\n" * 1_000_000 + b'"\nmsgstr ""\n',
    ]
    for data in hostile:
        read_once = cache(partial(read, data))
        assert cost_of(read_once) < 10
        _, diagnostics = read_once()
        assert diagnostics.errors or data is hostile[-1]


def test_refuses_too_many_messages() -> None:
    """A catalog of more messages than any paper has is refused before it is parsed; as many as that are read."""
    messages = "".join(f'msgid "{number}"\nmsgstr ""\n' for number in range(MESSAGES_LIMIT))
    catalog, diagnostics = read((HEADER + messages).encode())
    assert catalog is None
    assert [(d.rule, d.message) for d in diagnostics] == [
        ("po-size", "has 100,001 messages, more than the limit of 100,000")
    ]
    assert decode_catalog((HEADER + messages[: messages.rindex("msgid")]).encode(), "x.po", Diagnostics()) is not None


text = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n"\\ #~'), max_size=40)


@given(st.lists(st.tuples(text, text), max_size=6), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_writing_what_was_read_is_the_identity(pairs: list[tuple[str, str]], newline: str, bom: bool) -> None:
    """Law: parse ∘ write is the identity on bytes, whatever the texts, line ends and mark."""
    body = "".join(entry(escape(f"{n}{a}"), escape(b)) for n, (a, b) in enumerate(pairs))
    data = (HEADER + body).replace("\n", newline).encode("utf-8-sig" if bom else "utf-8")
    catalog, _ = read(data)
    assert catalog is not None
    assert rebuild(catalog, catalog.parts) == data


def _mutants(count: int) -> list[str]:
    dice = random.Random(7)
    pieces = ['"', "\\", "\n", "#~ ", "#| ", "#", "msgid", "msgstr ", 'msgctxt "x"\n', "[0]", "x", "\\q", "# c\n", "#~",
              'msgid_plural "y"\n', "msgstr[2]", '"a"\n', '#~ "b"\n', '#~ msgstr "x"\n', "é", "3", "~", "|"]
    found = []
    for _ in range(count):
        whole = HEADER + BODY
        lines = whole.split("\n")
        where, line = dice.randrange(len(whole)), dice.randrange(len(lines))
        found.append(dice.choice([
            whole[:where] + whole[where + 1 :],
            whole[:where] + dice.choice(pieces) + whole[where:],
            "\n".join(lines[:line] + lines[line + 1 :]),
            "\n".join([*lines[:line], dice.choice(pieces) + lines[line], *lines[line + 1 :]]),
            "\n".join([*lines[:line], dice.choice(lines), *lines[line:]]),
            whole[:where],
        ]))
    return found


@pytest.mark.skipif(MSGFMT is None, reason="GNU gettext is not installed")
def test_refuses_what_msgfmt_refuses_at_the_same_line(tmp_path: Path) -> None:
    """Oracle: of 200 mutilated catalogs, each that `msgfmt -c` refuses is refused, at one of its lines ± 1."""
    file = tmp_path / "x.po"
    refused = 0
    for mutant in [*_mutants(200), *(str(d) for d, *_ in BAD.values() if isinstance(d, str))]:
        file.write_bytes(mutant.encode())
        told = subprocess.run([str(MSGFMT), "-c", "-o", "/dev/null", str(file)], capture_output=True, text=True)
        lines = [int(n) for n in re.findall(rf"^{re.escape(str(file))}:(\d+)(?::\d+)?: (?!warning)", told.stderr, re.M)]
        catalog, diagnostics = read(mutant)
        if not told.returncode or any(d.rule == "po-obsolete-twice" for d in diagnostics):
            continue
        refused += 1
        ours = [d.at.line for d in diagnostics.errors if d.at]
        assert ours, told.stderr
        assert not lines or any(abs(a - b) <= 1 for a in ours for b in lines), (told.stderr, ours, mutant)
        if catalog is not None and "�" not in catalog.decoded.text:
            assert rebuild(catalog, catalog.parts) == mutant.encode()
    assert refused > 80
