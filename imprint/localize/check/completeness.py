"""The rules of completeness: a translation is not the source over again, and not far shorter or longer than usual."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imprint.base.diagnostic import Severity
from imprint.localize.check.inline import MASK, NOTE
from imprint.localize.check.rules import Complaint, rule
from imprint.localize.check.subject import Subject

# Below so many characters a length says nothing; and so many are a piece that nobody writes twice by intent.
SHORT = 50
_PIECE = 5
# A field of python-format, whose name is no word.
_FIELD = re.compile(r"%\(\w+\)[a-z]")


@rule("untranslated", Severity.WARNING)
def check_untranslated(subject: Subject) -> Iterator[Complaint]:
    """The translation is not the source over again, whole or in a long piece; names, codes and numbers may be."""
    if subject.profile.language == subject.source_profile.language:
        return
    source, target = _folded(subject.source.prose), _folded(subject.target.prose)
    plain = [
        w
        for w in re.findall(r"(?<![\w-])[a-z][a-z'’]{2,}(?![\w-])", _FIELD.sub(" ", subject.source.prose))
        if w not in _kept(subject)
    ]
    if source == target:
        latin = subject.profile.script == "Latn"
        # A cognate or two may be the same in a language of the same script (Version, status), a clause cannot.
        acronyms = {w.casefold() for w in re.findall(r"[A-Z]{2,}", subject.source.prose)}
        names = acronyms | set(re.findall(r"[a-z][a-z'’]+", source)) - subject.vocabulary - _kept(subject)
        words = len(re.findall(r"[a-z][a-z'’]+", source))
        ordinary = not names and words > (1 if latin else 0)
        if len(plain) >= 2 or ordinary or (plain and (not latin or _FUNCTION & set(source.split()))):
            yield Complaint("the text is the source, untranslated", "translate it; a name is kept by a term of its own")
        return
    copied = _copied(source, target)
    if copied:
        yield Complaint(f"a piece of the source stands untranslated: '{copied[:60]}'", "translate it")


# English words that no other language has in a row with others: they tell a clause from a name.
_FUNCTION = frozenset(
    "the of and to for with your you is are in on at by from that this what how our it its can may".split()
)
_RUN = 4


def _folded(prose: str) -> str:
    return " ".join(_FIELD.sub(" ", prose).split()).casefold()


def _kept(subject: Subject) -> frozenset[str]:
    return subject.glossary.kept


def _copied(source: str, target: str) -> str:
    """The longest run of source words in the target that holds two function words and four plain words or more."""
    words = re.findall(r"[a-z][a-z'’-]*", target)
    if len(words) < _RUN:
        return ""
    flat = f" {' '.join(re.findall(r'[a-z][a-z’-]*', source))} "
    best: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if word and f" {' '.join([*run, word])} " in flat and len(run) < 12:
            run.append(word)
            continue
        if len(run) > len(best) and len(_FUNCTION & set(run)) >= 2 and len(run) >= _RUN:
            best = run
        run = [word] if word else []
    return " ".join(best)


@rule("length", Severity.WARNING)
def check_length(subject: Subject) -> Iterator[Complaint]:
    """The length is not far outside the language's usual ratio; short texts vary too much to say."""
    source, target = (len(re.sub(f"[{MASK}{NOTE}]", "", i.prose)) for i in (subject.source, subject.target))
    if _repeats(subject.msgstr) and not _repeats(subject.msgid):
        yield Complaint("the translation says the same thing twice", "delete the second one")
        return
    if source < SHORT or subject.lone:
        return
    ratio = target / source / (subject.profile.ratio / subject.source_profile.ratio)
    # The shorter the text, the wider the bounds: at 50 characters ×0.36 … ×2.8, at 500 ×0.51 … ×1.9.
    slack = 1 + 25 / source
    low, high = 0.55 / slack, 1.85 * slack
    if ratio < low:
        yield Complaint(f"much shorter than usual ({target} characters for {source})", "is a part missing?")
    elif ratio > high:
        yield Complaint(f"much longer than usual ({target} characters for {source})", "is there something twice?")


def _repeats(text: str) -> bool:
    """Whether the text is one piece over and over."""
    plain = "".join(text.split())
    period = (plain + plain).find(plain, 1)
    return _PIECE <= period < len(plain)
