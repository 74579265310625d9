"""Figure text: each `<text>` of a drawing is broken, shrunk and placed to fit its box, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from imprint.base.diagnostic import Diagnostics, Location
from imprint.paginate.shaping import Ruler
from imprint.paginate.wardrobe import Wardrobe

# The classes of docs/authors.md: size in the drawing's units (640 wide), weight, colour (None: what the drawing says).
_SIZES = {"title": 17.0, "label": 14.0, "small": 12.0}
_WEIGHTS = {"title": 600, "strong": 600}
_INK, _PAPER = "#1c2430", "#ffffff"

SMALLEST = 0.70  # of the class's size
_STEP = 0.02
# Down to this much smaller before a word is hyphenated.
_BEFORE_HYPHENS = 0.84

# Baseline to baseline, in ems; scripts with marks above and below need more.
_LEADING = 1.25
_TALL_LEADING = 1.5
_TALL = frozenset({"ar", "fa", "ur", "ps", "hi", "mr", "ne", "bn", "ta", "te", "th", "lo", "km", "my"})
# From the baseline up to the middle of the letters, in ems: half of a capital or a Han character's body.
_MIDDLE = 0.35

_SVG = "{http://www.w3.org/2000/svg}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_OWN = ("data-box", "data-align", "data-valign", "data-note", "class", "translate", "text-anchor", "x", "y")


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a text may stand (drawing units) and how it is set there."""

    x: float
    y: float
    width: float
    height: float
    align: str
    valign: str


@dataclass(frozen=True, slots=True)
class _Setting:
    """A text broken into lines at a font size (drawing units), and whether it fits its box."""

    lines: tuple[str, ...]
    size: float
    fits: bool


def lay_out_figure(svg: bytes, path: str, wardrobe: Wardrobe, direction: str, diagnostics: Diagnostics) -> bytes:
    """Return the drawing with one `<text data-line>` per line, fonts and places written out.

    `path` names the file in diagnostics; `direction` is the edition's (`ltr` or `rtl`). Each text's language is the
    edition's, or its own `lang`. A text that does not fit at 70 % of its size is set at that size all the same, with a
    warning. Raises nothing on a drawing that the content stage let through.
    """
    from lxml import etree

    root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    for element in list(root.iter(f"{_SVG}text", "text")):
        text = " ".join("".join(element.itertext()).split())
        if not text:
            element.getparent().remove(element)
            continue
        language = element.get("lang") or element.get(_XML_LANG) or wardrobe.language
        at = Location(path, element.sourceline or 0)
        _replace(element, list(_lines(element, text, language, direction, wardrobe, at, diagnostics)))
    written: bytes = etree.tostring(root, encoding="utf-8")
    return written


def _lines(
    element: Any, text: str, language: str, direction: str, wardrobe: Wardrobe, at: Location, diagnostics: Diagnostics
) -> Iterator[dict[str, str]]:
    """Yield the attributes of each line's `<text>`; its words are under the key `""`."""
    classes = (element.get("class") or "label").split()
    size = next((_SIZES[name] for name in classes if name in _SIZES), _SIZES["label"])
    weight = next((_WEIGHTS[name] for name in classes if name in _WEIGHTS), 400)
    families = wardrobe.stacks(language).sans
    ruler = Ruler(wardrobe, families, weight, language)
    leading = _TALL_LEADING if language.split("-")[0] in _TALL else _LEADING
    box = _parse_box(element)
    if box is None:
        setting = _Setting((text,), size, True)
        anchor = element.get("text-anchor", "start")
        x, y = float(element.get("x", "0")), float(element.get("y", "0"))
        box = _Box(x, y - (leading / 2 + _MIDDLE) * size, 0, 0, anchor, "top")
    else:
        setting = _fit(text, box, size, leading, ruler)
    if not setting.fits:
        hint = "make the box larger, or the translation shorter"
        diagnostics.warning("figure-text-overflow", f"the text ‘{text}’ does not fit its box at 70 %", at, hint)
    # Kept for the layout proof, which measures what is drawn against it.
    room = {"data-box": element.get("data-box")} if element.get("data-box") else {}
    height = len(setting.lines) * leading * setting.size
    top = box.y + {"top": 0.0, "middle": (box.height - height) / 2, "bottom": box.height - height}[box.valign]
    for index, line in enumerate(setting.lines):
        baseline = top + ((index + 0.5) * leading + _MIDDLE) * setting.size
        left = box.x + _indent(box, ruler.width(line) * setting.size, direction)
        yield {
            **room,
            "": line,
            "x": f"{left:.2f}",
            "y": f"{baseline:.2f}",
            "font-family": ", ".join(families),
            "font-size": f"{setting.size:.2f}",
            "font-weight": str(weight),
            "direction": direction,
            "data-line": language,
            "fill": element.get("fill") or (_PAPER if "invert" in classes else _INK),
        }


def _parse_box(element: Any) -> _Box | None:
    try:
        x, y, width, height = map(float, (element.get("data-box") or "").replace(",", " ").split())
    except ValueError:
        return None
    align, valign = element.get("data-align", "middle"), element.get("data-valign", "middle")
    return _Box(x, y, width, height, align, valign if valign in ("top", "bottom") else "middle")


def _indent(box: _Box, width: float, direction: str) -> float:
    """How far right of the box's left edge a line begins."""
    end = {"start": direction == "rtl", "end": direction != "rtl"}.get(box.align)
    return (box.width - width) / 2 if end is None else (box.width - width if end else 0.0)


def _replace(element: Any, lines: list[dict[str, str]]) -> None:
    """Put one element per line in the place of the text; whatever else it carried (transform, opacity) stays."""
    parent, tail = element.getparent(), element.tail
    kept = {name: value for name, value in element.attrib.items() if name not in _OWN}
    position = parent.index(element)
    parent.remove(element)
    for offset, line in enumerate(lines):
        made = parent.makeelement(element.tag, {**kept, **{name: value for name, value in line.items() if name}})
        made.text = line[""]
        parent.insert(position + offset, made)
    if tail and lines:
        parent[position + len(lines) - 1].tail = tail


def _fit(text: str, box: _Box, size: float, leading: float, ruler: Ruler) -> _Setting:
    """The largest setting that fits: first broken where the language breaks, then with hyphens, then overflowing."""
    whole = break_opportunities(text, ruler.language)
    hyphenated = _with_hyphens(text, whole, ruler.language)
    attempts = [(scale, whole) for scale in _scales(_BEFORE_HYPHENS)]
    attempts += [(scale, hyphenated) for scale in _scales(SMALLEST)]
    attempts += [(scale, whole) for scale in _scales(SMALLEST)]
    for scale, breaks in attempts:
        measure = box.width / (size * scale)
        lines = _break_lines(text, breaks, measure, ruler)
        if lines and len(lines) * leading * size * scale <= box.height + 0.01:
            return _Setting(_balance(text, breaks, measure, lines, ruler), size * scale, True)
    measure = box.width / (size * SMALLEST)
    lines = _break_lines(text, hyphenated, measure, ruler, overflow=True)
    return _Setting(lines, size * SMALLEST, False)


def _scales(smallest: float) -> list[float]:
    steps = round((1 - smallest) / _STEP)
    return [1 - step * _STEP for step in range(steps + 1)]


def break_opportunities(text: str, language: str) -> dict[int, str]:
    """Where a line of `text` may end (character offsets), with what is added there (after U+00AD a hyphen, or nothing).

    By Pango: Unicode's line breaking algorithm (UAX #14), which knows kinsoku, and libthai's dictionary for Thai.
    """
    from weasyprint.text.line_break import get_log_attrs

    attributes = get_log_attrs(text, language)
    found = [index for index in range(1, len(text)) if attributes[index].is_line_break]
    return {index: "‐" if text[index - 1] == "\u00ad" else "" for index in found}


def _with_hyphens(text: str, breaks: dict[int, str], language: str) -> dict[int, str]:
    """The break opportunities and those within words of ten letters or more, where pyphen knows the language."""
    import pyphen

    known = pyphen.language_fallback(language.replace("-", "_"))
    if known is None:
        return breaks
    dictionary = pyphen.Pyphen(lang=known, left=4, right=4)
    found = dict(breaks)
    for start, end in pairwise([0, *sorted(breaks), len(text)]):
        word = text[start:end].rstrip()
        if len(word) >= 10:
            found.update((start + int(place), "‐") for place in dictionary.positions(word) if word.isalpha())
    return dict(sorted(found.items()))


def _break_lines(
    text: str, breaks: dict[int, str], measure: float, ruler: Ruler, overflow: bool = False
) -> tuple[str, ...]:
    """Greedy lines no wider than `measure` (ems); none if a piece is wider, unless `overflow`."""
    lines: list[str] = []
    start = 0
    end = 0
    for stop, mark in [*breaks.items(), (len(text), "")]:
        if end and ruler.width(text[start:stop].strip() + mark) > measure and end > start:
            lines.append(text[start:end].strip() + breaks.get(end, ""))
            start = end
        end = stop
        if not overflow and ruler.width(text[start:stop].strip() + mark) > measure:
            return ()
    return (*lines, text[start:].strip())


def _balance(
    text: str, breaks: dict[int, str], measure: float, lines: tuple[str, ...], ruler: Ruler
) -> tuple[str, ...]:
    """The same number of lines with the narrowest measure, so that no short word is left alone on the last one."""
    if len(lines) == 1:
        return lines
    low, high = measure / len(lines) * 0.8, measure
    for _ in range(7):
        middle = (low + high) / 2
        tried = _break_lines(text, breaks, middle, ruler)
        if tried and len(tried) == len(lines):
            lines, high = tried, middle
        else:
            low = middle
    return lines
