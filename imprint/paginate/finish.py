"""Finishing touches to the PDF: what PDF/A-2a and PDF/UA-1 ask for together and WeasyPrint does not write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

# The variant that WeasyPrint is asked for; PDF/UA-1 is added to it here.
VARIANT = "pdf/a-2a"

# PDF/A-2 (ISO 19005-2, 6.6.2.3.3) allows a property outside its own schemas only with a description of its schema.
_UA_IDENTIFICATION = """\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
_LANGUAGE = (
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language></rdf:Description>\n"
)


def finisher(main_matter: str) -> Callable[[Any, Any], None]:
    """The function that WeasyPrint calls with (Document, pydyf.PDF) before it writes the file.

    `main_matter` is the id of the element on whose page the arabic folios begin (page labels; before it i, ii, …).
    """

    def finish(document: Any, pdf: Any) -> None:
        _identify(document, pdf)
        _forbid_interpolation(pdf)
        _scope_headers(document)
        label_pages(document, pdf, main_matter)

    return finish


def _identify(document: Any, pdf: Any) -> None:
    """Write the XMP again, with both conformance claims."""
    metadata = document.metadata
    rdf = describe(metadata, metadata.generate_rdf_metadata("a", 2, "A").decode())
    write_xmp(pdf, rdf.replace("</rdf:RDF>", f"{_UA_IDENTIFICATION}</rdf:RDF>"))


def describe(metadata: Any, rdf: str) -> str:
    """WeasyPrint's RDF with the document's language, and with title and description in it."""
    language = metadata.lang or ""
    # The default text and the same in its language (XMP 1, 8.2.2.4): readers in that language find it by name.
    for name in ("title", "description"):
        text = getattr(metadata, name)
        if text and language:
            default = f'<rdf:li xml:lang="x-default">{escape(text)}</rdf:li>'
            rdf = rdf.replace(default, f"{default}<rdf:li xml:lang={quoteattr(language)}>{escape(text)}</rdf:li>")
    added = _LANGUAGE.format(escape(language)) if language else ""
    return rdf.replace("</rdf:RDF>", f"{added}</rdf:RDF>")


def write_xmp(pdf: Any, rdf: str) -> None:
    """Put the RDF in the place of the file's XMP packet, uncompressed: tools find it without unpacking the file."""
    stream = pdf.objects[int(bytes(pdf.catalog["Metadata"]).split()[0])]
    stream.stream = [
        b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n',
        rdf.encode(),
        b'</x:xmpmeta>\n<?xpacket end="r"?>',
    ]
    stream.compress = False


def _forbid_interpolation(pdf: Any) -> None:
    """ISO 19005-2, 6.2.8: no image may ask for interpolation."""
    for item in pdf.objects:
        extra = getattr(item, "extra", {})
        if extra.get("Subtype") == "/Image" and "Interpolate" in extra:
            extra["Interpolate"] = "false"


def _scope_headers(document: Any) -> None:
    """Give each table header its Scope (ISO 32000-1, table 349) beside the ids that WeasyPrint writes."""
    for box in _boxes(document):
        if getattr(box, "element_tag", None) == "th" and (mark := getattr(box, "mark", None)) is not None:
            row = box.element is not None and box.element.get("scope") in ("row", "rowgroup")
            mark["A"]["Scope"] = "/Row" if row else "/Column"


def _boxes(document: Any) -> Iterator[Any]:
    stack = [page._page_box for page in document.pages]
    while stack:
        box = stack.pop()
        yield box
        stack.extend(getattr(box, "children", ()))


def label_pages(document: Any, pdf: Any, main_matter: str) -> None:
    """Name the pages as their folios do (ISO 32000-1, 12.4.2)."""
    import pydyf

    first = next((index for index, page in enumerate(document.pages) if main_matter in page.anchors), 0)
    numbers = pydyf.Array([])
    if first:
        numbers.extend([0, pydyf.Dictionary({"S": "/r"})])
    numbers.extend([first, pydyf.Dictionary({"S": "/D"})])
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": numbers})
