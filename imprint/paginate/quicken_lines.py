"""Quickened line breaks: no more of a text is shaped than decides where its line ends, and no word twice for a table.

WeasyPrint tries each line on four times as many characters as fit it if each is as wide as high, which is right for
Latin and three lines too many for Chinese; and it finds the narrowest width of a table's cell by trying each of its
words, every time the word occurs, on all the text that follows, alone, and with each of its hyphens. What fits its line
is not shaped if it was measured before; and of a plain word it is known beforehand which beginning is the narrowest.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from math import inf
from typing import Any

from imprint.paginate.quicken_measure import is_plain, keep_measure, line_of, note_measure, prepared_if_plain
from imprint.paginate.quicken_text import find_alike, keep_prepared

# A word before a space, and the letter after it: where the line of the narrowest width ends is decided by these. It
# does not begin with what a line may break after, for then WeasyPrint looks for a word to hyphenate further on.
_WORD = re.compile(r"[A-Za-z0-9(\u00c0-\u024f][!-~\u00c0-\u024f\u2010-\u2013\u2018-\u201d]* [A-Za-z0-9]")
# A word in which no line breaks, at the end of a text or before a space and another word.
_SIMPLE = re.compile(
    r"([(\u201c\u2018]?[A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+(?:\u2019[a-z]+)?[.,;:!?)\u2019\u201d]*)"
    r"(?: (?=[A-Za-z0-9])[^ ]|\Z)"
)
# One of which it is known without asking Pango where it begins and ends.
_LETTERS = re.compile(r"[(\u201c\u2018]?([A-Za-z]{2,})[.,;:!?)\u2019\u201d]*")
# An ideograph with the punctuation that stays on its line, and what follows: nothing, or what decides the break.
_IDEOGRAPH = re.compile(
    r"([\uff08\u300a\u300c\u300e\u3010]?)[\u4e00-\u9fff]([\u3001\u3002\uff0c\uff09\u300b\u300d\u300f\u3011]*)"
    r"(?=\Z|(?P<han>[\u4e00-\u9fff])|(?P<letter>[A-Za-z])|(?P<digit>[0-9])|(?P<open>[\uff08\u300a\u300c\u300e\u3010]))"
)
# Texts whose lines end where the characters beside the break say, whatever follows further on (not so in Thai), and
# with ideographs, each an em wide.
_LOCAL = re.compile(
    "[ !-~\u00a0-\u00ac\u00ae-\u024f\u0370-\u03ff\u0400-\u052f\u2010-\u2027\u2030-\u205e\u3000-\u30ff\u4e00-\u9fff"
    "\uff00-\uffef]*"
)
_HAN = re.compile("[\u4e00-\u9fff]")
_BREAK = re.compile("[\u4e00-\u9fff]{3}")
# Longer texts are not kept: they hardly occur twice.
_KEPT = 48
# Characters beyond the end of a line, for what may end there: more than any run of punctuation.
_BEYOND = 16


@dataclass(frozen=True, slots=True)
class _Breaking:
    """How lines of a style are broken: what stands for it in a key, and what it does."""

    key: object
    wraps: bool
    collapses: bool
    hyphenates: bool
    within: bool
    words: dict[tuple[str, bool], tuple[str, int, int | None]] = field(default_factory=dict, compare=False)


# All that decides a line beside what decides its shapes.
_PROPERTIES = (
    "white_space", "hyphens", "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphenate_character", "overflow_wrap",
    "word_break", "letter_spacing", "word_spacing", "tab_size",
)  # fmt: skip


def _breaking(style: Any) -> _Breaking:
    kept: _Breaking | None = vars(style).get("_imprint_breaking")
    if kept is None:
        alike = find_alike(style)
        kept = style._imprint_breaking = _find_breaking(style) if alike is None else _breaking(alike)
    return kept


def _find_breaking(style: Any) -> _Breaking:
    import pyphen

    prepared, _ = keep_prepared(style)
    hyphenates = style["hyphens"] == "auto" and bool(style["lang"] and pyphen.language_fallback(style["lang"]))
    return _Breaking(
        # Written out, for a value may be a sum with percentages, which has no hash.
        (id(prepared), repr([style[name] for name in _PROPERTIES])),
        style["white_space"] in ("normal", "pre-wrap", "pre-line"),
        style["white_space"] in ("normal", "nowrap", "pre-line"),
        hyphenates,
        style["overflow_wrap"] != "normal" or style["word_break"] == "break-all",
    )


def _quick_narrowest(original: Any) -> Any:
    """`split_first_line` where widths of cells are worked out, which looks at the width and the end of a line alone."""

    def split_first_line(text: str, style: Any, context: Any, max_width: Any, spacing: Any, **options: bool) -> Any:
        # Of what has no width, all fits.
        if spacing or max_width not in (0, None) or style["font_size"] < 1:
            return original(text, style, context, max_width, spacing, **options)
        prepared = prepared_if_plain(style)
        if max_width is None and prepared and is_plain(text):
            measure = keep_measure(text, style, prepared)
            return None, measure.length, None, measure.width, measure.height, measure.baseline
        breaking = _breaking(style)
        if max_width == 0 and breaking.wraps and not breaking.within and "\u00ad" not in text:
            if prepared and (end := _find_end(original, text, style, context, breaking, options)):
                shown, length, resume = end
                measure = keep_measure(shown, style, prepared)
                return None, length, resume, measure.width, measure.height, measure.baseline
            if match := _WORD.match(text):
                text = match[0]
        kept = vars(context).setdefault("_imprint_lines", {})
        key = (text, max_width, *options.items(), breaking.key)
        found = kept.get(key)
        if found is None:
            found = original(text, style, context, max_width, spacing, **options)
            if len(text) <= _KEPT:
                # Its layout is not looked at.
                kept[key] = found = (None, *found[1:])
        return found

    return split_first_line


def _find_end(
    original: Any, text: str, style: Any, context: Any, breaking: _Breaking, options: dict[str, bool]
) -> tuple[str, int, int | None] | None:
    """What WeasyPrint shows of a text in no room at all, its length in bytes, and where the text goes on: a word, the
    shortest beginning of one that a hyphen may follow, or an ideograph. None if only Pango knows."""
    if breaking.collapses and (match := _SIMPLE.match(text)):
        key = (match[1], match.end() > match.end(1))
        if key not in breaking.words:
            breaking.words[key] = _end_word(*key, style, context, breaking)
        return breaking.words[key]
    if not breaking.hyphenates and (match := _IDEOGRAPH.match(text)):
        length = len(match[0].encode())
        if match.lastgroup is None:
            return match[0], length, None
        # Whether a line ends there is asked for one ideograph with its marks, for all are of one class (UAX #14).
        kind = (match[1], match[2], match.lastgroup, match["open"], breaking.key, *options.items())
        ends = vars(context).setdefault("_imprint_ends", {})
        if kind not in ends:
            found = original(text, style, context, 0, 0, **options)
            ends[kind] = found[1] == found[2] == length
        if ends[kind]:
            return match[0], length, length
    return None


def _end_word(
    word: str, goes_on: bool, style: Any, context: Any, breaking: _Breaking
) -> tuple[str, int, int | None]:  # fmt: skip
    part = _hyphenate(word, style, context) if breaking.hyphenates else None
    if part is not None:
        return part + style["hyphenate_character"], len(part.encode()), len(part.encode())
    length = len(word.encode())
    return word, length, length + 1 if goes_on else None


def _hyphenate(word: str, style: Any, context: Any) -> str | None:
    """The shortest beginning of the word that may end a line, as WeasyPrint finds it where there is no room."""
    import pyphen
    from weasyprint.text.line_break import get_next_word_boundaries

    lang = pyphen.language_fallback(style["lang"])
    total, left, right = style["hyphenate_limit_chars"]
    if plain := _LETTERS.fullmatch(word):
        first, last = plain.span(1)
        if last - first < total:
            return None
    else:
        start = 0
        while boundaries := get_next_word_boundaries(word[start:], lang):
            first, last = (start + boundary for boundary in boundaries)
            if last - first >= total:
                break
            start = last
        else:
            return None
    dictionary = context.dictionaries.get((lang, left, right, total))
    if dictionary is None:
        dictionary = context.dictionaries[lang, left, right, total] = pyphen.Pyphen(lang=lang, left=left, right=right)
    parts = [part for part, _ in dictionary.iterate(word[first:last])]
    return word[:first] + parts[-1] if parts else None


def _quick_line(original: Any) -> Any:
    return partial(_split_line, original)


def _split_line(
    original: Any, text: str, style: Any, context: Any, max_width: Any, spacing: float, **options: Any
) -> Any:
    """`split_first_line` for a line: a text that is known to fit is not shaped."""
    prepared = prepared_if_plain(style) if is_plain(text) else None
    if prepared is None:
        return _split_long_line(original, text, style, context, max_width, spacing, **options)
    measure = prepared.measures.get(text)
    if measure is not None and (max_width is None or measure.width <= max_width or not _breaking(style).wraps):
        return line_of(text, measure, prepared, max_width, spacing)
    found = _split_long_line(original, text, style, context, max_width, spacing, **options)
    whole = found[2] is None and found[0].text == text
    if measure is None and whole and (max_width is None or found[3] <= max_width):
        note_measure(text, prepared, found)
    return found


def _split_long_line(
    original: Any, text: str, style: Any, context: Any, max_width: Any, *rest: Any, **options: Any
) -> Any:  # fmt: skip
    """`split_first_line` for a line of Chinese or Japanese, tried on a little more than fits it."""
    if max_width is not None and max_width != inf and (size := style["font_size"]):
        fitting = int(max_width / size)
        start = text[: fitting + 2 * _BEYOND]
        if fitting > _BEYOND and len(text) > len(start) and _HAN.match(start):
            breaking = _breaking(style)
            if breaking.wraps and not breaking.hyphenates and not breaking.within and "\u00ad" not in text:
                start = start.rstrip(" ")
                found = _LOCAL.fullmatch(start) and original(start, style, context, max_width, *rest, **options)
                # Only where there is another place to break before what was cut off.
                if found and found[2] is not None:
                    left = start.encode()[found[2] :].decode()
                    if len(left) >= _BEYOND and _BREAK.search(left, 1):
                        return found
    return original(text, style, context, max_width, *rest, **options)


def _quick_point(original: Any) -> Any:
    """`get_next_break_point_from_text`: between the same two letters there is always a break, or never."""
    kept: dict[tuple[str, str | None], Any] = {}

    def get_next_break_point_from_text(text: str, lang: str | None) -> Any:
        if len(text) != 2:
            return original(text, lang)
        if (text, lang) not in kept:
            kept[text, lang] = original(text, lang)
        return kept[text, lang]

    return get_next_break_point_from_text


LINE_SHORTCUTS: tuple[tuple[Callable[[], Any], str, Callable[[Any], Any]], ...] = (
    (partial(import_module, "weasyprint.text.line_break"), "get_next_break_point_from_text", _quick_point),
    (partial(import_module, "weasyprint.layout.preferred"), "split_first_line", _quick_narrowest),
    (partial(import_module, "weasyprint.layout.inline"), "split_first_line", _quick_line),
)
