"""Tables across pages: rows divided badly, heads without rows, rows alone."""

from __future__ import annotations

from collections.abc import Iterator

from imprint.paginate.layout.finding import Finding, error, quoted, warning
from imprint.paginate.layout.tree import Laid, Line, Node, Page

# A row alone on a page is no fault where it is a long text: lines of its longest cell.
_TALL = 4


def find_torn(laid: Laid) -> Iterator[Finding]:
    """Yield `row-split`, `table-head-alone` and `table-row-alone`."""
    yield from _check_split(laid)
    fragments: dict[int, list[tuple[Page, Node]]] = {}
    for page in laid.pages:
        for table in page.tables:
            fragments.setdefault(id(table.element), []).append((page, table))
    for parts in fragments.values():
        yield from _check_table(parts)


def _check_split(laid: Laid) -> Iterator[Finding]:
    """Rows that begin on one page and end on another with a line or nothing on a side."""
    seen: dict[int, tuple[Page, Node]] = {}
    for page in laid.pages:
        for row in page.rows:
            if _is_head(row) or row.element is None:
                continue
            before = seen.get(id(row.element))
            seen[id(row.element)] = (page, row)
            if before is None or before[0] is page:
                continue
            upper, lower = _height(*before), _height(page, row)
            if min(upper, lower) > 1:
                continue
            few, where = (upper, before[0].number) if upper <= lower else (lower, page.number)
            words = _words(page, row) or _words(*before)
            message = f"a row is divided, with {few or 'no'} line{'s' * (few != 1)} on this page: {quoted(words)}"
            hint = "keep rows whole (`tr { break-inside: avoid }`), or at least two lines on each side"
            yield error("row-split", where, message, words, hint)


def _check_table(parts: list[tuple[Page, Node]]) -> Iterator[Finding]:
    rows = [[row for row in page.rows if table in row.ancestors()] for page, table in parts]
    bodies = [[row for row in held if not _is_head(row) and not _is_foot(row)] for held in rows]
    total = len({id(row.element) for body in bodies for row in body})
    for index, ((page, _), held, body) in enumerate(zip(parts, rows, bodies, strict=True)):
        heads = [row for row in held if _is_head(row)]
        goes_on = index + 1 < len(parts)
        # A row of heads alone, wherever it stands in the table, announces the rows below it.
        announced = body[-1] if goes_on and body and _is_all_heads(page, body[-1]) else None
        if announced is None and heads and total and not any(_height(page, row) for row in body):
            announced = heads[0]
        if announced is not None:
            words = _words(page, announced)
            message = f"a table shows its head without a row below it: {quoted(words)}"
            hint = "keep the first rows with their head (`<thead>`; `break-after: avoid` on the first row)"
            yield error("table-head-alone", page.number, message, words, hint)
        elif len(parts) > 1 and total > 2 and len(body) == 1 and _height(page, body[0]) < _TALL:
            words = _words(page, body[0])
            message = f"one row of a table stands alone on this page: {quoted(words)}"
            hint = "keep the first two and the last two rows together"
            yield warning("table-row-alone", page.number, message, words, hint)


def _is_all_heads(page: Page, row: Node) -> bool:
    tags = [cell.tag for cell in page.cells if cell.parent is row]
    return bool(tags) and all(tag == "th" for tag in tags)


def _is_head(row: Node) -> bool:
    return row.parent is not None and bool(getattr(row.parent.box, "is_header", False))


def _is_foot(row: Node) -> bool:
    return row.parent is not None and bool(getattr(row.parent.box, "is_footer", False))


def _height(page: Page, row: Node) -> int:
    """The lines of the row's longest cell on the page."""
    return max((len(_drawn(lines)) for cell, lines in page.cells.items() if cell.parent is row), default=0)


def _drawn(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line.items]


def _words(page: Page, row: Node) -> str:
    """The text of the row's first cell that has any."""
    found = (" ".join(line.text for line in lines) for cell, lines in page.cells.items() if cell.parent is row)
    return next((text for text in found if text.strip()), "")
