"""Streams of the plain form are read as qpdf reads them; all others are left to qpdf."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprint.paginate.preflight.interpreter import TEXT_OPERATORS, content_bytes, shown_bytes
from imprint.paginate.preflight.plain import read_plain
from imprint.paginate.render import Pagination

SCRATCH = pikepdf.new()
LINES = [
    "q", "Q", "BT", "ET", "EMC", "1 0 0 1 5 5 cm", "0.9 0 0. .9 -0 1 cm", "1 0 0 -1 7.5 8 Tm", "/F1 12 Tf", "/a1.0 gs",
    "[<0012>-18<0013>] TJ", "[260<001c>] TJ", "[<>] TJ", "[<001>0<2>] TJ", "/P\n<</MCID 3>>\nBDC", "/Artifact\nBMC",
    "/Artifact\n<</Type /Pagination>>\nBDC", "/Span <</ActualText <FEFF0062>>> BDC", "1 0 0 rg", "0 0 5 5 re", "f*",
    "W", "n", "[3 1] 0 d", "/Im1 Do",
]  # fmt: skip


def by_qpdf(data: bytes) -> list[tuple[str, Any]]:
    parsed = pikepdf.parse_content_stream(SCRATCH.make_stream(data), TEXT_OPERATORS)
    return list(_without_idle([_comparable(str(each.operator), each.operands) for each in parsed]))


def _without_idle(instructions: list[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The instructions but for states and artifacts in which nothing stands."""
    at = 0
    while at < len(instructions):
        operator, operands = instructions[at]
        end = at + 1
        if operator == "q":
            while end < len(instructions) and instructions[end][0] == "cm":
                end += 1
        closing = {"q": "Q", "BDC": "EMC"}.get(operator)
        idle = operator != "BDC" or operands == ("/Artifact", {})
        if closing and idle and end < len(instructions) and instructions[end][0] == closing:
            at = end + 1
        else:
            yield operator, operands
            at += 1


def _comparable(operator: str, operands: Any) -> tuple[str, Any]:
    if operator in ("TJ", "Tj"):
        return "TJ", shown_bytes(operands[-1])
    if operator == "cm":
        return operator, [float(operand) for operand in operands]
    if operator in ("BDC", "BMC"):
        entries = dict(operands[1].items()) if len(operands) > 1 else {}
        return "BDC", (str(operands[0]), {k: str(v) for k, v in entries.items() if k in ("/MCID", "/ActualText")})
    return operator, [str(operand) for operand in operands if isinstance(operand, str | pikepdf.Name)]


def by_pattern(data: bytes) -> list[tuple[str, Any]] | None:
    found = read_plain(data)
    return None if found is None else [_comparable(operator, operands) for operator, operands in found]


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=12))
def test_same_as_qpdf(lines: list[str]) -> None:
    """Instructions, their order and their operands are qpdf's."""
    data = "\n".join(lines).encode()
    assert by_pattern(data) == by_qpdf(data)


def test_pages_of_ours_are_plain(paginated: Callable[[str], Pagination]) -> None:
    """What WeasyPrint and our extensions write is of the form, in scripts with ActualText too."""
    for language in ("en", "zh-Hans", "ar", "hi"):
        with pikepdf.open(io.BytesIO(paginated(language).pdf)) as pdf:
            for page in pdf.pages:
                data = content_bytes(page.obj)
                assert by_pattern(data) == by_qpdf(data)


@pytest.mark.parametrize(
    "line",
    ["(text) Tj", "[(a)] TJ", "% comment", "BI /W 1 ID x EI", "/P /Name BDC", "/P <</MCID 1 /Lang (de)>> BDC", "] q",
     "[<00] TJ", "[<00>a] TJ", "1 0 cm", "<00> Tj", "unknown", "q q", "/a#20b gs", "\x00"],
)  # fmt: skip
def test_other_forms_are_not_read(line: str) -> None:
    """Strings in parentheses, comments, images, named properties, damage: one such line, and qpdf reads the stream."""
    assert read_plain(f"q\n{line}\nQ\n".encode()) is None


@pytest.mark.parametrize(
    "data", [b"1 " * 400_000, b"[" * 400_000, b"[<00>" * 200_000, b"q\n" * 50_000 + b"/" * 400_000]
)
def test_hostile_streams_take_no_time(data: bytes) -> None:
    """A stream that is nearly of the form is given up at once, not tried again at each of its bytes."""
    start = time.process_time()
    assert read_plain(data) is None
    assert time.process_time() - start < 2
