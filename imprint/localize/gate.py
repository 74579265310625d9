"""The gate before rendering: an edition that is not whole, or whose translation would be wrong, is refused here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from imprint.base.diagnostic import Diagnostic, Diagnostics, Location, Severity
from imprint.base.edition import Edition
from imprint.base.sources import Sources
from imprint.content.document import Document
from imprint.content.inline import find_slips
from imprint.content.paper import Paper
from imprint.content.tree import Message
from imprint.localize.approved import Approved, missing_at
from imprint.localize.check.terms import load_terms
from imprint.localize.entry import Entry
from imprint.localize.locale import fallbacks
from imprint.localize.translate import Coverage
from imprint.localize.verdicts import Verdicts


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
    name = fallbacks(locale)[-1]
    glossary = load_terms(sources, f"locales/terms/{name}.toml", diagnostics)
    silenced = {tag.replace("-", "_"): table.ignore for tag, table in paper.settings.check.items()}
    return Verdicts(name, glossary, tuple(silenced.get(name, ())), engine, folder, vocabulary)


def check_edition(
    localised: Document,
    labels: Iterable[Message],
    approved: Approved,
    coverage: Coverage,
    edition: Edition,
    verdicts: Verdicts,
    diagnostics: Diagnostics,
    *,
    draft: bool,
    hands: int = 1,
) -> None:
    """Keep an error for each message that is not translated or must not be shown.

    A draft is only warned of what is missing or wrong; markup that a message may not hold is refused even there. What
    was not judged before is judged by as many processes as there are `hands`.
    """
    severity = Severity.WARNING if draft else Severity.ERROR
    place = missing_at(edition).file
    for message in coverage.missing:
        words = message.msgid if len(message.msgid) <= 60 else f"{message.msgid[:59]}…"
        hint = f"translate it in {place}{'' if draft else ', or build a draft with --draft'}"
        reason = f"not translated into {edition.language}: “{words}”"
        diagnostics.add(Diagnostic(severity, "untranslated", reason, message.at, hint))
    messages = [*(text.message for text in localised.texts()), *labels]
    shown = dict.fromkeys((message.msgid, message.context) for message in messages)
    entries = [found for found in (approved.find(*key) for key in shown) if found]
    verdicts.learn(entries, hands)
    for path, entry in entries:
        for finding in _findings(path, entry, verdicts):
            diagnostics.add(finding if finding.rule in _ACTIVE else replace(finding, severity=severity))
    verdicts.save()


# What is refused even in a draft.
_ACTIVE = frozenset({"raw-html", "unsafe-link", "inline-image", "too-complex"})


def _findings(path: str, entry: Entry, verdicts: Verdicts) -> Iterator[Diagnostic]:
    """What must not be shown of a translation: errors of `check`, and markup that a message may not hold."""
    for slip in find_slips(entry.msgstr):
        at = Location(path, entry.msgstr_line or entry.line)
        yield Diagnostic(Severity.ERROR, slip.rule, f"in a translation: {slip.message}", at, slip.hint)
    for finding in verdicts.judge(entry, path):
        if finding.severity is Severity.ERROR:
            yield finding
