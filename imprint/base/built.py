"""Finished editions: the files that a build puts in place, and the record that vouches for them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from imprint.base.artifact import RECORDS, Artifact
from imprint.base.diagnostic import Diagnostic
from imprint.base.edition import Edition


@dataclass(frozen=True, slots=True)
class Built:
    """One finished edition: its PDF, and what there is to say of it. `seconds` is wall time by stage.

    `format` is `pdf`, or `print` for the print shop's. `rendered` is False where the page was the same as one proven
    before, and was taken from the workshop.
    """

    edition: Edition
    pdf: Artifact
    record: Mapping[str, Any]
    warnings: tuple[Diagnostic, ...]
    seconds: Mapping[str, float]
    rendered: bool
    format: str = "pdf"

    @property
    def files(self) -> tuple[Artifact, ...]:
        """What is put in place: the PDF, then the record that vouches for it."""
        return (self.pdf, _record_file(self.edition, self.format, self.record))


@dataclass(frozen=True, slots=True)
class BuiltWeb:
    """One finished web edition: its page, the files that the page loads, and what there is to say of it."""

    edition: Edition
    page: Artifact
    beside: tuple[Artifact, ...]
    record: Mapping[str, Any]
    warnings: tuple[Diagnostic, ...]
    seconds: Mapping[str, float]
    rendered: bool = True

    @property
    def files(self) -> tuple[Artifact, ...]:
        """What is put in place: what the page loads, the page, then the record that vouches for them."""
        return (*self.beside, self.page, _record_file(self.edition, "html", self.record))


def _record_file(edition: Edition, format_: str, record: Mapping[str, Any]) -> Artifact:
    data = json.dumps(record, ensure_ascii=False, indent=2).encode() + b"\n"
    return Artifact(f"{edition.folder()}/{RECORDS[format_]}", data)
