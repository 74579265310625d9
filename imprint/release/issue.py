"""One edition as it goes into a release: built now from its record and PDF, or carried on from an earlier release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from imprint.base.diagnostic import Diagnostic, Diagnostics, Location, Rejected, Severity
from imprint.base.edition import Edition
from imprint.content.document import Document
from imprint.content.number import number_document
from imprint.content.select import select_region
from imprint.localize.approved import Approved
from imprint.localize.compare.changes import compare_passages
from imprint.localize.compare.passages import Passage
from imprint.localize.translate import translate_document
from imprint.markup.inventory import list_passages
from imprint.pipeline import Loaded
from imprint.release.comparison import write_passages
from imprint.release.document import NoPdf, read_metadata
from imprint.release.folder import Release
from imprint.release.manifest import Catalog, Conformance, EditionEntry, Font, Pdf, Pin

Profile = Literal["screen", "print"]


@dataclass(frozen=True, slots=True)
class Issue:
    """An edition's entry in the manifest, its files by path in the release, and what its reader reads."""

    edition: Edition
    entry: EditionEntry
    files: Mapping[str, bytes]
    passages: Sequence[Passage]

    @property
    def screen(self) -> Pdf:
        """The PDF for reading on a screen, which every edition has."""
        return next(pdf for pdf in self.entry.pdfs if pdf.profile == "screen")


def localise(loaded: Loaded, edition: Edition, approved: Approved) -> tuple[Document, bool]:
    """The edition's Document, numbered and in its language, and whether nothing of it is untranslated."""
    mine = number_document(select_region(loaded.document, edition.region))
    localised, coverage = translate_document(mine, edition, approved.lookup)
    return localised, not coverage.missing


def passages_of(loaded: Loaded, edition: Edition, approved: Approved) -> tuple[Passage, ...]:
    """What the edition's reader reads as things are now; what is untranslated, in the source's language."""
    return list_passages(localise(loaded, edition, approved)[0], edition, loaded.labels, approved.label)


def make_issue(
    edition: Edition,
    records: Mapping[Profile, tuple[Mapping[str, Any], bytes]],
    passages: Sequence[Passage],
    review: str,
) -> Issue:
    """The issue of an edition from what its builds recorded and wrote, by profile. Raises Rejected.

    Its PDFs must say of themselves what the edition is: its language, the paper's date, their number of pages.
    """
    record = records["screen"][0]
    stem = edition.stem(str(record["paper"]))
    messages = f"messages/{edition.region}-{edition.language}.json"
    files = {messages: write_passages(str(edition), passages)}
    pdfs = []
    for profile, (facts, data) in records.items():
        path = f"pdf/{stem}{'' if profile == 'screen' else f'-{profile}'}.pdf"
        files[path] = data
        pdfs.append(_pdf(edition, profile, path, facts, data))
    entry = EditionEntry(
        region=edition.region,
        language=edition.language,
        locale=edition.locale,
        title=record["title"],
        words=record["words"],
        coverage=float(record["coverage"]),
        review=review,
        catalogs=_catalogs(record["trace"]),
        sources=list(record["sources_cited"]),
        messages=messages,
        pdfs=pdfs,
    )
    return Issue(edition, entry, files, passages)


def carry_issue(release: Release, edition: Edition, now: Sequence[Passage]) -> Issue:
    """A pinned edition's issue, unchanged by bytes, with the number of passages of the source that differ `now`.

    An issue that was itself carried keeps the version that it comes from. Raises Rejected where the release does not
    hold the edition, or not as it was published.
    """
    passages = release.passages(str(edition))
    entry = release.edition(str(edition))
    if entry is None:
        raise AssertionError("its passages have been read")
    paths = [entry.messages, *(path for pdf in entry.pdfs for path in (pdf.path, pdf.signed) if path)]
    version = entry.pinned.version if entry.pinned else release.manifest.version
    pin = Pin(version=version, source_changes=count_source_changes(passages, now))
    files = {path: release.read(path) for path in paths}
    return Issue(edition, entry.model_copy(update={"pinned": pin}), files, passages)


def count_source_changes(old: Sequence[Passage], new: Sequence[Passage]) -> int:
    """How many passages of the source were added, removed or changed; translations do not count, nor what moved."""
    sources = [[replace(passage, text=passage.msgid) for passage in passages] for passages in (old, new)]
    return sum(change.sort != "moved" for change in compare_passages(*sources))


def signed_path(path: str) -> str:
    """Where the signed copy of a PDF is."""
    return f"signed/{path.removeprefix('pdf/')}"


def _pdf(edition: Edition, profile: Profile, path: str, record: Mapping[str, Any], data: bytes) -> Pdf:
    found = Diagnostics()
    at = Location(path)
    try:
        metadata, pages = read_metadata(data)
    except NoPdf as error:
        raise Rejected([Diagnostic(Severity.ERROR, "pdf", str(error), at, "build the edition anew")]) from None
    wanted = (edition.language, f"D:{str(record['date']).replace('-', '')}", record["pages"])
    for name, is_, should in zip(
        ("language", "date", "pages"), (metadata.language, metadata.created[:10], pages), wanted, strict=True
    ):
        if is_ != should:
            found.error("pdf", f"{edition}: the PDF's {name} is {is_}, and should be {should}", at, "build it anew")
    found.raise_errors()
    return Pdf(
        profile=profile,
        path=path,
        signed=None,
        pages=pages,
        metadata=metadata,
        conformance=[_conformance(standard, kept) for standard, kept in record["proof"]["conformance"].items()],
        findings=list(record["proof"]["findings"]),
        fonts=_fonts(record["fonts"]),
        toolchain=dict(record["toolchain"]),
    )


def _conformance(standard: str, kept: str) -> Conformance:
    passed, _, rules = kept.partition("/")
    return Conformance(standard=standard, passed=int(passed), rules=int(rules))


def _fonts(faces: Sequence[Mapping[str, Any]]) -> list[Font]:
    """The files that the faces were cut from, each once."""
    found = {
        face["sha256"]: Font(
            package=face["wheel"], version=face["version"], file=face["file"], sha256=face["sha256"]
        )
        for face in faces
    }
    return [found[digest] for digest in sorted(found)]


def _catalogs(trace: Mapping[str, str]) -> list[Catalog]:
    """The catalogs that were read for the edition, by its trace."""
    prefix = "file paper:"
    return [
        Catalog(path=key.removeprefix(prefix), sha256=digest)
        for key, digest in sorted(trace.items())
        if key.startswith(f"{prefix}locales/") and key.endswith(".po") and digest != "absent"
    ]
