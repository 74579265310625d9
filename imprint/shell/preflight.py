"""`preflight`: judge finished PDFs, ours or another's, and say what was found."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from imprint.base.diagnostic import Severity
from imprint.paginate.preflight.preflight import preflight
from imprint.paginate.preflight.report import Facts, Finding, Report, render_report

PASSED, FAILED = 0, 1


def preflight_command(files: Sequence[Path], profile: str, as_json: bool, stream: TextIO) -> int:
    """Judge each file by the profile (`screen` or `print`) and write the reports to the stream.

    As text, or as one JSON list with a report for each file. Returns 0 where every file passes and 1 where one has an
    error; a file that cannot be read is a finding of its own (`unreadable`), and the others are judged all the same.
    Raises ValueError for an unknown profile.
    """
    reports = [_judge(path, profile) for path in files]
    if as_json:
        stream.write(json.dumps([report.as_json() for report in reports], ensure_ascii=False, indent=2) + "\n")
    else:
        stream.write("\n".join(render_report(report) for report in reports))
    return PASSED if all(report.ok for report in reports) else FAILED


def _judge(path: Path, profile: str) -> Report:
    try:
        return preflight(path, profile, name=str(path))
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        hint = "give the path of a PDF file that you may read"
        return Report(str(path), profile, (Finding("unreadable", Severity.ERROR, message, hint=hint),), Facts())
