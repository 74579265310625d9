"""The rules of a message's ends: space at its edges, and the mark that ends it in the language's own manner."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from imprint.base.diagnostic import Severity
from imprint.localize.check.inline import MASK, NOTE
from imprint.localize.check.profile import LanguageProfile
from imprint.localize.check.rules import Complaint, rule
from imprint.localize.check.subject import Subject

_SPACE = " \t\n\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# A last word that ends in its own point: "etc.", "Inc.", "U.S.", "usw.", "и т. д.", "г.".
_ABBREVIATION = re.compile(
    r"(?:\b(?:etc|inc|ltd|co|corp|no|vs|al|jr|sr|dept|approx|e\.g|i\.e|usw|bzw|evtl|ggf|abs|nr|str|bspw|ecc|ss|art|núm|pág|"
    r"vd|vb|itp|itd|др|пр|т\.\s?д|т\.\s?п|руб|тыс|млн|млрд|стр|ст|гг|грн|dll|dsb|v\.v)"
    r"|(?:^|[\s.])[^\W\d_])\.$",
    re.IGNORECASE,
)
_NAMES = {
    "stop": "full stop", "question": "question mark", "exclamation": "exclamation mark", "colon": "colon",
    "semicolon": "semicolon", "comma": "comma", "ellipsis": "ellipsis",
}  # fmt: skip
# Every mark that ends something somewhere, by what it says.
_SAYS = {
    **dict.fromkeys(".。．｡।॥۔።។။།։", "stop"), **dict.fromkeys("?？؟՞⸮", "question"), **dict.fromkeys("!！՜",
    "exclamation"),
    **dict.fromkeys(":：︰∶", "colon"), **dict.fromkeys(";；؛፤", "semicolon"), **dict.fromkeys(",，、،፣၊､", "comma"),
    "…": "ellipsis", "⋯": "ellipsis",
}  # fmt: skip


@rule("edge-space", Severity.ERROR)
def check_edge_space(subject: Subject) -> Iterator[Complaint]:
    """The translation begins and ends with the same white space as the source."""
    if not subject.msgstr.strip():
        return
    edges = _edges(subject.msgid), _edges(subject.msgstr)
    for edge, source, target in zip(("beginning", "end"), *edges, strict=True):
        if source != target:
            shown = f"{_shown(source)} in the source, {_shown(target)} here"
            yield Complaint(f"other white space at the {edge}: {shown}", "make it the same")


def _edges(text: str) -> tuple[str, str]:
    """The white space before and behind the text."""
    return text[: len(text) - len(text.lstrip(_SPACE))], text[len(text.rstrip(_SPACE)) :]


def _shown(space: str) -> str:
    return " ".join(f"U+{ord(c):04X}" for c in space[:4]) or "none"


@rule("end-punctuation", Severity.WARNING)
def check_end_punctuation(subject: Subject) -> Iterator[Complaint]:
    """The translation ends as the source does, with the mark of its own language; a title without a mark has none."""
    source, target = _end(subject.source.prose), _end(subject.target.prose)
    said, got = _says(source), _says(target)
    profile = subject.profile
    # "Jan.", "Sept.", "No.": one short word has its point for itself.
    if (
        _ABBREVIATION.search(source)
        or (said == "stop" and re.fullmatch(r"\w{1,5}\.", source))
        or not re.search(rf"[\w{MASK}]", target)
    ):
        return
    if said != got:
        if said == "stop" and not got and profile.ends_with_space:
            return
        if got == "stop" and not said and _ends_shortened(target, profile):
            return
        if {said, got} == {"semicolon", "question"} and profile.language == "el":
            return
        if said == "question" and _asks(target, got, profile):
            return
        if got in _INSTEAD.get(profile.language, {}).get(said, ()):
            return
        wanted = f"a {_NAMES[said]}" if said else "no mark"
        here = f"with a {_NAMES[got]}" if got else "without a mark"
        hint = f"end it with '{profile.marks.get(said, '…')[0]}'" if said else "delete the mark at the end"
        yield Complaint(f"the source ends with {wanted}, the translation {here}", hint)
    elif said in profile.marks and target[-1] not in profile.marks[said]:
        yield Complaint(
            f"ends with '{target[-1]}', which is not this language's {_NAMES[said]}",
            f"write '{profile.marks[said][0]}'",
        )


# Words that ask, where the question needs no mark: Japanese particles and the nouns that headings end with, Korean's
# plain endings and nouns; a short Chinese heading with a word that asks; headings that tell the way or the reason.
_ASKING = {
    "ja": re.compile("(?:か|とは|の|なぜ|こと|もの|について|[一-龯々ァ-ヶー])$"),
    "ko": re.compile("(?:[가까]|이유|방법|것|대상|정보|시점|범위|기준|여부|사항)$"),
    "zh": re.compile(
        "^(?=.{1,24}$)[^？?！!。，；：]*(?:如何|为何|為何|为什么|為什麼|怎样|怎樣|怎么|怎麼|哪些|哪里|哪裡|什么|什麼|何时|何時|谁|誰|多久)"
        "[^？?！!。，；：]*(?<![吗嗎呢么麼])$"
    ),
    "de": re.compile("^So "), "vi": re.compile("^(?:Cách|Lý do) "), "id": re.compile("^(?:Cara|Alasan) "),
    "es": re.compile("^[^¿]*$"),
}  # fmt: skip
# What a language sets for another mark: Japanese and Korean end what leads to a list, or thanks, with a full stop, Thai
# with nothing.
_INSTEAD = {
    "ja": {"colon": ("stop",), "exclamation": ("stop",)}, "ko": {"colon": ("stop",), "exclamation": ("stop",)},
    "zh": {"exclamation": ("stop",)}, "th": {"colon": ("",), "exclamation": ("",)},
}  # fmt: skip


def _ends_shortened(text: str, profile: LanguageProfile) -> bool:
    """Whether the text ends with an abbreviation, as of a unit (24 Std., 22 dk., 2 कि.मी., 2 กม.)."""
    last = re.search(r"[^\s\d]+\.$", text)
    if last is not None and ("." in last[0][:-1] or profile.ends_with_space):
        # With points within; or in a language whose sentences end with a space.
        return True
    if profile.spaceless:
        return False
    units = {word.casefold() for word, _ in profile.units}
    return _ABBREVIATION.search(text) is not None or (last is not None and last[0].casefold() in units)


def _asks(text: str, got: str, profile: LanguageProfile) -> bool:
    """Whether the text asks without a question mark, in the manner of its language (a formal Japanese question ends
    with か and a full stop, a Thai one with nothing)."""
    if got == "stop":
        return profile.language == "ja" and text[-2:-1] == "か"
    asking = _ASKING.get(profile.language)
    return not got and (profile.ends_with_space or (asking is not None and asking.search(text) is not None))


def _end(prose: str) -> str:
    """The prose without what may stand after the end mark: space, closing quotes and brackets, note references."""
    end = len(prose)
    while end and (
        prose[end - 1].isspace()
        or unicodedata.category(prose[end - 1]) in ("Pe", "Pf", "Cf")
        or prose[end - 1] in "\"'”’»«“*_"
    ):
        end -= 1
    text = prose[:end]
    # A footnote or citation may stand before or after the mark.
    stripped = text.rstrip(NOTE + " \u00a0")
    return stripped if stripped != text and _says(stripped) else text


def _says(text: str) -> str:
    if text.endswith("..."):
        return "ellipsis"
    return _SAYS.get(text[-1:], "")
