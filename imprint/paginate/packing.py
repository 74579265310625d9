"""Packing: the streams of a file are compressed by a thread while the rest of it is still being made."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

from imprint.paginate.pieces import join
from imprint.paginate.replacement import as_method, replaced

# What pydyf 0.13.0 asks zlib for.
_LEVEL = 9


@contextmanager
def packed_beside() -> Iterator[None]:
    """Within, `write_pdf` gives each page and font to the thread as soon as it is made. It has its core for itself, for
    zlib works without Python's lock; the bytes are those of pydyf."""
    import pydyf
    from weasyprint import pdf
    from weasyprint.document import Page

    with ThreadPoolExecutor(1) as thread, ExitStack() as stack:
        packing = _Packing(thread)
        stack.enter_context(replaced(pydyf, "zlib", packing))
        stack.enter_context(replaced(Page, "paint", as_method(packing.paint, Page.paint)))
        build = partial(packing.build_fonts, pdf.build_fonts_dictionary)
        stack.enter_context(replaced(pdf, "build_fonts_dictionary", build))
        yield


class _Packing:
    """What is packed or being packed, by its bytes."""

    def __init__(self, thread: ThreadPoolExecutor) -> None:
        self._thread = thread
        self._packed: dict[tuple[int, bytes], Future[bytes]] = {}

    def paint(self, original: Any, page: Any, stream: Any, scale: float = 1) -> None:
        """`Page.paint`: nothing is added to the stream afterwards."""
        original(page, stream, scale)
        self._give(stream)

    def build_fonts(self, original: Any, pdf: Any, *arguments: Any) -> Any:
        """`build_fonts_dictionary`."""
        import pydyf

        before = len(pdf.objects)
        made = original(pdf, *arguments)
        for item in pdf.objects[before:]:
            if isinstance(item, pydyf.Stream):
                self._give(item)
        return made

    def compressobj(self, level: int) -> Any:
        """`zlib.compressobj`, for a stream's data at once."""
        return _Packer(self._packed, level)

    def _give(self, stream: Any) -> None:
        if stream.compress:
            # One item, so that pydyf need not join them again.
            stream.stream[:] = [join(stream.stream)]
            (data,) = stream.stream
            self._packed[_LEVEL, data] = self._thread.submit(_pack, data, _LEVEL)


class _Packer:
    """The two methods of a `zlib.compressobj` that pydyf uses."""

    def __init__(self, packed: dict[tuple[int, bytes], Future[bytes]], level: int) -> None:
        self._packed = packed
        self._level = level

    def compress(self, data: bytes) -> bytes:
        """The data, packed."""
        packing = self._packed.get((self._level, data))
        return _pack(data, self._level) if packing is None else packing.result()

    def flush(self) -> bytes:
        """The rest: nothing."""
        return b""


def _pack(data: bytes, level: int) -> bytes:
    packer = zlib.compressobj(level=level)
    return packer.compress(data) + packer.flush()
