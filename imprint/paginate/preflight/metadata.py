"""Metadata: XMP and the Info dictionary say the same, with dates and an identifier, and what the edition says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from imprint.paginate.preflight.expectation import Expectation, normalise
from imprint.paginate.preflight.objects import as_list, as_text, entry, stream_bytes
from imprint.paginate.preflight.opened import Opened

XMP_LIMIT = 4 * 2**20
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PDF = "{http://ns.adobe.com/pdf/1.3/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
PDFX_VERSION = "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"
PDFA_PART = "{http://www.aiim.org/pdfa/ns/id/}part"
# Info key → XMP property (PDF/A-1, table 1; ISO 19005-2, 6.6.3 keeps it).
_PAIRS = {
    "/Title": f"{_DC}title",
    "/Author": f"{_DC}creator",
    "/Subject": f"{_DC}description",
    "/Keywords": f"{_PDF}Keywords",
    "/Creator": f"{_XMP}CreatorTool",
    "/Producer": f"{_PDF}Producer",
    "/CreationDate": f"{_XMP}CreateDate",
    "/ModDate": f"{_XMP}ModifyDate",
}


def load_xmp(opened: Opened) -> dict[str, str]:
    """XMP's properties by `{namespace}name`; lists joined by commas, of language alternatives the first."""
    data = stream_bytes(entry(opened.catalog, "/Metadata"))
    if not data or len(data) > XMP_LIMIT:
        return {}
    try:
        root = fromstring(data.strip(b"\0 \r\n"))
    except (ParseError, DefusedXmlException, ValueError):
        return {}
    found: dict[str, str] = {}
    for description in root.iter(f"{_RDF}Description"):
        found |= {key: value for key, value in description.attrib.items() if not key.startswith(_RDF)}
        for child in description:
            found[str(child.tag)] = _value(child)
    return found


def _value(element: Element) -> str:
    items = [(item.text or "").strip() for item in element.iter(f"{_RDF}li")]
    if element.find(f"{_RDF}Alt") is not None:
        return items[0] if items else ""
    return ", ".join(items) if items else (element.text or "").strip()


def load_info(opened: Opened) -> dict[str, str]:
    """The Info dictionary's texts by key (`/Title`)."""
    info = opened.pdf.trailer.get("/Info")
    return {key: as_text(entry(info, key)) for key in _PAIRS if entry(info, key) is not None}


def check_metadata(opened: Opened, xmp: Mapping[str, str], info: Mapping[str, str]) -> None:
    """There is a title; XMP and Info agree; dates and identifier are there."""
    if not xmp:
        opened.found.add("metadata-missing", "there is no XMP packet that can be read")
    if not (xmp.get(f"{_DC}title") or info.get("/Title") or "").strip():
        opened.found.add("title-missing", "the document has no title")
    for key, name in _PAIRS.items():
        if xmp and key in info and not _same(key, info[key], xmp.get(name, "")):
            shown = f"{key[1:]} is {info[key]!r} in Info and {xmp.get(name)!r} in XMP"
            opened.found.add("metadata-differs", shown)
    for key in ("/CreationDate", "/ModDate"):
        if not info.get(key) and not xmp.get(_PAIRS[key]):
            opened.found.add("metadata-dates", f"no {key[1:]}")
    if len(as_list(opened.pdf.trailer.get("/ID"))) != 2:
        opened.found.add("metadata-identifier", "the trailer has no file identifier")


def check_expected_metadata(opened: Opened, expected: Expectation, xmp: Mapping[str, str]) -> None:
    """The metadata is the edition's, in its language."""
    wanted = {
        "title": (expected.title, f"{_DC}title"),
        "author": (expected.author, f"{_DC}creator"),
        "subject": (expected.subject, f"{_DC}description"),
        "keywords": (None if expected.keywords is None else ", ".join(expected.keywords), f"{_PDF}Keywords"),
    }
    for field, (value, name) in wanted.items():
        if value is not None and normalise(value) != normalise(xmp.get(name, "")):
            message = f"the {field} is {xmp.get(name)!r}, not {value!r}"
            opened.found.add(
                "title-missing" if field == "title" and not xmp.get(name) else "metadata-unexpected", message
            )
    for name in ("CreateDate", "ModifyDate"):
        stated = xmp.get(f"{_XMP}{name}", "")
        if expected.date is not None and not stated.startswith(expected.date):
            opened.found.add("metadata-unexpected", f"{name} is {stated!r}, not the paper's {expected.date}")


def _same(key: str, in_info: str, in_xmp: str) -> bool:
    if key.endswith("Date"):
        return _moment(in_info) == _moment(in_xmp)
    return normalise(in_info) == normalise(in_xmp)


def _moment(date: str) -> str:
    """A PDF or an ISO 8601 date as the digits of its parts, cut to what both can hold; a missing time is midnight."""
    match = re.match(r"(?:D:)?(\d{4})-?(\d\d)?-?(\d\d)?T?(\d\d)?:?(\d\d)?:?(\d\d)?", date)
    parts = match.groups() if match else ()
    zone = re.search(r"([+-])(\d\d)[:']?(\d\d)?'?$", date)
    offset = f"{zone[1]}{zone[2]}{zone[3] or '00'}" if zone and "T" in date + "T" * date.startswith("D:") else "+0000"
    defaults = ("0000", "01", "01", "00", "00", "00")
    return "".join(part or default for part, default in zip(parts, defaults, strict=False)) + offset.replace(
        "-0000", "+0000"
    )
