"""The print shop's rules: PDF/X-4, bleed, CMYK inks, black text, lines, pages (ISO 15930-7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pikepdf

from imprint.paginate.preflight.inks import InkInterpreter, is_light, space_name
from imprint.paginate.preflight.metadata import PDFX_VERSION
from imprint.paginate.preflight.navigation import walk_annotations
from imprint.paginate.preflight.objects import as_dict, as_list, as_number, as_text, entry, object_id, rectangle
from imprint.paginate.preflight.opened import Opened

BLEED = 3 * 72 / 25.4
INK_LIMIT = 3.0
HAIRLINE = 0.25
# A press sheet is folded: leaves come in pairs, pages in fours.
FOLD = 4
PIXEL_LIMIT = 40_000_000
# What pikepdf and Pillow raise for pictures with broken entries, profiles and streams: other kinds of error are ours.
_UNREADABLE = (pikepdf.PikepdfError, NotImplementedError, TypeError, ValueError, OSError)


def check_identification(opened: Opened, xmp: Mapping[str, str]) -> None:
    """The file says that it is PDF/X-4, for which press, and whether it is trapped."""
    stated = xmp.get(PDFX_VERSION, "")
    if stated != "PDF/X-4":
        opened.found.add("print-identification", f"XMP names {stated or 'no version of PDF/X'}, not PDF/X-4")
    intents = [i for i in as_list(entry(opened.catalog, "/OutputIntents")) if as_text(entry(i, "/S")) == "GTS_PDFX"]
    profiles = [entry(intent, "/DestOutputProfile") for intent in intents]
    if len(intents) != 1:
        opened.found.add("print-output-intent", f"{len(intents)} output intents of GTS_PDFX, not one")
    elif profiles[0] is None or as_number(entry(profiles[0], "/N")) != 4:
        opened.found.add(
            "print-output-intent", "the output intent has no embedded CMYK profile", None, object_id(intents[0])
        )
    trapped = as_text(entry(opened.pdf.trailer.get("/Info"), "/Trapped"))
    if trapped not in ("True", "False"):
        opened.found.add("print-trapped", f"Trapped is {trapped or 'not stated'}")


def check_sheet(opened: Opened) -> None:
    """Every page has its trim and 3 mm of bleed; the pages fill whole sheets; nothing is to be clicked."""
    for index, page in enumerate(opened.pages):
        trim, bleed = rectangle(page.get("/TrimBox")), rectangle(page.get("/BleedBox"))
        if trim is None:
            opened.found.add("print-trim", "the page has no TrimBox", index + 1)
            continue
        edges = (
            [] if bleed is None else [trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3]]
        )
        if not edges or min(edges) < BLEED - 0.05:
            message = f"the bleed is {min(edges) / 72 * 25.4:.1f} mm" if edges else "the page has no BleedBox"
            opened.found.add("print-bleed", message, index + 1)
    if len(opened.pages) % FOLD:
        opened.found.add("print-page-count", f"{len(opened.pages)} pages are no multiple of {FOLD}")
    for page_number, annotation in walk_annotations(opened):
        kind = as_text(entry(annotation, "/Subtype"))
        if kind not in ("TrapNet", "PrinterMark"):
            opened.found.add("print-links", f"a {kind or 'nameless'} annotation", page_number, object_id(annotation))


def check_inks(opened: Opened, interpreter: InkInterpreter) -> None:
    """No RGB, not too much ink, black text in black alone, no line too thin to print."""
    for index, inks in enumerate(interpreter.inks):
        page = index + 1
        for space in sorted(inks.light):
            opened.found.add("print-rgb", f"the page paints in {space}", page)
        if inks.heaviest >= INK_LIMIT:
            opened.found.add("print-ink", f"{inks.heaviest * 100:.0f} % of ink in one colour", page)
        for colour in sorted(inks.black_text):
            shown = " ".join(f"{value * 100:.0f}" for value in colour)
            opened.found.add("print-black-text", f"black text is set as C M Y K {shown}", page)
        if inks.thinnest < HAIRLINE - 0.005:
            opened.found.add("print-hairline", f"a line of {inks.thinnest:.3f} pt", page)


def check_objects(opened: Opened) -> None:
    """No picture, group or shading of the file is in RGB, wherever it is used; pictures keep to the ink limit."""
    for item in opened.pdf.objects:
        holder = as_dict(item)
        if holder is None:
            continue
        for space, what in _spaces(holder):
            if is_light(space_name(space)):
                opened.found.add("print-rgb", f"{what} is in {space_name(space)}", None, object_id(holder))
        if isinstance(item, pikepdf.Stream) and as_text(entry(item, "/Subtype")) == "Image":
            _check_picture(opened, item)
        opened.check_time()


def _check_picture(opened: Opened, image: pikepdf.Stream) -> None:
    try:
        heaviest = picture_ink(image)
    except _UNREADABLE as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        message = f"the ink of a picture could not be judged: {reason}"
        opened.found.add("check-failed", message, None, object_id(image))
        return
    if heaviest >= INK_LIMIT:
        opened.found.add("print-ink", f"a picture has {heaviest * 100:.0f} % of ink", None, object_id(image))


def _spaces(holder: pikepdf.Object) -> Iterator[tuple[object, str]]:
    if as_text(entry(holder, "/Subtype")) == "Image" and entry(holder, "/ImageMask") is not True:
        yield entry(holder, "/ColorSpace"), "a picture"
    group = as_dict(entry(holder, "/Group"))
    if group is not None:
        yield entry(group, "/CS"), "a transparency group"
    if entry(holder, "/ShadingType") is not None:
        yield entry(holder, "/ColorSpace"), "a shading"


def picture_ink(image: pikepdf.Stream) -> float:
    """The heaviest pixel of a CMYK picture, as the sum of its inks from 0 to 4; 0 for another kind or a huge one.

    Raises one of `_UNREADABLE` for a picture that cannot be decoded.
    """
    width, height = (int(as_number(entry(image, key)) or 0) for key in ("/Width", "/Height"))
    if space_name(entry(image, "/ColorSpace")) not in ("DeviceCMYK", "ICC 4") or not 0 < width * height < PIXEL_LIMIT:
        return 0.0
    from PIL import Image, ImageChops  # WeasyPrint's own picture library; only a print job with pictures pays for it

    # The inks are the same under any mask, with which they would be given as another kind of picture.
    picture = pikepdf.PdfImage(image).as_pil_image(apply_mask=False)
    if picture.mode != "CMYK":
        return 0.0
    # Halved, two inks fit in one byte, and four quartered: the sum of four bands without numpy.
    quarters = [band.point(lambda value: value // 4) for band in picture.split()]
    total: Image.Image = quarters[0]
    for band in quarters[1:]:
        total = ImageChops.add(total, band)
    extrema = total.getextrema()
    return float(extrema[1]) * 4 / 255 if isinstance(extrema[1], (int, float)) else 0.0
