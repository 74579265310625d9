"""Two versions of a source message → whether the edit can change what a translation must say."""

from __future__ import annotations

import itertools
import re
from collections import Counter

from imprint.localize.carry import Edit, EditKind, Replacement
from imprint.localize.full_stop import align_stops
from imprint.localize.hyphen import hyphenated
from imprint.localize.naming import is_renamed, is_same_sort
from imprint.localize.reason import name_edit
from imprint.localize.respace import respaced
from imprint.localize.sentence import ends_sentence, starts_sentence
from imprint.localize.spelling import is_slip, is_variant, is_word
from imprint.localize.token import Token, tokenize

_DOUBLED = frozenset("the a an of to and for with by from or at as be in on is are was were will this your our".split())
# Contractions of which the apostrophe is left out by a slip: without it they are no words (but "cant" and "wont", which
# nobody writes).
_CONTRACTED = re.compile("(?:do|does|did|is|was|are|were|has|have|had|could|would|should|must|need|ca|wo)n't")
# Words that are another word with a capital (capitonyms), and companies and products with a common word's name.
_CAPITONYMS = frozenset(
    "may march august polish turkey china japan jersey guinea cologne lima apple amazon oracle meta windows android "
    "chrome safari".split()
)
_STOPS = frozenset(".,;:")
_UNITS = re.compile(
    r"(?:[kKMGTP]i?)?(?:B|b|bit|bits|bytes?|Hz|W|m|g|s|V|A)|[mcµnk]?m|[mµn]?s|h|min|days?|weeks?|months?|years?|hours?|"
    r"minutes?|seconds?|percent|am|pm|AM|PM|[kKM]?bps|px|pt|st|nd|rd|th"
)
_NAMES = ("target", "auto", "cite", "note", "placeholder")
_TITLE_LENGTH = 7
# Marks beside which a space may come or go without changing a word.
_LOOSE = frozenset(",;!?)(”“%…")
# Marks that close what stands before them, with a space before them or not, where nothing is set close behind.
_CLOSING = frozenset(".:]")


def classify_edit(
    old: str,
    new: str,
    *,
    language: str = "en",
    declared: frozenset[str] | None = None,
    former: frozenset[str] = frozenset(),
) -> Edit:
    """Judge the edit of a source message from `old` to `new` (inline Markdown).

    Trivial are: white space; typographic quotes, dashes, apostrophes and ellipses; a heading's level; `*` for `_`; a
    link's target, the text alike (`carry` applies it); the name of a placeholder, citation, footnote or thing referred
    to, where it only became longer, shorter or mended; a letter's case at a sentence's start; a doubled function word;
    a or an; a final full stop (`carry` applies it); hyphens of compounds that stay the same words; and, in English, a
    spelling slip in a word that stays the same word, words run together or torn apart, or British for American
    spelling. All else is a matter of meaning, and so is whatever is in doubt.

    `declared` are the placeholders that the new sources use or define: a name that is not among them any more was
    renamed, one that still is was replaced by another, and so was one that became a name which the sources used
    before (`former`). Where `declared` is None, only a name that contains the other counts as renamed.
    """
    if old == new:
        return Edit(EditKind.TRIVIAL, "nothing changed")
    old, old_level = _heading(old)
    new, new_level = _heading(new)
    if bool(old_level) != bool(new_level):
        return _meaning("markup changed")
    english = language.partition("-")[0].partition("_")[0] == "en"
    old, stops = align_stops(old, new) if english else (old, ())
    before, after = _undoubled(tokenize(old)), _undoubled(tokenize(new))
    hyphens = False
    if english:
        before, after = respaced(before, after)
        before, after, hyphens = hyphenated(before, after)
    if len(before) != len(after):
        return _meaning(name_edit(before, after))
    judge = _Judge(before, after, declared, former, english=english)
    for place in range(len(before)):
        if not judge.accepts(place):
            return _meaning(name_edit(before, after))
    if not judge.consistent():
        return _meaning("names changed in different ways")
    if old_level != new_level:
        judge.reasons.add("heading level")
        judge.replacements.append(Replacement("level", old_level, new_level))
    judge.reasons |= {"hyphens of a compound"} if hyphens else set()
    judge.reasons |= {"a final full stop"} if stops else set()
    reasons = judge.reasons or {"white space and typography"}
    return Edit(EditKind.TRIVIAL, ", ".join(sorted(reasons)), tuple(judge.replacements), judge.counts(), stops)


def _meaning(reason: str) -> Edit:
    return Edit(EditKind.MEANING, reason)


def _heading(text: str) -> tuple[str, str]:
    found = re.match(r"(#{1,6})\s+", text)
    return (text[found.end() :], found[1]) if found else (text, "")


def _undoubled(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Without the second of two equal function words ("the the") or stops (".."), set without a space."""
    kept: list[Token] = []
    for token, following in itertools.zip_longest(tokens, tokens[1:]):
        last = kept[-1] if kept else None
        if last and last.kind == token.kind == "word" and last.text.lower() == token.text in _DOUBLED:
            continue
        doubled = last is not None and last.kind == token.kind == "mark" and last.text == token.text in _STOPS
        if doubled and not token.spaced and (following is None or following.spaced):
            continue
        kept.append(token)
    return tuple(kept)


class _Judge:
    """Compares two token rows of one length, place by place, and keeps what was renamed and why."""

    def __init__(
        self,
        old: tuple[Token, ...],
        new: tuple[Token, ...],
        declared: frozenset[str] | None,
        former: frozenset[str],
        *,
        english: bool,
    ) -> None:
        self._old, self._new = old, new
        self._english = english
        self._declared, self._former = declared, former
        self.reasons: set[str] = set()
        self.replacements: list[Replacement] = []

    def accepts(self, place: int) -> bool:
        old, new = self._old[place], self._new[place]
        if not self._spacing(place):
            return False
        if old.kind != new.kind:
            return False
        if old.text == new.text:
            return True
        if old.kind == "word":
            return self._word(place, old.text, new.text)
        if old.kind in _NAMES:
            return self._name(place, old, new)
        return False

    def _spacing(self, place: int) -> bool:
        """Whether the space before the token is alike, or comes or goes where it parts no words."""
        old, new = self._old[place], self._new[place]
        if place == 0 or old.spaced == new.spaced:
            return True
        left = self._old[place - 1]
        if left.text == "." and ends_sentence(self._old, place - 1) and old.text[:1].isupper():
            return old.kind == "word" and is_word(old.text.lower())
        if {left.kind, old.kind} & {"dash"}:
            # An unspaced em dash and a spaced one say the same; the other dashes were told apart by their spaces.
            return all(t.text in ("dash", "range") for t in (left, old) if t.kind == "dash")
        if left.kind == "number" and old.kind == "word":
            return bool(_UNITS.fullmatch(old.text))
        if "ellipsis" in (left.kind, old.kind):
            return True
        if old.text in _CLOSING and old.kind == "mark" and self._is_last(place):
            # "10 : 00" and "2 . 5" are no sentences.
            return (left.kind != "mark" or left.text in ")]") and not (left.kind == "number" and old.text == ":")
        numbers = left.kind == "number" or old.kind == "number"
        return ((left.kind == "mark" and left.text in _LOOSE) or (old.kind == "mark" and old.text in _LOOSE)) and not (
            numbers and (left.text == "," or old.text == ",")
        )

    def _is_last(self, place: int) -> bool:
        """Whether nothing is set close behind the mark, in both versions: it opens no name (.NET)."""
        return all(
            place + 1 == len(row) or row[place + 1].spaced or row[place + 1].kind in ("quote", "emphasis")
            for row in (self._old, self._new)
        )

    def _word(self, place: int, old: str, new: str) -> bool:
        if old.lower() == new.lower():
            if old[1:] == new[1:] and starts_sentence(self._old, place) and self._is_common(place, old.lower()):
                self.reasons.add("letter case at the sentence's start")
                return True
            return False
        if not self._english:
            return False
        if old.endswith("'s") and new.endswith("'s"):
            old, new = old[:-2], new[:-2]
        if {old.lower(), new.lower()} == {"a", "an"} and old[0] == new[0]:
            self.reasons.add("a or an")
            return True
        if _CONTRACTED.fullmatch(new.lower()) and old == new.replace("'", ""):
            self.reasons.add(f"spelling slip: {old} → {new}")
            return True
        if not self._same_case(place, old, new):
            return False
        if is_variant(old.lower(), new.lower()):
            self.reasons.add(f"spelling: {old} → {new}")
            return True
        if is_slip(old.lower(), new.lower()):
            self.reasons.add(f"spelling slip: {old} → {new}")
            return True
        return False

    def _is_common(self, place: int, word: str) -> bool:
        """Whether the word is no name and no initial, so that its capital says only where it stands."""
        after = self._old[place + 1] if place + 1 < len(self._old) else None
        initial = after is not None and after.text == "." and place + 2 < len(self._old) and len(word) <= 3
        return word not in _CAPITONYMS and not initial and (is_word(word) or not self._english)

    def _same_case(self, place: int, old: str, new: str) -> bool:
        """Whether both words are written alike, and not as names are (a capital within the sentence)."""
        if old.islower() and new.islower():
            return True
        if old.isupper() and new.isupper():
            return len(new) >= _TITLE_LENGTH and self._shouted()
        capital = old[0].isupper() and new[0].isupper() and old[1:].islower() and new[1:].islower()
        # Where every word has its capital it says nothing; but short names (Lyft) are near many words. No name is
        # another word with two letters exchanged, once it is long.
        known = len(new) >= _TITLE_LENGTH and (self._titled() or sorted(old.lower()) == sorted(new.lower()))
        return capital and (starts_sentence(self._old, place) or known)

    def _shouted(self) -> bool:
        """Whether every word of the message, of several, is in capitals: they mark no name then."""
        words = [t.text for t in self._old if t.kind == "word" and len(t.text) > 3]
        return len(words) > 1 and all(word.isupper() for word in words)

    def _titled(self) -> bool:
        """Whether the message is a title with a capital for each word of four letters or more."""
        words = [t.text for t in self._old if t.kind == "word" and len(t.text) > 3]
        return len(words) > 2 and all(word[0].isupper() for word in words) and self._old[-1].text not in set(".!?")

    def _name(self, place: int, old: Token, new: Token) -> bool:
        if old.kind == "placeholder" and not self._is_renamed(old.text, new.text):
            return False
        if old.kind == "target" and not is_same_sort(old.text, new.text):
            return False
        # A citation, a note, and a reference without words of its own are read on the page: another is another claim.
        spoken = old.kind in ("cite", "note") or (old.text[:1] == "#" and self._is_bare(place))
        if spoken and not is_renamed(old.text, new.text):
            return False
        what = {"target": "link target", "auto": "link target", "cite": "citation", "note": "footnote key"}
        self.reasons.add(f"{what.get(old.kind, 'placeholder name')}: {old.text} → {new.text}")
        self.replacements.append(Replacement(old.kind, old.text, new.text))
        return True

    def _is_bare(self, place: int) -> bool:
        """Whether the target stands after `[` without a text: the build writes one, "Figure 2"."""
        return place > 0 and self._old[place - 1].text == "["

    def _is_renamed(self, old: str, new: str) -> bool:
        if self._declared is not None:
            return old not in self._declared and new in self._declared and new not in self._former
        return is_renamed(old, new)

    def consistent(self) -> bool:
        """Whether each old name became one new name everywhere."""
        changed: dict[tuple[str, str], str] = {}
        kept = {(t.kind, t.text) for t, n in zip(self._old, self._new, strict=True) if t.text == n.text}
        for r in self.replacements:
            if changed.setdefault((r.kind, r.old), r.new) != r.new or (r.kind, r.old) in kept:
                return False
        values = [(kind, new) for (kind, _), new in changed.items() if kind == "placeholder"]
        return len(values) == len(set(values)) and not kept.intersection(values)

    def counts(self) -> tuple[tuple[str, str, int], ...]:
        """How often the old source has each name that is replaced."""
        there = Counter((t.kind, t.text) for t in self._old)
        names = sorted({(r.kind, r.old) for r in self.replacements})
        return tuple((kind, name, there[kind, name] or 1) for kind, name in names)
