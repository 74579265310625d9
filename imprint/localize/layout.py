"""The lines of one entry by their kind, so that a change rewrites those and leaves each other byte as it was."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from imprint.localize.entry import Entry


@dataclass(frozen=True, slots=True)
class Layout:
    """An entry's lines without their ends: translator's comments, `#.`, `#:`, `#,`, `#|`, source and translation."""

    comments: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()

    def raw(self, newline: str) -> str:
        """The entry's text, in gettext's order."""
        lines = (
            *self.comments, *self.extracted, *self.references, *self.flags, *self.previous, *self.source, *self.target
        )
        return newline.join(lines)


def split_layout(entry: Entry) -> Layout:
    """Sort the lines of an entry; an obsolete one's strings come without their `#~`."""
    groups: dict[str, list[str]] = {
        name: [] for name in ("comments", "extracted", "references", "flags", "previous", "source", "target")
    }
    for line in revived(entry.raw).split("\n"):
        line = line.rstrip("\r")
        groups[_kind(line, bool(groups["target"]), bool(groups["source"]))].append(line)
    return Layout(**{name: tuple(lines) for name, lines in groups.items()})


def _kind(line: str, in_target: bool, in_source: bool) -> str:
    if line.startswith("#"):
        marks = {".": "extracted", ":": "references", ",": "flags", "=": "flags", "|": "previous"}
        return marks.get(line[1:2], "comments")
    if in_target or line.lstrip().startswith("msgstr"):
        return "target"
    # A blank line among the comments stays with them.
    return "source" if in_source or line.strip() else "comments"


def buried(raw: str) -> str:
    """The entry's text with its strings marked obsolete (`#~`), its comments as they are (write-po.c does the same)."""
    return "\n".join(_bury(line) for line in raw.split("\n"))


def _bury(line: str) -> str:
    if line.startswith("#|"):
        return f"#~{line[1:]}"
    return line if line.startswith("#") or not line.strip() else f"#~ {line}"


def revived(raw: str) -> str:
    """The inverse of `buried`: for a text that is not obsolete, the text itself."""
    return "\n".join(_revive(line) for line in raw.split("\n"))


def _revive(line: str) -> str:
    if line.startswith("#~|"):
        return f"#{line[2:]}"
    return re.sub(r"^#~ ?", "", line)


def bury(entry: Entry) -> Entry:
    """The entry as an obsolete one."""
    return replace(entry, obsolete=True, raw=buried(entry.raw))


def revive(entry: Entry) -> Entry:
    """The obsolete entry as one in use."""
    return replace(entry, obsolete=False, raw=revived(entry.raw))
