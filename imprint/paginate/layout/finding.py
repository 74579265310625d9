"""What the proof of an edition says: findings with their page and the words they are about, and as diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from imprint.base.diagnostic import Diagnostic, Location, Severity

# Of one rule: a style that is wrong is wrong on every page.
SHOWN = 8
_QUOTED = 48

Locate = Callable[[str], Location | None]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: `words` is the text of the paragraph, cell or heading where it is (may be empty), `page` counts from 1
    (0: the whole file)."""

    severity: Severity
    rule: str
    page: int
    message: str
    words: str
    hint: str

    def diagnostic(self, locate: Locate, *, draft: bool = False) -> Diagnostic:
        """As the build shows it: with the place of the message whose words these are. A draft's are all warnings."""
        severity = Severity.WARNING if draft else self.severity
        at = locate(self.words) if self.words else None
        where = f"page {self.page}: " if self.page else ""
        return Diagnostic(severity, self.rule, f"{where}{self.message}", at, self.hint)


def error(rule: str, page: int, message: str, words: str, hint: str) -> Finding:
    """A finding that refuses the edition."""
    return Finding(Severity.ERROR, rule, page, message, words, hint)


def warning(rule: str, page: int, message: str, words: str, hint: str) -> Finding:
    """A finding that is shown."""
    return Finding(Severity.WARNING, rule, page, message, words, hint)


def quoted(text: str) -> str:
    """The beginning of a text, as messages quote it."""
    folded = " ".join(text.split())
    return f"‘{folded[:_QUOTED].rstrip()}…’" if len(folded) > _QUOTED else f"‘{folded}’"


def limited(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, each once, and no more than SHOWN of a rule: the last of them says how many there are in all."""
    by_rule: dict[str, dict[Finding, None]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, {}).setdefault(finding)
    for found in by_rule.values():
        shown = list(found)
        yield from shown[:SHOWN]
        if more := shown[SHOWN:]:
            worst = next((f for f in more if f.severity is Severity.ERROR), more[0])
            message = f"and {len(more)} more of this kind, up to page {max(f.page for f in more)}"
            yield Finding(worst.severity, worst.rule, worst.page, message, "", worst.hint)
