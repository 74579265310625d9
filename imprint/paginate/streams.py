"""Unambiguous streams: no stream of the PDF ends in a byte that a validator takes for the line end after it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from imprint.paginate.replacement import replaced

_TAIL = b"\r\nendstream"


@contextmanager
def unambiguous_streams() -> Iterator[None]:
    """Wrap each stream whose data ends in 0x0D (one in 256) in ASCII85, which ends in `~>`.

    ISO 19005-2, 6.1.7.1: Length is the number of bytes up to the end-of-line marker before `endstream`. A last byte
    0x0D and pydyf's 0x0A look like one such marker. Compressing again is no way out: a zlib stream ends in the checksum
    of its content. This works at the point where pydyf writes any stream, so that object streams and the
    cross-reference stream, made last, are covered.
    """
    import pydyf

    original = pydyf.Stream.data.fget

    def data(stream: Any) -> bytes:
        written = bytes(original(stream))
        return _wrap(stream, written) if written.endswith(_TAIL) else written

    with replaced(pydyf.Stream, "data", property(data)):
        yield


def _wrap(stream: Any, written: bytes) -> bytes:
    """The stream object again, with ASCII85Decode before its other filters (ISO 32000-1, 7.4)."""
    from pydyf import Array, Dictionary

    _, content = written.split(b"\nstream\n", 1)
    packed = base64.a85encode(content.removesuffix(b"\nendstream")) + b"~>"
    extra = dict(stream.extra)
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
    extra["Filter"] = Array(["/ASCII85Decode", *_list(extra.get("Filter"))])
    if "DecodeParms" in extra:
        extra["DecodeParms"] = Array(["null", *_list(extra["DecodeParms"])])
    extra["Length"] = len(packed)
    return b"\n".join((Dictionary(extra).data, b"stream", packed, b"endstream"))


def _list(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, list) else [value]
