"""What a page draws: marked contents with their text, pictures as placed, and what went wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from imprint.paginate.preflight.bidi import restore_order


@dataclass(slots=True)
class Mark:
    """A marked-content sequence. `owner` is the nearest one around it, or itself, that has an MCID."""

    tag: str
    mcid: int | None
    owner: Mark | None
    artifact: bool
    replaced: bool
    key: tuple[Any, ...] = ()
    lang: str = ""
    texts: list[str] = field(default_factory=list)
    rtl: bool = False
    unmapped: str = ""

    def text(self, base: str = "") -> str:
        """The sequence's text; right-to-left text, which PDF draws in visual order, put back into logical order.

        `base` is the direction of the line, `R` or `L`, where it is known.
        """
        return "".join(restore_order(self.texts, base) if self.rtl else self.texts)


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture on a page: its size in pixels and, in points, the lengths of its sides as placed."""

    page: int
    name: str
    object_id: str | None
    pixels: tuple[int, int]
    points: tuple[float, float]

    @property
    def ppi(self) -> float:
        """The lower of its two resolutions, in pixels per inch."""
        return min(
            (n / (length / 72) for n, length in zip(self.pixels, self.points, strict=True) if length > 0), default=1e9
        )


@dataclass(slots=True)
class PageContent:
    """What a page draws: marks by key (`(page, mcid)`, in a form `(page, form, mcid)`), pictures, loose text."""

    number: int
    marks: dict[tuple[Any, ...], Mark] = field(default_factory=dict)
    pictures: list[Placed] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    notdef: dict[str, int] = field(default_factory=dict)
    unmapped: dict[str, int] = field(default_factory=dict)
    damage: str = ""
