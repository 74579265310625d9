"""Soundness: what `qpdf --check` would say, encryption, and drawing instructions that do not parse."""

from __future__ import annotations

import re

import pikepdf

from imprint.paginate.preflight.objects import as_list, as_text, entry, object_id
from imprint.paginate.preflight.opened import DECODED_LIMIT, Opened

# Pictures in these forms are decoded by no reader of text; qpdf does not unpack them.
_PICTURE_FILTERS = frozenset({"DCTDecode", "JPXDecode", "JBIG2Decode", "CCITTFaxDecode", "DCT", "CCF"})


def check_soundness(opened: Opened) -> None:
    """Every object can be read, every stream decoded, every page has drawing instructions that parse.

    The same steps as `Pdf.check_pdf_syntax` (QPDFJob::doCheck), but for its second parse of each page, which the
    interpreter has done already; that saves 0.1 s on 70 pages.
    """
    if opened.pdf.is_encrypted:
        opened.found.add("encrypted", "the file is encrypted")
    if not opened.pages:
        opened.found.add("no-pages", "the document has no pages")
    check_streams(opened)
    for content in opened.contents:
        if content.damage:
            opened.found.add("content-damaged", _short(content.damage), content.number + 1)


def check_streams(opened: Opened) -> None:
    """Decode every stream once; stop where they would unpack to more than any paper needs."""
    total = 0
    for item in opened.pdf.objects:
        if not isinstance(item, pikepdf.Stream):
            continue
        filters = {as_text(name) for name in as_list(entry(item, "/Filter"))}
        if filters & _PICTURE_FILTERS:
            continue
        try:
            total += len(item.read_bytes())
        except (pikepdf.PdfError, MemoryError) as error:
            opened.found.add("stream-damaged", _short(str(error)), None, object_id(item))
        if total > DECODED_LIMIT:
            opened.found.add("too-large", f"the streams unpack to more than {DECODED_LIMIT // 2**20} MiB")
            return
        opened.check_time()


def check_warnings(opened: Opened) -> None:
    """Say what qpdf had to repair. Last of all: qpdf reads an object when it is first asked for it."""
    for warning in opened.pdf.get_warnings():
        at = re.search(r"object (\d+ \d+)", str(warning))
        opened.found.add("damaged", _short(str(warning)), None, at[1] if at else None)


def _short(text: str) -> str:
    return " ".join(text.split())[:300]
