"""The lines of one entry by their kind, so that a change rewrites those and leaves each other byte as it was."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from imprint.localize.entry import Entry

# A line may be indented, and stays so.
_BLANK = " \t\f\v"
_OBSOLETE = re.compile(rf"^([{_BLANK}]*)#~(?:(\|)| ?)", re.MULTILINE)
GROUPS = ("comments", "extracted", "references", "flags", "previous", "source", "target")


@dataclass(frozen=True, slots=True)
class Layout:
    """An entry's lines without their ends: translator's comments, `#.`, `#:`, `#,`, `#|`, source and translation.

    `kinds` names the group of each line in the order in which they stand; gettext's order, where nothing else is said.
    """

    comments: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    kinds: tuple[str, ...] = GROUPS

    def raw(self, newline: str) -> str:
        """The entry's text. A group that has got longer goes on where its last line stands."""
        rest = {name: list(getattr(self, name)) for name in GROUPS}
        lines: list[str] = []
        for place, kind in enumerate(self.kinds):
            count = 1 if kind in self.kinds[place + 1 :] else None
            lines += rest[kind][:count]
            del rest[kind][:count]
        return newline.join(lines)


def split_layout(entry: Entry) -> Layout:
    """Sort the lines of an entry; an obsolete one's strings come without their `#~`."""
    groups: dict[str, list[str]] = {name: [] for name in GROUPS}
    kinds: list[str] = []
    for line in revived(entry.raw).split("\n"):
        line = line.rstrip("\r")
        kinds.append(_kind(line, bool(groups["target"]), bool(groups["source"])))
        groups[kinds[-1]].append(line)
    for place, name in enumerate(GROUPS):
        if name not in kinds:
            # Behind what comes before it in gettext's order.
            kinds.insert(max((n for n, kind in enumerate(kinds, 1) if kind in GROUPS[:place]), default=0), name)
    return Layout(**{name: tuple(lines) for name, lines in groups.items()}, kinds=tuple(kinds))


def _kind(line: str, in_target: bool, in_source: bool) -> str:
    mark = line.lstrip(_BLANK)
    if mark.startswith("#"):
        marks = {".": "extracted", ":": "references", ",": "flags", "=": "flags", "|": "previous"}
        return marks.get(mark[1:2], "comments")
    if in_target or line.lstrip().startswith("msgstr"):
        return "target"
    # A blank line among the comments stays with them.
    return "source" if in_source or line.strip() else "comments"


def buried(raw: str) -> str:
    """The entry's text with its strings marked obsolete (`#~`), its comments as they are (write-po.c does the same)."""
    return "\n".join(_bury(line) for line in raw.split("\n"))


def _bury(line: str) -> str:
    mark = line.lstrip(_BLANK)
    if mark.startswith("#|"):
        return f"{line[: -len(mark)]}#~{mark[1:]}"
    return line if mark.startswith("#") or not mark.strip() else f"#~ {line}"


def revived(raw: str) -> str:
    """The inverse of `buried`: for a text that is not obsolete, the text itself."""
    return _OBSOLETE.sub(lambda mark: mark[1] + ("#|" if mark[2] else ""), raw)


def bury(entry: Entry) -> Entry:
    """The entry as an obsolete one."""
    return replace(entry, obsolete=True, raw=buried(entry.raw))


def revive(entry: Entry) -> Entry:
    """The obsolete entry as one in use."""
    return replace(entry, obsolete=False, raw=revived(entry.raw))
