"""The rule of a catalog's header: UTF-8, the folder's language, CLDR's plural forms, and a review state that counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from babel import Locale

from imprint.base.diagnostic import Diagnostic, Location, Severity
from imprint.content.toml import suggest
from imprint.localize.check.plurals import agrees
from imprint.localize.check.profile import LanguageProfile
from imprint.localize.plural import PluralError

HEADER_RULE = "header"
REVIEW = "X-Review"
# What `init` writes, and what a second reader sets.
_REVIEWS = ("draft", "reviewed")


def check_header(
    header: Mapping[str, str],
    folder: str,
    profile: LanguageProfile,
    at: Location,
    has_plurals: bool = True,
    reviews: Iterable[str] = (),
) -> list[Diagnostic]:
    """What is wrong with a catalog's header fields; `folder` is the catalog's folder (`zh_Hans`).

    `has_plurals`: whether a message of the catalog has plural forms; without one, a missing Plural-Forms is nothing.
    `reviews` are the states that the paper's release takes.
    """
    found: list[Diagnostic] = []

    def add(severity: Severity, message: str, hint: str) -> None:
        found.append(Diagnostic(severity, HEADER_RULE, message, at, hint))

    charset = re.search(r"charset\s*=\s*([^\s;]*)", header.get("Content-Type", ""), re.IGNORECASE)
    if charset is None or charset[1].casefold() not in ("utf-8", "utf8"):
        stated = f"is '{charset[1]}'" if charset else "is not stated"
        add(
            Severity.ERROR, f"the charset {stated}", "write 'Content-Type: text/plain; charset=UTF-8' and save as UTF-8"
        )
    language = header.get("Language", "").replace("-", "_")
    if _subtags(language) != _subtags(folder):
        stated = f"is '{header.get('Language', '')}'" if language else "is not stated"
        add(
            Severity.ERROR, f"the Language {stated}, but this is the catalog of {folder}", f"write 'Language: {folder}'"
        )
    for message, hint in _review_slips(header, {*_REVIEWS, *reviews}):
        add(Severity.WARNING, message, hint)
    rule = header.get("Plural-Forms", "")
    if not rule:
        if has_plurals:
            add(Severity.ERROR, "Plural-Forms is not stated", f"write 'Plural-Forms: {profile.plurals.header}'")
        return found
    hint = f"write 'Plural-Forms: {profile.plurals.header}'"
    try:
        if not agrees(rule, profile.plurals, Locale.parse(profile.locale)):
            add(Severity.WARNING, "Plural-Forms is not CLDR's for this language", hint)
    except PluralError as error:
        add(Severity.ERROR, f"Plural-Forms {error}", hint)
    return found


def _review_slips(header: Mapping[str, str], known: set[str]) -> Iterator[tuple[str, str]]:
    """A review that no release would find, by its name or by its value, each with what to write."""
    for name in header:
        if name != REVIEW and name.casefold().replace("_", "-") == REVIEW.casefold():
            yield f"'{name}' is not read: the field is {REVIEW}", f"write '{REVIEW}: {header[name]}'"
    state = header.get(REVIEW, "")
    if state and state not in known:
        folded = {name.casefold(): name for name in sorted(known)}
        near = suggest(folded.get(state.casefold(), state.casefold()), known)
        yield f"{REVIEW} is '{state}', which is no state of a catalog", f"{near}; more: [release] review in paper.toml"


def _subtags(tag: str) -> tuple[str, ...]:
    return tuple(part.casefold() for part in re.split(r"[_-]", tag.split("@")[0].split(".")[0]))
