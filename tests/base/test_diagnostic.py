"""Diagnostics: all are kept, each once, and an error refuses."""

from __future__ import annotations

import pickle

import pytest

from imprint.base.diagnostic import Diagnostic, Diagnostics, Location, Rejected, Severity


def test_a_diagnostic_reads_as_a_line() -> None:
    """`file:line: severity: message [rule]`, the hint below; no line where it is the whole file."""
    found = Diagnostic(Severity.ERROR, "bad", "is bad", Location("content/a.md", 3), "mend it")
    assert str(found) == "content/a.md:3: error: is bad [bad]\n    hint: mend it"
    assert str(Diagnostic(Severity.WARNING, "odd", "is odd", Location("a.po"))) == "a.po: warning: is odd [odd]"
    assert str(Diagnostic(Severity.WARNING, "odd", "is odd")) == "warning: is odd [odd]"


def test_all_are_collected_each_once() -> None:
    """Errors and warnings keep their order; what is met on two ways is one finding."""
    found = Diagnostics()
    found.warning("w", "a warning")
    found.error("e", "first", Location("a", 1))
    found.error("e", "second", Location("a", 2))
    found.extend([Diagnostic(Severity.ERROR, "e", "first", Location("a", 1))])
    assert len(found) == 3
    assert [d.message for d in found.errors] == ["first", "second"]
    assert [d.message for d in found.warnings] == ["a warning"]


def test_only_an_error_refuses() -> None:
    """A warning lets the build go on; an error raises with everything that was found, the warnings too."""
    found = Diagnostics()
    found.warning("w", "a warning")
    found.raise_errors()
    found.error("e", "an error")
    with pytest.raises(Rejected) as caught:
        found.raise_errors()
    assert [d.rule for d in caught.value.diagnostics] == ["w", "e"]


def test_a_refusal_crosses_a_process_border() -> None:
    """`Rejected` can be pickled: workers send it."""
    refusal = Rejected([Diagnostic(Severity.ERROR, "e", "m", Location("f", 1), "h")])
    assert pickle.loads(pickle.dumps(refusal)).diagnostics == refusal.diagnostics
