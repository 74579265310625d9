"""Typed reading of PDF objects: a value of another type than the standard's counts as absent, never as a crash."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pikepdf

# Arrays of a hostile file are read up to here.
ARRAY_LIMIT = 200_000


def entry(holder: object, key: str) -> Any:
    """The value at the key of a dictionary or stream; None where there is none, or no dictionary."""
    return holder.get(key) if isinstance(holder, (pikepdf.Dictionary, pikepdf.Stream)) else None


def as_dict(value: object) -> pikepdf.Object | None:
    """The value if it is a dictionary or a stream."""
    return value if isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)) else None


def as_list(value: object) -> list[Any]:
    """The items of an array; a single value as a list of one; nothing for None."""
    if value is None:
        return []
    if isinstance(value, pikepdf.Array):
        length = len(value)
        # By `list`, long arrays would be read whole.
        return [value[0]] if length == 1 else [value[i] for i in range(min(length, ARRAY_LIMIT))]
    return [value]


def as_text(value: object) -> str:
    """A text string or a name (without its slash) as str; empty for anything else."""
    if isinstance(value, pikepdf.String):
        return str(value)
    if not isinstance(value, pikepdf.Name):
        return ""
    try:
        return str(value)[1:]
    except UnicodeDecodeError:  # old tools write names, of Chinese fonts above all, in the bytes of their own system
        return bytes(value.unparse())[1:].decode("latin-1")


def as_number(value: object) -> float | None:
    """A number as float."""
    return float(value) if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) else None


def as_numbers(value: object, count: int) -> tuple[float, ...] | None:
    """An array of exactly `count` numbers."""
    numbers = tuple(as_number(item) for item in as_list(value))
    return tuple(n for n in numbers if n is not None) if len(numbers) == count and None not in numbers else None


def object_key(value: object) -> tuple[int, int] | None:
    """Object and generation number of an indirect object."""
    if not isinstance(value, pikepdf.Object) or not value.is_indirect:
        return None
    number, generation = value.objgen
    return (number, generation)


def object_id(value: object) -> str | None:
    """The object's number as reports write it: `12 0`."""
    key = object_key(value)
    return f"{key[0]} {key[1]}" if key else None


def stream_bytes(value: object) -> bytes:
    """A stream's decoded bytes; empty where it is none or cannot be decoded (the soundness check says so)."""
    if not isinstance(value, pikepdf.Stream):
        return b""
    try:
        return value.read_bytes()
    except pikepdf.PdfError:
        return b""


def rectangle(value: object) -> tuple[float, float, float, float] | None:
    """A rectangle as (left, bottom, right, top), in points, whichever corners the file names."""
    numbers = as_numbers(value, 4)
    if numbers is None:
        return None
    x1, y1, x2, y2 = numbers
    return (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
