"""The rules of what stands within a text: the language's own commas, opening marks and letters, and single spaces."""

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
_DOUBLE_SPACE = re.compile(r"(?<=\S)[ \u00a0\u3000]{2,}(?=\S)")
# Letters that look like others of the same script: which a language never writes, and what stands for what there.
_LETTERS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "ar": (("ک", "ك"), ("ی", "ي")),
    "fa": (("ك", "ک"), ("ي", "ی")),
    "ur": (("ك", "ک"), ("ي", "ی")),
    "ro": (("ş", "ș"), ("ţ", "ț"), ("Ş", "Ș"), ("Ţ", "Ț")),
    "th": (("เเ", "แ"),),
    "vi": (("ð", "đ"), ("Ð", "Đ")),
}
# Between two katakana these are no ideographs (デ一タ for データ).
_KATAKANA = dict(zip("一口力夕工卜二八", "ーロカタエトニハ", strict=True))
_IDEOGRAPH = re.compile(f"(?<=[ァ-ヺー])[{''.join(_KATAKANA)}](?=[ァ-ヺー])")


@rule("inner-punctuation", Severity.WARNING)
def check_inner_punctuation(subject: Subject) -> Iterator[Complaint]:
    """Arabic commas are Arabic ones, and a Spanish question or exclamation opens with its mark."""
    text, profile = subject.target.prose, subject.profile
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


@rule("double-space", Severity.WARNING)
def check_double_space(subject: Subject) -> Iterator[Complaint]:
    """Words stand one space apart, where they do in the source."""
    match = _DOUBLE_SPACE.search(subject.target.prose)
    if match and not _DOUBLE_SPACE.search(subject.source.prose):
        near = subject.target.prose[max(0, match.start() - 12) : match.end() + 12]
        yield Complaint(f"{len(match[0])} spaces in a row: '{near}'", "leave one")


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
