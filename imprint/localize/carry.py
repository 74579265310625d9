"""The verdict on an edit of the source, and how a translation follows it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from imprint.localize.full_stop import carry_stops


class EditKind(StrEnum):
    """Trivial: an approved translation stays approved. Meaning: a translator must look at it again."""

    TRIVIAL = "trivial"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Replacement:
    """A name that the edit changed: `kind` is `target`, `auto`, `cite`, `note`, `placeholder` or `level`."""

    kind: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Edit:
    """The verdict on an edit: `reason` says it in words for the report."""

    kind: EditKind
    reason: str
    replacements: tuple[Replacement, ...] = ()
    # How often the old source has each name that is replaced: a translation must have it as often.
    counts: tuple[tuple[str, str, int], ...] = ()
    # What became of the final full stop of each item (see `align_stops`); () where none changed.
    stops: tuple[int, ...] = ()

    @property
    def trivial(self) -> bool:
        """Whether an approved translation stays approved."""
        return self.kind is EditKind.TRIVIAL

    def carry(self, msgstr: str) -> str | None:
        """The translation with the edit applied to it; None where that cannot be done (or must not, for a meaning).

        A link's target, a placeholder, a citation is replaced only where the translation has it exactly as often as
        the old source had it.
        """
        if not self.trivial:
            return None
        for kind, name, count in self.counts:
            if len(_places(kind, name).findall(msgstr)) != count:
                return None
        for kind in dict.fromkeys(r.kind for r in self.replacements):
            names = {r.old: r.new for r in self.replacements if r.kind == kind}
            pattern = "|".join(_places(kind, name).pattern for name in sorted(names, key=len, reverse=True))
            msgstr = re.sub(pattern, partial(_renamed, names), msgstr)
        return carry_stops(msgstr, self.stops) if self.stops else msgstr


_FRAMES = {
    "level": ("^", r"(?=\s)"),
    "target": (r"(?<=\]\()", r"(?=[)\s])"),
    "auto": ("(?<=<)", "(?=>)"),
    "cite": ("", ""),
    "note": ("", ""),
    "placeholder": (r"(?<=(?<!\\)\{)", r"(?=\})"),
}


def _places(kind: str, name: str) -> re.Pattern[str]:
    before, after = _FRAMES[kind]
    return re.compile(before + re.escape(name) + after)


def _renamed(names: dict[str, str], found: re.Match[str]) -> str:
    return names[found.group()]
