"""Whether an edition is still what a build would write, in each format: told by its record, without the paper."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from imprint.base.artifact import RECORDS
from imprint.base.edition import Edition
from imprint.schedule.engine import engine_key
from imprint.schedule.stats import StatCache, trace_holds


@dataclass(slots=True)
class States:
    """Answers for one paper, one output folder and one run: each file is looked at once."""

    roots: Mapping[str, Path]
    output: Path
    stats: StatCache
    _lists: dict[str, str] = field(default_factory=dict)
    _engine: str = ""

    @property
    def engine(self) -> str:
        """The engine's key; found out when it is first asked for."""
        self._engine = self._engine or engine_key(self.roots["engine"], self.stats)
        return self._engine

    def record(self, edition: Edition, format_: str = "pdf") -> dict[str, Any] | None:
        """What was recorded when the edition was built in the format; None where there is no usable record."""
        try:
            # The output folder is no source of the paper, so its record is not read through Sources.
            record = json.loads((self.output / edition.folder() / RECORDS[format_]).read_bytes())
        except (OSError, ValueError):
            return None
        return record if isinstance(record, dict) and isinstance(record.get("trace"), dict) else None

    def current(self, edition: Edition, draft: bool, format_: str = "pdf") -> dict[str, Any] | None:
        """The edition's record if its files are whole and everything they were made from is as it was; else None."""
        record = self.record(edition, format_)
        if record is None or record.get("draft") is not draft or record.get("engine") != self.engine:
            return None
        files = {**record.get("files", {}), str(record.get("path")): record.get("sha256")}
        if any(self.stats.digest(self.output / path) != digest for path, digest in files.items()):
            return None
        return record if trace_holds(record["trace"], self.roots, self.stats, self._lists) else None

    def name(self, edition: Edition) -> str:
        """`built`, `draft` (both current), `stale` or `unbuilt`."""
        record = self.record(edition)
        if record is None:
            return "unbuilt"
        if self.current(edition, record.get("draft") is True) is None:
            return "stale"
        return "draft" if record["draft"] else "built"
