"""Imports put off: a module that another one imports and that we hardly ever need is imported when it is used."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


class _PutOff(ModuleType):
    """Stands for a module of functions and classes that is imported when the first of them is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*arguments: Any, **options: Any) -> Any:
            return getattr(importlib.import_module(self.__name__), name)(*arguments, **options)

        return call


@contextmanager
def put_off(*names: str) -> Iterator[None]:
    """Whoever imports one of these modules in the block gets one that waits until something of it is called.

    For modules of which nothing but functions and classes to call is used. What is imported already stays as it is.
    """
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update((name, _PutOff(name)) for name in absent)
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
