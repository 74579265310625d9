"""The tag tree says what the page says: artifacts, languages, notes, links, lists."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf

from imprint.base.diagnostic import Diagnostics
from imprint.paginate.library import find_fonts
from imprint.paginate.render import Pagination, paginate_edition
from imprint.paginate.store import Store
from tests.paginate.conftest import files_of, page_of

EXTRA = (
    '<p>Law: <span lang="zh-Hans">法</span> <a href="https://example.org/a">the <wbr>whole <b>address</b></a></p>'
    "<dl><div><dt>term</dt><dd>meaning</dd></div></dl>"
)


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every structure element below the node."""
    kids: Any = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def marks_of(page: pikepdf.Page) -> list[Any]:
    """The operands of every marked-content operator of the page that has properties."""
    instructions = pikepdf.parse_content_stream(page)
    return [instruction.operands for instruction in instructions if str(instruction.operator) == "BDC"]


def opened(result: Pagination) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(result.pdf))


def rich(store: Store) -> pikepdf.Pdf:
    result = paginate_edition(page_of("en", EXTRA), files_of("en"), find_fonts(), "en", Diagnostics(), store=store)
    return opened(result)


def test_notes_and_calls_lead_to_each_other(paginated: Callable[[str], Pagination]) -> None:
    """A footnote is a Note with an id and a link to its call, which is a Reference with a link to the note."""
    pdf = opened(paginated("en"))
    tree = list(elements(pdf.Root.StructTreeRoot))
    (note,) = (element for element in tree if element.S == "/Note")
    (reference,) = (element for element in tree if element.S == "/Reference")
    assert "/ID" in note
    assert next(kid.S for kid in elements(reference)) == "/Link"
    assert any(kid.S == "/Link" for kid in elements(note))
    annotations = [a for page in pdf.pages for a in page.get("/Annots", []) if "/Dest" in a]
    assert {str(a.Contents) for a in annotations} == {"1 Overview", "1"}
    tops = [float(annotation.Dest[3]) for annotation in annotations]
    assert max(tops) - min(tops) > 100  # the call stands in the text, the note at the page's foot


def test_foreign_spans_abbreviations_and_headers(store: Store) -> None:
    """Lang on the foreign span, E on the abbreviation, Scope on the header cell."""
    pdf = rich(store)
    tree = list(elements(pdf.Root.StructTreeRoot))
    assert "zh-Hans" in {str(element.Lang) for element in tree if "/Lang" in element}
    assert "Long Form" in {str(element.E) for element in tree if "/E" in element}
    assert {str(element.A.Scope) for element in tree if element.S == "/TH"} == {"/Column"}


def test_links_are_whole_and_described(store: Store) -> None:
    """One annotation for a link with inner elements, described by its words."""
    pdf = rich(store)
    annotations = [a for page in pdf.pages for a in page.get("/Annots", []) if "/A" in a]
    described = sorted((str(a.A.URI), str(a.Contents)) for a in annotations)
    assert described == [("https://example.org/", "Overview"), ("https://example.org/a", "the whole address")]


def test_a_link_at_a_line_end_is_one(store: Store) -> None:
    """A link whose words all stand on the next line leaves no empty link at the line's end."""
    text = '<p style="width: 60pt; text-align: start">标准标准标<a href="https://a.example/"> ISO/IEC</a></p>'
    html = page_of("zh-Hans", text)
    made = paginate_edition(html, files_of("zh-Hans"), find_fonts(), "zh-Hans", Diagnostics(), store=store)
    pdf = opened(made)
    targets = [str(a.A.URI) for page in pdf.pages for a in page.get("/Annots", []) if "/A" in a]
    assert targets.count("https://a.example/") == 1
    assert all("/K" in link and len(link.K) > 1 for link in elements(pdf.Root.StructTreeRoot) if link.S == "/Link")


def test_text_hangs_on_its_element(store: Store) -> None:
    """A line's pieces of text are kids of their paragraph or cell, without a Span between; each knows its element."""
    pdf = rich(store)
    tree = list(elements(pdf.Root.StructTreeRoot))
    foreign = next(e for e in tree if e.get("/Lang") == "zh-Hans")
    assert foreign.P.S == "/P"
    assert [isinstance(kid, int) for kid in foreign.P.K[:2]] == [True, False]
    assert all(isinstance(kid, int) for kid in foreign.K)
    holders: dict[Any, Any] = {(e.Pg.objgen, kid): e for e in tree for kid in e.K if isinstance(kid, int)}
    numbers: Any = pdf.Root.StructTreeRoot.ParentTree.Nums
    for page, (number, listed) in zip(pdf.pages, zip(numbers[::2], numbers[1::2], strict=True), strict=False):
        assert page.obj.StructParents == number
        assert [e.objgen for e in listed] == [holders[page.obj.objgen, mcid].objgen for mcid in range(len(listed))]


def test_text_of_a_grouping_element_has_a_span(store: Store) -> None:
    """A division holds no text itself (ISO 32000-1, 14.8.4.2)."""
    html = page_of("en", "<div>loose text <b>and bold</b></div>")
    pdf = opened(paginate_edition(html, files_of("en"), find_fonts(), "en", Diagnostics(), store=store))
    tree = list(elements(pdf.Root.StructTreeRoot))
    (division,) = (e for e in tree if e.S == "/Div")
    assert [str(kid.S) for kid in division.K] == ["/Span", "/Span"]
    assert [kid.P.objgen for kid in division.K] == [division.objgen] * 2


def test_break_opportunities_leave_nothing(store: Store) -> None:
    """`<wbr>` is neither drawn nor tagged: it divides neither a word's text nor its element."""
    html = page_of("en", '<p lang="de">an<wbr>/<wbr>address</p>')
    pdf = opened(paginate_edition(html, files_of("en"), find_fonts(), "en", Diagnostics(), store=store))
    (paragraph,) = (e for e in elements(pdf.Root.StructTreeRoot) if e.get("/Lang") == "de")
    assert len(paragraph.K) == 3
    assert all(isinstance(kid, int) for kid in paragraph.K)


def test_definition_lists(store: Store) -> None:
    """An entry of a definition list is an item with a label and a body."""
    pdf = rich(store)
    tree = list(elements(pdf.Root.StructTreeRoot))
    (item,) = (element for element in tree if element.S == "/LI")
    assert [str(kid.S) for kid in item.K] == ["/Lbl", "/LBody"]


def test_leaders_are_artifacts(store: Store) -> None:
    """The dots of a contents line are a layout artifact; its link and page number stay content, as one link."""
    html = page_of("en", '<p class="line"><a href="#main-matter">Entry</a></p>')
    files = files_of("en")
    files["styles/a.css"] += b".line a::after { content: leader('.') target-counter(attr(href), page) }"
    result = paginate_edition(html, files, find_fonts(), "en", Diagnostics(), store=store)
    pdf = opened(result)
    marks = marks_of(pdf.pages[1])
    assert [str(mark[1].Type) for mark in marks if str(mark[0]) == "/Artifact"] == ["/Layout", "/Pagination"]
    links = [element for element in elements(pdf.Root.StructTreeRoot) if element.S == "/Link"]
    assert not [inner for link in links for inner in elements(link) if inner.S == "/Link"]


def test_running_headers_are_artifacts(paginated: Callable[[str], Pagination]) -> None:
    """What stands in the page's margin is marked as a pagination artifact, without content ids."""
    pdf = opened(paginated("en"))
    marks = marks_of(pdf.pages[0])
    artifacts = [mark for mark in marks if str(mark[0]) == "/Artifact"]
    assert [str(mark[1].Type) for mark in artifacts] == ["/Pagination"]
    numbers = [int(mark[1].MCID) for mark in marks if "/MCID" in mark[1]]
    assert sorted(numbers) == list(range(len(numbers)))
