"""What became of one edition in a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from imprint.base.diagnostic import Diagnostic, Severity
from imprint.base.edition import Edition


@dataclass(frozen=True, slots=True)
class Outcome:
    """`state` is `built`, `current` (nothing to do) or `refused`; `record` is the content of the format's record.

    `rendered` tells whether the engine laid it out; a build whose page was the same as a proven one does not.
    """

    edition: Edition
    state: str
    record: Mapping[str, Any] | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    rendered: bool = False
    format: str = "pdf"

    def as_json(self, output: str) -> dict[str, Any]:
        """One edition of `build --json`, with the same fields whatever became of it: what it has not is null.

        `output` is the output folder. A refused edition has no file, and a web page neither pages nor a proof.
        """
        facts: dict[str, Any] = {"region": self.edition.region, "language": self.edition.language, "state": self.state}
        facts["format"] = self.format
        record = self.record or {}
        facts["path"] = f"{output}/{record['path']}" if record else None
        for name in ("title", "sha256", "bytes", "pages", "words", "coverage", "draft", "proof"):
            facts[name] = record.get(name)
        recorded = list(self.record["warnings"]) if self.record is not None else []
        facts["warnings"] = recorded or [str(d) for d in self.diagnostics if d.severity is Severity.WARNING]
        facts["errors"] = [str(d) for d in self.diagnostics if d.severity is Severity.ERROR]
        facts["seconds"] = {name: round(seconds, 3) for name, seconds in self.seconds.items()}
        return facts
