"""What `check` said of each translation before: a verdict holds while the pair, the rules and the terms do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, TypeAlias

from imprint.base.artifact import replace_file
from imprint.base.diagnostic import Diagnostic, Location, Severity
from imprint.base.twin import Twin, map_shared, start_twin
from imprint.localize.check.terms import Glossary
from imprint.localize.entry import Entry

if TYPE_CHECKING:
    from imprint.localize.check.profile import LanguageProfile


# A twin that finds out.
Learning: TypeAlias = Twin[dict[str, list[list[str]]]]

# As many entries to judge as are worth a fork.
_MANY = 50


def _rules() -> tuple[Callable[[str], LanguageProfile], ModuleType]:
    """Imported late: where all is known they are not needed, and they take a tenth of our own imports."""
    from imprint.localize.check import run
    from imprint.localize.check.profile import profile_for

    return profile_for, run


@dataclass(slots=True)
class Verdicts:
    """The findings about one language's translations. `folder` keeps them between runs (None: nowhere).

    `vocabulary` holds the source's words, by which copied text is told from names; without it that rule sees less.

    Not read through Sources: a verdict is derived, named by the digest of all it was made from.
    """

    language: str
    glossary: Glossary
    ignore: Collection[str]
    engine: str
    folder: Path | None = None
    vocabulary: frozenset[str] = frozenset()
    _known: dict[str, list[list[str]]] = field(default_factory=dict)
    _changed: bool = False

    def __post_init__(self) -> None:
        if self.folder is not None:
            try:
                known = json.loads(self._file(self.folder).read_bytes())
            except (OSError, ValueError):
                known = {}
            self._known = known if isinstance(known, dict) else {}

    def learn(self, entries: Iterable[tuple[str, Entry]], hands: int = 1) -> None:
        """Find out at once what is not known of the entries (each after its catalog's path), with as many `hands`."""
        unknown = self._unknown(entries)
        if len(unknown) >= _MANY:
            # Before there is a twin, which would import them too.
            _rules()
            self._known.update(zip(unknown, map_shared(self._ask, unknown.values(), hands), strict=True))
            self._changed = True

    def lacks_many(self, entries: Iterable[tuple[str, Entry]]) -> bool:
        """Whether as many of the entries are not known as are worth a fork."""
        return len(self._unknown(entries)) >= _MANY

    def begin(self, entries: Iterable[tuple[str, Entry]]) -> Learning | None:
        """Have a twin find out what is not known: what it comes to is for `end`. None where there can be no twin."""
        unknown = self._unknown(entries)
        return start_twin(lambda: {key: self._ask(item) for key, item in unknown.items()})

    def end(self, learning: Learning, seconds: float) -> None:
        """Take over what `begin` has begun; nothing where that takes more than so many seconds from now, or failed."""
        if found := learning.result(seconds):
            self._known.update(found)
            self._changed = True

    def _unknown(self, entries: Iterable[tuple[str, Entry]]) -> dict[str, tuple[str, Entry]]:
        keyed = {self._key(entry): (path, entry) for path, entry in entries}
        return {key: item for key, item in keyed.items() if key not in self._known}

    def judge(self, entry: Entry, path: str) -> list[Diagnostic]:
        """Every finding about the entry, placed at its translation's line."""
        key = self._key(entry)
        if key not in self._known:
            self._known[key] = self._ask((path, entry))
            self._changed = True
        at = Location(path, entry.msgstr_line or entry.line)
        return [Diagnostic(Severity(s), rule, message, at, hint) for s, rule, message, hint in self._known[key]]

    def _ask(self, item: tuple[str, Entry]) -> list[list[str]]:
        path, entry = item
        profile_for, run = _rules()
        found = run.check_translation(
            run.pair_of(entry, path),
            profile_for(self.language),
            glossary=self.glossary,
            ignore=self.ignore,
            vocabulary=self.vocabulary,
        )
        return [[str(d.severity), d.rule, d.message, d.hint] for d in found]

    def save(self) -> None:
        """Keep what was found out. A folder that cannot be written is no reason to fail."""
        if self._changed and self.folder is not None:
            try:
                replace_file(self._file(self.folder), json.dumps(self._known, ensure_ascii=False).encode())
            except OSError:
                return

    def _file(self, folder: Path) -> Path:
        terms = (sorted(self.glossary.terms.items()), sorted(self.glossary.forbidden.items()))
        made_from = repr((self.engine, sorted(self.ignore), terms, sorted(self.vocabulary)))
        return folder / f"{self.language}-{hashlib.sha256(made_from.encode()).hexdigest()[:24]}.json"

    @staticmethod
    def _key(entry: Entry) -> str:
        parts = repr((entry.msgid, entry.plural, entry.context, entry.msgstrs, entry.comments, sorted(entry.flags)))
        return hashlib.sha256(parts.encode()).hexdigest()[:32]
