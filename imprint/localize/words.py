"""Texts in, the number of words out, as a reader counts them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_HAN = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+(?:[’'-][^\W_{_HAN}]+)*")
_SILENT = re.compile(r"\]\([^()]*\)|\[@[^\]]*\]|\[\^[^\]]*\]|</?[a-z]+[^<>]*>")


def count_words(texts: Iterable[str]) -> int:
    """Runs of letters and digits, and each Han character or kana for itself; markup does not count."""
    return sum(len(_WORD.findall(_SILENT.sub(" ", text))) for text in texts)
