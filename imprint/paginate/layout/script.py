"""Characters by how a line may break beside them: words of letters, Han and kana, scripts without spaces."""

from __future__ import annotations

import re

# Broken between any two letters: Han, kana, Hangul, full-width letters, Yi; Thai, Lao, Khmer and Burmese.
_FREE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\u1100-\u11ff\u2e80-\u30ff\u3105-\u318f\u31a0-\ua4cf"
    "\uac00-\ud7ff\uf900-\ufaff\uff01-\uffef\U00020000-\U0003ffff"
)
_FREELY = re.compile(f"[{_FREE}]")
# What ends a line where a word is divided: hyphens, and the break that an author or a template allowed.
HYPHENS = "-\u2010\u00ad\u2011\u058a\u05be\u1806"


def breaks_freely(character: str) -> bool:
    """Whether a line may break before and after the character without dividing a word (UAX #14: ID, SA, H2 …)."""
    return bool(_FREELY.match(character))


def is_east_asian(language: str | None) -> bool:
    """Whether the language is Chinese or Japanese, whose rules for the ends of lines hold."""
    return (language or "").partition("-")[0].lower() in ("zh", "ja", "yue")


def last_word(text: str) -> str:
    """The run of characters without a space at the end of the text."""
    return text.rsplit(maxsplit=1)[-1] if text and not text[-1].isspace() else ""


def first_word(text: str) -> str:
    """The run of characters without a space at the beginning of the text."""
    return text.split(maxsplit=1)[0] if text and not text[0].isspace() else ""
