"""The rules of terms, which hold a translation to its language's glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imprint.base.diagnostic import Severity
from imprint.localize.check.profile import LanguageProfile
from imprint.localize.check.rules import Complaint, rule
from imprint.localize.check.subject import Subject
from imprint.localize.check.words import WORD, fold

# Languages that join words into one, or write articles and prepositions in front without a space: the term may stand
# inside a word.
_JOINING = frozenset("de nl sv da nb nn is fi et hu tr ko ar he fa ur".split())
# A word's stem is what inflection leaves: all but so many letters, and never fewer than four.
_ENDING, _STEM = 3, 4


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
