"""Diagnostics: what is wrong with the input, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is: an error refuses the edition, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in an input: a path relative to the paper's folder, and a line counted from 1 (0: the whole file)."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file

    def __reduce__(self) -> tuple[type[Location], tuple[str, int]]:
        # A Document has thousands, and dataclasses' own way to pickle one looks its fields up each time.
        return Location, (self.file, self.line)


def nowhere(_: str) -> Location | None:
    """Where a named thing is written, for whoever cannot tell."""
    return None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `rule` is its stable name (`unknown-source`), `hint` says what to do."""

    severity: Severity
    rule: str
    message: str
    at: Location | None = None
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.at}: " if self.at else ""
        hint = f"\n    hint: {self.hint}" if self.hint else ""
        return f"{where}{self.severity}: {self.message} [{self.rule}]{hint}"

    def as_json(self) -> dict[str, object]:
        """The same as plain data; without a place, the file is empty and the line 0."""
        at = self.at or Location("")
        facts = {"severity": str(self.severity), "rule": self.rule, "file": at.file, "line": at.line}
        return {**facts, "message": self.message, "hint": self.hint}


class Diagnostics:
    """Collects the findings of one run, so that all are shown and not only the first."""

    def __init__(self) -> None:
        # A dict, for its order and because a finding met on two ways is still one finding.
        self._found: dict[Diagnostic, None] = {}

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def add(self, diagnostic: Diagnostic) -> None:
        """Keep one finding."""
        self._found.setdefault(diagnostic)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep many findings."""
        for diagnostic in diagnostics:
            self.add(diagnostic)

    def add_as(self, severity: Severity, rule: str, message: str, at: Location | None = None, hint: str = "") -> None:
        """Keep a finding that is as bad as `severity` says."""
        self.add(Diagnostic(severity, rule, message, at, hint))

    def error(self, rule: str, message: str, at: Location | None = None, hint: str = "") -> None:
        """Keep a finding that refuses the edition."""
        self.add(Diagnostic(Severity.ERROR, rule, message, at, hint))

    def warning(self, rule: str, message: str, at: Location | None = None, hint: str = "") -> None:
        """Keep a finding that the author should see."""
        self.add(Diagnostic(Severity.WARNING, rule, message, at, hint))

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings that refuse, in the order they were found."""
        return tuple(d for d in self._found if d.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """The findings that do not refuse, in the order they were found."""
        return tuple(d for d in self._found if d.severity is Severity.WARNING)

    def raise_errors(self) -> None:
        """Raise `Rejected` with every finding so far, if one of them is an error."""
        if self.errors:
            raise Rejected(tuple(self._found))


class Rejected(Exception):
    """The input cannot be built: carries every diagnostic of the run. Maps to exit code 1."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(str(d) for d in self.diagnostics))

    def __reduce__(self) -> tuple[type[Rejected], tuple[tuple[Diagnostic, ...]]]:
        return (Rejected, (self.diagnostics,))


class UsageError(Exception):
    """The command line asks for something that does not exist. Maps to exit code 2."""
