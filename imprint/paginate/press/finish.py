"""Finishing touches to the print shop's PDF: whole sheets, boxes and marks, the output intent, its identity."""

from __future__ import annotations

import hashlib
import re
import uuid
from typing import Any

from imprint.paginate.finish import describe, label_pages, write_xmp
from imprint.paginate.press.condition import Condition
from imprint.paginate.press.marks import BLEED, MARGIN, REGISTRATION, Box, draw_clip, draw_marks, grow
from imprint.paginate.target import Finisher

# A press sheet is folded: pages come in fours.
FOLD = 4
_DOCUMENT_ID = re.compile(r"xmp\.did:[0-9a-f-]{36}")
# What older parts of the standard asked for; PDF/X-4 identifies itself by `pdfxid` alone (ISO 15930-7, 6.8).
_OLD_CLAIMS = re.compile(r"<pdfx:(GTS_PDFX\w+)>[^<]*</pdfx:\1>")


def press_finisher(condition: Condition, main_matter: str) -> Finisher:
    """The function that WeasyPrint calls with (Document, pydyf.PDF) before it writes the file."""

    def finish(document: Any, pdf: Any) -> None:
        label_pages(document, pdf, main_matter)
        _fill_sheet(pdf)
        _name_colours(pdf)
        _mark_pages(pdf)
        _state_intent(pdf, condition)
        _identify(document, pdf)

    return finish


def _sheets(pdf: Any) -> list[Any]:
    """The page dictionaries, in order."""
    return [_resolve(pdf, reference) for reference in pdf.page_references]


def _resolve(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(bytes(reference).split()[0])]


def _fill_sheet(pdf: Any) -> None:
    """Add empty pages, of the last one's size, until the last sheet is full."""
    import pydyf

    last = _sheets(pdf)[-1]
    for _ in range(-len(pdf.page_references) % FOLD):
        kept = ("Type", "Parent", "MediaBox", "TrimBox", "BleedBox", "Resources")
        blank = pydyf.Dictionary({key: last[key] for key in kept})
        content = pydyf.Stream([])
        pdf.add_object(content)
        blank["Contents"] = content.reference
        pdf.add_page(blank)


def _name_colours(pdf: Any) -> None:
    """Name the one colour space that is used, that of the marks, which are on every plate (ISO 32000-1, 8.6.6.4)."""
    import pydyf

    spaces = _resolve(pdf, _resolve(pdf, _sheets(pdf)[0]["Resources"])["ColorSpace"])
    spaces.clear()
    tint = pydyf.Dictionary({"FunctionType": 2, "Domain": [0, 1], "C0": [0, 0, 0, 0], "C1": [1, 1, 1, 1], "N": 1})
    for key in ("Domain", "C0", "C1"):
        tint[key] = pydyf.Array(tint[key])
    spaces[REGISTRATION] = pydyf.Array(["/Separation", "/All", "/DeviceCMYK", tint])


def _mark_pages(pdf: Any) -> None:
    """Widen each sheet for the marks; the content ends at the bleed. Pages of one size share the two streams."""
    import pydyf

    drawn: dict[Box, tuple[Any, Any]] = {}
    for sheet in _sheets(pdf):
        left, bottom, right, top = (float(value) for value in sheet["TrimBox"])
        trim = (left, bottom, right, top)
        if trim not in drawn:
            # What the layout left for the bleed, never more than the shop wants: less is a finding of the preflight.
            streams = (pydyf.Stream([draw_clip(grow(trim, BLEED))]), pydyf.Stream([draw_marks(trim)]))
            for stream in streams:
                pdf.add_object(stream)
            drawn[trim] = streams
        before, after = drawn[trim]
        sheet["Contents"] = pydyf.Array([before.reference, sheet["Contents"], after.reference])
        sheet["MediaBox"] = pydyf.Array([round(value, 3) for value in grow(trim, MARGIN)])


def _state_intent(pdf: Any, condition: Condition) -> None:
    """Embed the profile of the press (ISO 15930-7, 6.2.2). It is no colour space of the pages, which are DeviceCMYK."""
    import pydyf

    profile = pydyf.Stream([condition.profile], pydyf.Dictionary({"N": 4}), compress=True)
    pdf.add_object(profile)
    intent = pydyf.Dictionary({"Type": "/OutputIntent", "S": "/GTS_PDFX", "DestOutputProfile": profile.reference})
    for key, text in (
        ("OutputConditionIdentifier", condition.name),
        ("OutputCondition", condition.text),
        ("RegistryName", condition.registry),
        ("Info", condition.text or condition.name),
    ):
        if text:
            intent[key] = pydyf.String(text)
    pdf.catalog["OutputIntents"] = pydyf.Array([intent])


def _identify(document: Any, pdf: Any) -> None:
    """Write the XMP again, with the language, and with an identifier that is the content's and not a new one each time.

    WeasyPrint's is a `uuid4`. Ours is a name-based UUID (RFC 9562, 5.5) of the SHA-256 of everything else in the file.
    """
    stream = _resolve(pdf, pdf.catalog["Metadata"])
    digest = hashlib.sha256()
    for item in pdf.objects[1:]:  # the first is the free object 0
        if item is not stream:
            digest.update(_content(item))
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"urn:sha256:{digest.hexdigest()}")
    rdf = document.metadata.generate_rdf_metadata("x", 4, "PDF/X-4").decode()
    rdf, count = _DOCUMENT_ID.subn(f"xmp.did:{name}", rdf)
    if count != 1:
        raise AssertionError("WeasyPrint writes one document identifier")
    write_xmp(pdf, describe(document.metadata, _OLD_CLAIMS.sub("", rdf)))


def _content(item: Any) -> bytes:
    """What an object holds; of a stream its content before compression, which is not done twice."""
    import pydyf

    if not isinstance(item, pydyf.Stream):
        return bytes(item.data)
    parts = (getattr(part, "data", part) for part in item.stream)
    content = b"\n".join(part if isinstance(part, bytes) else str(part).encode() for part in parts)
    return bytes(pydyf.Dictionary(item.extra).data) + content
