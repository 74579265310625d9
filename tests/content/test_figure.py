"""imprint.content.figure: drawings that are refused, and drawings that are read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imprint.base.diagnostic import Diagnostic, Diagnostics, Location
from imprint.content.figure import DEPTH_LIMIT, ELEMENT_LIMIT, SIZE_LIMIT, SLIP_LIMIT, parse_figure
from imprint.content.tree import Element, Text, Value, walk
from tests.cost import cost_of
from tests.search import examples

NS = 'xmlns="http://www.w3.org/2000/svg"'
FIGURE = Path(__file__).parents[2] / "content" / "figures" / "storage.svg"


def svg(inside: str, root: str = "") -> str:
    """A drawing with one line before `inside`, which so stands on line 2."""
    return f'<svg {NS} viewBox="0 0 640 300" {root}>\n{inside}\n</svg>'


def parse(data: str | bytes) -> tuple[Element | None, list[Diagnostic]]:
    found = Diagnostics()
    figure = parse_figure(data.encode() if isinstance(data, str) else data, "content/figures/f.svg", found)
    return figure, list(found)


def refuse(data: str | bytes, rule: str, line: int = 2) -> Diagnostic:
    """The first slip, which must be of that rule, at that line, with a hint, and refuse the drawing."""
    figure, found = parse(data)
    assert figure is None
    first = found[0]
    assert (first.rule, first.at, str(first.severity)) == (rule, Location("content/figures/f.svg", line), "error")
    assert first.hint
    return first


# What is refused: entities and limits


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">\n' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE svg [<!ENTITY l0 "lol">{LAUGHS}]>',
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE svg [<!ENTITY % x SYSTEM "https://example.org/x.dtd"> %x;]>',
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
    ],
    ids=["billion laughs", "XXE", "parameter entity", "external DTD"],
)
def test_document_type_is_refused(doctype: str) -> None:
    """A document type declaration is refused at its line, at once, whatever its entities would do."""
    drawing = f"\n{doctype}\n" + svg('<text class="label" data-box="0 0 90 30">&l9;&x;</text>')
    assert cost_of(lambda: refuse(drawing, "figure-doctype", 2)) < 10


def test_undeclared_entity_is_refused() -> None:
    """`&nbsp;` is unknown to XML: the line is named, and the way out."""
    slip = refuse(svg('<text class="label" data-box="0 0 90 30">a&nbsp;b</text>'), "not-svg")
    assert "the character itself" in slip.hint


@pytest.mark.parametrize(
    ("data", "rule", "line"),
    [
        (b"", "not-svg", 1),
        (b"plain words", "not-svg", 1),
        (b"<svg", "not-svg", 1),
        (b"<html>\n<body>", "figure-element", 1),
        (b"\n\n<svg>\xff</svg>", "invalid-utf8", 3),
        (svg("").encode("utf-16"), "invalid-utf8", 1),
        (svg('<g fill="#000" fill="#fff"/>').encode(), "not-svg", 2),
        (svg("\0").encode(), "not-svg", 2),
        (svg("\x1b").encode(), "not-svg", 2),
        (svg("<g>").encode(), "not-svg", 3),
    ],
    ids=["empty", "text", "cut", "HTML", "latin-1", "UTF-16", "attribute twice", "NUL", "ESC", "unclosed"],
)
def test_what_is_no_svg_is_refused(data: bytes, rule: str, line: int) -> None:
    """Bytes that are no UTF-8 or no well-formed SVG are refused at their line."""
    refuse(data, rule, line)


def test_size_limit() -> None:
    """A file over the limit is refused unread; one just under it is read."""
    refuse(b"<" * (SIZE_LIMIT + 1), "too-large", 0)
    padding = " " * (SIZE_LIMIT - len(svg("")))
    assert parse(svg(padding))[0] is not None


def test_element_limit() -> None:
    """As many elements as the limit are read, one more is refused."""
    assert parse(svg("<g/>" * (ELEMENT_LIMIT - 1)))[0] is not None
    refuse(svg("<g/>" * ELEMENT_LIMIT), "too-complex")


def test_depth_limit() -> None:
    """Nesting as deep as the limit is read, one deeper is refused, and 3,000 deep ends no interpreter."""
    for depth in (DEPTH_LIMIT + 1, 3_000):
        refuse(svg("<g>" * (depth - 1) + "</g>" * (depth - 1)), "too-complex")
    assert parse(svg("<g>" * (DEPTH_LIMIT - 1) + "</g>" * (DEPTH_LIMIT - 1)))[0] is not None


@pytest.mark.parametrize(
    "inside",
    [
        "<use/>\n" * (ELEMENT_LIMIT - 1),
        "<g " + " ".join(f"fill{n}=''" for n in range(100_000)) + "/>",
        "<g " + "a" * 1_000_000 + "=''/>",
        "<" + "a" * 1_000_000 + "/>",
        f'<g stroke-width="{"9" * 1_000_000}"/>',
        f'<path d="M{" 1" * 900_000}"/>',
        f'<path d="M{"1" * 1_900_000}"/>',
        f'<polygon points="{"1," * 900_000}"/>',
        f'<text class="label" data-box="0 0 9 9">{" a" * 900_000}</text>',
    ],
    ids=["elements", "attributes", "long attribute", "long tag", "digits", "path", "one number", "points", "words"],
)
def test_floods_are_cheap(inside: str) -> None:
    """The worst that fits under the limits is read, or refused with few slips, in the time of some seconds of work."""
    found: list[Diagnostic] = []
    assert cost_of(lambda: found.extend(parse(svg(inside))[1])) < 20
    assert len(found) <= SLIP_LIMIT + 1
    assert all(len(slip.message) < 300 and len(slip.hint) < 300 for slip in found)


# What is refused: elements, attributes, values


@pytest.mark.parametrize(
    "element",
    [
        "<script>alert(1)</script>",
        '<script href="https://example.org/x.js"/>',
        "<style>@import url(https://example.org/x.css);</style>",
        '<image href="file:///etc/passwd" width="9" height="9"/>',
        '<image href="http://169.254.169.254/" width="9" height="9"/>',
        '<use href="#a"/>',
        "<defs/>",
        "<symbol/>",
        "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>",
        '<a href="javascript:alert(1)"/>',
        '<animate attributeName="fill" to="#000"/>',
        '<set attributeName="href" to="javascript:alert(1)"/>',
        "<marker/>",
        "<linearGradient/>",
        "<filter/>",
        "<clipPath/>",
        "<title>x</title>",
        "<metadata/>",
        "<Rect/>",
        f"<svg {NS} viewBox='0 0 9 9'/>",
        '<rect width="1" height="1"><g/></rect>',
        '<text class="label" data-box="0 0 90 30">a <tspan>b</tspan></text>',
        '<script xmlns="http://www.w3.org/1999/xhtml">x</script>',
        '<x:page xmlns:x="http://example.org/editor"/>',
    ],
)
def test_element_is_refused(element: str) -> None:
    """Only plain shapes, groups and texts are allowed; all else is refused at its line."""
    refuse(svg(element), "figure-element")


@pytest.mark.parametrize("depth", [1, 25])
def test_recursive_and_nested_use_is_refused(depth: int) -> None:
    """`<use>` never reaches a renderer, be it of itself or doubling 25 times over."""
    nested = "".join(f'<g id="g{n}"><use href="#g{n + 1}"/><use href="#g{(n + 1) % depth}"/></g>' for n in range(depth))
    figure, found = parse(svg(nested))
    assert figure is None
    assert sum("<use>" in slip.message for slip in found) == 1  # all on one line: one finding


@pytest.mark.parametrize("box", ["-1 0 90 30", "0 -1 90 30", "551 0 90 30", "0 271 90 30", "700 400 1 1"])
def test_box_outside_the_drawing_is_refused(box: str) -> None:
    """A text's box must lie inside the viewBox."""
    refuse(svg(f'<text class="label" data-box="{box}">a</text>'), "figure-box")


def test_empty_text_and_stray_words_are_refused() -> None:
    """A text needs words, and words need a text."""
    refuse(svg('<text class="label" data-box="0 0 90 30"> \n </text>'), "figure-empty")
    refuse(svg("<g>stray</g>"), "figure-words")


def test_stylesheet_instruction_is_refused() -> None:
    """A processing instruction could fetch a stylesheet."""
    refuse(f'\n<?xml-stylesheet href="https://example.org/x.css"?>\n{svg("")}', "figure-instruction", 2)


@pytest.mark.parametrize("size", ['width="100"', 'height="301"', 'width="640px"', 'width="100%"'])
def test_size_must_agree_with_the_view_box(size: str) -> None:
    """Width and height are absent or say what viewBox says."""
    figure, found = parse(svg("", size))
    assert figure is None
    assert {slip.rule for slip in found} <= {"figure-size", "figure-value"}


def test_every_slip_is_kept() -> None:
    """All the slips of a drawing are reported, not the first."""
    _, found = parse(svg('<use/>\n<g style="x"/>\n<text class="label">a</text>'))
    assert [(slip.rule, slip.at.line if slip.at else 0) for slip in found] == [
        ("figure-element", 2),
        ("figure-attribute", 3),
        ("figure-missing", 4),
    ]


def test_second_look_refuses_too() -> None:
    """A faulty drawing is refused each time, also where its slips have been kept before."""
    found = Diagnostics()
    for _ in range(2):
        assert parse_figure(svg("<use/>").encode(), "content/figures/f.svg", found) is None
    assert len(found) == 1


def test_warnings_do_not_refuse() -> None:
    """A line too thin for a press, and a drawing not 640 wide, are warned of and read."""
    figure, found = parse(f'<svg {NS} viewBox="0 0 320 9">\n<line x2="9" stroke="#000" stroke-width="0.2"/></svg>')
    assert figure is not None
    assert [slip.rule for slip in found] == ["figure-width", "thin-line"]
    assert {str(slip.severity) for slip in found} == {"warning"}


@settings(max_examples=examples(200))
@given(st.data())
def test_no_bytes_raise(data: st.DataObject) -> None:
    """Whatever the bytes, the answer is a tree without an error or None with one."""
    good = FIGURE.read_bytes()
    start = data.draw(st.integers(0, len(good)))
    stop = data.draw(st.integers(start, len(good)))
    figure, found = parse(good[:start] + data.draw(st.binary(max_size=20)) + good[stop:])
    assert (figure is None) == any(str(slip.severity) == "error" for slip in found)


# What is read


def test_text_becomes_a_message() -> None:
    """A text is one message with its note, its context, its place and the room that its box has."""
    figure, found = parse(
        svg('<g>\n<text class="label" data-box="20 40 130 33" data-note="a\n verb" data-context="c">Keep</text></g>')
    )
    assert not found
    (text,) = [node for node in walk(figure) if isinstance(node, Text)] if figure else []
    message = text.message
    assert (message.msgid, text.text, message.kind) == ("Keep", "Keep", "figure text")
    assert (message.note, message.context) == ("a verb", "c")
    assert message.at == Location("content/figures/f.svg", 3)
    assert message.width == 40  # two lines of twenty


def test_untranslated_text_is_a_value() -> None:
    """`translate="no"` makes a verbatim value, which no catalog ever sees."""
    figure, _ = parse(svg('<text class="label" data-box="0 0 90 30" translate="no"> ISO  27001 </text>'))
    nodes = list(walk(figure)) if figure else []
    assert [node.value for node in nodes if isinstance(node, Value) and node.kind == "verbatim"] == ["ISO 27001"]
    assert not [node for node in nodes if isinstance(node, Text)]


def test_tree_keeps_order_and_attributes() -> None:
    """The tree is the file's: order, attributes, lines; the root keeps viewBox alone of its measures."""
    figure, found = parse(
        svg('<!-- --><g fill="#fff"><rect width="1" height="2" rx="3"/></g>\n<path d="M1-2.5.5 3h1z"/>', 'width="640"')
    )
    assert not found
    assert figure is not None
    assert figure.attrs == {"viewBox": "0 0 640 300"}
    group, path = (child for child in figure.children if isinstance(child, Element))
    assert (group.tag, group.attrs, group.at.line) == ("g", {"fill": "#fff"}, 2)
    assert group.find("rect") == Element("rect", {"width": "1", "height": "2", "rx": "3"}, (), group.at)
    assert (path.attrs["d"], path.at.line) == ("M1-2.5.5 3h1z", 3)


@given(st.lists(st.sampled_from(["data", "на", "1", "a\u00a0b", "&amp;", "“x”"]), min_size=1), st.data())
def test_rewrapping_changes_no_message(words: list[str], data: st.DataObject) -> None:
    """White space of any kind and amount between words is one space; a no-break space is none."""
    space = st.text(" \t\n", min_size=1, max_size=4)
    wrapped = "".join(data.draw(space) + word for word in words) + data.draw(space)
    figure, found = parse(svg(f'<text class="label" data-box="0 0 90 30">{wrapped}</text>'))
    assert not found
    assert figure is not None
    (text,) = (node for node in walk(figure) if isinstance(node, Text))
    assert text.text == " ".join(words).replace("&amp;", "&")


def test_line_break_between_han_is_no_space() -> None:
    """A text wrapped between two Han characters is one word, as in a paragraph."""
    figure, _ = parse(svg('<text class="label" data-box="0 0 90 30">数据\n  生命周期</text>'))
    assert figure is not None
    assert [node.text for node in walk(figure) if isinstance(node, Text)] == ["数据生命周期"]
