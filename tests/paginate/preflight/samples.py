"""PDFs to judge: one that keeps every rule, made by WeasyPrint and mended; the tests break it, one rule at a time."""

from __future__ import annotations

import io
import re
import struct
import zlib
from base64 import b64encode
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from imprint.paginate.preflight.report import Report

Change = Callable[[pikepdf.Pdf], None]
Judge = Callable[..., Report]


def png(width: int, height: int) -> str:
    """A gray picture as a data URL."""
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    parts = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b"")]
    chunks = b"".join(struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts)
    return "data:image/png;base64," + b64encode(b"\x89PNG\r\n\x1a\n" + chunks).decode()


STYLE = """
@page { size: A5; @top-center { content: "Running header"; font-family: DejaVu Sans }
        @bottom-center { content: counter(page); font-family: DejaVu Sans } }
body { font-family: DejaVu Sans; font-size: 10pt; hyphens: auto; text-align: justify }
.footnote { float: footnote }
section { break-before: page }
img { width: 3cm; height: 3cm; image-rendering: crisp-edges }
"""
PARAGRAPH = "Personal information is processed on the device wherever the feature allows it. "
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>A sound paper</title>
<meta name="author" content="The authors"><meta name="description" content="What a sound paper is">
<meta name="keywords" content="privacy, paper"><meta name="dcterms.created" content="2026-11-24T00:00:00Z">
<meta name="dcterms.modified" content="2026-11-24T00:00:00Z"><style>{STYLE}</style></head><body>
<h1 id="ch-one">First chapter</h1>
<p>{PARAGRAPH * 4} It is kept briefly.<span class="footnote">For thirty days. <a href="#sec-one">back</a></span></p>
<h2 id="sec-one">A section</h2><p>See <a href="https://example.org/">the example’s site</a> or
<a href="#ch-two">the second chapter</a>.</p>
<ul><li>one thing</li><li>another thing</li></ul>
<table><thead><tr><th>Right</th><th>Meaning</th></tr></thead>
<tbody><tr><th scope="row">Access</th><td>Seeing it</td></tr></tbody></table>
<figure><img alt="A gray square" src="{png(400, 400)}"><figcaption>The square</figcaption></figure>
<section><h1 id="ch-two">Second chapter</h1><p lang="ar" dir="rtl">حماية الخصوصية حق</p><p>{PARAGRAPH}</p></section>
<section><h2>Another section</h2><p>Every reader may ask what is stored, and have it erased.</p></section>
<section><h2>The last section</h2><p>A supervisory authority hears complaints.</p></section>
</body></html>"""
XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" pdfaid:part="2" pdfaid:conformance="A" pdfuaid:part="1"
 pdf:Producer="WeasyPrint 70.0" pdf:Keywords="privacy, paper" xmp:CreateDate="2026-11-24T00:00:00Z"
 xmp:ModifyDate="2026-11-24T00:00:00Z">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">A sound paper</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>The authors</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">What a sound paper is</rdf:li></rdf:Alt></dc:description>
</rdf:Description><rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification
</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289
</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>"""
PRINT_XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 pdfxid:GTS_PDFXVersion="PDF/X-4" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreateDate="2026-11-24"
 xmp:ModifyDate="2026-11-24"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">A sheet</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def elements(pdf: pikepdf.Pdf, *tags: str) -> list[pikepdf.Object]:
    """The structure elements with one of the tags, in reading order."""
    found: list[pikepdf.Object] = []
    waiting: list[pikepdf.Object] = [pdf.Root.StructTreeRoot]
    while waiting:
        item = waiting.pop()
        if not isinstance(item, Dictionary):
            continue
        if str(item.get("/S", ""))[1:] in tags:
            found.append(item)
        kids = item.get("/K")
        waiting.extend(reversed(list(kids)) if isinstance(kids, Array) else [kids] if kids is not None else [])
    return found


def hide_strays(content: bytes, inside: set[int]) -> bytes:
    """The content with each mark that the structure does not know made an artifact."""

    def mark(match: re.Match[bytes]) -> bytes:
        return match[0] if int(match[1]) in inside else b"/Artifact BMC"

    return re.sub(rb"/Span\s*<</MCID (\d+)>>\s*BDC", mark, content)


def mend(pdf: pikepdf.Pdf) -> None:
    """Do by hand what the edition's finisher does: scopes, artifacts, notes, languages, labels, descriptions."""
    for cell in elements(pdf, "TH"):
        row = "/TBody" in str(cell.P.P.S)
        cell.A = Dictionary(O=Name.Table, Scope=Name.Row if row else Name.Column)
    used: dict[tuple[int, int], set[int]] = {}
    for item in elements(pdf, "Span", "Link", "Figure"):
        used.setdefault(item.Pg.objgen, set()).update(int(k) for k in item.K if isinstance(k, int))
    for page in pdf.pages:
        page.Contents.write(hide_strays(page.Contents.read_bytes(), used[page.obj.objgen]))
        for link in page.obj.get("/Annots", []):
            link.Contents = String(f"Leads to {link.get('/Dest') or link.A.URI}")
    pdf.Root.PageLabels = Dictionary(
        Nums=Array([0, Dictionary(S=Name.r), 1, Dictionary(S=Name.D)]),
    )
    mend_note(pdf)
    arabic = next(e for e in elements(pdf, "P") if e.Pg.objgen == pdf.pages[1].obj.objgen)
    arabic.Lang = String("ar")
    arabic.K[0].ActualText = String("حماية الخصوصية حق")
    pdf.Root.Metadata = pdf.make_stream(XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)


def mend_note(pdf: pikepdf.Pdf) -> None:
    """Tag the footnote's call as a Reference, and the footnote as a Note with a label."""
    call = next(e for e in elements(pdf, "NonStruct") if str(e.P.get("/S")) == "/P")
    call.S = Name.Reference
    label = next(e for e in elements(pdf, "NonStruct") if str(e.P.get("/S")) == "/Span")
    label.S = Name.Lbl
    label.P.S, label.P.ID = Name.Note, String("note-1")


def save(pdf: pikepdf.Pdf) -> bytes:
    """The PDF's bytes; no object streams, so that truncations and flipped bytes hit structure too."""
    buffer = io.BytesIO()
    plain = pikepdf.ObjectStreamMode.disable
    pdf.save(buffer, deterministic_id=True, object_stream_mode=plain, fix_metadata_version=False)
    return buffer.getvalue()


def altered(data: bytes, change: Change) -> bytes:
    """The bytes of a PDF after a change."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        return save(pdf)


def flat_profile(space: bytes = b"CMYK") -> bytes:
    """The header of an ICC printer profile (ICC.1:2010, 7.2); no table of it is read here."""
    header = struct.pack(">I4sI4s4s4s12x4s", 128, b"none", 0x02400000, b"prtr", space, b"Lab ", b"acsp")
    return header + b"\0" * (128 - len(header))


def mend_sheet(pdf: pikepdf.Pdf) -> None:
    """Boxes, output intent and identification of PDF/X-4."""
    bleed = 3 * 72 / 25.4
    for page in pdf.pages:
        left, bottom, right, top = (float(v) for v in page.obj.TrimBox)
        page.obj.BleedBox = Array([left - bleed, bottom - bleed, right + bleed, top + bleed])
        page.obj.MediaBox = Array([left - bleed, bottom - bleed, right + bleed, top + bleed])
    profile = pdf.make_stream(flat_profile(), N=4)
    intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFX, DestOutputProfile=profile)
    intent.OutputConditionIdentifier = String("FOGRA39")
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    pdf.docinfo["/Trapped"] = Name("/False")
    pdf.Root.Metadata = pdf.make_stream(PRINT_XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)
    for key in ("/Producer", "/Title"):
        if key in pdf.docinfo:
            del pdf.docinfo[key]


def rules(report: Report) -> set[str]:
    """The names of the rules that a report's findings break."""
    return {finding.rule for finding in report.findings}
