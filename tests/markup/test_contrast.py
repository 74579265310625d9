"""The colours of text in the print styles against every background that they may stand on (WCAG 2.1, 1.4.3)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tinycss2
from tinycss2.color3 import parse_color

STYLES = Path(__file__).parents[2] / "templates" / "styles" / "print.css"
WHITE = "#ffffff"
LEAST = 4.5

Block = tuple[str, dict[str, str]]


def read_blocks(css: str) -> list[Block]:
    """Every block of the sheet with its declarations, margin boxes of pages included; custom properties are filled."""
    blocks = list(_walk(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))
    root = next((found for prelude, found in blocks if prelude == ":root"), {})

    def fill(value: str) -> str:
        return re.sub(r"var\((--[\w-]+)\)", lambda found: root.get(found[1], found[0]), value)

    return [(prelude, {name: fill(value) for name, value in found.items()}) for prelude, found in blocks]


def _walk(rules: list[tinycss2.ast.Node], above: str = "") -> list[Block]:
    found: list[Block] = []
    for rule in rules:
        if rule.type in ("qualified-rule", "at-rule") and rule.content is not None:
            keyword = f"@{rule.at_keyword} " if rule.type == "at-rule" else ""
            prelude = f"{above} {keyword}{tinycss2.serialize(rule.prelude).strip()}".strip()
            inner = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            own = {d.name: tinycss2.serialize(d.value).strip() for d in inner if d.type == "declaration"}
            found += [(prelude, own), *_walk(inner, prelude)]
    return found


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    parsed = parse_color(colour)
    assert parsed is not None, colour
    assert parsed.alpha == 1, colour
    linear: list[float] = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parsed[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.1)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def find_poor(css: str) -> list[str]:
    """The texts whose contrast is under 4.5:1: the cover's on its page, the others on every ground."""
    blocks = read_blocks(css)
    grounds = {prelude: colour for prelude, found in blocks if (colour := _ground(found))}
    cover = [colour for prelude, colour in grounds.items() if "cover" in prelude]
    inside = [WHITE, *(colour for prelude, colour in grounds.items() if "cover" not in prelude)]
    poor = []
    for prelude, found in blocks:
        colour = found.get("color", "inherit")
        if colour == "inherit":
            continue
        own = [ground for name, ground in grounds.items() if name != "" and prelude.startswith(f"{name} ")]
        for ground in cover if ".cover" in prelude else own or inside:
            if (ratio := contrast(colour, ground)) < LEAST:
                poor.append(f"{prelude}: {colour} on {ground} is {ratio:.2f}:1")
    return poor


def _ground(found: dict[str, str]) -> str | None:
    value = found.get("background-color") or found.get("background", "")
    return next((word for word in value.split() if word.startswith("#")), None)


def test_text_stands_out() -> None:
    """Every colour of text has a contrast of 4.5:1 or more on every background it can stand on."""
    assert find_poor(STYLES.read_text(encoding="utf-8")) == []


def test_styles_are_read() -> None:
    """The check sees the sheet: the cover's page, the grounds of callouts, and many colours of text."""
    blocks = dict(read_blocks(STYLES.read_text(encoding="utf-8")))
    assert _ground(blocks["@page cover"])
    assert _ground(blocks[".callout"])
    assert len([found for found in blocks.values() if "color" in found]) > 20


@pytest.mark.parametrize(
    "css",
    [
        "p { color: #8a97a3 }",
        ":root { --ink: #999999 } p { color: var(--ink) }",
        ".callout { background: #0f5c6e } p { color: #1d2733 }",
        "@page cover { background: #d3e6ea url(x.svg) } .cover p { color: #ffffff }",
        "@page { @top-center { color: #b0b0b0 } }",
    ],
)
def test_a_pale_text_is_found(css: str) -> None:
    """A text too pale is found on white, through a custom property, on a ground of colour, in a margin box."""
    assert len(find_poor(css)) == 1


def test_known_ratios() -> None:
    """The formula gives WCAG's own values: black on white is 21, a colour on itself 1, #767676 on white just enough."""
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#123456", "#123456") == 1
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.01)
