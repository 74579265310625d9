"""A PDF's bytes in, what the PDF says of itself out."""

from __future__ import annotations

import io

import pikepdf

from imprint.release.manifest import Metadata


class NoPdf(ValueError):
    """The bytes are no PDF that can be opened."""


def read_metadata(data: bytes) -> tuple[Metadata, int]:
    """Title, author, subject, keywords, dates (as the information dictionary has them) and language; and the pages.

    Raises NoPdf.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            info = pdf.docinfo
            language = str(pdf.Root.get("/Lang", ""))
            names = ("Title", "Author", "Subject", "Keywords", "CreationDate", "ModDate")
            title, author, subject, keywords, created, modified = (str(info.get(f"/{name}", "")) for name in names)
            facts = Metadata(
                title=title,
                author=author,
                subject=subject,
                keywords=keywords,
                language=language,
                created=created,
                modified=modified,
            )
            return facts, len(pdf.pages)
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError) as error:
        raise NoPdf(f"no PDF that can be opened ({error})") from None


def first_difference(old: bytes, new: bytes) -> str:
    """The first object, by number, in which two PDFs differ, in words; empty where every object is the same."""
    try:
        with pikepdf.open(io.BytesIO(old)) as before, pikepdf.open(io.BytesIO(new)) as after:
            for one, other in zip(before.objects, after.objects, strict=False):
                if reason := _difference(one, other):
                    return f"object {one.objgen[0]}{_kind(one)}: {reason}"
            counts = (len(before.objects), len(after.objects))
            return "" if counts[0] == counts[1] else f"{counts[1]} objects, were {counts[0]}"
    except pikepdf.PdfError as error:
        return f"cannot be opened ({error})"


def _difference(old: pikepdf.Object, new: pikepdf.Object) -> str:
    if isinstance(old, pikepdf.Stream) and isinstance(new, pikepdf.Stream):
        one, other = old.read_raw_bytes(), new.read_raw_bytes()
        if one != other:
            both = enumerate(zip(one, other, strict=False))
            at = next((place for place, (a, b) in both if a != b), min(len(one), len(other)))
            return f"the streams differ from byte {at} on ({len(one)} and {len(other)} bytes)"
    return "" if old.unparse() == new.unparse() else "the values differ"


def _kind(value: pikepdf.Object) -> str:
    name = value.get("/Type") if isinstance(value, pikepdf.Dictionary | pikepdf.Stream) else None
    return f" ({str(name)[1:]})" if name is not None else ""
