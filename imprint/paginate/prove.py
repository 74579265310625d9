"""The proof of one edition: its PDF is preflighted before it is put in place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from imprint.base.diagnostic import Diagnostics, Severity, nowhere
from imprint.base.edition import Edition
from imprint.markup.page import Page
from imprint.paginate.finish import VARIANT
from imprint.paginate.layout.finding import Finding, Locate
from imprint.paginate.preflight.catalogue import RULES
from imprint.paginate.preflight.report import Report
from imprint.paginate.render import Pagination

if TYPE_CHECKING:
    from imprint.paginate.preflight.conformance import Validation

# The level of PDF/A that the engine was asked for. The validator that is told it begins before the file is read.
_LEVEL = VARIANT.removeprefix("pdf/a-")


@dataclass(frozen=True, slots=True)
class Proven:
    """A PDF with its proof: rules passed by profile, the names of what was found, and the findings themselves.

    `preflight` holds what is wrong with the file, `layout` with its pages; they are placed in the sources when they are
    shown.
    """

    pdf: bytes
    pages: int
    fonts: tuple[Mapping[str, Any], ...]
    toolchain: Mapping[str, str]
    proof: Mapping[str, Any]
    preflight: tuple[Finding, ...]
    layout: tuple[Finding, ...]

    def pack(self) -> bytes:
        """One line of JSON, then the PDF."""
        facts = {
            "pages": self.pages,
            "fonts": self.fonts,
            "toolchain": self.toolchain,
            "proof": self.proof,
            "preflight": [asdict(finding) for finding in self.preflight],
            "layout": [asdict(finding) for finding in self.layout],
        }
        return json.dumps(facts).encode() + b"\n" + self.pdf

    @staticmethod
    def unpack(data: bytes) -> Proven:
        """The inverse of `pack`."""
        head, pdf = data.split(b"\n", 1)
        facts = json.loads(head)
        fonts, preflight, layout = tuple(facts["fonts"]), _unpack(facts["preflight"]), _unpack(facts["layout"])
        return Proven(pdf, facts["pages"], fonts, facts["toolchain"], facts["proof"], preflight, layout)


def _unpack(findings: list[dict[str, Any]]) -> tuple[Finding, ...]:
    return tuple(Finding(**{**found, "severity": Severity(found["severity"])}) for found in findings)


def begin_proof(pdf: bytes, *, press: bool = False) -> Validation:
    """Start the validator, which works in a thread of its own, as soon as there is a PDF."""
    from imprint.paginate.preflight.preflight import begin_validation

    return begin_validation(pdf, "print" if press else "screen", _LEVEL)


def prove_page(
    printed: Pagination,
    page: Page,
    edition: Edition,
    diagnostics: Diagnostics,
    *,
    validation: Validation | None = None,
    draft: bool,
    press: bool = False,
    layout: tuple[Finding, ...] = (),
    locate: Locate = nowhere,
) -> Proven:
    """Preflight the PDF, with `press` as the print shop would; `validation` is what `begin_proof` began, if it did,
    and `layout` what was found on its pages before.

    Each finding is kept, at the place (`locate`) of the words that its page begins with: an error refuses the edition,
    but a draft's is only a warning.
    """
    from imprint.paginate.preflight.preflight import preflight

    expected = printed.expected if press else replace(printed.expected, profile=_LEVEL)
    report = preflight(printed.pdf, "print" if press else "screen", expected, name=str(edition), early=validation)
    begins = dict(enumerate(printed.openings, 1))
    found = tuple(
        Finding(f.severity, f.rule, f.page or 0, f.message, begins.get(f.page or 0, ""), f.hint)
        for f in report.findings
    )
    diagnostics.extend(finding.diagnostic(locate, draft=draft) for finding in found)
    conformance = {profile: f"{passed}/{rules}" for profile, (passed, rules) in report.facts.conformance.items()}
    if press:
        conformance["print"] = _count_print_rules(report)
    rules = {finding.rule for finding in report.findings} | {finding.rule for finding in layout}
    proof = {"conformance": conformance, "findings": sorted(rules)}
    fonts = tuple(asdict(font) for font in printed.fonts)
    return Proven(printed.pdf, printed.pages, fonts, printed.toolchain, proof, found, layout)


def _count_print_rules(report: Report) -> str:
    """How many of the print shop's rules hold: no validator at hand knows PDF/X-4."""
    rules = {name for name in RULES if name.startswith("print-")}
    broken = {finding.rule for finding in report.findings} & rules
    return f"{len(rules - broken)}/{len(rules)}"
