"""imprint.content.shape: attributes and values that a drawing may hold, and those that it may not."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from imprint.content.shape import find_shape_slips, is_thin, parse_numbers


def rules(element: str) -> list[str]:
    """The rules that the element breaks, each with a hint."""
    parsed = ElementTree.fromstring(element)
    attrs = {name.replace("{http://www.w3.org/1999/xlink}", "xlink:"): value for name, value in parsed.items()}
    slips = list(find_shape_slips(parsed.tag, attrs))
    assert all(slip.hint for slip in slips)
    return [slip.rule for slip in slips]


@pytest.mark.parametrize(
    "element",
    [
        '<g onclick="alert(1)"/>',
        '<g onLoad="alert(1)"/>',
        '<g style="fill: url(https://example.org/)"/>',
        '<g href="https://example.org/"/>',
        '<g xlink:href="file:///etc/passwd" xmlns:xlink="http://www.w3.org/1999/xlink"/>',
        '<g xml:base="https://example.org/"/>',
        '<g transform="scale(1000)"/>',
        '<g filter="url(#f)"/>',
        '<g clip-path="url(#f)"/>',
        '<g id="a"/>',
        '<g class="label"/>',
        '<g opacity="0.1"/>',
        '<line x1="0" y1="0" x2="9" y2="9" marker-end="url(#m)"/>',
        '<text class="label" data-box="0 0 90 30" x="3">a</text>',
        '<text class="label" data-box="0 0 90 30" font-family="x">a</text>',
        '<text class="label" data-box="0 0 90 30" fill="#ffffff">a</text>',
        '<text class="label" data-box="0 0 90 30" onclick="x">a</text>',
    ],
)
def test_attribute_is_refused(element: str) -> None:
    """An attribute that is not on the list of its element is refused."""
    assert rules(element) == ["figure-attribute"]


@pytest.mark.parametrize(
    "element",
    [
        '<g fill="url(#a)"/>',
        '<g fill="url(https://example.org/)"/>',
        '<g fill="javascript:alert(1)"/>',
        '<g fill="var(--x)"/>',
        '<g fill="red"/>',
        '<g stroke="currentColor"/>',
        '<g stroke-width="-1"/>',
        '<g stroke-width="1px"/>',
        '<g stroke-dasharray="0.001"/>',
        '<g stroke-dasharray="0"/>',
        '<g stroke-dasharray="4,,3"/>',
        '<g stroke-linejoin="x"/>',
        '<rect width="-1" height="1"/>',
        '<rect width="100%" height="1"/>',
        '<rect width="1e9" height="1"/>',
        '<rect width="nan" height="1"/>',
        '<rect width="" height="1"/>',
        '<circle r="1 2"/>',
        '<polygon points="1,2 3"/>',
        '<polygon points="1,2"/>',
        '<polygon points="1,2 x,y"/>',
        '<path d=""/>',
        '<path d="L 1 2"/>',
        '<path d="M 1"/>',
        '<path d="M 1 2 L 3"/>',
        '<path d="M 1 2 Z 3"/>',
        '<path d="M 1 2 C 1 2 3"/>',
        '<path d="M 1 2 A 0 1 0 0 0 3 4"/>',
        '<path d="M 1 2 A 1 1 0 2 0 3 4"/>',
        '<path d="M 1 2 X 3 4"/>',
        '<path d="M 1 2 e 3 4"/>',
        '<path d="M 1 99999"/>',
        '<text class="label" data-box="0 0 90">a</text>',
        '<text class="label" data-box="0 0 0 30">a</text>',
        '<text class="label" data-box="0 0 90 30px">a</text>',
        '<text class="huge" data-box="0 0 90 30">a</text>',
        '<text class="strong" data-box="0 0 90 30">a</text>',
        '<text class="label small" data-box="0 0 90 30">a</text>',
        '<text class="label" data-align="left" data-box="0 0 90 30">a</text>',
        '<text class="label" translate="maybe" data-box="0 0 90 30">a</text>',
    ],
)
def test_value_is_refused(element: str) -> None:
    """A value is a plain number, colour, list or word; anything else, and any reference, is refused."""
    assert rules(element) == ["figure-value"]


@pytest.mark.parametrize(
    "element",
    [
        '<text class="label">a</text>',
        '<text data-box="0 0 90 30">a</text>',
        '<rect width="9"/>',
        "<circle/>",
        "<polyline/>",
        "<path/>",
    ],
)
def test_missing_attribute_is_refused(element: str) -> None:
    """A text without its box or class, or a shape without its measures, is refused."""
    assert rules(element) == ["figure-missing"]


@pytest.mark.parametrize(
    "element",
    [
        '<svg viewBox="0 0 640 300" width="640" height="300"/>',
        '<g fill="none" stroke="#0f5c6e" stroke-width="1.25" stroke-linecap="round" stroke-linejoin="bevel"/>',
        '<g fill="#abc" fill-rule="evenodd" stroke-dasharray="4 3" />',
        '<rect x="-1.5" y=".5" width="1." height="1e2" rx="0"/>',
        '<polyline points="1,2 3,4 , 5 -6"/>',
        '<path d="M1-2.5.5 3h1z m1,1 a 5 6 0 0 1 7 8 1 1 0 1 0 1e1 2"/>',
        '<text class="label strong" data-box="0 0 90 30" data-align="end" data-valign="top" data-note="any words"/>',
    ],
)
def test_plain_shape_is_allowed(element: str) -> None:
    """What the authors' guide allows is allowed, in all of SVG's ways to write a number."""
    assert rules(element) == []


@pytest.mark.parametrize(("width", "thin"), [("0.74", True), ("0.75", False), ("0", False), ("x", False), ("2", False)])
def test_thin_line(width: str, thin: bool) -> None:
    """Thin is what is drawn, and under 0.75."""
    assert is_thin({"stroke-width": width}) is thin
    assert not is_thin({})


@pytest.mark.parametrize("value", ["", " ", ",1", "1,", "1,,2", "1 2;3", "inf", "0x10", "1_000", "١", "1" * 13, "1e9"])
def test_no_numbers(value: str) -> None:
    """Only ASCII decimal numbers parted by spaces or single commas, none of them enormous."""
    with pytest.raises(ValueError):  # noqa: PT011 (its text is the value)
        parse_numbers(value)
