"""Checks a translation by every rule, leaving out what a comment or the paper silences."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from imprint.base.diagnostic import Diagnostic, Location, Severity

# Importing a family enters its rules into the registry.
from imprint.localize.check import (
    active,
    characters,
    completeness,
    edges,
    glossary,
    markup,
    numbers,
    placeholders,
    slips,
    standards,
    within,
)
from imprint.localize.check.forms import PLURAL_RULE, check_plural_count
from imprint.localize.check.header import HEADER_RULE
from imprint.localize.check.inline import parse_inline
from imprint.localize.check.profile import LanguageProfile, profile_for
from imprint.localize.check.rules import RULES
from imprint.localize.check.silence import silenced_rules
from imprint.localize.check.subject import Pair, Subject
from imprint.localize.check.terms import NO_TERMS, Glossary
from imprint.localize.entry import Entry

FAMILIES = (
    placeholders, markup, slips, active, numbers, standards, glossary, characters, within, edges, completeness,
)  # fmt: skip
# Findings are shown in the families' order: what breaks the page first.
_ORDERED = tuple(rule for family in FAMILIES for rule in RULES.values() if rule.run.__module__ == family.__name__)
SILENCE_RULE = "unknown-rule"
_SMALL = re.compile(r"(?<![\w-])[a-z][a-z'’]+(?![\w-])")


def rule_names() -> frozenset[str]:
    """The name of every rule, as comments and paper.toml may give them."""
    return frozenset({*RULES, PLURAL_RULE, HEADER_RULE})


def check_translation(
    pair: Pair,
    profile: LanguageProfile,
    *,
    source: LanguageProfile | None = None,
    glossary: Glossary = NO_TERMS,
    ignore: Collection[str] = (),
    vocabulary: frozenset[str] = frozenset(),
) -> list[Diagnostic]:
    """Every finding about one message's translation, errors and warnings, in the order of the rules.

    `profile` is the catalog's language, `source` the paper's (English by default), `glossary` its terms, `ignore` the
    rules that the paper silences for the language, `vocabulary` what `vocabulary_of` found in all the sources. An
    untranslated message has no findings. Fuzzy and obsolete entries are the caller's to leave out: they never ship.
    """
    if not any(pair.msgstrs):
        return []
    silenced, unknown = _silenced(pair.comments)
    found = [
        Diagnostic(Severity.WARNING, SILENCE_RULE, f"no rule is called '{name}'", pair.at, _names_hint(name))
        for name in unknown
    ]
    silenced |= set(ignore)
    if PLURAL_RULE not in silenced:
        plural = pair.msgid_plural is not None
        for complaint in check_plural_count(pair.msgstrs, plural, profile.plurals):
            severity = complaint.severity or Severity.ERROR
            found.append(Diagnostic(severity, PLURAL_RULE, complaint.message, pair.at, complaint.hint))
    for subject in _subjects(pair, profile, source or profile_for("en"), glossary, vocabulary):
        found += _run(subject, pair.at, silenced)
    return list(dict.fromkeys(found))


def ready_rules(language: str) -> None:
    """Make what the rules keep of a language, so that the forks of this process need not (0.2 s for Chinese)."""
    check_translation(Pair("In 1 day.", ("1",)), profile_for(language))


def check_catalog(
    pairs: Iterable[Pair],
    profile: LanguageProfile,
    *,
    source: LanguageProfile | None = None,
    glossary: Glossary = NO_TERMS,
    ignore: Collection[str] = (),
) -> Iterator[Diagnostic]:
    """The findings of many messages, one after the other, with the paper's unknown rule names first."""
    for name in sorted(set(ignore) - rule_names()):
        yield Diagnostic(
            Severity.WARNING,
            SILENCE_RULE,
            f"no rule is called '{name}'",
            Location("content/paper.toml"),
            _names_hint(name),
        )
    pairs = tuple(pairs)
    words = vocabulary_of(pair.msgid for pair in pairs)
    for pair in pairs:
        yield from check_translation(pair, profile, source=source, glossary=glossary, ignore=ignore, vocabulary=words)


def vocabulary_of(msgids: Iterable[str]) -> frozenset[str]:
    """The words that the sources write small somewhere. A title made of them alone is no name and wants translating."""
    return frozenset(m[0] for msgid in msgids for m in _SMALL.finditer(parse_inline(msgid).prose))


def pair_of(entry: Entry, path: str) -> Pair:
    """The catalog's entry as the rules take it; findings are placed at its msgstr."""
    at = Location(path, entry.msgstr_line or entry.line)
    return Pair(entry.msgid, entry.msgstrs, at, entry.context, entry.comments, frozenset(entry.flags), entry.plural)


def _subjects(
    pair: Pair,
    profile: LanguageProfile,
    source: LanguageProfile,
    glossary: Glossary,
    vocabulary: frozenset[str],
) -> Iterator[Subject]:
    """One subject for each translated form; plurals are held against msgid_plural, a lone number's against msgid."""
    for form, msgstr in enumerate(pair.msgstrs):
        if not msgstr:
            continue
        lone = pair.msgid_plural is not None and profile.plurals.is_lone(form)
        one = pair.msgid_plural is None or (lone and 1 in profile.plurals.numbers[form])
        msgid = pair.msgid if one or pair.msgid_plural is None else pair.msgid_plural
        texts = parse_inline(msgid), parse_inline(msgstr)
        yield Subject(*texts, pair.flags, profile, source, glossary, form, lone, vocabulary)


def _run(subject: Subject, at: Location, silenced: Collection[str]) -> Iterator[Diagnostic]:
    for rule in _ORDERED:
        if rule.name in silenced:
            continue
        for complaint in rule.run(subject):
            yield Diagnostic(complaint.severity or rule.severity, rule.name, complaint.message, at, complaint.hint)


def _silenced(comments: Iterable[str]) -> tuple[set[str], list[str]]:
    """The rules that the comments silence, and the names among them that no rule has."""
    names = [
        name.strip()
        for comment in comments
        for line in comment.splitlines()
        for name in silenced_rules(line) or ()
    ]
    known = rule_names()
    return set(names) & known, [name for name in dict.fromkeys(names) if name not in known]


def _names_hint(name: str) -> str:
    slip = placeholders.nearest(name, sorted(rule_names()))
    return f"did you mean '{slip}'?" if slip else f"the rules are {', '.join(sorted(rule_names()))}"
