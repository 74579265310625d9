"""The gate before rendering: an edition that is not whole, or whose translation would be wrong, is refused here."""

from __future__ import annotations

from imprint.base.diagnostic import Diagnostic, Diagnostics, Severity
from imprint.base.edition import Edition
from imprint.content.document import Document
from imprint.content.inline import find_slips
from imprint.content.tree import Text
from imprint.localize.approved import Approved, missing_at
from imprint.localize.translate import Coverage


def check_edition(
    localised: Document,
    approved: Approved,
    coverage: Coverage,
    edition: Edition,
    diagnostics: Diagnostics,
    *,
    draft: bool,
) -> None:
    """Keep an error for each message that is not translated or must not be shown; a draft is warned of the former."""
    severity = Severity.WARNING if draft else Severity.ERROR
    place = missing_at(edition).file
    for message in coverage.missing:
        shown = message.msgid if len(message.msgid) <= 60 else f"{message.msgid[:59]}…"
        hint = f"translate it in {place}, or build a draft with --draft"
        reason = f"not translated into {edition.language}: “{shown}”"
        diagnostics.add(Diagnostic(severity, "untranslated", reason, message.at, hint))
    for text in localised.texts():
        if text.text != text.message.msgid:
            _check_markup(text, approved, diagnostics)


def _check_markup(text: Text, approved: Approved, diagnostics: Diagnostics) -> None:
    """A translation may hold only markup that a message may hold: never anything active, never a fetch."""
    for slip in find_slips(text.text):
        at = text.message.at
        entry = approved.entry(text.message.msgid, text.message.context)
        if entry is not None:
            at = type(at)(approved.path(), entry.msgstr_line or entry.line)
        diagnostics.error(slip.rule, f"in a translation: {slip.message}", at, slip.hint)
