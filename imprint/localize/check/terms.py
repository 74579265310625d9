"""Terms: `locales/terms/<lang>.toml` → a Glossary, what a term of the source is called and what it is not."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from imprint.base.diagnostic import Diagnostics, Location
from imprint.base.sources import Absent, Sources


@dataclass(frozen=True)
class Glossary:
    """The terms of one language: source term → allowed translations, and words that may not be used → what to use."""

    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    forbidden: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """Finds the terms as whole words, plural and possessive too, the longest first."""
        if not self.terms:
            return None
        names = "|".join(rf"{re.escape(term)}" for term in sorted(self.terms, key=len, reverse=True))
        return re.compile(rf"(?<![\w-])(?:{names})(?=(?:s|es|['’]s|s['’])?(?![\w-]))", re.IGNORECASE)

    @cached_property
    def folded(self) -> Mapping[str, str]:
        """Terms by their folded form."""
        return {term.casefold(): term for term in self.terms}

    @cached_property
    def kept(self) -> frozenset[str]:
        """The words of terms that may stay as they are."""
        same = (t for t, allowed in self.terms.items() if any(a.casefold() == t.casefold() for a in allowed))
        return frozenset(word.casefold() for term in same for word in term.split())


NO_TERMS = Glossary()


def load_terms(sources: Sources, path: str, diagnostics: Diagnostics) -> Glossary:
    """Read the terms of a language; an absent file is an empty glossary, a bad one a diagnostic.

    The file has two tables: `[terms]`, each a term of the source and one allowed translation or a list of them, and
    `[forbidden]`, each a word that may not be used and what to use instead.
    """
    try:
        data = tomllib.loads(sources.read_text(path))
    except Absent:
        return NO_TERMS
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        at = Location(Sources.shown(path), int(line[1]) if line else 0)
        diagnostics.error("terms", f"cannot be read: {error}", at, 'write TOML: "term" = ["translation"]')
        return NO_TERMS
    at = Location(Sources.shown(path))
    terms: dict[str, tuple[str, ...]] = {}
    for term, allowed in _table(data, "terms", at, diagnostics).items():
        texts = (allowed,) if isinstance(allowed, str) else tuple(allowed) if isinstance(allowed, list) else ()
        if texts and all(isinstance(text, str) and text.strip() for text in texts):
            terms[term] = texts
        else:
            diagnostics.error("terms", f"'{term}' has no translations", at, "write a text or a list of texts")
    forbidden = {k: v for k, v in _table(data, "forbidden", at, diagnostics).items() if isinstance(v, str)}
    for name in sorted(data.keys() - {"terms", "forbidden"}):
        diagnostics.warning("terms", f"the table [{name}] is not known", at, "the tables are [terms] and [forbidden]")
    return Glossary(terms, forbidden)


def _table(data: Mapping[str, object], name: str, at: Location, diagnostics: Diagnostics) -> Mapping[str, object]:
    table = data.get(name, {})
    if isinstance(table, dict):
        return table
    diagnostics.error("terms", f"'{name}' is not a table", at, f"write [{name}] on a line of its own")
    return {}
