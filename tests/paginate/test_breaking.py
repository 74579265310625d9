"""Lines and pages break where they should, though WeasyPrint alone breaks them elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from imprint.paginate import breaking
from imprint.paginate.layout.inspect import inspect_layout
from tests.paginate.layout.conftest import faces, look

__all__ = ["faces", "look"]

# The third line would hold all but the note's mark; the space before it does not fit.
EARLY = (
    '<p style="width: 483.78px; font-size: 10.2pt; text-align: justify">same chip. It keeps keys and compares '
    "fingerprints. The large system can ask it a question, but cannot look inside. Xiaomi calls its own MiTEE "
    "<span>[27]</span>.</p>"
)
WIDE = "@page { size: 160mm 60mm; margin: 10mm 16mm }"
LINE = '<p style="margin: 0">One line of text.</p>'
NOTE = '<span class="footnote" data-number="1">A note of a few words.</span>'
# Two lines before the foot: with the note below, neither fits.
SENT_ON = f"<p>Text{NOTE}</p>" + LINE * 10 + '<p style="margin: 0">' + "More words for a line of this. " * 8 + "</p>"
SENT_ON_STYLE = ".footnote { footnote-policy: line }"
HEBREW = "המכשיר שומר את מה שהוא צריך ושואל לפני שהוא שולח. "


def rules(document: Any) -> set[str]:
    """The rules that a layout breaks."""
    return {finding.rule for finding in inspect_layout(document)}


@contextmanager
def plain_engine() -> Iterator[None]:
    """In the place of the extension: nothing."""
    yield


CASES = [
    ("short-line", EARLY, WIDE, {}),
    ("note-away", SENT_ON, SENT_ON_STYLE, {}),
    (
        "text-overflow",
        f'<p style="text-align: justify">{HEBREW * 2}<b>{HEBREW}</b> {HEBREW}<b>{HEBREW}</b> {HEBREW * 3}</p>',
        "",
        {"language": "he", "direction": "rtl"},
    ),
    (
        "text-overflow",
        f"<h2>{HEBREW * 3}</h2><p>{HEBREW}</p>",
        "h2 { padding-right: 20mm; text-indent: -20mm }",
        {"language": "he", "direction": "rtl"},
    ),
]


@pytest.mark.parametrize(("rule", "body", "css", "options"), CASES)
def test_breaks_are_sound(look: Any, rule: str, body: str, css: str, options: dict[str, str]) -> None:
    """The page has no fault."""
    assert look(rules, body, css, **options) == set()


@pytest.mark.parametrize(("rule", "body", "css", "options"), CASES)
def test_the_engine_alone_breaks_them(
    look: Any,
    monkeypatch: pytest.MonkeyPatch,
    rule: str,
    body: str,
    css: str,
    options: dict[str, str],
) -> None:
    """Without the extension the same page has the fault: a WeasyPrint that has mended it needs no extension."""
    monkeypatch.setattr(breaking, "sound_breaks", plain_engine)
    assert rule in look(rules, body, css, **options)


@pytest.mark.parametrize("position", ["absolute", "fixed"])
def test_a_line_may_end_with_what_is_out_of_the_flow(position: str, look: Any) -> None:
    """A positioned block after a line's last word has no width yet when the line's end is looked at."""
    assert "short-line" not in look(
        rules, f'<div>One line of text. <p style="position: {position}; top: 0">Word</p></div>'
    )
