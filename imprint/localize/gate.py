"""The gate before rendering: an edition that is not whole, or whose translation would be wrong, is refused here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from time import monotonic

from imprint.base.diagnostic import Diagnostic, Diagnostics, Location, Rejected, Severity
from imprint.base.edition import Edition
from imprint.base.sources import Sources
from imprint.base.twin import PATIENCE
from imprint.content.document import Document
from imprint.content.inline import find_slips
from imprint.content.paper import Paper
from imprint.content.tree import Message
from imprint.localize.approved import Approved, catalog_locales, missing_at
from imprint.localize.check.terms import NO_TERMS, load_terms
from imprint.localize.entry import Entry
from imprint.localize.folders import how_to_begin
from imprint.localize.locale import fallbacks
from imprint.localize.translate import Coverage
from imprint.localize.verdicts import Learning, Verdicts


def load_verdicts(
    sources: Sources,
    paper: Paper,
    locale: str,
    engine: str,
    folder: Path | None,
    diagnostics: Diagnostics,
    vocabulary: frozenset[str] = frozenset(),
) -> Verdicts:
    """The rules as they are for a catalog's language: with its terms, without those that paper.toml silences."""
    names = fallbacks(locale)
    terms = [path for path in (f"locales/terms/{name}.toml" for name in names) if sources.exists(path)]
    glossary = load_terms(sources, terms[0], diagnostics) if terms else NO_TERMS
    tables = {tag.replace("-", "_"): table.ignore for tag, table in paper.settings.check.items()}
    silenced = tuple(dict.fromkeys(rule for name in names for rule in tables.get(name, ())))
    # The shortest says it all: the language, with a script that it is not expected to be in.
    return Verdicts(min(names, key=len), glossary, silenced, engine, folder, vocabulary)


class Gate:
    """The translations that an edition shows, before they are let through; whoever has one must `close` or `leave` it.

    What is not known of them is found out when it is closed, or meanwhile by a twin if it is told to `begin`. `slow`
    says that this would save time.
    """

    def __init__(
        self,
        entries: Iterable[tuple[str, Entry]],
        verdicts: Verdicts,
        before: Iterable[Diagnostic],
        severity: Severity,
        hands: int,
    ) -> None:
        self._entries = tuple(entries)
        self._verdicts = verdicts
        self._before = tuple(before)
        self._severity = severity
        self._hands = hands
        self._learning: Learning | None = None
        self._begin = 0.0
        self._closed = False
        self.slow = hands > 1 and verdicts.lacks_many(self._entries)

    def begin(self) -> None:
        """Let a twin judge the translations beside what comes next."""
        if self.slow and not self._closed and self._learning is None:
            self._begin = monotonic()
            self._learning = self._verdicts.begin(self._entries)

    def close(self, diagnostics: Diagnostics) -> None:
        """Keep an error (in a draft a warning) for each translation that must not be shown. Again it does nothing."""
        if self._closed:
            return
        self._closed = True
        if self._learning is not None:
            self._verdicts.end(self._learning, monotonic() - self._begin + PATIENCE)
            self._learning = None
        if self.slow:
            self._verdicts.learn(self._entries, self._hands)
        for path, entry in self._entries:
            for finding in self._verdicts.judge(entry, path):
                if finding.severity is Severity.ERROR:
                    diagnostics.add(replace(finding, severity=self._severity_of(finding)))
        self._verdicts.save()

    def pass_through(self, diagnostics: Diagnostics) -> None:
        """`close`. Raises Rejected for an error, with what was known before the gate alone: what is wrong with pages
        whose translations are wrong is nobody's business."""
        judged = Diagnostics()
        self.close(judged)
        if judged.errors:
            raise Rejected((*self._before, *judged))
        diagnostics.extend(judged)

    def leave(self) -> None:
        """End the twin if there is one still."""
        if self._learning is not None:
            self._learning.end()

    def _severity_of(self, finding: Diagnostic) -> Severity:
        return Severity.ERROR if finding.rule in _ACTIVE else self._severity


def open_gate(
    localised: Document,
    labels: Iterable[Message],
    approved: Approved,
    coverage: Coverage,
    edition: Edition,
    verdicts: Verdicts,
    sources: Sources,
    diagnostics: Diagnostics,
    *,
    draft: bool,
    hands: int = 1,
) -> Gate:
    """Keep an error for each message that is not translated or whose translation holds what none may hold; one for all
    where there is no catalog.

    What its translations say is for the gate to tell. A draft is only warned of what is missing or wrong; markup that a
    message may not hold is refused even there. What was not judged before is judged by as many processes as there are
    `hands`.
    """
    severity = Severity.WARNING if draft else Severity.ERROR
    place = missing_at(edition, approved)
    otherwise = "" if draft else ", or build a draft with --draft"
    if coverage.missing and not approved.begun:
        reason = f"no catalog: {len(coverage.missing):,} messages are not translated into {edition.language}"
        hint = f"{how_to_begin(edition, catalog_locales(sources))}{otherwise}"
        diagnostics.add_as(severity, "catalog-absent", reason, place, hint)
    for message in coverage.missing if approved.begun else ():
        words = message.msgid if len(message.msgid) <= 60 else f"{message.msgid[:59]}…"
        hint = f"translate it in {place.file}{otherwise}"
        reason = f"not translated into {edition.language}: “{words}”"
        diagnostics.add(Diagnostic(severity, "untranslated", reason, message.at, hint))
    messages = [*(text.message for text in localised.texts()), *labels]
    shown = dict.fromkeys((message.msgid, message.context) for message in messages)
    entries = [found for found in (approved.find(*key) for key in shown) if found]
    for path, entry in entries:
        at = Location(path, entry.msgstr_line or entry.line)
        for slip in find_slips(entry.msgstr):
            found = Severity.ERROR if slip.rule in _ACTIVE else severity
            diagnostics.add(Diagnostic(found, slip.rule, f"in a translation: {slip.message}", at, slip.hint))
    return Gate(entries, verdicts, diagnostics, severity, hands)


# What is refused even in a draft.
_ACTIVE = frozenset({"raw-html", "unsafe-link", "inline-image", "too-complex"})
