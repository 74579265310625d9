"""Small papers made for one test each, and the command line run in this process."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from imprint.base.diagnostic import Diagnostic, Diagnostics
from imprint.base.sources import Sources
from imprint.content.document import Document
from imprint.content.load import load_document
from imprint.localize.extract import extract_messages
from imprint.localize.labels import extract_labels

ENGINE = Path(__file__).resolve().parent.parent

PAPER = """\
[paper]
id = "tiny"
title = "Tiny Paper"
version = "1.0.0"
date = 2026-01-02
chapters = ["01-one.md"]

[placeholders]
product = { text = "Widget" }
"""
CN = """\
name = "Mainland China"
edition = "Mainland China Version"
territory = "CN"
languages = ["zh", "en"]
"""
GLOBAL = """\
name = "World"
edition = "International Version"
territory = "001"
languages = ["en", "zh"]
"""
CITED = """\
[law-1]
title = "A law"
publisher = "A press"
url = "https://example.org/law"
date = 2021
"""
TITLE = "# One {#ch-one}\n\n"
# The first line of a body given to `make_paper`.
BODY = 3

HEADER = (
    'msgid ""\nmsgstr ""\n"Project-Id-Version: tiny 1.0.0\\n"\n"POT-Creation-Date: 2026-01-02 00:00+0000\\n"\n'
    '"PO-Revision-Date: 2026-01-02 00:00+0000\\n"\n"Last-Translator: T <t@example.org>\\n"\n'
    '"Language-Team: T <t@example.org>\\n"\n"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=1; plural=0;\\n"\n'
)

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper's folder, and what a test does with it."""

    folder: Path

    def write(self, path: str, text: str | bytes) -> None:
        """Write one file of the paper."""
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())

    def sources(self) -> Sources:
        """A new reading door to the paper and the engine."""
        return Sources({"paper": self.folder, "engine": ENGINE})

    def load(self) -> tuple[Document | None, list[Diagnostic]]:
        """The paper as it is read, and everything that is wrong with it."""
        found = Diagnostics()
        return load_document(self.sources(), found), list(found)

    def document(self) -> Document:
        """The paper, which must have no slip."""
        document, found = self.load()
        assert not found, [str(d) for d in found]
        assert document is not None
        return document

    def msgids(self) -> list[tuple[str, str | None]]:
        """Every message of the paper and of the templates, with its context."""
        labels = extract_labels(self.sources(), Diagnostics())
        found = extract_messages(self.document(), labels)
        return [(extracted.message.msgid, extracted.message.context) for extracted in found]

    def translate(self, locale: str, translate: Translate) -> None:
        """Write the catalog of a locale, every message translated by `translate` (an empty text: not at all)."""
        entries = [(msgid, context, translate(msgid)) for msgid, context in self.msgids()]
        self.write(f"locales/{locale}/LC_MESSAGES/messages.po", catalog(locale, entries))


def catalog(language: str, entries: Iterable[tuple[str, str | None, str]], flags: str = "") -> str:
    """A .po file of (msgid, context, msgstr), every entry with the flags."""
    parts = [HEADER.format(language=language)]
    for msgid, context, msgstr in entries:
        lines = [f"#, {flags}"] if flags else []
        lines += [f"msgctxt {quoted(context)}"] if context else []
        parts.append("\n".join([*lines, f"msgid {quoted(msgid)}", f"msgstr {quoted(msgstr)}"]) + "\n")
    return "\n".join(parts)


def quoted(text: str) -> str:
    """A text as a PO string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def make_paper(
    folder: Path, body: str = "A paragraph.\n", *, paper: str = PAPER, files: Mapping[str, str | bytes | None] = {}
) -> Paper:
    """A small complete paper: two regions, one chapter that has `body` from line BODY on.

    `paper` is paper.toml; `files` adds, replaces or (None) leaves out files by their path.
    """
    wanted: dict[str, str | bytes | None] = {
        "content/paper.toml": paper,
        "content/regions/cn.toml": CN,
        "content/regions/global.toml": GLOBAL,
        "content/sources.toml": CITED,
        "content/01-one.md": TITLE + body,
        **files,
    }
    made = Paper(folder)
    for path, text in wanted.items():
        if text is not None:
            made.write(path, text)
    return made


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left: its exit code and what it wrote to stdout and stderr."""

    code: int
    out: str
    err: str


WORDS = {
    "Tiny Paper": "小白皮书",
    "Mainland China": "中国大陆",
    "Mainland China Version": "中国大陆版",
    "World": "全球",
    "International Version": "国际版",
    "One": "第一",
    "A paragraph.": "一段文字。",
    "Chapter {number}": "第 {number} 章",
    "Section {number}": "第 {number} 节",
    "Figure {number}": "图 {number}",
    "Table {number}": "表 {number}",
    "Contents": "目录",
    "Draft": "草稿",
}


def in_chinese(msgid: str) -> str:
    """A message in Chinese: from `WORDS`, or one Han character with the source's placeholders and numbers."""
    kept = re.findall(r"\{\w+\}|\d+(?:\.\d+)*", msgid)
    return WORDS.get(msgid) or " ".join(["字", *kept])
