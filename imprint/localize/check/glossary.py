"""Terms: `locales/terms/<lang>.toml` read into a glossary, and the rules that hold a translation to it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from imprint.base.diagnostic import Diagnostics, Location, Severity
from imprint.base.sources import Absent, Sources
from imprint.localize.check.profile import LanguageProfile
from imprint.localize.check.rules import Complaint, rule
from imprint.localize.check.subject import Subject
from imprint.localize.check.words import WORD, fold

# Languages that join words into one, or write articles and prepositions in front without a space: the term may stand
# inside a word.
_JOINING = frozenset("de nl sv da nb nn is fi et hu tr ko ar he fa ur".split())
# A word's stem is what inflection leaves: all but so many letters, and never fewer than four.
_ENDING, _STEM = 3, 4


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


@rule("terms", Severity.WARNING)
def check_terms(subject: Subject) -> Iterator[Complaint]:
    """Where the source uses a term, the translation uses one of its allowed translations, inflected or not."""
    pattern = subject.glossary.pattern
    if pattern is None:
        return
    used = dict.fromkeys(subject.glossary.folded[m[0].casefold()] for m in pattern.finditer(subject.source.prose))
    for term in used:
        allowed = subject.glossary.terms[term]
        if not any(has_term(subject.target.prose, text, subject.profile) for text in allowed):
            yield Complaint(f"the term '{term}' is not translated as agreed", f"write {' or '.join(allowed)}")


@rule("forbidden-terms", Severity.ERROR)
def check_forbidden(subject: Subject) -> Iterator[Complaint]:
    """No word that the glossary forbids, unless it is a part of a translation that it asks for."""
    text = subject.target.prose
    allowed = [a for texts in subject.glossary.terms.values() for a in texts]
    for word, instead in subject.glossary.forbidden.items():
        covered = text
        for longer in (a for a in allowed if word.casefold() in a.casefold() and a.casefold() != word.casefold()):
            covered = re.sub(re.escape(longer), " ", covered, flags=re.IGNORECASE)
        if has_term(covered, word, subject.profile, inflected=False):
            yield Complaint(
                f"'{word}' is not used in this paper", f"write '{instead}'" if instead else "use another word"
            )


def has_term(text: str, term: str, profile: LanguageProfile, inflected: bool = True) -> bool:
    """Whether the text has the term: letter by letter in scripts without spaces; elsewhere each of its words in order,
    by stem (so that an ending may change) and, in languages that join words, inside a longer word too."""
    if profile.spaceless:
        return _bare(term) in _bare(text)
    if fold(term) in fold(text) and (profile.language in _JOINING or not inflected):
        return inflected or re.search(rf"(?<!\w){re.escape(fold(term))}", fold(text)) is not None
    words = [fold(m[0]) for m in WORD.finditer(term)]
    stems = [_stem(word) if inflected else word for word in words]
    if not stems:
        return term in text
    inside = "" if profile.language in _JOINING else r"(?<!\w)"
    between = r"\w*[^\w]{1,3}(?:\w{1,4}[^\w]{1,2})?"
    return re.search(inside + between.join(re.escape(stem) for stem in stems), fold(text)) is not None


def _bare(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text).casefold()


def _stem(word: str) -> str:
    return word[: max(_STEM, len(word) - _ENDING)]
