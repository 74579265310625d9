"""Glyphs between which nothing is moved stand in one string."""

import io
from collections.abc import Callable

import pikepdf
import pytest

from imprint.paginate.render import Pagination
from imprint.paginate.strings import join_strings, whole_strings


@pytest.mark.parametrize(
    ("operands", "joined"),
    [
        ("<0001>0<00da>0<0001>0", "<000100da0001>"),
        ("<0001>23<00da>0<0001>-5<0002>0", "<0001>23<00da0001>-5<0002>"),
        ("<0001>0<>0.0<0002>0", "<00010002>"),
        ("<>0.0", "<>"),
        ("<0001>10<0002>20", "<0001>10<0002>20"),
        ("12<0001>100", "12<0001>100"),
        ("", ""),
    ],
)
def test_moves_by_nothing_go(operands: str, joined: str) -> None:
    """Only what moves nothing is left out; every other number keeps its place."""
    assert join_strings(operands) == joined


def test_what_shows_nothing_is_not_written() -> None:
    """An operator without a glyph is left out; elsewhere the engine's own writing is untouched again afterwards."""
    from pydyf import Stream

    before, stream = Stream.show_text, Stream()
    with whole_strings():
        for operands in ("<0001>0<0002>0", "<>0.0", ""):
            stream.show_text(operands)
    assert stream.stream == [b"[<00010002>] TJ"]
    assert Stream.show_text is before


def test_pages_have_whole_strings(paginated: Callable[[str], Pagination]) -> None:
    """No text-showing operator of an edition moves by nothing."""
    with pikepdf.open(io.BytesIO(paginated("en").pdf)) as pdf:
        for page in pdf.pages:
            shown = [i.operands[0] for i in pikepdf.parse_content_stream(page, "TJ")]
            assert shown
            assert not [item for array in shown for item in array if not isinstance(item, pikepdf.String) and not item]
