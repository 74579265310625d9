"""What a thread has packed is what pydyf packs, and what it was not given pydyf packs itself."""

from __future__ import annotations

import io
import threading
import zlib

import pydyf
import pytest
from weasyprint import CSS, HTML

from imprint.paginate.packing import packed_beside

PAGE = "<style>@page { size: A6 } p { break-before: page }</style>" + "<p>A page of its own.</p>" * 4


def written(compress: bool) -> bytes:
    """The file as WeasyPrint writes it."""
    document = HTML(string=PAGE).render(stylesheets=[CSS(string="p { margin: 0 }")])
    return bytes(document.write_pdf(uncompressed_pdf=not compress, pdf_identifier=b"x"))


@pytest.mark.parametrize("compress", [True, False])
def test_the_same_bytes(compress: bool) -> None:
    """With the thread and without; afterwards there is none, and everything is as it was."""
    alone = written(compress)
    with packed_beside():
        assert written(compress) == alone
    assert threading.active_count() == 1 or "ThreadPoolExecutor" not in {t.name for t in threading.enumerate()}
    assert pydyf.zlib is zlib


def test_it_packs_what_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages and the font are packed by the thread, before the file is written."""
    packing: list[str] = []
    pack = zlib.compressobj

    def noted(level: int = -1) -> object:
        packing.append(threading.current_thread().name)
        return pack(level=level)

    monkeypatch.setattr("imprint.paginate.packing.zlib.compressobj", noted)
    with packed_beside():
        written(True)
    assert sum(name != threading.main_thread().name for name in packing) >= 5


def test_other_streams_are_packed_as_they_are_written() -> None:
    """A file that the thread knows nothing of."""
    with packed_beside():
        output = io.BytesIO()
        pdf = pydyf.PDF()
        pdf.add_object(pydyf.Stream([b"some data"], compress=True))
        pdf.write(output)
    assert zlib.compress(b"some data", 9) in output.getvalue()
