"""Fonts and characters: embedded, subset, mapped to Unicode; nothing drawn that a reader cannot name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from imprint.paginate.preflight.opened import Opened
from imprint.paginate.preflight.report import FontFact

_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_REPLACEMENT = re.compile("[\x00\ufffd]")


def list_fonts(opened: Opened) -> tuple[FontFact, ...]:
    """The fonts that pages draw with, by name."""
    facts = {FontFact(f.name, f.kind, f.embedded, f.subset) for f in opened.interpreter.faces.values()}
    return tuple(sorted(facts, key=lambda fact: (fact.name, fact.kind)))


def check_fonts(opened: Opened) -> None:
    """Each font that a page uses can be drawn anywhere and read as text."""
    for face in opened.interpreter.faces.values():
        name = face.name or "a font without a name"
        if face.kind == "Type3":
            opened.found.add("font-type3", f"{name} is a Type 3 font", None, face.at)
        elif not face.embedded:
            opened.found.add("font-not-embedded", f"{name} is not embedded", None, face.at)
        elif not face.subset:
            opened.found.add("font-not-subset", f"{name} is embedded whole", None, face.at)
        if not face.readable:
            opened.found.add("font-no-tounicode", f"{name} has no map to Unicode", None, face.at)


def check_glyphs(opened: Opened) -> None:
    """No page draws `.notdef`, or a glyph that stands for no character."""
    for content in opened.contents:
        for name, count in content.notdef.items():
            opened.found.add("glyph-notdef", f"{name} draws .notdef ({count} times)", content.number + 1)
        unmapped = Counter(content.unmapped)
        unmapped.update(m.unmapped for key, m in content.marks.items() if m.unmapped and key not in opened.replaced)
        for name, count in unmapped.items():
            message = f"{name} draws glyphs that map to no character ({count} times)"
            opened.found.add("text-unmapped", message, content.number + 1)


def check_characters(opened: Opened) -> None:
    """What the text gives back is real and composed."""
    for content in opened.contents:
        text = " ".join([opened.text_of(key) for key in content.marks if key not in opened.replaced] + content.loose)
        page = content.number + 1
        if private := _PRIVATE.search(text):
            opened.found.add("text-private-use", f"the text has U+{ord(private[0]):04X} (private use)", page)
        if bad := _REPLACEMENT.search(text):
            opened.found.add("text-replacement", f"the text has U+{ord(bad[0]):04X} where a character was", page)
        if not unicodedata.is_normalized("NFC", text):
            opened.found.add("text-not-nfc", "the text has decomposed characters", page)
