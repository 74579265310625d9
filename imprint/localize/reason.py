"""Two rows of tokens → what the edit between them is about, in words for a translator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from imprint.localize.spelling import CRITICAL
from imprint.localize.token import Token

_NEGATIONS = frozenset(
    "not no nor never none neither without cannot nothing nobody nowhere hardly barely scarcely unless except "
    "lack lacks lacking refuse refuses deny denies prohibited forbidden non".split()
)
_MODALS = frozenset("may might must shall should can could will would ought need needs required optional".split())
_QUANTIFIERS = frozenset(
    "all any some only each every most many few several both either least less more fewer always often sometimes "
    "rarely seldom usually entirely partly solely just even also".split()
)


def name_edit(old: tuple[Token, ...], new: tuple[Token, ...]) -> str:
    """What an edit of meaning is about, by the words and marks that it took and gave."""
    a, b = Counter((t.kind, t.text) for t in old), Counter((t.kind, t.text) for t in new)
    taken, given = list(a - b), list(b - a)
    changed = [*taken, *given]
    words = {text.lower() for kind, text in changed if kind == "word"}
    tests: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("a number changed", lambda: _has(changed, "number")),
        ("a negation changed", lambda: any(_negates(word) for word in words) or _prefix_changed(taken, given)),
        ("a modal changed", lambda: bool(words & _MODALS)),
        ("a quantifier changed", lambda: bool(words & (_QUANTIFIERS | CRITICAL))),
        ("a placeholder changed", lambda: _has(changed, "placeholder")),
        ("markup changed", lambda: _has(changed, "emphasis", "code", "target", "tag", "note", "image", "cite", "auto")),
        ("a name changed", lambda: any(kind == "word" and text[0].isupper() for kind, text in changed)),
        ("words added", lambda: bool(words) and not any(kind == "word" for kind, _ in taken)),
        ("words removed", lambda: bool(words) and not any(kind == "word" for kind, _ in given)),
        ("words changed", lambda: bool(words)),
    )
    rest = "punctuation changed" if changed else "order or spacing changed"
    return next((reason for reason, holds in tests if holds()), rest)


def _has(changed: Iterable[tuple[str, str]], *kinds: str) -> bool:
    return any(kind in kinds for kind, _ in changed)


def _negates(word: str) -> bool:
    return word in _NEGATIONS or word.endswith("n't")


def _prefix_changed(taken: list[tuple[str, str]], given: list[tuple[str, str]]) -> bool:
    """Whether a word came with or without a prefix that turns it about: lawful, unlawful."""
    old, new = ({text.lower() for kind, text in side if kind == "word"} for side in (taken, given))
    prefixes = ("un", "in", "im", "il", "ir", "non", "dis", "de", "mis", "anti")
    # A hyphen that went (anti-virus, antivirus) took no prefix with it.
    return any(prefix + word in new and prefix not in old for word in old for prefix in prefixes) or any(
        prefix + word in old and prefix not in new for word in new for prefix in prefixes
    )
