"""Conformance: the rules of PDF/A and PDF/UA, judged by `page-validation` in a thread beside our own checks."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import page as validator

from imprint.base.confine import never_fork
from imprint.base.diagnostic import Severity
from imprint.paginate.preflight.report import Finding, Findings

NAMES = {"1a": "PDF/A-1a", "1b": "PDF/A-1b", "2a": "PDF/A-2a", "2b": "PDF/A-2b", "2u": "PDF/A-2u", "3a": "PDF/A-3a",
         "3b": "PDF/A-3b", "3u": "PDF/A-3u", "ua1": "PDF/UA-1"}  # fmt: skip
_HINT = "docs/publishing.md says what this standard is for and how it is judged"


def raised_limits() -> validator.SafetyLimits:
    """The validator's limits, with room for the structure tree of a paper of several hundred pages.

    The default reference depth of 256 is used up by the chain of siblings of about 150 pages.
    """
    return validator.SafetyLimits(max_reference_depth=100_000, max_table_grid_rows=20_000)


@dataclass(slots=True)
class Verdict:
    """What the validator says of one profile; `error` where it could not judge, `done` once it has."""

    profile: str
    done: bool = False
    passed: int = 0
    rules: int = 0
    failures: list[tuple[str, str, str | None]] = field(default_factory=list)
    error: str = ""


class Validation:
    """The validator at work on one file, profile by profile, in one thread (it does its work without Python's lock).

    Our own checks keep the other core busy, and what one thread has freed it uses again: two fault three times as many
    pages in.
    """

    def __init__(self, data: bytes, profiles: tuple[str, ...]) -> None:
        self._verdicts = [Verdict(profile) for profile in profiles]
        # For the pool of threads that the validator (Rust, rayon) makes once in a process: one for each core take a
        # tenth more CPU time than one for all, and 7 MiB more. It shapes no finding.
        os.putenv("RAYON_NUM_THREADS", "1")
        # A daemon: a file that the validator never finishes with must not keep the process alive.
        self._thread = threading.Thread(target=_judge_all, args=(data, self._verdicts), daemon=True)
        never_fork("page-validation")
        self._thread.start()

    def report(
        self, found: Findings, seconds: float, pages: Callable[[], Mapping[str, int]]
    ) -> dict[str, tuple[int, int]]:
        """Wait at most so many seconds, keep a finding for each rule that fails, and return the counts by standard.

        `pages`, asked only where a rule fails, maps an object's number (`12 0`) to the page (from 1) that it is or
        belongs to.
        """
        counts = {}
        self._thread.join(max(seconds, 0.05))
        for verdict in self._verdicts:
            name = NAMES[verdict.profile]
            if verdict.error or not verdict.done:
                reason = verdict.error or "it had not finished when the time was over"
                found.add("validator-failed", f"{name} could not be judged: {reason}")
                continue
            counts[name] = (verdict.passed, verdict.rules)
            for finding in _aggregate(verdict, pages()) if verdict.failures else ():
                found.keep(finding)
        return counts


def _judge_all(data: bytes, verdicts: list[Verdict]) -> None:
    for verdict in verdicts:
        _judge(data, verdict)
        verdict.done = True


def _judge(data: bytes, verdict: Verdict) -> None:
    """Run one profile. A panic of the validator arrives as BaseException, and must end as a finding like any other."""
    try:
        report = validator.validate_pdf_bytes(data, profile=verdict.profile, limits=raised_limits())
    except BaseException as error:  # noqa: BLE001  # pyo3's PanicException is no Exception
        verdict.error = " ".join(str(error).split())[:300] or type(error).__name__
        return
    verdict.passed, verdict.rules = report.rules.passed, report.rules.total
    verdict.failures = [
        (f.rule_id, f.message, f"{f.object_id.object_number} {f.object_id.generation}" if f.object_id else None)
        for f in report.failures
    ]


def _aggregate(verdict: Verdict, pages: Mapping[str, int]) -> list[Finding]:
    """One finding for each rule, at its first place, with the number of the others."""
    by_rule: dict[str, list[tuple[str, str | None]]] = {}
    for rule, message, at in verdict.failures:
        by_rule.setdefault(rule, []).append((message, at))
    found = []
    for rule, places in by_rule.items():
        message, at = places[0]
        more = f" (and {len(places) - 1} more)" if len(places) > 1 else ""
        named = re.search(r"\bpage (\d+)", message)
        page = int(named[1]) if named else pages.get(at or "")
        found.append(Finding(rule, Severity.ERROR, f"{NAMES[verdict.profile]}: {message}{more}", page, at, _HINT))
    return found
