"""The rules of completeness: a translation is not the source over again, and not far shorter or longer than usual."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imprint.base.diagnostic import Severity
from imprint.localize.check.inline import MASK, NOTE, Inline
from imprint.localize.check.rules import Complaint, rule
from imprint.localize.check.subject import Subject

# Below so many characters a length says nothing; and so many are a piece that nobody writes twice by intent.
SHORT = 50
_PIECE = 5
# Chinese joins sentences, and says much with little.
_TERSE = frozenset({"Hans", "Hant"})
# Two sentences that became one are hardly shorter than that beside the usual ratio.
_FEWER = 0.75
_END = re.compile("[。！？]|[.!?…।۔؟](?=[\\s\"”’»)*_]|$)")
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
    copied = _copied(source, target) or _clause(subject)
    if copied:
        yield Complaint(f"a piece of the source stands untranslated: '{copied[:60]}'", "translate it")


# Words that begin or end a clause that was forgotten, and no phrase that another language has borrowed.
_BEGINS = frozenset(
    "and or but so if when before after even because until unless without that which who will does is are was were not "
    "cannot can has have they them it the we you your their".split()
)
_ENDS = frozenset("and or the that which is are will your their them it".split())
# English words that no other language has in a row with others: they tell a clause from a name.
_FUNCTION = frozenset(
    "the of and to for with your you is are in on at by from that this what how our it its can may".split()
)
_RUN, _LONGEST = 4, 12
_WORDS = re.compile("[A-Za-z][A-Za-z'’-]*")
# Words of English letters in a row.
_STRETCH = re.compile(rf"{_WORDS.pattern}(?:,? {_WORDS.pattern})+")


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
    for run in _runs(words, flat):
        if len(run) > len(best) and len(_FUNCTION & set(run)) >= 2 and len(run) >= _RUN:
            best = run
    return " ".join(best)


def _runs(words: list[str], flat: str) -> Iterator[list[str]]:
    """The words, parted where the next does not follow in `flat`, the source's words between spaces."""
    run: list[str] = []
    for word in words:
        if run and (len(run) == _LONGEST or f" {' '.join([*run, word])} " not in flat):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _clause(subject: Subject) -> str:
    """A clause in small letters that was forgotten in the midst of the translation: three words of the source or more,
    which begin or end as no borrowed phrase does, or have words among them that no phrase has."""
    flat = f" {' '.join(_WORDS.findall(_FIELD.sub(' ', subject.source.prose)))} "
    latin = subject.profile.script == "Latn"
    for stretch in _STRETCH.findall(_FIELD.sub(" ", subject.target.prose)):
        for run in _runs(_WORDS.findall(stretch), flat):
            words = len((_BEGINS | _FUNCTION) & set(run))
            told = words >= 2 and len(run) >= _RUN if latin else words >= 1
            # Elsewhere than among Latin letters a caption in English is no name either (Types of logs).
            small = " ".join(run if latin else run[1:]).islower()
            if len(run) >= 3 and (told or run[0] in _BEGINS or run[-1] in _ENDS) and small:
                return " ".join(run)
    return ""


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
    # The shorter the text, the wider the bounds: at 50 characters ×0.51 … ×2.8, at 500 ×0.63 … ×1.9; Chinese can be
    # terser: ×0.37, ×0.52. (Of 2,082 right translations into 20 languages, the shortest has ×0.56 at 56 characters.)
    terse = subject.profile.script in _TERSE
    low = 0.55 / (1 + 25 / source) if terse else 0.65 / (1 + 14 / source)
    high = 1.85 * (1 + 25 / source)
    told = not (terse or subject.profile.ends_with_space)
    fewer = told and _sentences(subject.target) < _sentences(subject.source)
    if ratio < low or (fewer and ratio < _FEWER):
        missing = "is a sentence missing?" if fewer else "is a part missing?"
        yield Complaint(f"much shorter than usual ({target} characters for {source})", missing)
    elif ratio > high:
        yield Complaint(f"much longer than usual ({target} characters for {source})", "is there something twice?")


def _sentences(text: Inline) -> int:
    return len(_END.findall(text.prose))


def _repeats(text: str) -> bool:
    """Whether the text is one piece over and over."""
    plain = "".join(text.split())
    period = (plain + plain).find(plain, 1)
    return _PIECE <= period < len(plain)
