"""The catalogue of our own rules: how bad each is and what to do; docs/publishing.md says what each means."""

from __future__ import annotations

from dataclasses import dataclass

from imprint.base.diagnostic import Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. `house`: a warning on another's PDF, an error on an edition of ours (no standard asks for it)."""

    severity: Severity
    hint: str
    house: bool = False


_FILE = {
    "not-a-pdf": Rule(ERROR, "give a file that begins with %PDF-"),
    "unreadable": Rule(ERROR, "the file is truncated or damaged beyond repair: build or fetch it again"),
    "encrypted": Rule(ERROR, "remove the encryption: archives and assistive technology must read the file"),
    "too-large": Rule(ERROR, "split the file, or judge it with tools made for its size"),
    "damaged": Rule(ERROR, "write the file again; qpdf had to repair it in order to read it"),
    "stream-damaged": Rule(ERROR, "write the file again; this stream cannot be decoded"),
    "content-damaged": Rule(ERROR, "write the page again; its drawing instructions do not parse"),
    "no-pages": Rule(ERROR, "a document needs a page"),
    "check-failed": Rule(ERROR, "an object has another type than the standard allows; look at it with qpdf --qdf"),
    "validator-failed": Rule(ERROR, "the validator could not judge the file; mend the other findings first"),
}
_FONTS = {
    "font-not-embedded": Rule(ERROR, "embed the font: another machine will draw other letters"),
    "font-not-subset": Rule(WARNING, "subset the font: the file carries glyphs that no page uses"),
    "font-type3": Rule(ERROR, "use an outline font: Type 3 glyphs are drawings, not letters"),
    "font-no-tounicode": Rule(ERROR, "write a ToUnicode map: without it the text cannot be read aloud or searched"),
    "glyph-notdef": Rule(ERROR, "choose a font that has the character; readers see an empty box"),
    "text-unmapped": Rule(ERROR, "map the glyph to its characters, or give the cluster an ActualText"),
    "text-private-use": Rule(ERROR, "map the glyph to a character of Unicode, not to a private one"),
    "text-replacement": Rule(ERROR, "map the glyph to its real character"),
    "text-not-nfc": Rule(WARNING, "write composed characters (NFC), so that searching finds them"),
}
_STRUCTURE = {
    "untagged": Rule(ERROR, "tag the document: without a structure tree nothing tells headings from text"),
    "tag-unknown": Rule(ERROR, "map the tag to a standard one in the RoleMap"),
    "title-missing": Rule(ERROR, "set the title"),
    "title-not-shown": Rule(ERROR, "set DisplayDocTitle, so that the window shows the title and not the file's name"),
    "language-missing": Rule(ERROR, "state the document's language"),
    "language-invalid": Rule(ERROR, "write the language as a BCP 47 tag, such as zh-Hans"),
    "language-script": Rule(ERROR, "give the passage its own Lang: a voice of the wrong language cannot read it"),
    "heading-missing": Rule(WARNING, "tag the headings, so that readers can jump between them"),
    "heading-skip": Rule(ERROR, "go down one level at a time"),
    "figure-alt": Rule(ERROR, "say in an alternative text what the figure says"),
    "table-no-header": Rule(ERROR, "make the header cells TH: a table of TD alone is read as loose words"),
    "table-scope": Rule(ERROR, "give the header cell the Scope Row, Column or Both"),
    "list-structure": Rule(ERROR, "build lists as L > LI > Lbl, LBody"),
    "note-id": Rule(ERROR, "give each Note an ID of its own"),
    "note-unreferenced": Rule(ERROR, "tag each footnote's call as a Reference or Link that leads to the Note"),
    "note-no-backlink": Rule(WARNING, "put a link back to the call into the Note", house=True),
    "content-untagged": Rule(ERROR, "tag the content, or mark it as an Artifact"),
    "content-orphaned": Rule(ERROR, "hang the marked content into the structure tree, or mark it as an Artifact"),
    "leader-tagged": Rule(WARNING, "mark the dots of the leaders as Artifacts", house=True),
    "running-header-tagged": Rule(WARNING, "mark running headers and folios as Artifacts"),
}
_NAVIGATION = {
    "tab-order": Rule(ERROR, "set the page's Tabs to S, so that Tab follows the structure"),
    "link-untagged": Rule(ERROR, "put the annotation under a Link by an OBJR"),
    "link-description": Rule(ERROR, "describe the link in its Contents"),
    "link-description-bare": Rule(WARNING, "say in words where the link leads; an address or an id says nothing"),
    "link-dead": Rule(ERROR, "lead the link to a place that exists"),
    "link-scheme": Rule(ERROR, "link to https, http or mailto only"),
    "outline-missing": Rule(WARNING, "write an outline (bookmarks) from the headings", house=True),
    "outline-differs": Rule(WARNING, "make the outline from the same headings as the text", house=True),
    "page-labels": Rule(
        WARNING, "label the pages as they are printed: i, ii … for the prelims, then 1, 2 …", house=True
    ),
}
_METADATA = {
    "metadata-missing": Rule(ERROR, "write an XMP packet"),
    "metadata-differs": Rule(ERROR, "write the same values into XMP and the Info dictionary"),
    "metadata-dates": Rule(ERROR, "write the dates of creation and change"),
    "metadata-identifier": Rule(WARNING, "write the file identifier (ID) into the trailer", house=True),
    "metadata-unexpected": Rule(ERROR, "the PDF says something else than the edition"),
}
_EXPECTED = {
    "language-unexpected": Rule(ERROR, "state the edition's language as the document's"),
    "headings-differ": Rule(ERROR, "tag every heading of the edition, at its level and in its order"),
    "figures-differ": Rule(ERROR, "tag every figure of the edition, with its alternative text"),
    "notes-differ": Rule(ERROR, "print and tag every footnote of the edition"),
    "reading-order": Rule(ERROR, "tag the text in the order of the source, and map every glyph to its characters"),
}
_PAGES = {
    "image-resolution": Rule(ERROR, "give a picture with more pixels, or place it smaller"),
    "page-box": Rule(ERROR, "put the boxes inside each other: TrimBox in BleedBox in MediaBox"),
    "page-size-mixed": Rule(WARNING, "give all pages one size"),
    "page-weight": Rule(WARNING, "make pictures smaller or subset fonts"),
    "javascript": Rule(ERROR, "remove the script"),
    "action-forbidden": Rule(ERROR, "remove the action: it starts programs, opens files or sends data"),
    "attachment": Rule(WARNING, "attach files only where the edition means to (PDF/A-3)"),
    "multimedia": Rule(ERROR, "remove the media annotation"),
}
_PRINT = {
    "print-identification": Rule(ERROR, "write pdfxid:GTS_PDFXVersion PDF/X-4 into XMP"),
    "print-output-intent": Rule(ERROR, "embed a CMYK profile as the GTS_PDFX output intent"),
    "print-trim": Rule(ERROR, "give every page a TrimBox"),
    "print-bleed": Rule(ERROR, "let the BleedBox stand 3 mm outside the TrimBox on every side"),
    "print-rgb": Rule(ERROR, "give colours as device-cmyk and pictures in CMYK or gray"),
    "print-ink": Rule(ERROR, "lower the colour's total ink under 300 %"),
    "print-black-text": Rule(ERROR, "set black text as 100 % K alone: four inks never register on small letters"),
    "print-hairline": Rule(ERROR, "draw lines no thinner than 0.25 pt"),
    "print-links": Rule(ERROR, "draw no link annotations in a file for the press"),
    "print-page-count": Rule(ERROR, "add blank pages up to a multiple of four"),
    "print-trapped": Rule(ERROR, "state Trapped as True or False"),
}
RULES: dict[str, Rule] = _FILE | _FONTS | _STRUCTURE | _NAVIGATION | _METADATA | _EXPECTED | _PAGES | _PRINT
