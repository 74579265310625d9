"""A font family that no page has is named where a style names it."""

from __future__ import annotations

import pytest

from imprint.base.diagnostic import Diagnostics, Location
from imprint.paginate.families import check_families

KNOWN = ("Imprint-Serif", "Imprint CJK")


def _found(css: str) -> list[tuple[str, Location | None]]:
    diagnostics = Diagnostics()
    check_families({"print.css": css}, KNOWN, diagnostics)
    return [(found.message, found.at) for found in diagnostics]


@pytest.mark.parametrize(
    "declaration",
    [
        "font-family: var(--serif)",
        "font-family: var(--serif), 'Imprint CJK' !important",
        "font: inherit",
        "font: 600 8.5pt/1.2 var(--sans)",
        "font: italic 300 calc(1pt + 2pt) var(--display)",
        "font-size: 9pt",
        "--font: Comic",
        "/* font-family: Comic */ color: red",
    ],
)
def test_families_that_are_there(declaration: str) -> None:
    """Custom properties, keywords, our own families and comments are no slips."""
    assert _found(f"p {{ {declaration} }}") == []


@pytest.mark.parametrize(
    ("declaration", "family"),
    [
        ("font-family: Comic", "Comic"),
        ("font-family: var(--serif), 'Comic Sans', Imprint-Serif", "Comic Sans"),
        ("font: 600 9pt/1.2 Comic", "Comic"),
        ("font-family: serif", "serif"),
    ],
)
def test_a_family_that_is_not_there(declaration: str, family: str) -> None:
    """The family is named with the file and the line; also a generic one, which is whatever the engine finds."""
    assert _found(f"a {{}}\np {{ {declaration} }}") == [
        (f"there is no font family '{family}'", Location("print.css", 2))
    ]
