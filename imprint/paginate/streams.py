"""Unambiguous streams: no stream of the PDF ends in a byte that a validator takes for the line end after it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from imprint.paginate.engine import replaced

_TAIL = b"\r\nendstream"


@contextmanager
def unambiguous_streams() -> Iterator[None]:
    """Compress again, at another level, each stream whose data ends in 0x0D (one in 256).

    ISO 19005-2, 6.1.7.1: Length is the number of bytes up to the end-of-line marker before `endstream`. A last byte
    0x0D and pydyf's 0x0A look like one such marker. This works at the point where pydyf writes any stream, so that
    object streams and the cross-reference stream, made last, are covered.
    """
    import pydyf

    original = pydyf.Stream.data.fget

    def data(stream: Any) -> bytes:
        written = bytes(original(stream))
        if not stream.compress or not written.endswith(_TAIL):
            return written
        head, content = written.split(b"\nstream\n", 1)
        raw = zlib.decompress(content.removesuffix(b"\nendstream"))
        for level in (8, 7, 6, 5, 4, 3, 2, 1, 0):
            packed = zlib.compress(raw, level)
            if not packed.endswith(b"\r"):
                break
        old, new = len(content) - len(b"\nendstream"), len(packed)
        head = head.replace(b"/Length %d" % old, b"/Length %d" % new, 1)
        return head + b"\nstream\n" + packed + b"\nendstream"

    with replaced(pydyf.Stream, "data", property(data)):
        yield
