"""Quickened drawing: what is put in the place of a part of WeasyPrint or pydyf gives what that gives."""

from __future__ import annotations

from typing import Any

import pytest
from cffi import FFI

from imprint.paginate.quicken_drawing import _Arrays


@pytest.mark.parametrize(
    ("kind", "value"),
    [("uint32_t[3]", [7, 8, 9]), ("uint32_t[3]", (7,)), ("uint32_t[0]", []), ("uint32_t[5]", None), ("char[4]", None),
     ("unsigned int *", 100), ("uint32_t[]", [1, 2])],
)  # fmt: skip
def test_arrays(kind: str, value: Any) -> None:
    """An array, or a pointer, has the length and the items that cffi's own has."""
    ffi = FFI()
    made, own = _Arrays(ffi).new(kind, value), ffi.new(kind, value)
    assert ffi.sizeof(made) == ffi.sizeof(own)
    assert bytes(ffi.buffer(made)) == bytes(ffi.buffer(own))
