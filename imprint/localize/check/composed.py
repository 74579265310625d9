"""Puts number words together as a language counts: two hundred and fifty, half a million, two and a half."""

from __future__ import annotations

from fractions import Fraction

from imprint.localize.check import beside
from imprint.localize.check.halves import part_before
from imprint.localize.check.numerals import number_words
from imprint.localize.check.profile import LanguageProfile
from imprint.localize.check.words import fold

DOZEN = 12


def phrase_at(
    tokens: list[tuple[int, int, str]], index: int, prose: str, profile: LanguageProfile
) -> tuple[Fraction, int, bool]:
    """The value of the number words from `index` on, how many words they are, and whether they are surely a number."""
    words = number_words(profile.language, profile.script)
    total, group, used, sure, place, step = Fraction(0), Fraction(0), 0, True, index, 1
    while place < len(tokens):
        if used and prose[tokens[place - 1][1] : tokens[place][0]].strip("-‐‑") not in ("", " ", "\u00a0"):
            break
        value, taken = _longest(tokens, place, words.values, words.longest)
        phrase = " ".join(t[2] for t in tokens[place : place + taken])
        factor = scale_word(tokens[place][2], profile) if not taken or value >= 100 or used else 1
        half = _and_a_half(tokens, place, profile, words.values) if used else 0
        if half:
            group, total = (group + Fraction(1, 2), total) if group or step == 1 else (group, total + Fraction(step, 2))
            taken = half
        elif (used and factor > 1) or factor >= 1000 or (factor >= 100 and not taken):
            # Alone ("millions of", Arabic "a million") the word says its own value, or a vague one.
            lead = [token[2] for token in tokens[max(0, index - 2) : index]]
            sure = sure and (used > 0 or (profile.language == "en" and lead[-1:] == ["a"] and lead[0] != "of"))
            group = (group or Fraction(1)) * factor
            if factor > 100:
                total, group, step = total + group, Fraction(0), factor
            taken = 1
        elif taken and (not used or (group == 0 and total) or _follows(group, value, phrase in words.cardinals)):
            group += value
            if index and not used:
                group += part_before(tokens[index - 1][2], profile.language)
            sure = sure and phrase in words.cardinals
        elif used and not taken and _joins(tokens, place, group, profile):
            taken = 1
        else:
            break
        place += taken
        used = place - index
    return total + group, used, sure


def _joins(tokens: list[tuple[int, int, str]], place: int, group: Fraction, profile: LanguageProfile) -> bool:
    """Whether the word joins a number before it with one behind: two hundred and fifty, half a dozen (or a million)."""
    if tokens[place][2] == "a":
        scaled = place + 1 < len(tokens) and scale_word(tokens[place + 1][2], profile) > 1
        return group == Fraction(1, 2) and scaled
    if tokens[place][2] not in ("and", "y", "e", "et", "und", "و", "và") or group < 100:
        return False
    words = number_words(profile.language, profile.script)
    value, count = _longest(tokens, place + 1, words.values, words.longest)
    return count > 0 and _follows(group, value, cardinal=True)


def _and_a_half(
    tokens: list[tuple[int, int, str]], place: int, profile: LanguageProfile, values: dict[str, Fraction]
) -> int:
    """How many words from `place` on say that the number is more by a half; 0 where none do."""
    words = [word for _, _, word in tokens[place : place + 3]]
    if words[0] == fold(beside.HALF_AFTER.get(profile.language, "\0")):
        # Arabic may name the million once more: a million and half the million.
        again = profile.language == "ar" and len(words) > 1 and scale_word(words[1], profile) > 1
        return 2 if again else 1
    for joint in beside.AND_A_HALF.get(profile.language, ()):
        size = len(joint.split())
        if words[:size] == joint.split() and values.get(" ".join(words[size : size + 1])) == Fraction(1, 2):
            return size + 1
    return 0


def is_dozen(word: str, profile: LanguageProfile) -> bool:
    """Whether the word says "dozen"."""
    return scale_word(word, profile) == DOZEN


def scale_word(word: str, profile: LanguageProfile) -> int:
    """The factor that the folded word multiplies by; 1 where it is no scale."""
    for name, exact, factor in profile.scales:
        if len(name) > 1 and (word == name if exact else word.startswith(name)):
            return factor
    return 1


def _follows(group: Fraction, value: Fraction, cardinal: bool) -> bool:
    """Whether a number word can be added to those before it: two hundred · fifty; twenty · five (thirty · second is one
    phrase or, where seconds are counted, no number)."""
    return (group >= 100 and group % 100 == 0 and 0 < value < 100) or (
        cardinal and group % 100 >= 20 and group % 10 == 0 and 0 < value < 10
    )


def _longest(
    tokens: list[tuple[int, int, str]], place: int, values: dict[str, Fraction], longest: int
) -> tuple[Fraction, int]:
    for size in range(min(longest, len(tokens) - place), 0, -1):
        phrase = " ".join(token[2] for token in tokens[place : place + size])
        if phrase in values:
            return values[phrase], size
    return Fraction(0), 0
