"""Data files become tables of typed cells."""

from __future__ import annotations

from datetime import date

import pytest

from imprint.content.tree import Element, Text, Value, walk
from tests.conftest import PaperFactory
from tests.papers import CN, GLOBAL, Paper

BODY = "/// table | apps\n    id: tab-apps\n\nThe apps.\n///\n"


def column(kind: str) -> str:
    return f'[[columns]]\nkey = "x"\ntitle = "X"\ntype = "{kind}"\n'


def with_table(paper: PaperFactory, data: str) -> Paper:
    return paper(BODY, files={"content/data/apps.toml": data})


def the_table(made: Paper) -> Element:
    (table,) = (
        n for c in made.document().chapters for n in walk(c) if isinstance(n, Element) and n.tag == "data-table"
    )
    return table


def cells(made: Paper) -> list[list[object]]:
    """What each cell of each row holds."""
    rows = (n for n in the_table(made).children if isinstance(n, Element) and n.tag == "row")
    return [
        [
            (n.text if isinstance(n, Text) else (n.kind, n.value) if isinstance(n, Value) else n.tag)
            for cell in row.children
            if isinstance(cell, Element)
            for n in cell.children
        ]
        for row in rows
    ]


@pytest.mark.parametrize(
    ("kind", "value", "held"),
    [
        ("text", '"Some *text*"', ["Some *text*"]),
        ("verbatim", '"v*1"', [("verbatim", "v*1")]),
        ("date", "2021-02-03", [("date", date(2021, 2, 3))]),
        ("date", "2021", [("date", 2021)]),
        ("number", "12.5", [("number", 12.5)]),
        ("number", "-3", [("number", -3)]),
        ("territories", '["CN", "001"]', [("territories", ("CN", "001"))]),
        ("list", '["a", "b"]', ["a", "b"]),
        ("url", '"https://example.org/a"', [("url", "https://example.org/a")]),
        ("sources", '["law-1"]', [("cite", ("law-1",))]),
        ("text", '""', []),
        ("list", "[]", []),
    ],
)
def test_every_type(paper: PaperFactory, kind: str, value: str, held: list[object]) -> None:
    """Each column type reads its own values; what is empty makes no node."""
    assert cells(with_table(paper, f"{column(kind)}\n[[rows]]\nx = {value}\n")) == [held]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "1"),
        ("text", '["a"]'),
        ("verbatim", "1"),
        ("date", '"2021"'),
        ("date", "true"),
        ("number", '"1"'),
        ("number", "true"),
        ("number", "nan"),
        ("number", "inf"),
        ("territories", '["China"]'),
        ("territories", "[1]"),
        ("list", "[1]"),
        ("url", '"javascript:alert(1)"'),
        ("url", '"file:///etc/passwd"'),
        ("url", "1"),
        ("sources", "[1]"),
        ("date", "12:30:00"),
        ("date", "99999"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(paper: PaperFactory, kind: str, value: str) -> None:
    """A value that its column cannot take is refused at its own line."""
    _, found = with_table(paper, f"{column(kind)}\n[[rows]]\nx = {value}\n").load()
    assert [(d.rule, str(d.at)) for d in found] == [("bad-value", "content/data/apps.toml:7")]
    assert found[0].hint


def test_row_headers_notes_and_widths(paper: PaperFactory) -> None:
    """The first column heads the rows unless another is named; hints reach the translators' messages."""
    data = (
        '[[columns]]\nkey = "a"\ntitle = "A"\nnarrow = 18\nnote = "Short."\nwidth = 40\n\n'
        '[[columns]]\nkey = "b"\ntitle = "B"\nheader = true\n\n[[rows]]\na = "one"\nb = "two"\n'
    )
    table = the_table(with_table(paper, data))
    heads = [n.attrs["header"] for n in walk(table) if isinstance(n, Element) and n.tag == "cell"]
    assert heads == ["", "yes"]
    one = next(n.message for n in walk(table) if isinstance(n, Text) and n.text == "one")
    assert (one.width, one.note, str(one.at)) == (18, "Short.", "content/data/apps.toml:14")


def test_rows_of_a_market(paper: PaperFactory) -> None:
    """Rows carry their markets; rows of a region's profile are that market's own."""
    laws = CN + '\n[[laws]]\nx = "A law"\n'
    made = paper(
        BODY,
        files={
            "content/data/apps.toml": 'rows = "region:laws"\n' + column("text"),
            "content/regions/cn.toml": laws,
            "content/regions/global.toml": laws.replace("A law", "Another"),
        },
    )
    rows = [n for n in the_table(made).children if isinstance(n, Element) and n.tag == "row"]
    assert [row.attrs["regions"] for row in rows] == ["cn", "global"]
    assert cells(made) == [["A law"], ["Another"]]


def test_inherited_rows_stand_once(paper: PaperFactory) -> None:
    """Rows that a region inherits are its ancestor's: one row in the paper, shown in both."""
    laws = '[[laws]]\nx = "A law"\n[[laws]]\nx = "Another"\n'
    made = paper(
        BODY,
        files={
            "content/data/apps.toml": 'rows = "region:laws"\n' + column("text"),
            "content/regions/cn.toml": CN + laws,
            "content/regions/global.toml": 'inherits = "cn"\n' + GLOBAL,
        },
    )
    rows = [n for n in the_table(made).children if isinstance(n, Element) and n.tag == "row"]
    assert [row.attrs["regions"] for row in rows] == ["cn global", "cn global"]
    assert cells(made) == [["A law"], ["Another"]]


@pytest.mark.parametrize(
    ("data", "rule", "line"),
    [
        (column("txet"), "bad-value", 4),
        (column("text") + "[[rows]]\ny = 1\n", "unknown-key", 6),
        (column("text") + '[[rows]]\nx = "a"\nregions = ["cm"]\n', "unknown-region", 7),
        ('rows = "region:lwas"\n' + column("text"), "unknown-rows", 1),
        (column("text") + "[[rows]]\n", "empty-row", 5),
        (column("text"), "empty-table", 0),
        (column("text") + column("text") + '[[rows]]\nx = "a"\n', "duplicate-column", 6),
        ('partial = "../x"\n' + column("text"), "bad-value", 1),
    ],
)
def test_slips(paper: PaperFactory, data: str, rule: str, line: int) -> None:
    """A data file's slips are named with their lines."""
    _, found = with_table(paper, data).load()
    places = {(d.rule, str(d.at)) for d in found}
    assert (rule, f"content/data/apps.toml:{line}" if line else "content/01-one.md:3") in places


def test_a_table_empty_in_one_market_is_refused(paper: PaperFactory) -> None:
    """A table whose rows all belong to another market is an error that names the market."""
    _, found = with_table(paper, column("text") + '[[rows]]\nx = "a"\nregions = ["cn"]\n').load()
    assert [d.message for d in found] == ["the table is empty in the region 'global'"]


@pytest.mark.parametrize("value", ["5", "true", "[5]", "[[]]", "{}", "2020-01-01"])
def test_regions_of_a_row_are_names(paper: PaperFactory, value: str) -> None:
    """A row's `regions` of another type is a slip with its line."""
    made = with_table(paper, f'{column("text")}[[rows]]\nx = "a"\nregions = {value}\n')
    _, (found,) = made.load()
    assert (found.rule, str(found.at)) == ("bad-value", "content/data/apps.toml:7")
