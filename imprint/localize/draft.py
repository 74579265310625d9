"""An entry of a .po file while its lines are being read."""

from __future__ import annotations

from imprint.localize.entry import Entry, Previous, parse_flags

# The state before the first keyword; the others are named by the keyword whose strings are being read.
START = "start"


class Draft:
    """An entry being read: the text's positions of it, its comment lines, and the strings of each part so far."""

    __slots__ = ("end", "forms", "lines", "marks", "obsolete", "parts", "start", "state")

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        self.state = START
        self.marks: list[str] = []
        self.parts: dict[str, list[str]] = {}
        self.lines: dict[str, int] = {}
        self.forms: list[list[str]] = []
        self.obsolete: bool | None = None


def finished_entry(draft: Draft, raw: str, gap: str) -> Entry:
    """The entry of a complete draft: `raw` is its text, `gap` the space before it."""
    parts = draft.parts
    old = {name[2:]: "".join(strings) for name, strings in parts.items() if name[0] == "#"}
    line = draft.lines["msgid"]
    return Entry(
        "".join(parts["msgid"]),
        tuple(["".join(form) for form in draft.forms]),
        "".join(parts["msgctxt"]) if "msgctxt" in parts else None,
        "".join(parts["msgid_plural"]) if "msgid_plural" in parts else None,
        bool(draft.marks) and "fuzzy" in parse_flags(draft.marks),
        bool(draft.obsolete),
        Previous(old.get("msgid", ""), old.get("msgctxt"), old.get("msgid_plural")) if old else None,
        line,
        draft.lines.get("msgstr") or draft.lines.get("msgstr[", line),
        tuple(draft.marks),
        raw,
        gap,
    )
