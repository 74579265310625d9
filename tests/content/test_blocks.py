"""Blocks are found line by line: openings, options, nesting, and every slip with its line."""

from __future__ import annotations

import pytest

from imprint.base.diagnostic import Diagnostics
from imprint.content.blocks import DEPTH_LIMIT, KINDS, Opening, scan_blocks


def scan(text: str) -> tuple[list[str], list[Opening], list[str]]:
    found = Diagnostics()
    lines, openings = scan_blocks(text.split("\n"), "a.md", found)
    return lines, openings, [f"{d.rule}:{d.at.line if d.at else 0}" for d in found]


def test_options_are_taken_and_blanked() -> None:
    """Options and their continuations are read as plain text (no YAML), and leave as many lines."""
    text = "/// figure | a.svg\n    id: fig-a\n    alt: One: two,\n         {three}.\n\nCaption.\n///"
    lines, (opening,), slips = scan(text)
    assert not slips
    assert opening.options == {"id": "fig-a", "alt": "One: two, {three}."}
    assert lines == ["/// figure | a.svg", "", "", "", "", "Caption.", "///"]


def test_an_indented_line_after_a_blank_one_is_no_option() -> None:
    """Options stand right under the opening line: what follows a blank line is content."""
    lines, (opening,), slips = scan("/// note\n\n    id: x\n///")
    assert not slips
    assert opening.options == {}
    assert lines[2] == "    id: x"


def test_yaml_is_no_syntax_here() -> None:
    """Aliases, tags and flow collections of YAML are characters of a text."""
    _, (opening,), _ = scan("/// figure | a.svg\n    alt: &a [*a, !!python/object/apply:os.system ['id']]\n///")
    assert opening.options["alt"] == "&a [*a, !!python/object/apply:os.system ['id']]"


@pytest.mark.parametrize(
    ("text", "slips"),
    [
        ("/// note\n\na", ["unclosed-block:1"]),
        ("//// note\n\n/// tip\n\na\n////", ["unclosed-block:3"]),
        ("//// note\n\n/// tip\n\na\n///", ["unclosed-block:1"]),
        ("///", ["stray-close:1"]),
        ("/// note\n///\n///", ["stray-close:3"]),
        ("/// what\n///", ["unknown-block:1"]),
        ("/// region\n///", ["block-argument:1"]),
        ("/// glossary | a\n///", ["block-argument:1"]),
        ("/// note\n    color: a\n    id: b\n    id: c\n///", ["unknown-option:2", "duplicate-option:4"]),
        ("    /// note\n", []),
    ],
)  # fmt: skip
def test_slips(text: str, slips: list[str]) -> None:
    """Each slip is named with the line where it is; all are found."""
    assert scan(text)[2] == slips


def test_nesting_has_a_limit() -> None:
    """Blocks nested beyond the limit are refused, and nothing of them is parsed."""
    text = "\n\n".join("/" * (40 - n) + " note" for n in range(DEPTH_LIMIT + 1))
    assert scan(text) == ([], [], [f"too-deep:{2 * DEPTH_LIMIT + 1}"])


def test_every_kind_is_known_to_the_guide() -> None:
    """docs/authors.md names every block."""
    from tests.papers import ENGINE

    guide = (ENGINE / "docs/authors.md").read_text(encoding="utf-8")
    assert not [name for name in KINDS if f"`{name}`" not in guide and f"/// {name}" not in guide]
