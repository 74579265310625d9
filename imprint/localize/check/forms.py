"""The rule of plural forms: as many as the language has, and none of them empty."""

from __future__ import annotations

from collections.abc import Iterator

from imprint.base.diagnostic import Severity
from imprint.localize.check.plurals import PluralForms
from imprint.localize.check.rules import Complaint

PLURAL_RULE = "plural-forms"


def check_plural_count(msgstrs: tuple[str, ...], plural: bool, forms: PluralForms) -> Iterator[Complaint]:
    """Too few or too many plural forms, or one that is empty while others are not."""
    expected = forms.count if plural else 1
    if len(msgstrs) != expected:
        many = f"{expected} plural form{'s' if expected > 1 else ''}" if plural else "one text"
        shown = ", ".join(f"msgstr[{i}] {name}" for i, name in enumerate(forms.categories))
        yield Complaint(f"{len(msgstrs)} given where the language has {many}", shown if plural else "", Severity.ERROR)
    for form, text in enumerate(msgstrs):
        if not text and any(msgstrs):
            yield Complaint(f"plural form msgstr[{form}] is empty", "translate every form", Severity.ERROR)
