"""Runs a page as a press sees it: every colour that is set, every line's width, every colour of text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pikepdf

from imprint.paginate.preflight.drawn import PageContent
from imprint.paginate.preflight.interpreter import TEXT_OPERATORS, UNIT, Interpreter
from imprint.paginate.preflight.objects import as_dict, as_list, as_number, as_text, entry, object_key

# Colour spaces that end as red, green and blue, or as light, on a press that has neither.
_LIGHT = {"DeviceRGB": "DeviceRGB", "RGB": "DeviceRGB", "CalRGB": "CalRGB", "Lab": "Lab", "DefaultRGB": "DeviceRGB"}
# The most light that a colour reflects which the eye takes for black (0 none, 1 paper); the rounding of coordinates.
_BLACK, _ROUNDING = 0.25, 0.001


@dataclass(slots=True)
class Inks:
    """What one page puts on the paper: RGB by operator or space, the colours painted, thin lines, text colours."""

    light: set[str] = field(default_factory=set)
    heaviest: float = 0.0
    black_text: set[tuple[float, ...]] = field(default_factory=set)
    thinnest: float = 1e9


class InkInterpreter(Interpreter):
    """The interpreter, listening to colours and lines too. A colour is a tuple of C, M, Y, K, or empty if unknown."""

    operators = TEXT_OPERATORS + " g G rg RG k K cs CS sc scn SC SCN w re l c f F f* B B* b b* S s sh Tr n m"

    def __init__(self) -> None:
        super().__init__()
        self.inks: list[Inks] = []
        self._do |= {
            "g": self._gray, "G": self._gray_line, "k": self._cmyk, "K": self._cmyk_line, "rg": self._rgb,
            "RG": self._rgb, "cs": self._space, "CS": self._space_line, "sc": self._special, "scn": self._special,
            "SC": self._special_line, "SCN": self._special_line, "w": self._width, "re": self._rectangle,
            "f": self._fill, "F": self._fill, "f*": self._fill_between, "S": self._stroke, "s": self._stroke,
            "n": self._drop, "B": self._both, "B*": self._both, "b": self._both, "b*": self._both, "sh": self._shade,
            "Tr": self._mode, "l": self._outline, "c": self._outline, "m": self._begin_outline,
        }  # fmt: skip

    def run(self, page: pikepdf.Object, number: int) -> PageContent:
        """Run one page; its inks are the last of `inks`."""
        self.inks.append(Inks())
        self.fill: tuple[float, ...] = (0.0, 0.0, 0.0, 1.0)
        self.line: tuple[float, ...] = (0.0, 0.0, 0.0, 1.0)
        self.width, self.mode = 1.0, 0
        self.fill_space = self.line_space = "DeviceGray"
        # The rectangles that hold the parts of the current path: left, bottom, right, top in points.
        self._boxes: list[list[float]] = []
        self._patterns: set[Any] = set()
        return super().run(page, number)

    def _state(self) -> Any:
        return (super()._state(), self.fill, self.line, self.width, self.mode, self.fill_space, self.line_space)

    def _set_state(self, state: Any) -> None:
        inner, self.fill, self.line, self.width, self.mode, self.fill_space, self.line_space = state
        super()._set_state(inner)

    # --- colours -----------------------------------------------------------------------------------------------

    def _gray(self, operands: Any) -> None:
        self.fill, self.fill_space = (0.0, 0.0, 0.0, 1.0 - float(operands[0])), "DeviceGray"

    def _gray_line(self, operands: Any) -> None:
        self.line, self.line_space = (0.0, 0.0, 0.0, 1.0 - float(operands[0])), "DeviceGray"

    def _cmyk(self, operands: Any) -> None:
        self.fill, self.fill_space = tuple(float(v) for v in operands), "DeviceCMYK"

    def _cmyk_line(self, operands: Any) -> None:
        self.line, self.line_space = tuple(float(v) for v in operands), "DeviceCMYK"

    def _rgb(self, operands: Any) -> None:
        self.inks[-1].light.add("DeviceRGB")
        self.fill = self.line = ()

    def _space(self, operands: Any) -> None:
        self.fill_space, self.fill = self._name_space(operands), ()

    def _space_line(self, operands: Any) -> None:
        self.line_space, self.line = self._name_space(operands), ()

    def _name_space(self, operands: Any) -> str:
        name = str(operands[0])
        space = entry(entry(self._resources, "/ColorSpace"), name)
        kind = space_name(space if space is not None else operands[0])
        if kind in _LIGHT.values() or kind == "ICC 3":
            self.inks[-1].light.add(kind)
        return kind

    def _special(self, operands: Any) -> None:
        self.fill = _components(self.fill_space, operands)
        self._run_pattern(operands)

    def _special_line(self, operands: Any) -> None:
        self.line = _components(self.line_space, operands)
        self._run_pattern(operands)

    def _run_pattern(self, operands: Any) -> None:
        """Run the tile of a pattern once on each page; it is placed from the page's corner (ISO 32000-1, 8.7.3.1)."""
        if not operands or not isinstance(operands[-1], pikepdf.Name):
            return
        pattern = entry(entry(self._resources, "/Pattern"), str(operands[-1]))
        if isinstance(pattern, pikepdf.Stream) and object_key(pattern) not in self._patterns:
            self._patterns.add(object_key(pattern))
            kept, boxes = self._state(), self._boxes
            self.ctm, self._boxes = UNIT, []
            self._run_form(pattern)
            self._boxes = boxes
            self._set_state(kept)

    # --- what is painted ---------------------------------------------------------------------------------------

    def _paint(self, colour: tuple[float, ...]) -> None:
        if len(colour) == 4:
            self.inks[-1].heaviest = max(self.inks[-1].heaviest, sum(colour))

    def _show(self, operands: Any) -> None:
        super()._show(operands)
        if self.mode not in (3, 7):
            colour = self.line if self.mode == 1 else self.fill
            self._paint(colour)
            if len(colour) == 4 and sum(colour[:3]) > 0.01 and _reflected(colour) < _BLACK:
                self.inks[-1].black_text.add(tuple(round(v, 3) for v in colour))

    def _mode(self, operands: Any) -> None:
        self.mode = int(operands[0])

    def _width(self, operands: Any) -> None:
        self.width = float(operands[0])

    def _scale(self) -> float:
        a, b, c, d, _, _ = self.ctm
        return float(abs(a * d - b * c) ** 0.5)

    def _rectangle(self, operands: Any) -> None:
        a, b, c, d, _, _ = self.ctm
        across, up = (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5
        x, y, width, height = (float(operand) for operand in operands)
        left, right = sorted((x * across, (x + width) * across))
        low, high = sorted((y * up, (y + height) * up))
        self._boxes.append([left, low, right, high])

    def _begin_outline(self, operands: Any) -> None:
        self._rectangle([*operands, 0, 0])

    def _outline(self, operands: Any) -> None:
        a, b, c, d, _, _ = self.ctm
        x, y = float(operands[-2]) * (a * a + b * b) ** 0.5, float(operands[-1]) * (c * c + d * d) ** 0.5
        if self._boxes:
            left, low, right, high = self._boxes[-1]
            self._boxes[-1] = [min(left, x), min(low, y), max(right, x), max(high, y)]

    def _fill(self, operands: Any) -> None:
        """A path of one thin part is a rule drawn as an area."""
        self._paint(self.fill)
        if len(self._boxes) == 1:
            left, low, right, high = self._boxes[0]
            self._note_line(min(right - left, high - low))
        self._boxes.clear()

    def _fill_between(self, operands: Any) -> None:
        """A path of two parts, one in the other, is a frame: it is as thin as its thinnest side."""
        if len(self._boxes) == 2:
            sides = (abs(one - other) for one, other in zip(*self._boxes, strict=True))
            self._note_line(min((side for side in sides if side > _ROUNDING), default=1e9))
        self._fill(operands)

    def _note_line(self, width: float) -> None:
        if width > 0:
            self.inks[-1].thinnest = min(self.inks[-1].thinnest, width)

    def _stroke(self, operands: Any) -> None:
        self._paint(self.line)
        self.inks[-1].thinnest = min(self.inks[-1].thinnest, self.width * self._scale())
        self._boxes.clear()

    def _both(self, operands: Any) -> None:
        self._paint(self.fill)
        self._stroke(operands)

    def _drop(self, operands: Any) -> None:
        self._boxes.clear()

    def _shade(self, operands: Any) -> None:
        space = entry(entry(entry(self._resources, "/Shading"), str(operands[0])), "/ColorSpace")
        kind = space_name(space)
        if kind in _LIGHT.values() or kind == "ICC 3":
            self.inks[-1].light.add(kind)


def space_name(space: object, depth: int = 0) -> str:
    """A colour space's kind (ISO 32000-1, 8.6): `ICC n` for a profile of n components; indexed and patterned spaces
    by the space they rest on, Separation and DeviceN by their alternate where that is light, else by their name."""
    if isinstance(space, pikepdf.Name):
        return _LIGHT.get(as_text(space), as_text(space))
    items = as_list(space)
    kind = as_text(items[0]) if items else ""
    if kind == "ICCBased" and len(items) > 1 and as_dict(items[1]) is not None:
        return f"ICC {int(as_number(entry(items[1], '/N')) or 0)}"
    if kind in ("Indexed", "I", "Pattern") and len(items) > 1 and depth < 4:
        return space_name(items[1], depth + 1)
    if kind in ("Separation", "DeviceN") and len(items) > 2 and depth < 4:
        under = space_name(items[2], depth + 1)
        return under if under in _LIGHT.values() or under == "ICC 3" else kind
    return _LIGHT.get(kind, kind)


def is_light(kind: str) -> bool:
    """Whether a colour space's kind, as `space_name` gives it, is RGB or another space of light."""
    return kind in _LIGHT.values() or kind == "ICC 3"


def _reflected(colour: tuple[float, ...]) -> float:
    """The light that the lightest of red, green and blue has left after the inks, by the plain rule of subtraction."""
    cyan, magenta, yellow, black = colour
    return (1 - min(cyan, magenta, yellow)) * (1 - black)


def _components(space: str, operands: Any) -> tuple[float, ...]:
    values = tuple(float(v) for v in operands if as_number(v) is not None)
    if space in ("DeviceCMYK", "CMYK", "ICC 4") and len(values) == 4:
        return values
    return (0.0, 0.0, 0.0, 1.0 - values[0]) if space in ("DeviceGray", "G", "ICC 1") and len(values) == 1 else ()
