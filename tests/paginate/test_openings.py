"""Each page is known by the words that it begins with, and what the proof says of a page is placed by them."""

from __future__ import annotations

from typing import Any

from imprint.base.diagnostic import Diagnostics, Location
from imprint.base.edition import Edition
from imprint.markup.page import Page
from imprint.paginate.library import find_fonts
from imprint.paginate.prove import Proven, prove_page
from imprint.paginate.render import Pagination, paginate_edition
from imprint.paginate.store import Store
from tests.paginate.conftest import files_of, page_of

# On its third page a heading too deep.
BODY = """<style>section { break-before: page }</style>
<section><img alt="A" src="figures/f.svg"><ul><li>An <b>item</b> first</li></ul><h5>Deep</h5></section>
<section><table><tr><td></td><td>A cell<span class="footnote" data-number="2">Note</span></td></tr></table></section>
<section><img alt="B" src="figures/f.svg"></section>"""


def made(store: Store) -> Pagination:
    return paginate_edition(page_of("en", BODY), files_of("en"), find_fonts(), "en", Diagnostics(), store=store)


def test_openings(store: Store) -> None:
    """A heading, a cell, an item with its parts; no margin, note or marker; nothing where there is only a picture."""
    assert made(store).openings == ("Overview", "Overview", "An item first", "A cell", "")


def test_findings_are_placed(store: Store) -> None:
    """A finding that preflight knows by its page alone stands at the message that the page begins with."""
    diagnostics = Diagnostics()
    asked: list[str] = []

    def locate(words: str) -> Location | None:
        asked.append(words)
        return Location("content/02.md", 7)

    page, edition = Page("", {}, "", "en"), Edition("cn", "en", "en_CN")
    proven = prove_page(made(store), page, edition, diagnostics, draft=True, locate=locate)
    deep = [d for d in diagnostics if d.message.startswith("page 3: ") and d.rule == "heading-skip"]
    assert [d.at for d in deep] == [Location("content/02.md", 7)]
    assert "An item first" in asked
    again: Any = Proven.unpack(proven.pack())
    assert again == proven
    assert any(found.words == "An item first" for found in again.preflight)
