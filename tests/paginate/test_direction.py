"""Directions that follow from the text, and text whose glyphs are mirrored or joined."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest

from imprint.base.diagnostic import Diagnostics
from imprint.paginate.direction import resolve_directions
from imprint.paginate.library import find_fonts
from imprint.paginate.preflight.expectation import Expectation
from imprint.paginate.preflight.preflight import preflight
from imprint.paginate.render import paginate_edition
from imprint.paginate.store import Store


@pytest.mark.parametrize(
    ("inner", "direction"),
    [
        ("12 (a) שלום", "ltr"),
        ("12 (ש) a", "rtl"),
        ("خصوصية", "rtl"),
        ("12, 13", "rtl"),
        ("", "rtl"),
        ("<b>12</b> <i>a</i> ש", "ltr"),
        ("<bdi>ש</bdi> a", "ltr"),
        ('<b dir="rtl">ש</b> a', "ltr"),
    ],
)
def test_direction_is_the_first_letters(inner: str, direction: str) -> None:
    """The first strong letter decides, that of nested elements too, but for those with a direction of their own."""
    root = fromstring(f'<p dir="rtl"><span dir="auto">{inner}</span></p>')
    resolve_directions(root, "rtl")
    assert next(root.iter("span")).get("dir") == direction


BODIES = {
    "mirrored marks of a line without a letter from right to left": (
        "<p>שלום</p><p>(EU) «privacy» [1] {a}</p><p>Regulation, (EU).</p>", "rtl",
    ),
    "a passage of its own direction": (
        '<p>שלום <span lang="en" dir="auto">Law (No. 1), 91/2025/QH15</span> (ש)</p>', "rtl",
    ),
    "a ligature over a soft hyphen": ("<p>Apps of\u00adthe soft\u00adware, offi\u00adce and drift.</p>", "ltr"),
    "a ligature over a break without width": ("<p>Kinds of\u200bthe shift, first f\u200bi.</p>", "ltr"),
}  # fmt: skip


@pytest.mark.parametrize("family", ["serif", "sans"])
@pytest.mark.parametrize("name", BODIES)
def test_text_is_read_as_it_was_written(store: Store, name: str, family: str) -> None:
    """The PDF gives the text back, character for character, and each glyph of it stands for characters."""
    body, direction = BODIES[name]
    language = "he" if direction == "rtl" else "en"
    html = (
        f'<!DOCTYPE html><html lang="{language}" dir="{direction}"><head><title>t</title>'
        f'<link rel="stylesheet" href="a.css"></head><body><main id="main-matter">{body}</main></body></html>'
    )
    files = {"a.css": f"html {{ font-family: var(--{family}) }}".encode()}
    printed = paginate_edition(html, files, find_fonts(), language, Diagnostics(), direction=direction, store=store)
    report = preflight(printed.pdf, expected=Expectation(text=printed.expected.text))
    about_text = {"reading-order", "text-unmapped", "PDFA2A-UNICODE-MAPPING-001", "PDFUA1-FONT-UNICODE-MAPPING-001"}
    assert [str(finding) for finding in report.findings if finding.rule in about_text] == []
