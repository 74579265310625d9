"""The rules of characters: what must not be printed, what cannot be seen, and what looks like something else."""

from __future__ import annotations

import html
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

from imprint.base.diagnostic import Severity
from imprint.localize.check import tables
from imprint.localize.check.rules import Complaint, rule
from imprint.localize.check.subject import Subject
from imprint.localize.check.words import WORD, script_of

_EMBEDDINGS, _ISOLATES = "\u202a\u202b\u202d\u202e", "\u2066\u2067\u2068"
_BIDI = frozenset(_EMBEDDINGS + _ISOLATES + "\u202c\u2069\u200e\u200f\u061c")
# The marks change nothing but the direction of the neutrals beside them: harmless, and needed in mixed lines.
_MARKS = frozenset("\u200e\u200f\u061c")
_INVISIBLE = {
    "\u200b": "ZERO WIDTH SPACE", "\u200c": "ZERO WIDTH NON-JOINER", "\u200d": "ZERO WIDTH JOINER",
    "\u2060": "WORD JOINER", "\ufeff": "ZERO WIDTH NO-BREAK SPACE", "\u00ad": "SOFT HYPHEN",
    "\u180e": "MONGOLIAN VOWEL SEPARATOR", "\u115f": "HANGUL CHOSEONG FILLER", "\u1160": "HANGUL JUNGSEONG FILLER",
    "\u3164": "HANGUL FILLER", "\uffa0": "HALFWIDTH HANGUL FILLER", "\u2061": "FUNCTION APPLICATION",
    "\u2062": "INVISIBLE TIMES", "\u2063": "INVISIBLE SEPARATOR", "\u2064": "INVISIBLE PLUS",
    "\u034f": "COMBINING GRAPHEME JOINER",
    "\u2800": "BRAILLE PATTERN BLANK", "\u2028": "LINE SEPARATOR", "\u2029": "PARAGRAPH SEPARATOR",
}  # fmt: skip
_PAIRED = (
    ("LATIN", "CYRILLIC"),
    ("LATIN", "GREEK"),
    ("CYRILLIC", "GREEK"),
    ("LATIN", "CHEROKEE"),
    ("LATIN", "ARMENIAN"),
)


def _code(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


def _texts(subject: Subject) -> tuple[str, str]:
    """Both texts with their character references resolved: &#x202E; prints what it names."""
    return html.unescape(subject.msgid), html.unescape(subject.msgstr)


@rule("control", Severity.ERROR)
def check_control(subject: Subject) -> Iterator[Complaint]:
    """No control character, surrogate, noncharacter or private-use character, and no U+FFFD of a broken conversion."""
    for character in sorted(set(subject.msgstr)):
        category, code = unicodedata.category(character), ord(character)
        if category == "Cc" and character not in "\n\t\u0085":
            yield Complaint(f"control character {_code(character)}", "delete it")
        elif category == "Cs":
            yield Complaint(f"surrogate {_code(character)}", "the text was cut inside a character: type it again")
        elif category == "Co" and character not in subject.msgid:
            yield Complaint(
                f"private-use character {_code(character)}", "no other font shows it: use a Unicode character"
            )
        elif code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
            yield Complaint(f"{_code(character)} is no character", "delete it")
        elif character == "\ufffd" and character not in subject.msgid:
            yield Complaint("U+FFFD, the mark of a character lost in a conversion", "type the character again")


@rule("bidi", Severity.ERROR)
def check_bidi(subject: Subject) -> Iterator[Complaint]:
    """Bidi controls are balanced; those that the source has not are worth a look."""
    source, target = _texts(subject)
    if _unbalanced(target):
        yield Complaint(
            "a bidi control is not closed: it turns the text after it round",
            "delete it, or close it (U+202C closes an embedding, U+2069 an isolate)",
        )
        return
    for character in sorted(_BIDI & set(target) - set(source)):
        if character in _MARKS and subject.profile.direction == "rtl":
            continue
        if character in "\u202d\u202e":
            yield Complaint(
                f"bidi override {_code(character)}", "delete it: it shows letters in another order than they are"
            )
        else:
            yield Complaint(
                f"bidi control {_code(character)} is not in the source",
                "use <bdi> or <span dir> in the source instead",
                Severity.WARNING,
            )


def _unbalanced(text: str) -> bool:
    """Whether an embedding or isolate stays open, or is closed without having been opened (UAX #9, 3.3.2)."""
    stack: list[str] = []
    for character in text:
        if character in _EMBEDDINGS or character in _ISOLATES:
            stack.append(character)
        elif character in "\u202c\u2069":
            opened = _EMBEDDINGS if character == "\u202c" else _ISOLATES
            if not stack or stack.pop() not in opened:
                return True
    return bool(stack)


@rule("invisible", Severity.WARNING)
def check_invisible(subject: Subject) -> Iterator[Complaint]:
    """No character that cannot be seen, but where the script's spelling needs it or the source has it."""
    source, target = _texts(subject)
    script = subject.profile.script
    for character, count in Counter(c for c in target if c in _INVISIBLE or "\U000e0000" <= c <= "\U000e01ef").items():
        if character in source or _needed(character, target, script):
            continue
        name = _INVISIBLE.get(character, "TAG or variation selector")
        yield Complaint(
            f"invisible character U+{ord(character):04X} {name}" + (f" ({count} times)" if count > 1 else ""),
            "delete it; the build breaks lines and words by itself",
        )


def _needed(character: str, text: str, script: str) -> bool:
    if character in "\u200c\u200d":
        # Spelling in Persian, Urdu and the Indic scripts; between emoji in any language.
        return script in tables.JOINED_SCRIPTS or (character == "\u200d" and any(ord(c) > 0x1F000 for c in text))
    return character == "\u200b" and script in tables.SPACELESS_SCRIPTS


@rule("look-alike", Severity.WARNING)
def check_look_alikes(subject: Subject) -> Iterator[Complaint]:
    """No word is written with letters of two scripts that look alike (Cyrillic а in a Latin word)."""
    known = {match[0] for match in WORD.finditer(subject.source.prose)}
    for match in WORD.finditer(subject.target.prose):
        word = match[0]
        if word.isascii() or word in known:
            continue
        scripts = {script_of(c) for c in word} - {""}
        for pair in _PAIRED:
            if scripts.issuperset(pair) and (letters := _foreign(word, pair)):
                shown = ", ".join(f"'{c}' is {unicodedata.name(c)}" for c in letters)
                yield Complaint(f"'{word}' mixes two scripts: {shown}", "type the word again in one script")
                break


def _foreign(word: str, pair: tuple[str, str]) -> list[str]:
    """The letters of the rarer script, if each of them looks like a letter of the other (UTS #39)."""
    counts = Counter(script_of(c) for c in word)
    for rare, common in (pair, pair[::-1]) if counts[pair[0]] <= counts[pair[1]] else (pair[::-1], pair):
        letters = sorted({c for c in word if script_of(c) == rare})
        if all(_looks_like(c, common) for c in letters):
            return letters
    return []


@cache
def _looks_like(character: str, script: str) -> bool:
    # The tables of Unicode's confusables are a megabyte; they are read for the first mixed word only.
    from confusable_homoglyphs import confusables

    entries = confusables.confusables_data.get(character, [])
    return any(len(entry["c"]) == 1 and script_of(entry["c"]) == script for entry in entries)


@rule("width", Severity.WARNING)
def check_width(subject: Subject) -> Iterator[Complaint]:
    """Full-width letters nowhere, full-width marks in CJK only, half-width katakana and commas never there."""
    text, wide = subject.target.prose, subject.profile.script in tables.HAN_SCRIPTS | {"Kore"}
    for name, found in _widths(text, wide).items():
        if found and not set(found) <= set(subject.msgid):
            yield Complaint(f"{name}: {' '.join(sorted(found))}", "use the form that the language's own texts have")
    if subject.profile.script in tables.HAN_SCRIPTS:
        for before, mark, after in zip(text, text[1:], text[2:], strict=False):
            if mark in ",;:?!" and script_of(before) in _EAST and (script_of(after) in _EAST):
                full = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}[mark]
                yield Complaint(f"half-width '{mark}' between '{before}' and '{after}'", f"write '{full}'")
                return


_EAST = frozenset({"CJK", "HIRAGANA", "KATAKANA"})


def _widths(text: str, wide: bool) -> dict[str, set[str]]:
    letters = {c for c in text if "\uff10" <= c <= "\uff5a" and c.isalnum()}
    marks = {c for c in text if unicodedata.east_asian_width(c) == "F" and not c.isalnum()} | set(text) & set(
        "。、「」『』【】《》"
    )
    return {
        "full-width letters or digits": letters,
        "half-width katakana or hangul": {c for c in text if "\uff61" <= c <= "\uffdc"},
        "full-width marks": set() if wide else marks - {"\u3000"},
    }
