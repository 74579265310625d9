"""The rules of what stands within a text: marks and letters of the language, spaces, pairs, and nothing said twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from imprint.base.diagnostic import Severity
from imprint.localize.check.rules import Complaint, rule
from imprint.localize.check.subject import Subject

_ARABIC = {",": "،", ";": "؛"}
_ARABIC_LETTER = "[\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06fa-\u06ff]"
# Beside an Arabic letter, and not within a number.
_WESTERN = re.compile(rf"(?<={_ARABIC_LETTER})[,;](?=\s|$)|[,;](?=\s+{_ARABIC_LETTER})")
# Two marks where one is meant; but an ellipsis is three.
_TWO_MARKS = re.compile(r"(?<!\.)\.\.(?!\.)|([,;:،؛、。，])\1")
_SPACES = re.compile(r"(?<=\S)[ \u00a0\u3000]{2,}(?=\S)|(?<=\w)[ \u00a0][.,،。，、)](?=\s|$)|\( (?=\S)")
# Letters that look like others of the same script: which a language never writes, and what stands for what there.
_LETTERS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "ar": (("ک", "ك"), ("ی", "ي")),
    "fa": (("ك", "ک"), ("ي", "ی")),
    "ur": (("ك", "ک"), ("ي", "ی")),
    "ro": (("ş", "ș"), ("ţ", "ț"), ("Ş", "Ș"), ("Ţ", "Ț")),
    "th": (("เเ", "แ"),),
    "vi": (("ð", "đ"), ("Ð", "Đ")),
}
# Between two katakana, and some of them before two, these are no ideographs (デ一タ for データ, 力メラ for カメラ).
_KATAKANA = dict(zip("一口力夕工卜二八", "ーロカタエトニハ", strict=True))
_IDEOGRAPH = re.compile(
    f"(?<=[ァ-ヺー])[{''.join(_KATAKANA)}](?=[ァ-ヺー])|(?<![\u4e00-\u9fff々])[力工卜](?=[ァ-ヺー]{{2}})"
)
_PAIRS = tuple(zip("(（「『《【«", ")）」』》】»", strict=True))
_QUOTES = "„“”"
_COUNTED = re.compile(r"(?<![\w(])\w{1,2}\)")
# Languages where a word said twice is a slip; others say so what is much, slow or often.
_ONCE = frozenset("de nl sv da nb fi fr es pt it ro ca pl cs sk uk ru bg hr sl el hu en".split())
_TWICE = re.compile(r"(?<!\w)([^\W\d_]{5,40}|\w{1,40}(?: \w{1,40}){1,7}) \1(?!\w)")
_TWICE_UNSPACED = re.compile(r"([^\W\d_]\w{3,19})\1")


@rule("inner-punctuation", Severity.WARNING)
def check_inner_punctuation(subject: Subject) -> Iterator[Complaint]:
    """Arabic commas are Arabic ones, Spanish questions and exclamations open with a mark, and no mark stands twice."""
    text, profile = subject.target.prose, subject.profile
    if (match := _TWO_MARKS.search(text)) and not _TWO_MARKS.search(subject.source.prose):
        yield Complaint(f"'{match[0]}': a mark stands twice", "leave one")
    if profile.script == "Arab" and (match := _WESTERN.search(text)):
        yield Complaint(f"the western '{match[0]}' beside an Arabic letter", f"write '{_ARABIC[match[0]]}'")
    elif profile.language == "es":
        for opening, closing in ("¿?", "¡!"):
            # A mark that belongs to a name opens nothing (Yahoo!).
            if _opens_late(text, opening, closing) and not set(re.findall(rf"\w+\{closing}", text)) <= set(
                re.findall(rf"\w+\{closing}", subject.source.prose)
            ):
                yield Complaint(f"'{closing}' closes what no '{opening}' opens", f"begin it with '{opening}'")


def _opens_late(text: str, opening: str, closing: str) -> bool:
    """Whether a closing mark has no opening one since the last."""
    pieces = re.split(rf"[{closing}]+", text)
    return any(opening not in piece for piece in pieces[:-1])


@rule("spaces", Severity.WARNING)
def check_spaces(subject: Subject) -> Iterator[Complaint]:
    """Words stand one space apart, and none stands before a stop or inside parentheses, where the source has none."""
    text, match = subject.target.prose, _SPACES.search(subject.target.prose)
    if match and not _SPACES.search(subject.source.prose):
        near = text[max(0, match.start() - 12) : match.end() + 12]
        yield Complaint(f"a space too many: '{near}'", "delete it")


@rule("pairs", Severity.WARNING)
def check_pairs(subject: Subject) -> Iterator[Complaint]:
    """Each parenthesis and quotation mark that opens is closed, where the source's are."""
    source, target = subject.source.prose, subject.target.prose
    for opening, closing in _PAIRS:
        more = target.count(closing) - target.count(opening)
        # What a law counts has one alone: letra b).
        counted = len(_COUNTED.findall(target)) if closing == ")" else 0
        if not 0 <= more <= counted and source.count(opening) == source.count(closing):
            yield Complaint(f"{opening} and {closing} do not go together", "open and close the same")
    quotes, low = sum(map(target.count, _QUOTES)), target.count("„")
    closed = source.count("“") == source.count("”")
    # In Hebrew they stand in abbreviations.
    if closed and subject.profile.language != "he" and (quotes % 2 or low * 2 > quotes):
        yield Complaint("a quotation is not closed, or closed with the mark that opens it", "open and close it")


@rule("repeated", Severity.WARNING)
def check_repeated(subject: Subject) -> Iterator[Complaint]:
    """Nothing is said twice in a row that the source says once."""
    pattern = _TWICE_UNSPACED if subject.profile.spaceless else _TWICE
    match = pattern.search(subject.target.prose)
    if match and not _TWICE.search(subject.source.prose):
        several = " " in match[1] or subject.profile.spaceless
        if several or subject.profile.language in _ONCE:
            yield Complaint(f"'{match[1]}' stands twice in a row", "delete one")


@rule("letters", Severity.WARNING)
def check_letters(subject: Subject) -> Iterator[Complaint]:
    """Letters are the language's own, not others of its script that look alike (a Persian ک in Arabic)."""
    text = subject.target.prose
    for wrong, right in _LETTERS.get(subject.profile.language, ()):
        if wrong in text and wrong not in subject.source.prose:
            yield Complaint(f"'{wrong}' is no letter of this language", f"write '{right}'")
    if subject.profile.language == "ja" and (match := _IDEOGRAPH.search(text)):
        near = text[max(0, match.start() - 3) : match.end() + 3]
        yield Complaint(
            f"the ideograph '{match[0]}' among katakana: '{near}'", f"write the katakana '{_KATAKANA[match[0]]}'"
        )
