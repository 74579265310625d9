"""The proof: one PDF in, its bytes or its file, and the report of every rule out."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

import pikepdf

from imprint.paginate.preflight import (
    actions,
    languages,
    metadata,
    navigation,
    pictures,
    reading,
    soundness,
    tagging,
    typefaces,
)
from imprint.paginate.preflight.conformance import Validation
from imprint.paginate.preflight.expectation import Expectation, normalise
from imprint.paginate.preflight.interpreter import Interpreter
from imprint.paginate.preflight.objects import as_text, entry, object_id
from imprint.paginate.preflight.opened import INPUT_LIMIT, Opened, TooLong, open_pdf, qpdf_limits
from imprint.paginate.preflight.report import Facts, Findings, Report

PROFILES = ("screen", "print")
# A sound paper of 50 pages takes a third of a second.
SECONDS = 60.0

T = TypeVar("T")


def preflight(
    source: Path | bytes,
    profile: str = "screen",
    expected: Expectation | None = None,
    *,
    name: str = "",
    seconds: float = SECONDS,
    early: Validation | None = None,
) -> Report:
    """Judge a PDF, given as a file or as its bytes, by the `screen` or the `print` profile.

    With `expected` the PDF is held against its edition too, and the rules of the house are errors. `early` is the
    validator at work on it already (`begin_validation`). Whatever the bytes are, the answer is a report, within about
    `seconds`. Raises OSError where the file cannot be read and ValueError for an unknown profile.
    """
    if profile not in PROFILES:
        raise ValueError(f"the profile is {profile!r}, not one of {', '.join(PROFILES)}")
    found = Findings(strict=expected is not None)
    # The file judged is no source of an edition, but its product: it is read past Sources, and bounded here.
    data = source if isinstance(source, bytes) else _read(source)
    label = name or (source.name if isinstance(source, Path) else "PDF")
    facts = Facts(bytes=len(data))
    if len(data) > INPUT_LIMIT:
        found.add("too-large", f"the file is larger than {INPUT_LIMIT // 2**20} MiB")
    elif b"%PDF-" not in data[:1024]:
        found.add("not-a-pdf", "the file does not begin with %PDF-" if data else "the file is empty")
    else:
        with qpdf_limits():
            facts = _judge(data, profile, expected, found, time.monotonic() + seconds, early)
    return Report(label, profile, found.close(), facts)


def _read(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(INPUT_LIMIT + 1)


def _judge(
    data: bytes,
    profile: str,
    expected: Expectation | None,
    found: Findings,
    deadline: float,
    early: Validation | None,
) -> Facts:
    """Open the file and run every rule of the profile."""
    if early is None and expected is not None and expected.profile:
        early = begin_validation(data, profile, expected.profile)
    try:
        pdf = open_pdf(data)
    except pikepdf.PasswordError:
        found.add("encrypted", "the file is encrypted and cannot be opened without its password")
        return Facts(bytes=len(data), encrypted=True)
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        reason = " ".join(str(error).split())[:300]
        found.add("no-pages" if "no pages found" in reason else "unreadable", reason)
        return Facts(bytes=len(data))
    with pdf:
        opened = Opened(pdf, len(data), expected, found, deadline)
        opened.interpreter = _interpreter(profile)
        validation = early or begin_validation(data, profile, _stated_level(opened))
        try:
            _run(opened, profile)
        except TooLong:
            found.add("too-large", "the time for the judgement is over; not every rule has been tried")
        return _facts(opened, validation, deadline)


def _interpreter(profile: str) -> Interpreter:
    if profile == "screen":
        return Interpreter()
    from imprint.paginate.preflight.inks import InkInterpreter  # only a print job pays for it

    return InkInterpreter()


def begin_validation(data: bytes, profile: str, level: str) -> Validation:
    """Start the validator: PDF/A of this level and PDF/UA for the screen. It knows no profile of PDF/X.

    What a build has written is sound: there it need not wait until the file is opened.
    """
    return Validation(data, () if profile == "print" else (level, "ua1"))


def _stated_level(opened: Opened) -> str:
    """The level of PDF/A that the file says it has, for all that such a level asks; 2a where it says none."""
    stated = _guard(opened, lambda: metadata.load_xmp(opened).get(metadata.PDFA_PART, "")) or ""
    return {"1": "1a", "3": "3a"}.get(stated, "2a")


def _run(opened: Opened, profile: str) -> None:
    """Every family of rules, each on its own: a crash in one is a finding, and the others go on."""
    _guard(opened, opened.load_pages)
    _guard(opened, opened.draw_pages)
    xmp = _guard(opened, partial(metadata.load_xmp, opened)) or {}
    info = _guard(opened, partial(metadata.load_info, opened)) or {}
    checks: list[Callable[[], None]] = [
        partial(soundness.check_soundness, opened),
        partial(metadata.check_metadata, opened, xmp, info),
        partial(typefaces.check_fonts, opened),
        partial(typefaces.check_glyphs, opened),
        partial(pictures.check_resolution, opened, profile),
        partial(pictures.check_boxes, opened),
        partial(actions.check_actions, opened),
    ]
    if profile == "print":
        checks += _print_checks(opened, xmp)
    else:
        checks += [partial(check, opened) for check in _SCREEN]
        if opened.expected is not None:
            checks.append(partial(metadata.check_expected_metadata, opened, opened.expected, xmp))
            checks += [partial(check, opened, opened.expected) for check in _EXPECTED]
    checks.append(partial(soundness.check_warnings, opened))
    for check in checks:
        _guard(opened, check)
        opened.check_time()


def _print_checks(opened: Opened, xmp: Mapping[str, str]) -> list[Callable[[], None]]:
    from imprint.paginate.preflight import printing
    from imprint.paginate.preflight.inks import InkInterpreter

    checks = [partial(printing.check_identification, opened, xmp), partial(printing.check_sheet, opened)]
    if isinstance(opened.interpreter, InkInterpreter):
        checks.append(partial(printing.check_inks, opened, opened.interpreter))
    return [*checks, partial(printing.check_objects, opened)]


_SCREEN = (
    typefaces.check_characters,
    tagging.check_tagged,
    tagging.check_headings,
    tagging.check_figures,
    tagging.check_tables,
    tagging.check_lists,
    tagging.check_notes,
    tagging.check_coverage,
    languages.check_languages,
    navigation.check_links,
    navigation.check_tabs,
    navigation.check_outline,
    navigation.check_page_labels,
    pictures.check_weight,
)
_EXPECTED = (
    languages.check_expected_language,
    reading.check_expected_headings,
    reading.check_expected_figures,
    reading.check_expected_notes,
    reading.check_reading_order,
)


def _guard(opened: Opened, step: Callable[[], T]) -> T | None:
    """Run a step. A broken PDF can hold anything at any key: what then goes wrong is the PDF's fault, and a finding."""
    try:
        return step()
    except TooLong:
        raise
    except Exception as error:  # noqa: BLE001  # the one boundary between a hostile file and the report
        reason = " ".join(str(error).split())[:200]
        opened.found.add("check-failed", f"{_name(step)} could not be judged: {type(error).__name__} {reason}")
        return None


def _name(step: Callable[[], object]) -> str:
    function = step.func if isinstance(step, partial) else step
    return getattr(function, "__name__", "a rule").removeprefix("check_").replace("_", " ")


def _facts(opened: Opened, validation: Validation, deadline: float) -> Facts:
    """The facts, once the validator has finished; its findings are kept on the way."""
    conformance = validation.report(opened.found, deadline - time.monotonic(), partial(_page_numbers, opened))
    xmp = _guard(opened, partial(metadata.load_xmp, opened)) or {}
    return Facts(
        pages=len(opened.pages),
        bytes=opened.size,
        version=opened.pdf.pdf_version,
        title=normalise(xmp.get("{http://purl.org/dc/elements/1.1/}title", "") or _info_title(opened)),
        language=opened.language,
        tagged=bool(opened.tree.nodes),
        encrypted=opened.pdf.is_encrypted,
        fonts=typefaces.list_fonts(opened),
        conformance=conformance,
    )


def _page_numbers(opened: Opened) -> dict[str, int]:
    """The page (from 1) that each object is or belongs to, by its number."""
    pages = {object_id(page) or "": index + 1 for index, page in enumerate(opened.pages)}
    pages |= {object_id(item) or "": page for page, item in navigation.walk_annotations(opened)}
    pages |= {node.object_id or "": node.number for node in opened.tree.nodes if node.number}
    return pages


def _info_title(opened: Opened) -> str:
    return as_text(entry(opened.pdf.trailer.get("/Info"), "/Title"))
