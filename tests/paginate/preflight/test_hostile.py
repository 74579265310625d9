"""Broken and hostile PDFs: always a report, in bounded time and memory, never a traceback."""

from __future__ import annotations

import io
import time
import zlib
from collections.abc import Callable
from functools import cache

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from imprint.paginate.preflight.preflight import preflight
from tests.paginate.preflight.samples import elements, rules, save
from tests.search import examples

SETTINGS = settings(max_examples=examples(40), suppress_health_check=list(HealthCheck))


def small(change: Callable[[pikepdf.Pdf], None] | None = None) -> bytes:
    """A tagged PDF of one page, by hand: small, so that every flipped byte hits something."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(b"/P <</MCID 0>> BDC BT /F 12 Tf 10 10 Td (Hello) Tj ET EMC q /X Do Q")
    form = pdf.make_stream(b"0 0 5 5 re f", Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    page.Resources = Dictionary(Font=Dictionary(F=font), XObject=Dictionary(X=form))
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    paragraph = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=root, Pg=page, K=Array([0])))
    root.K = Array([paragraph])
    pdf.Root.StructTreeRoot = root
    pdf.Root.Lang = String("en")
    if change:
        change(pdf)
    return save(pdf)


SMALL = small()


@SETTINGS
@given(st.integers(0, len(SMALL)))
def test_truncations(length: int) -> None:
    """A file cut anywhere gets a report; only a whole one may be free of damage."""
    report = preflight(SMALL[:length])
    assert report.findings
    assert report.as_json()["ok"] == report.ok


@SETTINGS
@given(st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.integers(1, 255)), min_size=1, max_size=12))
def test_flipped_bytes(flips: list[tuple[int, int]]) -> None:
    """A file with flipped bytes gets a report in both profiles."""
    data = bytearray(SMALL)
    for place, mask in flips:
        data[place] ^= mask
    for profile in ("screen", "print"):
        report = preflight(bytes(data), profile)
        assert report.facts.bytes == len(data)


@SETTINGS
@given(st.binary(max_size=400))
def test_any_content_stream(content: bytes) -> None:
    """Whatever a page's content is, the page is judged."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = pdf.make_stream(content)

    data = small(change)
    for profile in ("screen", "print"):
        assert preflight(data, profile).facts.pages == 1


VALUES = st.recursive(
    st.booleans() | st.integers(-(2**31), 2**31) | st.sampled_from(["/X", "/Link", "text"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["/S", "/K", "/A"]), inner, max_size=3),
    max_leaves=6,
)
KEYS = ["/StructTreeRoot", "/Lang", "/Names", "/Outlines", "/PageLabels", "/Metadata", "/OutputIntents", "/AcroForm",
        "/ViewerPreferences", "/MarkInfo", "/OpenAction", "/Dests", "/AA"]  # fmt: skip
PAGE_KEYS = ["/Annots", "/Resources", "/MediaBox", "/TrimBox", "/BleedBox", "/Tabs", "/Contents", "/Group", "/AA"]


def as_pdf(value: object) -> object:
    """The value with each string that begins with a slash made a name."""
    if isinstance(value, str):
        return Name(value) if value.startswith("/") else String(value)
    if isinstance(value, list):
        return Array([as_pdf(item) for item in value])
    if isinstance(value, dict):
        return Dictionary({key: as_pdf(item) for key, item in value.items()})
    return value


@SETTINGS
@given(st.sampled_from(KEYS), VALUES, st.sampled_from(PAGE_KEYS), VALUES)
def test_any_value_at_any_key(key: str, value: object, page_key: str, page_value: object) -> None:
    """A value of a type that no standard allows, at the keys that the rules look at, is never a crash."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root[key] = as_pdf(value)
        pdf.pages[0].obj[page_key] = as_pdf(page_value)

    data = small(change)
    for profile in ("screen", "print"):
        assert preflight(data, profile).findings


def page_loop(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)


def structure_loop(pdf: pikepdf.Pdf) -> None:
    element = elements(pdf, "P")[0]
    element.K = Array([element, element, pdf.Root.StructTreeRoot])


def structure_tower(pdf: pikepdf.Pdf) -> None:
    inner = elements(pdf, "P")[0]
    for _ in range(3000):
        inner = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div, K=Array([inner])))
    pdf.Root.StructTreeRoot.K = Array([inner])


def structure_fan(pdf: pikepdf.Pdf) -> None:
    """Each of thirty elements is ten times the child of the one before: 10³⁰ paths."""
    inner = elements(pdf, "P")[0]
    for _ in range(30):
        inner = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div, K=Array([inner] * 10)))
    pdf.Root.StructTreeRoot.K = Array([inner])


def form_loop(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"/X Do /X Do", Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form.Resources = Dictionary(XObject=Dictionary(X=form))
    pdf.pages[0].obj.Resources.XObject.X = form


def role_loop(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(A=Name.B, B=Name.A)
    elements(pdf, "P")[0].S = Name.A


def outline_loop(pdf: pikepdf.Pdf) -> None:
    item = pdf.make_indirect(Dictionary(Title=String("x")))
    item.Next = item.First = item
    pdf.Root.Outlines = Dictionary(First=item)


def name_loop(pdf: pikepdf.Pdf) -> None:
    node = pdf.make_indirect(Dictionary())
    node.Kids = Array([node])
    pdf.Root.Names = Dictionary(Dests=node, EmbeddedFiles=node)
    pdf.Root.PageLabels = node


def action_loop(pdf: pikepdf.Pdf) -> None:
    action = pdf.make_indirect(Dictionary(S=Name.JavaScript))
    action.Next = Array([action, action])
    pdf.Root.OpenAction = action


def nested_array(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(b"[" * 100_000 + b" TJ " + b"q " * 200_000 + b"/P BMC " * 50_000)


def numbers(pdf: pikepdf.Pdf) -> None:
    """Half a million digits in an array, for a pattern that would try them again and again."""
    pdf.pages[0].obj.Contents = pdf.make_stream(b"BT [" + b"1" * 500_000 + b" <41> ] XX")


@cache
def bomb() -> bytes:
    engine = zlib.compressobj(1)
    return b"".join(engine.compress(b" " * 2**20) for _ in range(160)) + engine.flush()


def inflating(pdf: pikepdf.Pdf) -> None:
    """A little Flate that unpacks to more than one stream may."""
    data = bomb()
    stream = pdf.make_stream(b"")
    stream.write(data, filter=Name.FlateDecode)
    pdf.Root.Bomb = stream


def cmap_bomb(pdf: pikepdf.Pdf) -> None:
    ranges = b"100 beginbfrange\n" + b"<0000> <ffff> <0041>\n" * 100 + b"endbfrange\n"
    pdf.pages[0].obj.Resources.Font.F.ToUnicode = pdf.make_stream(ranges * 50)


def entity_bomb(pdf: pikepdf.Pdf) -> None:
    lines = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    xml = f'<!DOCTYPE x [<!ENTITY e0 "ha">{lines}]><x>&e11;</x>'
    pdf.Root.Metadata = pdf.make_stream(xml.encode(), Type=Name.Metadata, Subtype=Name.XML)


HOSTILE = [page_loop, structure_loop, structure_tower, structure_fan, form_loop, role_loop, outline_loop,
           name_loop, action_loop, nested_array, numbers, inflating, cmap_bomb, entity_bomb]  # fmt: skip


@pytest.mark.parametrize("change", HOSTILE, ids=[change.__name__ for change in HOSTILE])
@pytest.mark.parametrize("profile", ["screen", "print"])
def test_hostile_pdf_gets_a_report_in_time(change: Callable[[pikepdf.Pdf], None], profile: str) -> None:
    """Loops, towers and bombs end in a report within seconds of CPU."""
    data = small(change)
    start = time.process_time()
    report = preflight(data, profile)
    assert report.findings
    assert time.process_time() - start < 8


def test_bombs_are_named() -> None:
    """What unpacks to more than any paper needs is refused as damaged; a tower of elements is cut off."""
    assert "stream-damaged" in rules(preflight(small(inflating)))
    assert "check-failed" in rules(preflight(small(structure_tower)))


def test_huge_page_tree_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit pages are not judged, and the report says so."""
    monkeypatch.setattr("imprint.paginate.preflight.opened.PAGE_LIMIT", 20)

    def many(pdf: pikepdf.Pdf) -> None:
        for _ in range(30):
            pdf.pages.append(pdf.pages[0])

    report = preflight(small(many))
    assert "too-large" in rules(report)
    assert report.facts.pages == 20


def test_time_limit_gives_what_was_found() -> None:
    """Where the time is over, the report says so, and keeps what it has."""
    report = preflight(small(), seconds=-1.0)
    assert "too-large" in rules(report)


def test_limits_of_the_process_are_put_back() -> None:
    """qpdf's limits are those of the whole process; a judgement leaves them as they were."""
    before = pikepdf.settings.get_qpdf_limits()
    preflight(SMALL)
    assert pikepdf.settings.get_qpdf_limits() == before


def test_linearized_and_compressed_files_are_judged() -> None:
    """Other ways of writing the same file give the same findings."""
    with pikepdf.open(io.BytesIO(SMALL)) as pdf:
        buffer = io.BytesIO()
        pdf.save(buffer, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert rules(preflight(buffer.getvalue())) >= {"untagged", "font-not-embedded", "title-missing"}
