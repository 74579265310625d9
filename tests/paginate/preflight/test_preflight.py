"""The sound PDFs pass, and each rule broken on purpose is found by its name."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from imprint.base.diagnostic import Diagnostics, Severity
from imprint.base.edition import Edition
from imprint.markup.page import Page
from imprint.paginate.layout.rules import LAYOUT_RULES
from imprint.paginate.preflight.catalogue import RULES
from imprint.paginate.preflight.conformance import Validation
from imprint.paginate.preflight.expectation import Expectation
from imprint.paginate.preflight.opened import open_pdf
from imprint.paginate.preflight.preflight import preflight
from imprint.paginate.preflight.report import SHOWN_PER_RULE, render_report
from imprint.paginate.prove import prove_page
from imprint.paginate.render import Pagination
from tests.paginate.preflight.samples import Change, Judge, altered, elements, flat_profile, rules

Pdf = pikepdf.Pdf
CHECKED: set[str] = set()


def test_sound_pdf_gives_no_finding(judge: Judge) -> None:
    """A PDF that keeps every rule passes against its edition, with all rules of both standards."""
    report = judge()
    assert report.findings == ()
    assert report.ok
    assert report.facts.pages == 4
    assert report.facts.conformance == {"PDF/A-2a": (154, 154), "PDF/UA-1": (104, 104)}
    assert all(font.embedded and font.subset for font in report.facts.fonts)


def test_sound_sheet_gives_no_finding(judge: Judge) -> None:
    """A sheet for the press that keeps every rule of the print profile passes."""
    assert judge(profile="print").findings == ()


# --- structure -----------------------------------------------------------------------------------------------------


def untag(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot


def hide_title(pdf: Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def skip_heading(pdf: Pdf) -> None:
    elements(pdf, "H2")[0].S = Name.H4


def demote_headings(pdf: Pdf) -> None:
    for heading in elements(pdf, "H1", "H2"):
        heading.S = Name.P


def drop_alt(pdf: Pdf) -> None:
    del elements(pdf, "Figure")[0].Alt


def flatten_table(pdf: Pdf) -> None:
    for cell in elements(pdf, "TH"):
        cell.S = Name.TD


def drop_scope(pdf: Pdf) -> None:
    del elements(pdf, "TH")[0].A.Scope


def put_paragraph_into_list(pdf: Pdf) -> None:
    elements(pdf, "LI")[0].S = Name.P


def drop_body(pdf: Pdf) -> None:
    elements(pdf, "LBody")[0].S = Name.Span


def drop_note_id(pdf: Pdf) -> None:
    del elements(pdf, "Note")[0].ID


def drop_reference(pdf: Pdf) -> None:
    elements(pdf, "Reference")[0].S = Name.Span


def drop_backlink(pdf: Pdf) -> None:
    link = elements(pdf, "Link")
    note = next(e for e in link if "/Note" in str(e.P.S) or "/Note" in str(e.P.P.S))
    note.K = Array([kid for kid in note.K if isinstance(kid, int)])


def invent_tag(pdf: Pdf) -> None:
    elements(pdf, "H2")[0].S = Name.Headline


def draw_untagged(pdf: Pdf) -> None:
    contents = pdf.pages[0].Contents
    font = next(iter(pdf.pages[0].Resources.Font))
    contents.write(contents.read_bytes() + f"\nBT {font} 12 Tf <00240025> Tj ET".encode())


def orphan(pdf: Pdf) -> None:
    elements(pdf, "H2")[0].K = Array([])


def map_leader(pdf: Pdf) -> None:
    remap(pdf, b"002e002e002e002e002e002e")


def tag_header(pdf: Pdf) -> None:
    """Give the running header a place in the structure of each page, as a careless finisher would."""
    document = elements(pdf, "Document")[0]
    for page in pdf.pages:
        data = page.Contents.read_bytes()
        page.Contents.write(re.sub(rb"/Artifact BMC(?=\s+/a1\.0 gs|\s+BT)", b"/P <</MCID 900>> BDC", data, count=1))
        element = Dictionary(Type=Name.StructElem, S=Name.P, P=document, Pg=page.obj, K=Array([900]))
        document.K.append(pdf.make_indirect(element))


# --- languages -----------------------------------------------------------------------------------------------------


def drop_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


def garble_language(pdf: Pdf) -> None:
    pdf.Root.Lang = String("english please")


def wrong_language(pdf: Pdf) -> None:
    pdf.Root.Lang = String("hi")


def drop_span_language(pdf: Pdf) -> None:
    for element in elements(pdf, "P"):
        if "/Lang" in element:
            del element.Lang


def foreign_alt(pdf: Pdf) -> None:
    elements(pdf, "Figure")[0].Alt = String("灰色的正方形")


# --- navigation ----------------------------------------------------------------------------------------------------


def links(pdf: Pdf) -> list[pikepdf.Object]:
    return list(pdf.pages[0].obj.Annots)


def kill_link(pdf: Pdf) -> None:
    next(link for link in links(pdf) if "/Dest" in link).Dest = String("nowhere")


def kill_outline(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.Dest = Array([pdf.make_indirect(Dictionary()), Name.Fit])


def drop_description(pdf: Pdf) -> None:
    del links(pdf)[0].Contents


def bare_description(pdf: Pdf) -> None:
    link = next(link for link in links(pdf) if "/A" in link)
    link.Contents = link.A.URI


def untag_link(pdf: Pdf) -> None:
    for element in elements(pdf, "Link"):
        element.K = Array([kid for kid in element.K if isinstance(kid, int)])


def script_link(pdf: Pdf) -> None:
    next(link for link in links(pdf) if "/A" in link).A.URI = String("file:///etc/passwd")


def drop_tabs(pdf: Pdf) -> None:
    del pdf.pages[0].obj.Tabs


def drop_outline(pdf: Pdf) -> None:
    del pdf.Root.Outlines


def rename_bookmark(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.Title = String("Another title")


def drop_labels(pdf: Pdf) -> None:
    del pdf.Root.PageLabels


def arabic_labels(pdf: Pdf) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))


# --- metadata ------------------------------------------------------------------------------------------------------


def drop_xmp(pdf: Pdf) -> None:
    del pdf.Root.Metadata


def drop_titles(pdf: Pdf) -> None:
    del pdf.docinfo["/Title"]
    edit_xmp(pdf, b"A sound paper", b"")


def other_info(pdf: Pdf) -> None:
    pdf.docinfo["/Author"] = "Somebody else"


def edit_xmp(pdf: Pdf, old: bytes, new: bytes) -> None:
    stream = pdf.Root.Metadata
    stream.write(stream.read_bytes().replace(old, new))


def drop_dates(pdf: Pdf) -> None:
    for key in ("/CreationDate", "/ModDate"):
        del pdf.docinfo[key]
    edit_xmp(pdf, b'xmp:CreateDate="2026-11-24T00:00:00Z"', b"")


def other_subject(pdf: Pdf) -> None:
    pdf.docinfo["/Subject"] = "Something else"
    edit_xmp(pdf, b"What a sound paper is", b"Something else")


def other_date(pdf: Pdf) -> None:
    pdf.docinfo["/CreationDate"] = "D:20200101000000Z"
    edit_xmp(pdf, b'CreateDate="2026-11-24', b'CreateDate="2020-01-01')


# --- fonts and text ------------------------------------------------------------------------------------------------


def fonts(pdf: Pdf) -> list[pikepdf.Object]:
    return [font for _, font in pdf.pages[0].Resources.Font.items()]


def drop_program(pdf: Pdf) -> None:
    for font in fonts(pdf):
        del font.DescendantFonts[0].FontDescriptor.FontFile2


def whole_font(pdf: Pdf) -> None:
    for font in fonts(pdf):
        font.BaseFont = Name("/DejaVu-Sans")


def drop_unicode(pdf: Pdf) -> None:
    for font in fonts(pdf):
        del font.ToUnicode


def remap(pdf: Pdf, target: bytes) -> None:
    """Map the letter `s` to something else."""
    for font in fonts(pdf):
        font.ToUnicode.write(re.sub(rb"<0056> <[0-9a-f]*>", b"<0056> <" + target + b">", font.ToUnicode.read_bytes()))


def draw_notdef(pdf: Pdf) -> None:
    contents = pdf.pages[0].Contents
    font = next(iter(pdf.pages[0].Resources.Font))
    contents.write(contents.read_bytes() + f"\n/Artifact BMC BT {font} 12 Tf <0000> Tj ET EMC".encode())


def draw_type3(pdf: Pdf) -> None:
    glyph = pdf.make_stream(b"0 0 750 0 0 750 750 d1 0 0 750 750 re f")
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 750, 750]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary(square=glyph), Encoding=Dictionary(Differences=Array([97, Name.square])), FirstChar=97,
        LastChar=97, Widths=Array([1000]), Resources=Dictionary(),
    )  # fmt: skip
    pdf.pages[0].Resources.Font["/T3"] = pdf.make_indirect(font)
    contents = pdf.pages[0].Contents
    contents.write(contents.read_bytes() + b"\n/Artifact BMC BT /T3 12 Tf (a) Tj ET EMC")


# --- pages and actions ---------------------------------------------------------------------------------------------


def enlarge_picture(pdf: Pdf) -> None:
    contents = pdf.pages[0].Contents
    image = next(iter(pdf.pages[0].Resources.XObject))
    contents.write(contents.read_bytes() + f"\n/Artifact BMC q 400 0 0 400 0 0 cm {image} Do Q EMC".encode())


def trim_outside(pdf: Pdf) -> None:
    pdf.pages[0].obj.TrimBox = Array([-50, 0, 400, 500])


def resize_page(pdf: Pdf) -> None:
    for key in ("/MediaBox", "/TrimBox", "/BleedBox"):
        pdf.pages[1].obj[key] = Array([0, 0, 300, 300])


def weigh_down(pdf: Pdf) -> None:
    pdf.Root.Ballast = pdf.make_stream(bytes(range(256)) * 10_000)
    pdf.Root.Ballast.write(bytes(range(256)) * 10_000)


def add_script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def add_launch(pdf: Pdf) -> None:
    next(link for link in links(pdf) if "/A" in link).A = Dictionary(S=Name.Launch, F=String("calc.exe"))


def add_attachment(pdf: Pdf) -> None:
    pdf.attachments["note.txt"] = b"text"


def add_movie(pdf: Pdf) -> None:
    movie = Dictionary(Type=Name.Annot, Subtype=Name.Movie, Rect=Array([0, 0, 10, 10]))
    pdf.pages[0].obj.Annots.append(pdf.make_indirect(movie))


def damage_content(pdf: Pdf) -> None:
    pdf.pages[1].Contents.write(pdf.pages[1].Contents.read_bytes() + b"\n<< /Open [ ")


def drop_pages(pdf: Pdf) -> None:
    while len(pdf.pages):
        del pdf.pages[0]


BROKEN: list[tuple[str, Change]] = [
    ("untagged", untag),
    ("title-not-shown", hide_title),
    ("heading-skip", skip_heading),
    ("heading-missing", demote_headings),
    ("headings-differ", demote_headings),
    ("figure-alt", drop_alt),
    ("figures-differ", drop_alt),
    ("table-no-header", flatten_table),
    ("table-scope", drop_scope),
    ("list-structure", put_paragraph_into_list),
    ("list-structure", drop_body),
    ("note-id", drop_note_id),
    ("note-unreferenced", drop_reference),
    ("note-no-backlink", drop_backlink),
    ("tag-unknown", invent_tag),
    ("content-untagged", draw_untagged),
    ("content-orphaned", orphan),
    ("running-header-tagged", tag_header),
    ("leader-tagged", map_leader),
    ("language-missing", drop_language),
    ("language-invalid", garble_language),
    ("language-unexpected", wrong_language),
    ("language-script", wrong_language),
    ("language-script", drop_span_language),
    ("language-script", foreign_alt),
    ("link-dead", kill_link),
    ("link-dead", kill_outline),
    ("link-description", drop_description),
    ("link-description-bare", bare_description),
    ("link-untagged", untag_link),
    ("link-scheme", script_link),
    ("tab-order", drop_tabs),
    ("outline-missing", drop_outline),
    ("outline-differs", rename_bookmark),
    ("page-labels", drop_labels),
    ("page-labels", arabic_labels),
    ("metadata-missing", drop_xmp),
    ("title-missing", drop_titles),
    ("metadata-differs", other_info),
    ("metadata-dates", drop_dates),
    ("metadata-unexpected", other_subject),
    ("metadata-unexpected", other_date),
    ("font-not-embedded", drop_program),
    ("font-not-subset", whole_font),
    ("font-no-tounicode", drop_unicode),
    ("font-type3", draw_type3),
    ("glyph-notdef", draw_notdef),
    ("text-unmapped", lambda pdf: remap(pdf, b"")),
    ("text-private-use", lambda pdf: remap(pdf, b"e001")),
    ("text-replacement", lambda pdf: remap(pdf, b"fffd")),
    ("text-not-nfc", lambda pdf: remap(pdf, b"00730323")),
    ("reading-order", lambda pdf: remap(pdf, b"007a")),
    ("image-resolution", enlarge_picture),
    ("page-box", trim_outside),
    ("page-size-mixed", resize_page),
    ("javascript", add_script),
    ("action-forbidden", add_launch),
    ("attachment", add_attachment),
    ("multimedia", add_movie),
    ("content-damaged", damage_content),
    ("no-pages", drop_pages),
]


@pytest.mark.parametrize(("rule", "change"), BROKEN, ids=[f"{rule}-{i}" for i, (rule, _) in enumerate(BROKEN)])
def test_broken_rule_is_found_by_name(judge: Judge, rule: str, change: Change) -> None:
    """Breaking a rule gives its finding, with the severity and the hint of the catalogue."""
    report = judge(change)
    found = next((finding for finding in report.findings if finding.rule == rule), None)
    assert found is not None, render_report(report)
    assert found.hint == RULES[rule].hint
    # An edition of ours is judged: the rules of the house are errors.
    assert found.severity is (Severity.ERROR if RULES[rule].house else RULES[rule].severity)
    CHECKED.add(rule)


# --- the press -----------------------------------------------------------------------------------------------------


def paint(operators: str) -> Change:
    """Draw something on the second sheet."""

    def change(pdf: Pdf) -> None:
        contents = pdf.pages[1].Contents
        font = next(iter(pdf.pages[1].Resources.Font))
        contents.write(contents.read_bytes() + f"\nq {operators} Q".replace("FONT", str(font)).encode())

    return change


def place_picture(space: Name, pixel: bytes) -> Change:
    """Put a picture of a few pixels on the second sheet, small enough to keep its resolution."""

    def change(pdf: Pdf) -> None:
        data = Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=2, Height=2, BitsPerComponent=8, ColorSpace=space
        )
        pdf.pages[1].Resources.XObject["/P"] = pdf.make_stream(pixel * 4, data)
        paint("0.3 0 0 0.3 50 50 cm /P Do")(pdf)

    return change


def no_intent(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


def rgb_intent(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(flat_profile(b"RGB "), N=3)


def narrow_bleed(pdf: Pdf) -> None:
    pdf.pages[0].obj.BleedBox = pdf.pages[0].obj.TrimBox


def drop_trim(pdf: Pdf) -> None:
    del pdf.pages[0].obj.TrimBox


def drop_page(pdf: Pdf) -> None:
    del pdf.pages[3]


def add_link(pdf: Pdf) -> None:
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), Dest=Array([pdf.pages[0].obj, Name.Fit])
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])


def drop_trapped(pdf: Pdf) -> None:
    del pdf.docinfo["/Trapped"]


def drop_id(pdf: Pdf) -> None:
    edit_xmp(pdf, b"PDF/X-4", b"PDF/X-3")


def add_shading(pdf: Pdf) -> None:
    function = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0]), C1=Array([1, 1, 1]), N=1)
    pdf.pages[1].Resources.Shading["/S"] = pdf.make_indirect(
        Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 9, 9]), Function=function)
    )


def add_tile(pdf: Pdf) -> None:
    tile = pdf.make_stream(b"1 0 0 rg 0 0 5 5 re f")
    for key, value in {"Type": Name.Pattern, "PatternType": 1, "PaintType": 1, "TilingType": 1}.items():
        tile[f"/{key}"] = value
    tile.BBox, tile.XStep, tile.YStep, tile.Resources = Array([0, 0, 9, 9]), 9, 9, Dictionary()
    pdf.pages[1].Resources.Pattern["/T"] = tile
    paint("/Pattern cs /T scn 10 10 50 50 re f")(pdf)


PRINT: list[tuple[str, Change]] = [
    ("print-identification", drop_id),
    ("print-output-intent", no_intent),
    ("print-output-intent", rgb_intent),
    ("print-trim", drop_trim),
    ("print-bleed", narrow_bleed),
    ("print-page-count", drop_page),
    ("print-links", add_link),
    ("print-trapped", drop_trapped),
    ("print-rgb", paint("1 0 0 rg 10 10 50 50 re f")),
    ("print-rgb", paint("/DeviceRGB cs 1 0 0 sc 10 10 50 50 re f")),
    ("print-rgb", place_picture(Name.DeviceRGB, b"\x10\x20\x30")),
    ("print-rgb", add_shading),
    ("print-rgb", add_tile),
    ("print-ink", paint("1 1 0.9 0.4 k 10 10 50 50 re f")),
    ("print-ink", place_picture(Name.DeviceCMYK, b"\xff\xff\xf0\x40")),
    ("print-black-text", paint("0.6 0.5 0.5 1 k BT FONT 9 Tf 20 20 Td <0037> Tj ET")),
    ("print-black-text", paint("0.8 0.65 0.5 0.7 k BT FONT 9 Tf 20 20 Td <0037> Tj ET")),
    ("print-hairline", paint("0 0 0 1 K 0.1 w 10 10 m 90 10 l S")),
    ("print-hairline", paint("0 0 0 1 k 10 10 m 90 10 l 90 10.1 l 10 10.1 l f")),
    ("print-hairline", paint("0 0 0 1 k 10 10 90 30 re 10 10 90 30.1 re f*")),
    ("print-hairline", paint("0 0 0 1 k 10 10 90 0.1 re f")),
    ("print-hairline", paint("0.1 0 0 0.1 0 0 cm 0 0 0 1 K 2 w 10 10 m 90 10 l S")),
]


@pytest.mark.parametrize(("rule", "change"), PRINT, ids=[f"{r}-{i}" for i, (r, _) in enumerate(PRINT)])
def test_broken_sheet_is_found_by_name(judge: Judge, rule: str, change: Change) -> None:
    """What a press cannot print is found in a finished sheet."""
    report = judge(change, profile="print")
    assert rule in rules(report), render_report(report)
    assert not report.ok
    CHECKED.add(rule)


@pytest.mark.parametrize(
    "operators",
    [
        "1 0.9 0.6 0.45 k 10 10 50 50 re f",
        "0 0 0 1 k BT FONT 9 Tf 20 20 Td <0037> Tj ET",
        "0 g BT FONT 9 Tf 20 20 Td <0037> Tj ET",
        "1 1 1 1 k 10 10 0.25 50 re n",
        "0 0 0 1 K 0.25 w 10 10 m 90 10 l S",
        "0 0 0 1 k 10 10 90 30 re 11 11 88 28 re f*",
        "0.9 0.4 0.38 0.32 k BT FONT 9 Tf 20 20 Td <0037> Tj ET",
    ],
)
def test_what_a_press_can_print_passes(judge: Judge, operators: str) -> None:
    """Ink under the limit, black of one ink, a line of a quarter point and an unpainted path are no findings."""
    assert judge(paint(operators), profile="print").findings == ()


# --- the edition ---------------------------------------------------------------------------------------------------


def test_text_that_the_pdf_lost_is_found(judge: Judge, expected: Expectation) -> None:
    """A sentence of the source that the PDF does not have is named, once, and the comparison goes on after it."""
    text = (expected.text or "").replace("The square", "The square is red. The square")
    report = judge(expected=replace(expected, text=text))
    found = [finding for finding in report.findings if finding.rule == "reading-order"]
    assert len(found) == 1
    assert "is red" in found[0].message


def test_order_of_paragraphs_is_compared(judge: Judge) -> None:
    """Two elements that change places in the structure are a finding, though every word is there."""

    def swap(pdf: Pdf) -> None:
        document = elements(pdf, "Document")[0]
        kids = list(document.K)
        document.K = Array([kids[1], kids[0], *kids[2:]])

    assert "reading-order" in rules(judge(swap))


def test_lost_note_is_found(judge: Judge, expected: Expectation) -> None:
    """A footnote of the source that is not in the PDF is named by its text."""
    notes = (*(expected.notes or ()), "A note that the layout lost.")
    report = judge(expected=replace(expected, notes=notes))
    assert any(f.rule == "notes-differ" and "that the layout lost" in f.message for f in report.findings)
    CHECKED.add("notes-differ")


def test_arabic_is_read_in_logical_order(judge: Judge) -> None:
    """Without ActualText, right-to-left text is put back into logical order before it is compared."""

    def bare(pdf: Pdf) -> None:
        for element in elements(pdf, "Span"):
            if "/ActualText" in element:
                del element.ActualText

    assert judge(bare).findings == ()


def test_house_rules_are_warnings_for_strangers(sound: bytes) -> None:
    """What no standard asks for is a warning where no edition is expected."""
    report = preflight(altered(sound, drop_labels))
    assert [(f.rule, f.severity) for f in report.findings] == [("page-labels", Severity.WARNING)]
    assert report.ok


# --- the file ------------------------------------------------------------------------------------------------------


def test_encrypted_file_is_found(sound: bytes) -> None:
    """A file that needs a password is named as such; one that opens without is still encrypted."""
    for user, facts in (("secret", 0), ("", 4)):
        with pikepdf.open(io.BytesIO(sound)) as pdf:
            buffer = io.BytesIO()
            pdf.save(buffer, encryption=pikepdf.Encryption(owner="owner", user=user))
        report = preflight(buffer.getvalue())
        assert "encrypted" in rules(report)
        assert report.facts.encrypted
        assert report.facts.pages == facts
    CHECKED.add("encrypted")


@pytest.mark.parametrize("data", [b"", b"hello", b"\x00" * 2000, b"<html></html>", b"PK\x03\x04" * 100])
def test_no_pdf_is_found(data: bytes) -> None:
    """What is no PDF is one finding."""
    assert rules(preflight(data)) == {"not-a-pdf"}
    CHECKED.add("not-a-pdf")


def test_truncated_file_is_found(sound: bytes) -> None:
    """A file cut short is an error whether qpdf can repair it or not."""
    found = set()
    for part in (12, 2000, len(sound) // 2, len(sound) - 40):
        report = preflight(sound[:part])
        assert not report.ok
        found |= rules(report)
    assert {"damaged", "unreadable"} <= found
    CHECKED.update({"damaged", "unreadable"})


def test_rules_of_the_standards_carry_their_own_names(judge: Judge) -> None:
    """A finding of the validator has the standard's rule, one for all its places, with its page."""

    def drop_flags(pdf: Pdf) -> None:
        for link in links(pdf):
            del link.F

    report = judge(drop_flags)
    found = [finding for finding in report.findings if finding.rule == "PDFA2A-ANNOTATION-FLAGS-PRESENT-001"]
    assert len(found) == 1
    assert found[0].page == 1
    assert found[0].message.startswith("PDF/A-2a: ")


def test_profile_3a_where_files_are_attached(sound: bytes, expected: Expectation) -> None:
    """The level of PDF/A that is proven is the one that the edition expects."""
    report = preflight(sound, expected=replace(expected, profile="3a"))
    assert "PDF/A-3a" in report.facts.conformance
    assert any(finding.rule.startswith("PDFA3A") for finding in report.findings)


def test_in_a_build_the_validator_begins_first(
    sound: bytes, expected: Expectation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a build proves is known before the file is opened, so that the validator need not wait for that."""
    told: list[object] = []

    def validate(data: bytes, levels: tuple[str, ...]) -> Validation:
        told.append(levels)
        return Validation(data, levels)

    def open_it(data: bytes) -> Pdf:
        told.append("opened")
        return open_pdf(data)

    monkeypatch.setattr("imprint.paginate.preflight.preflight.Validation", validate)
    monkeypatch.setattr("imprint.paginate.preflight.preflight.open_pdf", open_it)
    printed = Pagination(sound, 4, {}, (), {}, expected)
    proven = prove_page(printed, Page("", {}, "", "en"), Edition("cn", "en", "en_CN"), Diagnostics(), draft=False)
    assert told == [("2a", "ua1"), "opened"]
    assert proven.proof == {"conformance": {"PDF/A-2a": "154/154", "PDF/UA-1": "104/104"}, "findings": []}


def test_report_as_json_and_text(judge: Judge, tmp_path: Path, sound: bytes) -> None:
    """The report goes through JSON whole, and its text names rule, page, object and hint; a file's name is kept."""
    path = tmp_path / "paper.pdf"
    path.write_bytes(altered(sound, drop_alt))
    report = preflight(path)
    data = json.loads(json.dumps(report.as_json()))
    assert data["name"] == "paper.pdf"
    assert data["ok"] is False
    assert data["facts"]["pages"] == 4
    assert data["facts"]["bytes_per_page"] == path.stat().st_size // 4
    alt = next(finding for finding in data["findings"] if finding["rule"] == "figure-alt")
    assert alt["page"] == 1
    assert alt["object_id"].endswith(" 0")
    text = render_report(report)
    assert "paper.pdf: failed" in text
    assert "[figure-alt]" in text
    assert RULES["figure-alt"].hint in text


def test_many_places_of_one_rule_are_counted(judge: Judge) -> None:
    """A rule that breaks everywhere is named at its first places, and then counted."""

    def many(pdf: Pdf) -> None:
        for element in elements(pdf, "Span"):
            element.Lang = String("no language at all")
        for index, element in enumerate(elements(pdf, "Span")):
            element.Lang = String(f"tag number {index}")

    report = judge(many)
    found = [finding for finding in report.findings if finding.rule == "language-invalid"]
    assert len(found) == SHOWN_PER_RULE + 1
    assert "more places" in found[-1].message


def test_unknown_profile_is_refused(sound: bytes) -> None:
    """A profile that does not exist is the caller's mistake, not the PDF's."""
    with pytest.raises(ValueError, match="poster"):
        preflight(sound, "poster")


def test_every_rule_is_documented() -> None:
    """docs/publishing.md has a row for each rule of the two proofs, and none for a rule that does not exist."""
    text = Path("docs/publishing.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| `([a-z0-9-]+)` \|", text, re.MULTILINE))
    assert rows == set(RULES) | LAYOUT_RULES
