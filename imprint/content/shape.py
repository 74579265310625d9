"""One element of a drawing in, whether a figure may hold it out: the allow-list of tags, attributes and values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from imprint.content.inline import Slip
from imprint.content.toml import suggest

# No coordinate of a drawing 640 wide is near this; an enormous one makes a page that no reader can open.
COORDINATE_LIMIT = 10_000.0
# In the drawing's units; on an A4 page, where 640 units are about 450 points, half a point: what a press holds.
THIN_LINE = 0.75

_PAINT = frozenset(
    {"fill", "fill-rule", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin"}
)
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "svg": _PAINT | {"viewBox", "width", "height"},
    "g": _PAINT,
    "rect": _PAINT | {"x", "y", "width", "height", "rx", "ry"},
    "circle": _PAINT | {"cx", "cy", "r"},
    "ellipse": _PAINT | {"cx", "cy", "rx", "ry"},
    "line": _PAINT | {"x1", "y1", "x2", "y2"},
    "polyline": _PAINT | {"points"},
    "polygon": _PAINT | {"points"},
    "path": _PAINT | {"d"},
    "text": frozenset({"class", "data-box", "data-align", "data-valign", "data-note", "data-context", "translate"}),
}
_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "svg": ("viewBox",),
    "rect": ("width", "height"),
    "circle": ("r",),
    "ellipse": ("rx", "ry"),
    "polyline": ("points",),
    "polygon": ("points",),
    "path": ("d",),
    "text": ("class", "data-box"),
}
_TAG_HINTS = {
    "script": "a drawing is data: nothing in it runs",
    "style": "write fill, stroke and the like as attributes of the shapes",
    "image": "a picture is a figure of its own: /// figure | picture.png",
    "use": "copy the shapes themselves",
    "foreignObject": "write the words as <text>",
    "a": "put the link into the caption",
    "tspan": "one <text> is one message; the build breaks its lines",
    "title": "say it in the figure block's alt",
    "desc": "say it in the figure block's alt",
    "marker": "draw the arrowhead as a small polygon",
}
# A number of a million digits costs float() its square.
_NUMBER = r"[+-]?(?:[0-9]{1,12}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})(?:[eE][+-]?[0-9]{1,3})?"
_LONG = re.compile(r"[0-9]{13}")
_PATH_TOKEN = re.compile(rf"[MmZzLlHhVvCcSsQqTtAa]|{_NUMBER}")
_PATH_ARITY = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_CLASSES = frozenset({"title", "label", "small", "strong", "invert"})
_SIZES = frozenset({"title", "label", "small"})


def parse_numbers(value: str) -> tuple[float, ...]:
    """The numbers of a list parted by white space or commas. Raises ValueError for anything else, and for size."""
    if re.search(r"^\s*,|,\s*,|,\s*$", value):
        raise ValueError(value)
    words = re.split(r"[\s,]+", value.strip())
    if not all(re.fullmatch(_NUMBER, word) for word in words):
        raise ValueError(value)
    numbers = tuple(float(word) for word in words)
    if any(abs(number) > COORDINATE_LIMIT for number in numbers):
        raise ValueError(value)
    return numbers


def find_shape_slips(tag: str, attrs: Mapping[str, str]) -> Iterator[Slip]:
    """Yield what a figure must not contain: an element, an attribute or a value that is not on the list."""
    if tag not in ATTRIBUTES:
        hint = _TAG_HINTS.get(tag, f"allowed: {', '.join(ATTRIBUTES)}; save as plain SVG")
        yield Slip("figure-element", f"<{tag[:40]}> is not allowed in a figure", hint)
        return
    for name in _REQUIRED.get(tag, ()):
        if name not in attrs:
            yield Slip("figure-missing", f"<{tag}> has no {name}", f'write <{tag} {name}="…">')
    for name, value in attrs.items():
        if name not in ATTRIBUTES[tag]:
            reason = f"the attribute {name[:40]} is not allowed on <{tag}>"
            yield Slip("figure-attribute", reason, _attribute_hint(tag, name))
        elif name in _VALUES and not _is(value, _VALUES[name][0]):
            hint = "a figure refers to nothing outside itself" if "(" in value else f"write {_VALUES[name][1]}"
            yield Slip("figure-value", f'{name}="{value[:40]}" is not allowed', hint)


def is_thin(attrs: Mapping[str, str]) -> bool:
    """Whether a line is drawn that a press may not hold."""
    return _is(attrs.get("stroke-width", "1"), lambda width: 0 < _single(width) < THIN_LINE)


def _attribute_hint(tag: str, name: str) -> str:
    if name.lower().startswith("on"):
        return "a drawing is data: nothing in it runs"
    if name == "href" or name.endswith(":href"):
        return "a figure refers to nothing"
    if name == "style":
        return "write fill, stroke and the like as attributes"
    if name == "transform":
        return "write the moved numbers themselves"
    if tag == "text" and (name in {"x", "y", "dx", "dy", "fill", "text-anchor"} or name.startswith("font")):
        return "data-box places the text, and the classes give its size, weight and colour"
    return suggest(name[:40], ATTRIBUTES[tag])


def _is(value: str, check: Callable[[str], bool]) -> bool:
    try:
        return check(value)
    except ValueError:
        return False


def _single(value: str) -> float:
    (number,) = parse_numbers(value)
    return number


def _is_dashes(value: str) -> bool:
    # Dashes of next to no length are millions of strokes to whoever draws the page.
    return value == "none" or (all(number >= 0.5 for number in parse_numbers(value)) and len(value) < 100)


def _is_points(value: str) -> bool:
    count = len(parse_numbers(value))
    return count >= 4 and count % 2 == 0


def _is_path(value: str) -> bool:
    """SVG 1.1, 8.3: a moveto first, and for each command a whole number of its arguments, set apart."""
    if _LONG.search(value) or re.sub(r"[\s,]+", "", _PATH_TOKEN.sub("", value)):
        return False
    commands = [command for command in re.split(r"(?=[A-Za-df-z])", value.strip().replace("E", "e")) if command]
    return bool(commands) and commands[0][0] in "Mm" and all(_is_command(command) for command in commands)


def _is_command(command: str) -> bool:
    letter = command[0].upper()
    arity = _PATH_ARITY.get(letter, -1)
    numbers = [float(number) for number in re.findall(_NUMBER, command[1:])]
    if any(abs(number) > COORDINATE_LIMIT for number in numbers):
        return False
    if arity < 1:
        return arity == 0 and not numbers
    if not numbers or len(numbers) % arity:
        return False
    arcs = [numbers[i : i + 7] for i in range(0, len(numbers), 7)] if letter == "A" else []
    return all(arc[0] > 0 and arc[1] > 0 and {arc[3], arc[4]} <= {0, 1} for arc in arcs)


def _is_classes(value: str) -> bool:
    names = value.split()
    return set(names) <= _CLASSES and len(names) == len(set(names)) and len(_SIZES & set(names)) == 1


def _is_box(value: str) -> bool:
    numbers = parse_numbers(value)
    return len(numbers) == 4 and numbers[2] > 0 and numbers[3] > 0


def _one_of(*words: str) -> tuple[Callable[[str], bool], str]:
    return lambda value: value in words, " or ".join(words)


_COORDINATE = (lambda value: _single(value) is not None, "one number, without a unit")
_LENGTH = (lambda value: _single(value) >= 0, "one number from 0 on, without a unit")
_COLOUR = (lambda value: bool(re.fullmatch(r"none|#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}", value)), "none or #rrggbb")
_BOX = (_is_box, "x, y, width and height: four numbers")
_POINTS = (_is_points, "pairs of numbers, two at least")
_VALUES: Mapping[str, tuple[Callable[[str], bool], str]] = {
    **dict.fromkeys(("x", "y", "x1", "y1", "x2", "y2", "cx", "cy"), _COORDINATE),
    **dict.fromkeys(("width", "height", "r", "rx", "ry", "stroke-width"), _LENGTH),
    **dict.fromkeys(("fill", "stroke"), _COLOUR),
    **dict.fromkeys(("viewBox", "data-box"), _BOX),
    "points": _POINTS,
    "d": (_is_path, "M and its kin with their numbers set apart by spaces"),
    "class": (_is_classes, "one of title, label, small; with it strong, invert or both"),
    "fill-rule": _one_of("nonzero", "evenodd"),
    "stroke-linecap": _one_of("butt", "round", "square"),
    "stroke-linejoin": _one_of("miter", "round", "bevel"),
    "stroke-dasharray": (_is_dashes, "none, or numbers from 0.5 on"),
    "data-align": _one_of("start", "middle", "end"),
    "data-valign": _one_of("top", "middle", "bottom"),
    "translate": _one_of("yes", "no"),
}
