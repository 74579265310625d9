"""A page becomes one PDF that conforms to both standards, keeps its text, and depends on nothing but its input."""

import hashlib
import io
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import page as page_validation
import pikepdf
import pytest

from imprint.base.diagnostic import Diagnostics, Location, Rejected
from imprint.paginate.library import find_fonts
from imprint.paginate.render import Pagination, paginate_edition
from imprint.paginate.store import Store
from tests.paginate.conftest import CSS, TEXTS, files_of, page_of
from tests.paginate.reading import drawn_text

ROOT = Path(__file__).parents[2]
Paginate = Callable[[str], Pagination]


@pytest.mark.parametrize("profile", ["2a", "ua1"])
@pytest.mark.parametrize("language", TEXTS)
def test_both_standards(paginated: Paginate, language: str, profile: str) -> None:
    """Every rule of PDF/A-2a and of PDF/UA-1 passes, in every script."""
    limits = page_validation.SafetyLimits.unlimited()
    report = page_validation.validate_pdf_bytes(paginated(language).pdf, profile=profile, limits=limits)
    assert [failure.rule_id for failure in report.failures] == []
    assert report.is_compliant


@pytest.mark.parametrize("language", TEXTS)
def test_text_survives(paginated: Paginate, language: str) -> None:
    """The characters of the paragraph come back from the content streams, ActualText included, in NFC."""
    wanted = unicodedata.normalize("NFC", "".join(TEXTS[language][1].split()))
    drawn = drawn_text(paginated(language).pdf, rtl=language == "ar")
    found = unicodedata.normalize("NFC", "".join(drawn.split()))
    # U+2010 is the hyphen at a line's end.
    assert wanted in found.replace("\u2010", "")


def test_same_bytes_everywhere(tmp_path: Path) -> None:
    """Another folder, time zone, locale and hash seed give the same SHA-256."""
    code = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1])\n"
        "from tests.paginate.conftest import *\n"
        "p = paginate_edition(page_of('hi'), files_of('hi'), find_fonts(), 'hi', Diagnostics())\n"
        "print(hashlib.sha256(p.pdf).hexdigest())"
    )
    digests = set()
    for index, (zone, locale, seed) in enumerate([("UTC", "C", "0"), ("Asia/Tokyo", "C.UTF-8", "77")]):
        folder = tmp_path / str(index)
        folder.mkdir()
        environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
        run = subprocess.run(
            [sys.executable, "-c", code, str(ROOT)],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(run.stdout.strip())
    assert len(digests) == 1


def test_metadata_and_labels(paginated: Paginate) -> None:
    """Dates and language come from the page; the pages before the main matter are numbered i, ii …."""
    pdf = pikepdf.open(io.BytesIO(paginated("zh-Hans").pdf))
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261124")
    assert str(pdf.Root.Lang) == "zh-Hans"
    assert [page.label for page in pdf.pages] == ["i", "1"]
    xmp = pdf.Root.Metadata.read_raw_bytes().decode()
    assert 'pdfuaid:part="1"' in xmp
    assert '<rdf:li xml:lang="zh-Hans">概述</rdf:li>' in xmp
    assert xmp.count("pdfaid:conformance") == 1


def test_identifier_is_of_the_content(paginated: Paginate) -> None:
    """Two different editions have different identifiers."""
    first, second = (pikepdf.open(io.BytesIO(paginated(language).pdf)).trailer.ID[0] for language in ("en", "ja"))
    assert bytes(first) != bytes(second)


def test_missing_glyph_is_named(store: Store) -> None:
    """A character that no font has refuses the edition before rendering, with its code, name and place."""
    diagnostics = Diagnostics()
    html = page_of("en", "<p>\N{LINEAR B SYLLABLE B008 A}</p>")
    with pytest.raises(Rejected):
        paginate_edition(
            html, files_of("en"), find_fonts(), "en", diagnostics, store=store, locate=lambda _: Location("a.md", 7)
        )
    (error,) = diagnostics.errors
    assert error.rule == "missing-glyph"
    assert "U+10000 LINEAR B SYLLABLE B008 A" in error.message
    assert str(error.at) == "a.md:7"


@pytest.mark.parametrize(
    ("extra", "rule"),
    [
        ('<img alt="x" src="https://example.org/x.png">', "refused-address"),
        ('<img alt="x" src="file:///etc/passwd">', "refused-address"),
        ('<img alt="x" src="../secret.png">', "refused-address"),
        ('<a rel="attachment" href="file:///etc/passwd">x</a>', "refused-address"),
        ('<p style="colour: red">x</p>', "engine-warning"),
    ],
)
def test_nothing_is_fetched_or_ignored(store: Store, extra: str, rule: str) -> None:
    """Addresses that were not handed over, and styles that the engine does not know, refuse the edition."""
    diagnostics = Diagnostics()
    with pytest.raises(Rejected):
        paginate_edition(page_of("en", extra), files_of("en"), find_fonts(), "en", diagnostics, store=store)
    assert rule in {error.rule for error in diagnostics.errors}


def test_deep_nesting_is_a_diagnostic(store: Store) -> None:
    """Three thousand nested elements are refused, not a traceback."""
    diagnostics = Diagnostics()
    with pytest.raises(Rejected):
        paginate_edition(page_of("en", "<div>" * 3000), files_of("en"), find_fonts(), "en", diagnostics, store=store)
    assert diagnostics.errors[-1].rule == "too-deep"


def test_inspectors_see_the_layout(store: Store) -> None:
    """An inspector gets the laid-out document before it is drawn, and its errors refuse the edition."""
    seen = []

    def inspect(document: object, diagnostics: Diagnostics) -> None:
        seen.append(len(document.pages))  # type: ignore[attr-defined]  # a weasyprint Document
        diagnostics.error("seeded", "found")

    with pytest.raises(Rejected, match="seeded"):
        paginate_edition(
            page_of("en"), files_of("en"), find_fonts(), "en", Diagnostics(), store=store, inspectors=(inspect,)
        )
    assert seen == [2]


def test_report_of_fonts_and_tools(paginated: Paginate) -> None:
    """The result says which font files (by hash) and tool versions made it, and how long each step took."""
    result = paginated("ja")
    cjk = next(font for font in result.fonts if font.family == "Imprint CJK")
    path = find_fonts().files[next(face for face in find_fonts().files if face.family == "Imprint CJK")].path
    assert cjk.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert {"weasyprint", "pango", "harfbuzz", "fontconfig"} <= set(result.toolchain)
    assert {"fonts", "layout", "drawing"} <= set(result.seconds)
    assert result.pages == 2
    assert "justify" in CSS
