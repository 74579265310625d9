"""What a language's typesetter does to running text and WeasyPrint does not: spaces between scripts, kept words."""

from __future__ import annotations

import re

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff"
_LATIN = r"A-Za-z0-9\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff"
_BETWEEN = re.compile(rf"(?<=[{_HAN}])(?=[{_LATIN}@#$%&+])|(?<=[{_LATIN}%+])(?=[{_HAN}])")
_HANGUL_WORD = re.compile(r"(?<=[\uac00-\ud7a3])(?=[\uac00-\ud7a3])")
_WORD_JOINER = "\u2060"


def set_text(text: str, language: str, before: str = "") -> str:
    """Return running text as it is to be set in the language; `before` is the character that stands before it.

    Chinese and Japanese: a space between Han (or kana) and Latin letters or digits (CSS `text-autospace`; JLREQ
    3.2.3, CLREQ 5.3). Korean: words are kept whole (CSS `word-break: keep-all`).
    """
    primary = language.split("-")[0]
    if primary in ("zh", "ja", "yue"):
        return _BETWEEN.sub(" ", before + text)[len(before) :]
    if primary == "ko":
        return _HANGUL_WORD.sub(_WORD_JOINER, text)
    return text
