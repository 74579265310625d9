"""Text that may hold passages in other scripts in, the same as HTML out, with the language of each such passage."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from babel.core import get_global, parse_locale
from markupsafe import Markup, escape

from imprint.base.edition import PSEUDO

# The first word of a letter's Unicode name → ISO 15924, and the language that most often writes the script: a voice
# of that language can at least read the passage out. An author who knows better writes `<span lang="…">`.
_SCRIPTS = {
    "CYRILLIC": ("Cyrl", "ru"), "GREEK": ("Grek", "el"), "ARABIC": ("Arab", "ar"), "HEBREW": ("Hebr", "he"),
    "CJK": ("Hani", "zh"), "HIRAGANA": ("Kana", "ja"), "KATAKANA": ("Kana", "ja"), "HANGUL": ("Hang", "ko"),
    "DEVANAGARI": ("Deva", "hi"), "BENGALI": ("Beng", "bn"), "TAMIL": ("Taml", "ta"), "TELUGU": ("Telu", "te"),
    "THAI": ("Thai", "th"), "LAO": ("Laoo", "lo"), "KHMER": ("Khmr", "km"), "MYANMAR": ("Mymr", "my"),
    "GEORGIAN": ("Geor", "ka"), "ARMENIAN": ("Armn", "hy"),
}  # fmt: skip
# What CLDR's composite codes are made of.
_MADE_OF = {"Hans": ("Hani",), "Hant": ("Hani",), "Jpan": ("Hani", "Kana"), "Kore": ("Hang", "Hani"), "Aran": ("Arab",)}
# Letters that Russian does not have and a language of these has.
_CYRILLIC = (("uk", re.compile("[іїєґ]", re.IGNORECASE)), ("kk", re.compile("[әғқңөұүһ]", re.IGNORECASE)))
_ARABIC = (("ur", re.compile("[ٹڈڑےں]")), ("fa", re.compile("[پچژگ]")))


def mark_scripts(text: str, language: str) -> Markup:
    """Return plain text as HTML in which each passage in a script foreign to `language` (BCP 47) has its own `lang`.

    Latin letters are left alone everywhere: names stand in texts of all languages, and no script tells German from
    English. Raises ValueError for a malformed tag.
    """
    if text.isascii():
        return escape(text)
    return Markup("").join(
        Markup('<span lang="{}" dir="auto">{}</span>').format(foreign, part) if foreign else escape(part)
        for part, foreign in _passages(text, _written(language))
    )


def _passages(text: str, written: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The text in pieces, each with its language, or "" where it is the edition's. Signs go with what is before."""
    pieces: list[tuple[str, str]] = []
    for script, group in groupby(text, _script):
        part = "".join(group)
        foreign = "" if script in ("Latn", *written) else script
        if not pieces or (script and pieces[-1][1] != foreign):
            pieces.append((part, foreign))
        else:
            pieces[-1] = (pieces[-1][0] + part, pieces[-1][1])
    whole = any(_script(character) == "Kana" for character in text)
    for part, script in pieces:
        # What opens the next passage belongs to it.
        tail = len(part.rstrip(" \u00a0([{“‘«")) if script else len(part)
        yield part[:tail], _language(script, part, whole)
        if tail < len(part):
            yield part[tail:], ""


def _language(script: str, part: str, japanese: bool) -> str:
    if not script:
        return ""
    if script in ("Hani", "Kana") and japanese:
        return "ja"
    for name, letters in {"Cyrl": _CYRILLIC, "Arab": _ARABIC}.get(script, ()):
        if letters.search(part):
            return name
    return next(language for code, language in _SCRIPTS.values() if code == script)


@cache
def _script(character: str) -> str:
    """The letter's script; "" for what is no letter, "Latn" for every script that is not listed here."""
    if not character.isalpha():
        return ""
    return _SCRIPTS.get(re.split("[ -]", unicodedata.name(character, "?"))[0], ("Latn", ""))[0]


@cache
def _written(language: str) -> frozenset[str]:
    """The scripts in which CLDR expects the language to be written; a pseudo-language may use any."""
    if language in PSEUDO:
        return frozenset(script for script, _ in _SCRIPTS.values())
    name, _, script, *_ = parse_locale(language, sep="-")
    code = script or parse_locale(get_global("likely_subtags").get(name, name))[2] or "Latn"
    return frozenset(_MADE_OF.get(code, (code,)))
