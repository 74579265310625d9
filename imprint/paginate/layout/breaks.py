"""What a page break parts: a heading from its text, a caption from its figure, a line from its paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from imprint.paginate.layout.finding import Finding, error, quoted, warning
from imprint.paginate.layout.tree import HEADINGS, Laid, Line, Node, Page


def find_parted(laid: Laid) -> Iterator[Finding]:
    """Yield `heading-stranded`, `heading-divided`, `caption-parted`, `orphan-line` and `widow-line`."""
    for page in laid.pages:
        yield from _check_headings(page)
        yield from _check_captions(page)
        for node in page.boxes:
            if node.continued or node.continues:
                yield from _check_paragraph(node, page.number)


def _check_headings(page: Page) -> Iterator[Finding]:
    """A heading or a term that is the last thing on the page or in the column."""
    last: dict[int, Node] = {}
    count: dict[int, int] = {}
    for column, leaf in page.leaves:
        if not isinstance(leaf, Line) or leaf.pieces or leaf.items:
            last[id(column)] = leaf
            count[id(column)] = count.get(id(column), 0) + 1
    for column, leaf in last.items():
        heading = leaf.within(*HEADINGS, "dt")
        if heading is None or heading.continues:
            continue
        if heading.tag == "h1" and count[column] == len(heading.lines or [leaf]):
            # A title on a page of its own.
            continue
        what = "term" if heading.tag == "dt" else "heading"
        words = heading.words or _words(leaf)
        message = f"the {what} {quoted(words)} stands at the foot, and what it announces is elsewhere"
        hint = "keep it with the next block (`break-after: avoid`), and let that block be broken"
        yield error("heading-stranded", page.number, message, words, hint)


def _words(leaf: Node) -> str:
    return leaf.block.words if isinstance(leaf, Line) else ""


def _check_captions(page: Page) -> Iterator[Finding]:
    for caption in page.captions:
        words = caption.words or next((n.words for n in page.boxes if n.lines and caption in n.ancestors()), "")
        if caption.tag == "figcaption":
            whole = caption.within("figure")
            parted = whole is not None and not _has_body(page, whole, caption)
        else:
            parted = not _has_rows(page, caption)
        if parted:
            message = f"the caption {quoted(words)} is not on the page of what it describes"
            hint = "keep the caption with its figure or table (`break-inside: avoid`, `break-after: avoid`)"
            yield error("caption-parted", page.number, message, words, hint)


def _has_body(page: Page, figure: Node, caption: Node) -> bool:
    """Whether something of the figure, other than its caption, is on the page."""
    return any(
        figure in leaf.ancestors() and caption not in leaf.ancestors()
        for _, leaf in page.leaves
        if not isinstance(leaf, Line) or leaf.items
    )


def _has_rows(page: Page, caption: Node) -> bool:
    """Whether a row of the caption's table, other than its heads, is on the page."""
    table = caption.parent
    while table is not None and not table.box.is_table_wrapper:
        table = table.parent
    return table is None or any(
        table in row.ancestors() and not (row.parent and getattr(row.parent.box, "is_header", False))
        for row in page.rows
    )


def _check_paragraph(node: Node, page: int) -> Iterator[Finding]:
    """A paragraph that goes over the page's end with one line on a side, and a heading that does so at all."""
    if node.zone == "note" or node.cell is not None:
        return
    words = node.words
    if node.within(*HEADINGS):
        if node.continued:
            hint = "keep the heading whole (`break-inside: avoid`)"
            yield error("heading-divided", page, f"the heading {quoted(words)} began on another page", words, hint)
        return
    if len(node.lines) > 1:
        return
    hint = "`orphans: 2` and `widows: 2`; reword the paragraph by a line"
    if node.continues and not node.continued:
        message = f"a paragraph's first line stands alone at the foot: {quoted(words)}"
        yield warning("orphan-line", page, message, words, hint)
    elif node.continued and not node.continues:
        message = f"a paragraph's last line stands alone at the head: {quoted(words)}"
        yield warning("widow-line", page, message, words, hint)
