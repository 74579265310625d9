"""What `check` said of each translation before: a verdict holds while the pair, the rules and the terms do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from imprint.base.artifact import replace_file
from imprint.base.diagnostic import Diagnostic, Location, Severity
from imprint.localize.check.terms import Glossary
from imprint.localize.entry import Entry


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

    def judge(self, entry: Entry, path: str) -> list[Diagnostic]:
        """Every finding about the entry, placed at its translation's line."""
        key = self._key(entry)
        if key not in self._known:
            # Late: where all is known the rules are not needed, and importing them takes a tenth of our own imports.
            from imprint.localize.check.profile import profile_for
            from imprint.localize.check.run import check_translation, pair_of

            found = check_translation(
                pair_of(entry, path),
                profile_for(self.language),
                glossary=self.glossary,
                ignore=self.ignore,
                vocabulary=self.vocabulary,
            )
            self._known[key] = [[str(d.severity), d.rule, d.message, d.hint] for d in found]
            self._changed = True
        at = Location(path, entry.msgstr_line or entry.line)
        return [Diagnostic(Severity(s), rule, message, at, hint) for s, rule, message, hint in self._known[key]]

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
