"""Versions and their order."""

from __future__ import annotations

import pytest

from imprint.base.diagnostic import UsageError
from imprint.release.version import before, is_version, latest_of, parse_version, precedence


def test_order() -> None:
    """Semantic Versioning's own example of precedence (11.4)."""
    ordered = ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11"]
    ordered += ["1.0.0-rc.1", "1.0.0", "1.0.2", "1.0.10", "1.2.0"]
    backwards = list(reversed(ordered))
    assert sorted(backwards, key=precedence) == ordered


def test_latest_and_before() -> None:
    """A pre-release is the latest only where nothing else is; the one before is the nearest older one."""
    assert latest_of(["1.0.0", "2.0.0-rc.1"]) == "1.0.0"
    assert latest_of(["2.0.0-rc.1"]) == "2.0.0-rc.1"
    assert latest_of([]) is None
    assert before("1.0.1", ["1.0.0", "1.1.0"]) == "1.0.0"
    assert before("1.0.0", ["1.0.0"]) is None


@pytest.mark.parametrize("text", ["../x", "1.0.0/..", "1.0", "v1.0.0", "", "1.0.0\n", "1.0.0-a/b", ".", "-1.0.0"])
def test_what_is_no_version(text: str) -> None:
    """A version is one plain name: it can lead nowhere."""
    assert not is_version(text)
    with pytest.raises(UsageError):
        parse_version(text)
