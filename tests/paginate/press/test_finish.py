"""The finished file: whole sheets with boxes and marks, one press named, and the same bytes each time."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from imprint.paginate.press.condition import Condition
from imprint.paginate.press.finish import FOLD
from imprint.paginate.press.marks import BLEED, MARGIN
from imprint.paginate.render import Pagination
from tests.paginate.press.conftest import ROOT

A5 = (0.0, 0.0, 148 * 72 / 25.4, 210 * 72 / 25.4)


def box(page: pikepdf.Page, name: str) -> tuple[float, ...]:
    return tuple(float(value) for value in page.obj[name])


def contents(page: pikepdf.Page) -> list[bytes]:
    return [part.read_bytes() for part in page.obj.Contents]


def test_boxes_of_every_page(pdf: pikepdf.Pdf) -> None:
    """The trimmed page is the style's, the bleed stands 3 mm around it, and the sheet is larger, for the marks."""
    for page in pdf.pages:
        assert box(page, "/TrimBox") == pytest.approx(A5, abs=0.01)
        grown = [edge - BLEED * (1 if i < 2 else -1) for i, edge in enumerate(A5)]
        assert box(page, "/BleedBox") == pytest.approx(grown, abs=0.01)
        assert box(page, "/MediaBox") == pytest.approx(
            [edge - MARGIN * (1 if i < 2 else -1) for i, edge in enumerate(A5)], abs=0.01
        )


def test_pages_fill_the_sheet(pdf: pikepdf.Pdf, printed: Pagination) -> None:
    """Three pages were laid out: a blank one is added, and said to be there."""
    assert len(pdf.pages) == printed.pages == FOLD
    assert contents(pdf.pages[3])[1] == b""


def test_blank_versos_are_blank(pdf: pikepdf.Pdf) -> None:
    """The chapter starts on a recto; the verso before it and the page added at the end have no text, only marks."""
    texts = [b"BT" in b"\n".join(contents(page)) for page in pdf.pages]
    assert texts == [True, False, True, False]
    assert all(b"/Registration CS" in contents(page)[2] for page in pdf.pages)


def test_the_cover_bleeds(pdf: pikepdf.Pdf) -> None:
    """The cover's colour is painted to the edge of the bleed."""
    drawn = contents(pdf.pages[0])[1].decode()
    wide, high = (A5[i] + 2 * BLEED for i in (2, 3))
    sizes = [(float(w) * 0.75, float(h) * 0.75) for w, h in re.findall(r"([\d.]+) ([\d.]+) re\nf", drawn)]
    assert any(w == pytest.approx(wide, abs=0.01) and h == pytest.approx(high, abs=0.01) for w, h in sizes)


def test_nothing_to_click(pdf: pikepdf.Pdf) -> None:
    """No annotation, bookmark, named destination or tag is left from the page's links and headings."""
    assert all("/Annots" not in page.obj for page in pdf.pages)
    assert not {"/Outlines", "/Names", "/StructTreeRoot", "/AcroForm", "/OpenAction"} & set(pdf.Root.keys())
    holders = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
    assert not [item for item in holders if item.get("/Subtype") == "/Link"]


def test_one_press_is_named(pdf: pikepdf.Pdf, condition: Condition) -> None:
    """The output intent has the condition's registered name and holds its very profile."""
    (intent,) = pdf.Root.OutputIntents
    assert (str(intent.S), str(intent.OutputConditionIdentifier)) == ("/GTS_PDFX", "FOGRA39")
    assert intent.DestOutputProfile.read_bytes() == condition.profile
    assert intent.DestOutputProfile.N == 4


def test_identity(pdf: pikepdf.Pdf) -> None:
    """XMP names PDF/X-4 once, says whether it is trapped, and gives title, language and dates of the paper."""
    xmp = pdf.Root.Metadata.read_raw_bytes().decode()
    assert re.findall(r"<\w+:GTS_PDFX\w*>([^<]*)<", xmp) == ["PDF/X-4"]
    assert "<pdf:Trapped>False</pdf:Trapped>" in xmp
    assert '<rdf:li xml:lang="en">For the press</rdf:li>' in xmp
    assert re.findall(r"<xmp:(?:Create|Modify|Metadata)Date>([^<]*)<", xmp) == ["2026-11-24T00:00:00Z"] * 3
    assert pdf.docinfo["/Trapped"] == "/False"
    assert pdf.pdf_version == "1.6"


def test_same_bytes_elsewhere(printed: Pagination, tmp_path: Path) -> None:
    """Another process, folder, time zone, locale and hash seed give the same bytes, identifiers included."""
    code = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from imprint.paginate.store import Store\n"
        "from tests.paginate.press import conftest as c\n"
        "press = c.paginate_press.__wrapped__(Store(Path('faces')), c.condition.__wrapped__())\n"
        "print(hashlib.sha256(press().pdf).hexdigest())"
    )
    environment = {**os.environ, "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "77", "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", code, str(ROOT)]
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == hashlib.sha256(printed.pdf).hexdigest()


def test_identifier_is_of_the_content(printed: Pagination, other: Pagination) -> None:
    """Another content gives another document identifier, a UUID made from names."""
    pattern = re.compile(rb"xmp\.did:([0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})")
    first, second = (pattern.findall(made.pdf) for made in (printed, other))
    assert len(first) == len(second) == 1
    assert first != second
