"""Running headers and folios that are tagged as content: found by their words and by where they stand."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from typing import Any, TypeAlias

from imprint.paginate.preflight.expectation import normalise
from imprint.paginate.preflight.interpreter import TEXT_OPERATORS, UNIT, Interpreter, Matrix, multiply
from imprint.paginate.preflight.opened import Opened

Key: TypeAlias = tuple[Any, ...]

# On fewer pages nothing tells a running header from a text that is repeated.
PAGES = 4
# Points by which one baseline may differ from the next page's.
_LEVEL = 1.0
# A margin: so many times the usual distance of two lines lie between a running header and the text.
_APART = 1.5
# One page in so many (a cover, a title) may have text beyond the running header's line.
_EXCEPTIONS = 4


@dataclass(frozen=True, slots=True)
class _Place:
    """A tagged text on a page: digits are written `#`, `y` is the height of its first baseline in points."""

    page: int
    text: str
    y: float


def find_running(opened: Opened, tagged: Collection[Key]) -> Iterator[str]:
    """Yield the texts (digits as `#`) of marked contents among `tagged` that stand as running headers or folios do.

    Such a text stands first or last on more than half of the pages, at one height, and apart from all other text of
    those pages, in a margin where the other pages have nothing. What the edition itself says so often is its content.
    Positions are looked for only where some text is repeated so.
    """
    if len(opened.contents) < PAGES:
        return
    candidates = _repeated(opened, tagged)
    if not candidates:
        return
    places = list(_places(opened, tagged))
    leading = _leading(places)
    for text in candidates:
        if not _is_written(opened, text, places) and _stands_in_margin(text, places, len(opened.contents), leading):
            yield text


def _repeated(opened: Opened, tagged: Collection[Key]) -> list[str]:
    """The texts that stand first or last on more than half of the pages."""
    counts: Counter[str] = Counter()
    for content in opened.contents:
        ends = (_first_two(opened, tagged, keys) for keys in (content.marks, reversed(content.marks)))
        counts.update(list(dict.fromkeys(chain(*ends))))
    most = len(opened.contents) // 2
    return [text for text, count in counts.items() if count > most and any(c.isalnum() or c == "#" for c in text)]


def _first_two(opened: Opened, tagged: Collection[Key], keys: Iterable[Key]) -> Iterator[str]:
    texts = (text for key in keys if key in tagged and (text := _alike(opened.text_of(key))))
    return islice(texts, 2)


def _alike(text: str) -> str:
    return re.sub(r"\d+", "#", normalise(text).strip())


def _places(opened: Opened, tagged: Collection[Key]) -> Iterator[_Place]:
    locator = _Locator()
    for page, content in zip(opened.pages, opened.contents, strict=False):
        heights = locator.locate(page, content.number)
        for key in content.marks:
            if key in tagged and key in heights and (text := _alike(opened.text_of(key))):
                yield _Place(content.number, text, heights[key])
        opened.check_time()


def _leading(places: list[_Place]) -> float:
    """The usual distance between a line and the next."""
    from statistics import median  # hardly any file has texts whose places matter

    levels: dict[int, set[int]] = defaultdict(set)
    for place in places:
        levels[place.page].add(round(place.y))
    steps = [lower - upper for found in levels.values() for upper, lower in pairwise(sorted(found))]
    return median([step for step in steps if step > _LEVEL] or [0.0])


def _is_written(opened: Opened, text: str, places: list[_Place]) -> bool:
    """Whether the edition's own text has these words as often as the PDF tags them."""
    if opened.expected is None or opened.expected.text is None or not any(map(str.isalpha, text)):
        return False
    return _alike(opened.expected.text).count(text) >= sum(place.text == text for place in places)


def _stands_in_margin(text: str, places: list[_Place], pages: int, leading: float) -> bool:
    levels = Counter(round(place.y) for place in places if place.text == text)
    level = levels.most_common(1)[0][0] if levels else 0
    having = {place.page for place in places if place.text == text and abs(place.y - level) <= _LEVEL}
    if len(having) * 2 <= pages:
        return False
    others = [place for place in places if abs(place.y - level) > _LEVEL]
    beside = [place for place in others if place.page in having]
    for side in (1, -1):
        near = {place.page for place in beside if side * (level - place.y) < _APART * leading}
        beyond = {p.page for p in places if p.page not in having and side * (level - p.y) <= _LEVEL}
        if beside and not near and len(beyond) * _EXCEPTIONS <= pages:
            return True
    return False


class _Locator(Interpreter):
    """Runs pages for the height at which each marked content begins; what it says does not matter here."""

    operators = f"{TEXT_OPERATORS} BT Tm Td TD T* TL"

    def __init__(self) -> None:
        super().__init__()
        self._heights: dict[Key, float] = {}
        self._line: Matrix = UNIT
        self._leading = 0.0
        self._do |= {
            "BT": self._begin_text, "Tm": self._set_line, "Td": self._move, "TD": self._move_and_lead,
            "T*": self._next_line, "TL": self._lead, "'": self._show_next, '"': self._show_next,
        }  # fmt: skip

    def locate(self, page: Any, number: int) -> Mapping[Key, float]:
        """The height of the first text of each marked content, in points from the foot of the page's own space."""
        self._heights = {}
        self.run(page, number)
        return self._heights

    def _begin_text(self, operands: Any) -> None:
        self._line = UNIT

    def _set_line(self, operands: Any) -> None:
        a, b, c, d, e, f = (float(operand) for operand in operands)
        self._line = (a, b, c, d, e, f)

    def _move(self, operands: Any) -> None:
        self._line = multiply((1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1])), self._line)

    def _move_and_lead(self, operands: Any) -> None:
        self._leading = -float(operands[1])
        self._move(operands)

    def _lead(self, operands: Any) -> None:
        self._leading = float(operands[0])

    def _next_line(self, operands: Any) -> None:
        self._move((0.0, -self._leading))

    def _show_next(self, operands: Any) -> None:
        self._next_line(operands)
        self._show(operands)

    def _show(self, operands: Any) -> None:
        if self.mark and self.mark.owner:
            self._heights.setdefault(self.mark.owner.key, multiply(self._line, self.ctm)[5])
