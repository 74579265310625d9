"""The engine sees our fonts and our files, nothing else; its extensions fit one version and leave no trace."""

import io
import os
from pathlib import Path

import pikepdf
import pydyf
import pytest
import weasyprint
from hypothesis import assume, example, given
from hypothesis import strategies as st

from imprint.base.diagnostic import Diagnostics
from imprint.paginate import fontconfig
from imprint.paginate.characters import collect_characters
from imprint.paginate.engine import WrongEngine, extended_engine
from imprint.paginate.fetch import BASE, fetcher_class, path_of
from imprint.paginate.library import find_fonts
from imprint.paginate.store import Store
from imprint.paginate.streams import unambiguous_streams
from imprint.paginate.wardrobe import Wardrobe, prepare_wardrobe

# Its Adler-32 checksum, with which a zlib stream ends, is 0x…0D.
AMBIGUOUS = b"\x0c"


@pytest.fixture(scope="module")
def wardrobe(store: Store) -> Wardrobe:
    return prepare_wardrobe("en", collect_characters("<p>a</p>", (), ()), find_fonts(), store)


def test_fontconfig_lists_our_folder_alone(wardrobe: Wardrobe) -> None:
    """Exactly the prepared files are offered, and the environment is as before afterwards."""
    before = dict(os.environ)
    with fontconfig.private_fonts(wardrobe) as configuration:
        names = sorted(path.stem for path in fontconfig.listed_fonts(configuration))
        assert names == sorted(prepared.face.name for prepared in wardrobe.faces)
    assert dict(os.environ) == before


def test_fontconfig_fails_closed(wardrobe: Wardrobe, monkeypatch: pytest.MonkeyPatch) -> None:
    """If fontconfig cannot read the configuration (it then offers the system's fonts), rendering stops."""
    monkeypatch.setattr(fontconfig, "_configuration", lambda *_: "<fontconfig><broken")
    with pytest.raises(fontconfig.ForeignFonts), fontconfig.private_fonts(wardrobe):
        pass


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "http://169.254.169.254/", "https://paper.invalid.example/a", "data:text/plain,x", "a.css",
     "https://paper.invalid/b.css", "https://user@paper.invalid/a.css", "https://paper.invalid:8/a.css", "https://["],
)  # fmt: skip
def test_fetcher_refuses(url: str) -> None:
    """Any address but those handed over is an error, and an exception that WeasyPrint survives."""
    diagnostics = Diagnostics()
    fetcher = fetcher_class()({"a.css": b""}, diagnostics)
    with pytest.raises(ValueError, match="not part"):
        fetcher.fetch(url)
    assert [error.rule for error in diagnostics.errors] == ["refused-address"]


def test_fetcher_serves() -> None:
    """A file comes from memory with its type; escapes and queries in its address are understood."""
    fetcher = fetcher_class()({"styles/ä.css": b"x"}, Diagnostics())
    response = fetcher.fetch(f"{BASE}styles/%C3%A4.css?v=1")
    assert (response.read(), response.content_type) == (b"x", "text/css")


@given(st.text())
def test_no_address_escapes(url: str) -> None:
    """Whatever the address, it is a path below BASE or nothing."""
    assert path_of(url) is None or url.startswith(BASE[:-1])


def test_extensions_are_taken_out_again() -> None:
    """After rendering, WeasyPrint's functions are its own."""
    from weasyprint import draw, svg
    from weasyprint.draw import text
    from weasyprint.layout import inline
    from weasyprint.pdf import stream, tags

    def state() -> tuple[object, ...]:
        return (
            inline.justify_line, inline.count_expandable_spaces, text.draw_first_line, svg.TAGS["text"],
            draw.draw_stacking_context, stream.Stream.marked, tags._build_box_tree, pydyf.Stream.data,
        )  # fmt: skip

    before = state()
    with extended_engine():
        assert all(new is not old for new, old in zip(state(), before, strict=True))
    assert state() == before


def test_another_engine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extensions touch private functions: with any other WeasyPrint they refuse to go in."""
    assert weasyprint.__version__ == "70.0"
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    with pytest.raises(WrongEngine, match=r"71\.0"), extended_engine():
        pass


@example(AMBIGUOUS)
@given(st.binary(max_size=40))
def test_no_stream_ends_ambiguously(data: bytes) -> None:
    """No stream ends in 0x0D, its length is right, and a PDF reader unpacks it to what went in."""
    assume(b"endstream" not in data)
    pdf = pydyf.PDF()
    streams = [pydyf.Stream([data], compress=True), pydyf.Stream([data])]
    for stream in streams:
        pdf.add_object(stream)
    written = io.BytesIO()
    with unambiguous_streams():
        pdf.write(written, compress=True)
    assert b"\r\nendstream" not in written.getvalue()
    read = pikepdf.open(written)
    for stream in streams:
        assert read.get_object(stream.number, 0).read_bytes() == data


def test_an_ambiguous_stream_exists() -> None:
    """Without the extension some stream does end in 0x0D, so the test above can fail."""
    written = pydyf.Stream([AMBIGUOUS], compress=True).data
    assert written.endswith(b"\r\nendstream")


def test_fonts_stay_outside_the_folder(tmp_path: Path, wardrobe: Wardrobe, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written where the process happens to be."""
    monkeypatch.chdir(tmp_path)
    with fontconfig.private_fonts(wardrobe):
        assert list(tmp_path.iterdir()) == []
