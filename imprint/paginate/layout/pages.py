"""Pages with next to nothing on them that nobody asked for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from imprint.paginate.layout.finding import Finding, error, quoted, warning
from imprint.paginate.layout.tree import FORCED, Laid, Line, Node, Page

# The part of the text area's height that must be used where the text goes on, and the lines where it ends.
_PART = 0.15
_LINES = 3


def find_empty_pages(laid: Laid) -> Iterator[Finding]:
    """Yield `page-nearly-empty`: an error where the text went on, a warning where a chapter ends in a line or two."""
    pages = [page for page in laid.pages if not page.blank]
    for page, following in zip_longest(pages, pages[1:]):
        yield from _check(page, following, is_first=page is pages[0])


def _check(page: Page, following: Page | None, *, is_first: bool) -> Iterator[Finding]:
    leaves = [leaf for _, leaf in page.leaves if not isinstance(leaf, Line) or leaf.items]
    words = next((leaf.block.words for leaf in leaves if isinstance(leaf, Line)), "")
    if not leaves:
        if not (page.decorated or any(line.zone == "absolute" for line in page.lines)):
            hint = "look for a page break before and after an empty element"
            yield error("page-nearly-empty", page.number, "a page without any text", "", hint)
        return
    if is_first:
        # The cover.
        return
    used = sum(_height(leaf) for leaf in leaves)
    asked = following is None or _is_forced(page, following)
    height = page.area[3] - page.area[1]
    if not asked and used < _PART * height:
        message = f"only {used / height:.0%} of the page is used, and the text goes on: {quoted(words)}"
        hint = "what follows may not be broken or parted; allow it a break"
        yield error("page-nearly-empty", page.number, message, words, hint)
    elif asked and len(leaves) < _LINES and all(isinstance(leaf, Line) and not leaf.within("h1") for leaf in leaves):
        count = f"{len(leaves)} line{'s' * (len(leaves) != 1)}"
        message = f"the text ends with {count} on a page of its own: {quoted(words)}"
        yield warning("page-nearly-empty", page.number, message, words, "shorten the chapter by these lines")


def _height(leaf: Node) -> float:
    if isinstance(leaf, Line):
        return float(leaf.box.height)
    return leaf.frame[3] - leaf.frame[1]


def _is_forced(page: Page, following: Page) -> bool:
    """Whether the author or the style asked for the break between the two: by a break, or by another kind of page."""
    if page.name != following.name:
        return True
    before, after = page.edge(-1), following.edge(0)
    # A box that goes on over the break was not broken by its own property.
    going_on = {identity for identity, _ in before} & {identity for identity, _ in after}
    return any(style["break_before"] in FORCED for identity, style in after if identity not in going_on) or any(
        style["break_after"] in FORCED for identity, style in before if identity not in going_on
    )
