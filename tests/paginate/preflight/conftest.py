"""The sound PDFs, made once, and a judge that breaks them."""

from __future__ import annotations

import pytest
from weasyprint import HTML

from imprint.paginate.preflight.expectation import Expectation, expect_tree
from imprint.paginate.preflight.preflight import preflight
from imprint.paginate.preflight.report import Report
from tests.paginate.preflight.samples import PAGE, Change, Judge, altered, mend, mend_sheet


@pytest.fixture(scope="session")
def sound() -> bytes:
    """A PDF that keeps every rule of the screen profile."""
    return altered(HTML(string=PAGE, base_url="https://paper.invalid/").write_pdf(pdf_variant="pdf/a-2a"), mend)


@pytest.fixture(scope="session")
def expected() -> Expectation:
    """What the sound PDF's source promises."""
    return expect_tree(HTML(string=PAGE, base_url="https://paper.invalid/").etree_element)


@pytest.fixture(scope="session")
def sheet() -> bytes:
    """A PDF that keeps every rule of the print profile: four pages, CMYK, bleed."""
    html = (
        """<html lang="en"><head><title>A sheet</title><style>
    @page { size: A5; bleed: 3mm } h1, p { font-family: DejaVu Sans; color: device-cmyk(0 0 0 1) }
    section { break-after: page } hr { border: 0; height: 1pt; background: device-cmyk(1 .5 0 0) }
    </style></head><body>"""
        + "<section><h1>Title</h1><hr><p>Text</p></section>" * 4
    )
    return altered(HTML(string=html).write_pdf(output_intent="device-cmyk"), mend_sheet)


@pytest.fixture(scope="session")
def judge(sound: bytes, sheet: bytes, expected: Expectation) -> Judge:
    """Judge the sound PDF after a change, against its edition; with profile `print` the sheet."""

    def run(change: Change | None = None, profile: str = "screen", **given: object) -> Report:
        data = sheet if profile == "print" else sound
        against = given.get("expected", None if profile == "print" else expected)
        assert against is None or isinstance(against, Expectation)
        return preflight(altered(data, change) if change else data, profile, against)

    return run
