"""The report: what preflight found in one PDF, with its facts, as values, JSON and text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from imprint.base.diagnostic import Severity
from imprint.paginate.preflight.catalogue import RULES

# A defect of a template shows on every page: so many places of one rule are named, the rest only counted.
SHOWN_PER_RULE = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect: its rule's stable name, the page (from 1) and the object ("12 0") where it shows, and what to do."""

    rule: str
    severity: Severity
    message: str
    page: int | None = None
    object_id: str | None = None
    hint: str = ""

    def __str__(self) -> str:
        page = f"page {self.page}" if self.page else ""
        where = ", ".join(part for part in (page, f"object {self.object_id}" if self.object_id else "") if part)
        return f"{self.severity}: {where + ': ' if where else ''}{self.message} [{self.rule}]"


@dataclass(frozen=True, slots=True)
class FontFact:
    """A font as the PDF has it: `kind` is its PDF subtype (`Type0`, `TrueType`, `Type3` …)."""

    name: str
    kind: str
    embedded: bool
    subset: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What the PDF is, apart from any fault. Sizes are in bytes; `conformance` is (rules passed, rules) by profile."""

    pages: int = 0
    bytes: int = 0
    version: str = ""
    title: str = ""
    language: str = ""
    tagged: bool = False
    encrypted: bool = False
    fonts: tuple[FontFact, ...] = ()
    conformance: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def bytes_per_page(self) -> int:
        """The file's size over its pages (the whole size where there is none)."""
        return self.bytes // max(self.pages, 1)


@dataclass(frozen=True, slots=True)
class Report:
    """What preflight says of one PDF: `name` is the file as the caller calls it, `profile` `screen` or `print`."""

    name: str
    profile: str
    findings: tuple[Finding, ...]
    facts: Facts

    @property
    def ok(self) -> bool:
        """Whether nothing found is an error."""
        return not self.errors

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that refuse the file."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that somebody should see."""
        return tuple(f for f in self.findings if f.severity is Severity.WARNING)

    def as_json(self) -> dict[str, Any]:
        """The report in JSON's types, for `edition.json` and `--json`: no clock, no path but `name`."""
        facts = asdict(self.facts) | {"bytes_per_page": self.facts.bytes_per_page}
        facts["conformance"] = {key: {"passed": p, "rules": n} for key, (p, n) in self.facts.conformance.items()}
        facts["fonts"] = [asdict(font) for font in self.facts.fonts]
        findings = [asdict(finding) | {"severity": str(finding.severity)} for finding in self.findings]
        return {"name": self.name, "profile": self.profile, "ok": self.ok, "facts": facts, "findings": findings}


def render_report(report: Report) -> str:
    """The report as text for a terminal: verdict, facts, errors before warnings, each rule's hint once."""
    facts = report.facts
    verdict = "passed" if report.ok else "failed"
    counts = f"{len(report.errors)} errors, {len(report.warnings)} warnings"
    lines = [f"{report.name}: {verdict} ({report.profile}; {counts})"]
    lines.append(f"  {facts.pages} pages, {facts.bytes / 1024:.0f} KiB, {facts.bytes_per_page / 1024:.1f} KiB a page")
    if facts.title or facts.language:
        lines.append(f"  “{facts.title}”, language {facts.language or 'not stated'}")
    lines += [f"  {name}: {passed} of {rules} rules" for name, (passed, rules) in facts.conformance.items()]
    if facts.fonts:
        lines.append("  fonts: " + ", ".join(font.name for font in facts.fonts))
    hinted: set[str] = set()
    for finding in (*report.errors, *report.warnings):
        lines.append(f"  {finding}")
        if finding.hint and finding.rule not in hinted:
            hinted.add(finding.rule)
            lines.append(f"      hint: {finding.hint}")
    return "\n".join(lines) + "\n"


class Findings:
    """Collects findings in order; severity and hint come from the catalogue of rules."""

    def __init__(self, strict: bool) -> None:
        # `strict`: an edition of ours is judged, so that the rules of the house are errors.
        self.strict = strict
        self._found: dict[Finding, None] = {}
        self._count: Counter[str] = Counter()

    def add(self, rule: str, message: str, page: int | None = None, object_id: str | None = None) -> None:
        """Keep a finding of a rule of the catalogue; beyond `SHOWN_PER_RULE` places it is only counted."""
        entry = RULES[rule]
        severity = (
            Severity.ERROR if entry.severity is Severity.ERROR or (entry.house and self.strict) else Severity.WARNING
        )
        self.keep(Finding(rule, severity, message, page, object_id, entry.hint))

    def keep(self, finding: Finding) -> None:
        """Keep a finding whose rule is another validator's."""
        if finding in self._found:
            return
        self._count[finding.rule] += 1
        if self._count[finding.rule] <= SHOWN_PER_RULE:
            self._found[finding] = None

    def close(self) -> tuple[Finding, ...]:
        """All findings, in the order they were found, each rule's uncounted rest named after its last place."""
        found = list(self._found)
        for rule, count in self._count.items():
            if count > SHOWN_PER_RULE:
                last = max(i for i, finding in enumerate(found) if finding.rule == rule)
                model = found[last]
                rest = f"and at {count - SHOWN_PER_RULE} more places"
                found.insert(last + 1, Finding(rule, model.severity, rest, None, None, model.hint))
        return tuple(found)
