"""A private function of the engine in, ours in its place for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    """Put `value` in place of the attribute `name` of a module or class, or the key of a dict, until the end."""
    holder = owner if isinstance(owner, dict) else vars(owner)
    before = holder[name]
    _put(owner, name, value)
    try:
        yield
    finally:
        _put(owner, name, before)


def as_method(ours: Any, original: Any) -> Any:
    """A function that becomes a method where it is put into a class; `ours` is given the original first, then self."""

    def call(*arguments: Any, **options: Any) -> Any:
        return ours(original, *arguments, **options)

    return call


def _put(owner: Any, name: str, value: Any) -> None:
    if isinstance(owner, dict):
        owner[name] = value
    else:
        setattr(owner, name, value)
