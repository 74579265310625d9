"""Drawing instructions of the plain form that WeasyPrint writes, read by one pattern: eight times as fast as by qpdf.

A stream that has anything else (a string in parentheses, a comment, an inline image, an operator or a dictionary that
is not listed here) is not read at all: the caller then has qpdf parse it, which also says what is damaged.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

import pikepdf

# An operator and its operands, as pikepdf would give them but for strings (bytes), names (str) and dictionaries (dict).
Instruction: TypeAlias = tuple[str, Any]

# Possessive or atomic throughout, so that no hostile stream makes the pattern try again. Groups are atomic and never
# possessive: before Python 3.11.5 a possessive group stays where its last, failed turn had got to (gh-106052).
_NAME = rb"/[\w.+-]++"
# What changes neither text, nor fonts, nor where a picture stands. Numbers are not looked at closely: what is none is
# an operator that no reader knows, to qpdf as to us.
_SKIPPED = (
    rb"(?:[-\d. ]*+(?:BT|ET|Tm|rg|RG|re|[mlchwSsdJjMnWfBbgGkKi]|[WfBb]\*|T[rsczwLdD]|T\*)"
    rb"|%(name)s (?:gs|cs|CS|sh|ri)"
    rb"|\[[-\d. ]*+\] [-\d.]++ d)\n"
)
_SHOW = rb"\[[-\d. ]*+(?>(?:<[0-9a-fA-F]*+>[-\d. ]*+)*)\] TJ\n"
_FONT = rb"%(name)s [-\d.]++ Tf\n"
_TRANSFORM = rb"(?:[-\d.]++ ){6}cm\n"
_CONTENT = rb"<</MCID (\d{1,9}+)>>\nBDC\n"
_UNNUMBERED = rb"(?:<</Type /\w++>>\nBDC|BMC)\n"
# Many lines in one match: all that is skipped, states that nothing is drawn in, decorations; then a piece of text with
# its fonts. The last alternative is every other form: with it, no stream is searched for what may come later.
_PLAIN = re.compile(
    (
        rb"(?>(?:" + _SKIPPED + rb"|q\n(?>(?:" + _SKIPPED + rb"|" + _TRANSFORM + rb")*)Q\n"
        rb"|/Artifact\n" + _UNNUMBERED + rb"(?>(?:" + _SKIPPED + rb")*)EMC\n)+)"
        rb"|(%(name)s)\n(?:" + _CONTENT + rb"|" + _UNNUMBERED + rb")"
        rb"((?>(?:" + _SKIPPED + rb"|" + _SHOW + rb"|" + _FONT + rb")+))EMC\n"
        rb"|()(?:" + _SHOW + rb"|" + _FONT + rb")"
        rb"|()(?:EMC|q|Q)\n"
        rb"|(%(name)s)\n" + _CONTENT + rb"|(%(name)s) <</ActualText <((?>(?:[0-9A-F]{2})+))>>> BDC\n"
        rb"|(%(name)s)\n" + _UNNUMBERED + rb"|()" + _TRANSFORM + rb"|(%(name)s) Do\n"
        rb"|(.)"
    )
    % {b"name": _NAME},
    re.DOTALL,
)
_END: Instruction = ("EMC", ())
_BARE: dict[bytes, Instruction] = {b"EMC\n": _END, b"q\n": ("q", ()), b"Q\n": ("Q", ())}
_HEX = re.compile(rb"<([0-9a-fA-F]++)>")


def read_plain(data: bytes) -> list[Instruction] | None:
    """The instructions for text, fonts, marked contents, pictures and states; None for a stream of another form.

    Left out are states and artifacts that hold nothing of these.
    """
    found: list[Instruction] = []
    for match in _PLAIN.finditer(data if data.endswith(b"\n") else data + b"\n"):
        index = match.lastindex
        if index is None:
            continue
        if index == _OTHER:
            return None
        _READERS[index](match, found)
    return found


def _read_piece(match: re.Match[bytes], found: list[Instruction]) -> None:
    """A marked content with nothing but text in it."""
    found.append(("BDC", (match[1].decode("ascii"), {"/MCID": int(match[2])} if match[2] else {})))
    _read_text(match[3], found)
    found.append(_END)


def _read_text(lines: bytes, found: list[Instruction]) -> None:
    before, show = b"", _END
    for line in lines.split(b"\n"):
        operator = line[-2:]
        if operator == b"TJ":
            # A leader's dots are the same again and again.
            if line != before:
                before, show = line, ("TJ", (_shown(line),))
            found.append(show)
        elif operator == b"Tf":
            found.append(("Tf", (line[: line.index(b" ")].decode("ascii"),)))


def _shown(operands: bytes) -> bytes:
    strings = _HEX.findall(operands)
    if any(len(digits) % 2 for digits in strings):
        # The last digit that is missing is 0 (ISO 32000-1, 7.3.4.3).
        strings = [digits + b"0" * (len(digits) % 2) for digits in strings]
    return bytes.fromhex(b"".join(strings).decode("ascii"))


def _read_loose_text(match: re.Match[bytes], found: list[Instruction]) -> None:
    _read_text(match[0], found)


def _read_bare(match: re.Match[bytes], found: list[Instruction]) -> None:
    found.append(_BARE[match[0]])


def _begin_content(match: re.Match[bytes], found: list[Instruction]) -> None:
    found.append(("BDC", (match[6].decode("ascii"), {"/MCID": int(match[7])})))


def _begin_text(match: re.Match[bytes], found: list[Instruction]) -> None:
    text = pikepdf.String(bytes.fromhex(match[9].decode("ascii")))
    found.append(("BDC", (match[8].decode("ascii"), {"/ActualText": text})))


def _begin(match: re.Match[bytes], found: list[Instruction]) -> None:
    found.append(("BDC", (match[10].decode("ascii"), {})))


def _transform(match: re.Match[bytes], found: list[Instruction]) -> None:
    found.append(("cm", [float(number) for number in match[0].split()[:6]]))


def _draw(match: re.Match[bytes], found: list[Instruction]) -> None:
    found.append(("Do", (match[12].decode("ascii"),)))


# By the last group of the pattern.
_READERS = {
    3: _read_piece, 4: _read_loose_text, 5: _read_bare, 7: _begin_content, 9: _begin_text, 10: _begin, 11: _transform,
    12: _draw,
}  # fmt: skip
_OTHER = 13
