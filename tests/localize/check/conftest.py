"""What the tests of the rules share: asking for the rules that speak of a translation."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imprint.base.diagnostic import Diagnostic
from imprint.localize.check.profile import profile_for
from imprint.localize.check.run import check_translation
from imprint.localize.check.subject import Pair
from imprint.localize.check.terms import NO_TERMS, Glossary

Ask = Callable[..., list[Diagnostic]]


@pytest.fixture
def ask() -> Ask:
    """Findings about a translation into a language."""

    def findings(
        lang: str, source: str, target: str, *, flags: tuple[str, ...] = (), comments: tuple[str, ...] = (),
        glossary: Glossary = NO_TERMS, ignore: tuple[str, ...] = (),
    ) -> list[Diagnostic]:  # fmt: skip
        pair = Pair(source, (target,), flags=frozenset(flags), comments=comments)
        return check_translation(pair, profile_for(lang), glossary=glossary, ignore=ignore)

    return findings
