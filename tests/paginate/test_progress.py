"""Whoever stops a worker can say which page, and which chapter, it was at."""

from __future__ import annotations

import os
import signal
from typing import Any

import pytest

from imprint.base.confine import Limits, run_confined, start_confined
from imprint.base.diagnostic import Diagnostics, Location, Rejected
from imprint.paginate.library import find_fonts
from imprint.paginate.render import paginate_edition
from tests.paginate.conftest import files_of, page_of

CHAPTER = '<section class="chapter" id="ch-two" style="break-before: page"><p id="unknown">Text.</p></section>'


def _die(_document: Any, _diagnostics: Diagnostics) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _paginate(inspectors: tuple[Any, ...]) -> None:
    paginate_edition(page_of("en", CHAPTER), files_of("en"), find_fonts(), "en", Diagnostics(), inspectors=inspectors)
    _die(None, Diagnostics())


@pytest.mark.parametrize(
    ("inspectors", "place"), [((_die,), "layout of page 3, chapter ch-two"), ((), "drawing page 3")]
)
def test_where_the_work_stood(inspectors: tuple[Any, ...], place: str) -> None:
    """A child that dies after the layout, or after the drawing, is told with its last page and chapter."""
    with pytest.raises(Rejected) as caught:
        run_confined(_paginate, (inspectors,), Limits(cpu_seconds=60))
    assert caught.value.diagnostics[0].message.endswith(place)


def test_what_the_work_was_at() -> None:
    """The block with an id that was begun last is named, then its chapter, for whoever knows where that is written."""
    confined = start_confined(_paginate, ((_die,),), Limits(cpu_seconds=60))
    confined.locate = {"ch-two": Location("two.md", 7)}.get
    with pytest.raises(Rejected) as caught:
        confined.result()
    assert caught.value.diagnostics[0].at == Location("two.md", 7)
