"""What an update did to a catalog, message by message."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a message."""

    CARRIED = "carried"
    FUZZY = "fuzzy"
    NEW = "new"
    OBSOLETE = "obsolete"
    RESTORED = "restored"
    # The translation is as it was; the extraction's comments, references or flags are new.
    REVISED = "revised"


@dataclass(frozen=True, slots=True)
class Change:
    """One message that is not as it was: `old` is the source that it came from, `reason` says why."""

    outcome: Outcome
    msgid: str
    context: str | None = None
    old: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What an update did to one catalog. `kept` counts the messages of which no byte changed."""

    path: str
    language: str
    kept: int
    changes: tuple[Change, ...] = ()
    converted: bool = False

    def of(self, outcome: Outcome) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.outcome is outcome)

    def counts(self) -> dict[str, int]:
        """How many messages had each outcome; `kept` counts the `revised` as well, whose translation is as it was."""
        counts = {outcome.value: len(self.of(outcome)) for outcome in Outcome}
        return {"kept": self.kept + counts[Outcome.REVISED], **counts}
