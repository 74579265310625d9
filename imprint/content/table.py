"""A data file in, a table of typed cells out."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from imprint.base.diagnostic import Diagnostics, Location
from imprint.base.sources import Sources
from imprint.content.limits import ROWS_PER_SECOND, check_count
from imprint.content.models import ColumnTable, DataFile
from imprint.content.region import Region, resolve_regions
from imprint.content.toml import TomlFile, convert_toml, load_toml, suggest
from imprint.content.tree import Element, Message, Node, Text, Value

FOLDER = "content/data"
# Of every row, column or not: the day from which no release may state it (a certificate's end).
EXPIRES = "expires"

_URL = re.compile(r"https?://[^\s<>\"]+")
_TERRITORY = re.compile(r"[A-Z]{2}|\d{3}")
_WANTS = {
    "date": "a date or a year",
    "number": "a number",
    "list": "a list of texts",
    "sources": "a list of keys",
    "territories": "a list of CLDR territory codes",
    "url": "an address that begins with https://",
}

Row = tuple[TomlFile, tuple[str | int, ...], Mapping[str, Any], frozenset[str]]


def load_table(
    sources: Sources, block: Element, regions: Mapping[str, Region], diagnostics: Diagnostics, cpu_seconds: float
) -> Element | None:
    """Return the `data-table` that a `table-block` names: a caption, its columns, its rows with their regions.

    No region may show more rows than an edition could lay out in `cpu_seconds`.
    """
    name = block.attrs["data"]
    path = f"{FOLDER}/{name}.toml"
    if path not in sources.list(FOLDER, ".toml"):
        known = [found.removeprefix(f"{FOLDER}/").removesuffix(".toml") for found in sources.list(FOLDER, ".toml")]
        hint = suggest(name, known) or f"write {FOLDER}/<name>.toml"
        diagnostics.error("missing-file", f"there is no data table '{name}'", block.at, hint)
        return None
    file = load_toml(sources, path, diagnostics)
    data = convert_toml(file, DataFile, diagnostics) if file else None
    if file is None or data is None:
        return None
    keys = [column.key for column in data.columns]
    for index, key in enumerate(keys):
        if key in keys[:index]:
            at = file.at("columns", index, "key")
            diagnostics.error("duplicate-column", f"the column '{key}' stands twice", at, "give it another key")
    columns = tuple(_column(column, file.at("columns", index, "title")) for index, column in enumerate(data.columns))
    header = next((c.key for c in data.columns if c.header), data.columns[0].key)
    found = _countable(list(_rows(file, data, regions, diagnostics)), file, cpu_seconds, diagnostics)
    rows = tuple(_row(data.columns, header, row, diagnostics) for row in found)
    attrs = {"partial": data.partial, **{key: value for key, value in block.attrs.items() if key != "data"}}
    caption = Element("caption", {}, block.children, block.at)
    return Element("data-table", attrs, (caption, *columns, *rows), block.at)


def _countable(found: list[Row], file: TomlFile, cpu_seconds: float, diagnostics: Diagnostics) -> list[Row]:
    """The rows, or the first of them where a region has too many."""
    largest = max(Counter(region for *_, regions in found for region in regions).values(), default=0)
    count = check_count(largest, ROWS_PER_SECOND, cpu_seconds, "rows", file.at("rows", 0), diagnostics)
    return found if count == largest else found[:count]


def check_rows(tables: Iterable[Element], cpu_seconds: float, diagnostics: Diagnostics) -> None:
    """Keep an error for the first of the data tables with which a region has more rows, in all of them together, than
    an edition could lay out in `cpu_seconds`."""
    counts: Counter[str] = Counter()
    for table in tables:
        rows = [row for row in table.children if isinstance(row, Element) and row.tag == "row"]
        counts.update(region for row in rows for region in row.attrs["regions"].split())
        largest = max(counts.values(), default=0)
        what = "rows in the tables up to this one"
        if check_count(largest, ROWS_PER_SECOND, cpu_seconds, what, table.at, diagnostics) < largest:
            return


def _column(column: ColumnTable, at: Location) -> Element:
    attrs = {"key": column.key, "type": column.type}
    if column.width:
        attrs["width"] = f"{column.width:g}"
    title = Text(Message(column.title, at, "column heading", note=column.note, width=column.narrow), column.title)
    return Element("column", attrs, (title,), at)


def _rows(
    file: TomlFile, data: DataFile, regions: Mapping[str, Region], diagnostics: Diagnostics
) -> Iterator[Row]:
    if isinstance(data.rows, list):
        for index, row in enumerate(data.rows):
            at = file.at("rows", index)
            markets, place = row.get("regions", []), file.at("rows", index, "regions")
            if not _all(markets, str):
                hint = 'write a list of names: regions = ["cn"]'
                diagnostics.error("bad-value", "'regions' takes a list of regions", place, hint)
                markets = []
            named = resolve_regions(markets, regions, place, diagnostics)
            if not row:
                diagnostics.error("empty-row", "the row is empty", at, "delete it")
            yield file, ("rows", index), {key: value for key, value in row.items() if key != "regions"}, named
        return
    kind, _, name = data.rows.partition(":")
    known = sorted({table for region in regions.values() for table in region.data})
    if kind != "region" or name not in known:
        hint = f"write 'region:<name>'; {suggest(name, known)}"
        diagnostics.error("unknown-rows", f"'{data.rows}' names no rows", file.at("rows"), hint)
        return
    # A region that inherits its rows shows its ancestor's: one row for all that do, wherever it is written.
    shown: dict[tuple[str, int], tuple[TomlFile, dict[str, Any], list[str]]] = {}
    for key, region in regions.items():
        origin, rows = region.data.get(name, (region.file, []))
        for index, row in enumerate(rows):
            shown.setdefault((origin.path, index), (origin, row, []))[2].append(key)
    for (_, index), (origin, row, heirs) in shown.items():
        yield origin, (name, index), row, frozenset(heirs)


def _row(columns: list[ColumnTable], header: str, row: Row, diagnostics: Diagnostics) -> Element:
    file, place, values, regions = row
    known = {column.key for column in columns}
    for key in values:
        if key not in (*known, EXPIRES) and file.path.startswith(FOLDER):
            at = file.at(*place, key)
            diagnostics.error("unknown-key", f"'{key}' is not a column of this table", at, suggest(key, known))
    cells = tuple(
        Element(
            "cell",
            {"key": column.key, "type": column.type, "header": "yes" if column.key == header else ""},
            tuple(_cell(column, values.get(column.key), file.at(*place, column.key), diagnostics)),
            file.at(*place, column.key),
        )
        for column in columns
    )
    attrs = {"regions": " ".join(sorted(regions))}
    if isinstance(expires := values.get(EXPIRES), date):
        attrs["expires"] = expires.isoformat()
    elif expires is not None:
        at = file.at(*place, EXPIRES)
        diagnostics.error("bad-value", f"'{EXPIRES}' takes a date", at, "docs/authors.md shows how")
    return Element("row", attrs, cells, file.at(*place))


def _cell(column: ColumnTable, value: object, at: Location, diagnostics: Diagnostics) -> Iterator[Node]:
    """The nodes of one cell: none where the value is missing or empty."""
    if value in (None, "", []):
        return
    texts: list[Any] = value if isinstance(value, list) else [value]
    if column.type in ("text", "list") and _all(texts, str) and (column.type == "list" or isinstance(value, str)):
        for text in texts:
            yield Text(Message(text, at, "cell", width=column.narrow, note=column.note), text)
    elif column.type == "verbatim" and isinstance(value, str):
        yield Value("verbatim", value, at)
    elif column.type == "url" and isinstance(value, str) and _URL.fullmatch(value):
        yield Value("url", value, at)
    elif column.type == "date" and _is_date(value):
        yield Value("date", value, at)  # type: ignore[arg-type]  # shown a line above
    elif column.type == "number" and isinstance(value, int | float) and _is_number(value):
        yield Value("number", value, at)
    elif column.type == "territories" and _all(texts, str) and all(_TERRITORY.fullmatch(code) for code in texts):
        yield Value("territories", tuple(texts), at)
    elif column.type == "sources" and _all(texts, str):
        yield Value("cite", tuple(texts), at)
    else:
        wants = f"the column '{column.key}' takes {_WANTS.get(column.type, 'a text')}"
        diagnostics.error("bad-value", wants, at, "docs/authors.md shows how")


def _is_date(value: object) -> bool:
    if isinstance(value, int) and not isinstance(value, bool):
        return 1 <= value <= 9999
    return isinstance(value, date)


def _is_number(value: float) -> bool:
    return not isinstance(value, bool) and math.isfinite(value)


def _all(values: object, kind: type) -> bool:
    return isinstance(values, list) and all(isinstance(value, kind) for value in values)
