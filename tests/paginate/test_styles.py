"""Styles that would keep the engine busy for ever are refused at their line; no other style is."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from imprint.base.diagnostic import Diagnostics
from imprint.paginate.styles import IMPORTS_LIMIT, VALUES_LIMIT, check_styles
from tests.papers import ENGINE


def _found(styles: Mapping[str, str]) -> list[tuple[str, str]]:
    diagnostics = Diagnostics()
    check_styles(styles, diagnostics)
    assert all(found.hint for found in diagnostics)
    return [(found.rule, str(found.at)) for found in diagnostics]


def _doubling(count: int) -> str:
    """Custom properties, a line each, of which each holds the one before twice."""
    return "\n".join(f"p {{ --a{number + 1}: var(--a{number}) var(--a{number}) }}" for number in range(count))


@pytest.mark.parametrize(
    "rule",
    [
        '@import "a.css";',
        "@import url(a.css);",
        '@import url("a.css") print;',
        '@IMPORT "./a.css";',
        '@import "../styles/a.css?x#y";',
        '@import "%61.css";',
        r'@\69mport "a.css";',
        '@import "https://paper.invalid/styles/a.css";',
        '@import "//paper.invalid/styles/a.css";',
    ],
)
def test_a_style_that_imports_itself(rule: str) -> None:
    """However its address is written."""
    assert _found({"styles/a.css": f"/* a */\n{rule}\np {{ color: red }}"}) == [
        ("import-circle", "templates/styles/a.css:2")
    ]


def test_a_circle_of_imports() -> None:
    """The circle is told once, where it closes."""
    styles = {"a.css": '@import "b.css";', "b.css": '\n@import "c.css";', "c.css": '\n\n@import "b.css";'}
    assert _found(styles) == [("import-circle", "templates/c.css:3")]


def test_imports_that_multiply() -> None:
    """Sheets that each import the next one twice are refused; a long line of them, or a sheet used twice, is not."""
    ends = {"7.css": "p { color: red }"}
    twice = {f"{n}.css": f'@import "{n + 1}.css";\n' * 2 for n in range(7)}
    assert _found(twice | ends) == [("too-complex", "templates/1.css:2")]
    once = {f"{n}.css": f'@import "{n + 1}.css";' for n in range(7)}
    assert _found(once | ends) == []
    line = {f"{n}.css": f'@import "{n + 1}.css";' for n in range(IMPORTS_LIMIT - 1)}
    assert _found(line | {f"{IMPORTS_LIMIT - 1}.css": ""}) == []
    assert _found({"a.css": '@import "b.css";\n@import url(b.css);', "b.css": ""}) == []


def test_an_import_from_elsewhere() -> None:
    """Another address is no sheet of the page: the fetcher refuses it."""
    assert _found({"a.css": '@import "https://example.org/a.css"; @import "none.css"; @import;'}) == []


@pytest.mark.parametrize(
    "css",
    [
        _doubling(40),
        "\n".join(reversed(_doubling(40).split("\n"))),
        "@media print { @page { @top-left {" + _doubling(40).replace("p {", "").replace("}", ";") + "}}}",
        _doubling(40).replace("var(", "calc(1 + var("). replace(")", "))"),
        _doubling(40).replace("var(--a0)", "var(--none, 1 1 1)"),
        ":root { --a: " + "a " * 200 + "}\np { content: " + "var(--a) " * 200 + "}",
    ],
    ids=["a line each", "the last first", "in page margins", "inside a function", "a fallback", "a property"],
)  # fmt: skip
def test_custom_properties_that_multiply(css: str) -> None:
    """A value that grows past the limit when its custom properties are put in is refused, wherever it stands."""
    ((rule, at),) = _found({"a.css": css})
    assert rule == "too-complex"
    assert at.startswith("templates/a.css:")


def test_where_it_grows() -> None:
    """The line is that of the first declaration past the limit."""
    half = "a " * (VALUES_LIMIT // 2)
    css = f":root {{ --a: {half} }}\np {{ --b: var(--a) }}\nq {{ --c: var(--b) var(--a) }}"
    assert _found({"a.css": css}) == [("too-complex", "templates/a.css:3")]


@pytest.mark.parametrize(
    "css",
    [
        _doubling(8),
        ":root { --a: var(--b) }\np { --b: var(--a) }\nq { --a: var(--a) }",
        "a:hover { color: var(--b) }\na:not(.b):focus { --x: {a: b}; color: red }",
        "p { color: var() } q { color: var(1) } --a --b: ; : ;",
        "} ] ) @import @media {",
    ],
)
def test_harmless_styles(css: str) -> None:
    """A few steps of growth, names that refer to each other on different elements, selectors and slips pass."""
    assert _found({"a.css": css}) == []


def test_the_engines_own_styles() -> None:
    """The styles that a paper begins with have nothing to be refused for."""
    folder = ENGINE / "templates"
    assert _found({str(p.relative_to(folder)): p.read_text("utf-8") for p in sorted(folder.rglob("*.css"))}) == []
