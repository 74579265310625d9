"""The values that rules are given: a message with its translations, and one translation taken apart."""

from __future__ import annotations

from dataclasses import dataclass

from imprint.base.diagnostic import Location
from imprint.localize.check.inline import Inline
from imprint.localize.check.profile import LanguageProfile
from imprint.localize.check.terms import Glossary


@dataclass(frozen=True, slots=True)
class Pair:
    """A message and what a translator made of it.

    `msgstrs` has one text, or one for each plural form where `msgid_plural` is given; `comments` are the
    translator's (`# …`, with or without the mark), `flags` the entry's (`python-brace-format`, `c-format` …).
    """

    msgid: str
    msgstrs: tuple[str, ...]
    at: Location = Location("")
    context: str | None = None
    comments: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    msgid_plural: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """One translation as a rule sees it: both texts, taken apart, with the languages' profiles and the terms.

    `form` is the index of the plural form (0 where there are none), `lone` whether that form speaks of one single
    number (the English singular, the Arabic dual), which it may then leave unwritten. `vocabulary`
    holds the words that the whole source writes small somewhere: ordinary words, not names.
    """

    source: Inline
    target: Inline
    flags: frozenset[str]
    profile: LanguageProfile
    source_profile: LanguageProfile
    glossary: Glossary
    form: int = 0
    lone: bool = False
    vocabulary: frozenset[str] = frozenset()

    @property
    def msgid(self) -> str:
        """The source text."""
        return self.source.text

    @property
    def msgstr(self) -> str:
        """The translation."""
        return self.target.text
