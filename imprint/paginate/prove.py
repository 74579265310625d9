"""The proof of one edition: its PDF is preflighted before it is put in place."""

from __future__ import annotations

from collections.abc import Mapping

from imprint.base.diagnostic import Diagnostic, Diagnostics, Severity
from imprint.base.edition import Edition
from imprint.markup.page import Page
from imprint.paginate.render import Pagination


def prove_edition(
    printed: Pagination, page: Page, edition: Edition, diagnostics: Diagnostics, *, draft: bool
) -> Mapping[str, object]:
    """Preflight the PDF; each finding is kept (an error refuses the edition, but a draft's is only a warning).

    Returns what goes into edition.json: rules passed and rules by profile, and the findings' names.
    """
    from imprint.paginate.preflight.preflight import preflight

    report = preflight(printed.pdf, name=str(edition))
    for finding in report.findings:
        severity = Severity.WARNING if draft else finding.severity
        diagnostics.add(Diagnostic(severity, finding.rule, str(finding.message), None, finding.hint))
    conformance = {profile: f"{passed}/{rules}" for profile, (passed, rules) in report.facts.conformance.items()}
    return {"conformance": conformance, "findings": sorted({finding.rule for finding in report.findings})}
