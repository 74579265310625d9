"""Drawing instructions of the plain form that WeasyPrint writes, read by one pattern: three times as fast as by qpdf.

A stream that has anything else (a string in parentheses, a comment, an inline image, an operator or a dictionary that
is not listed here) is not read at all: the caller then has qpdf parse it, which also says what is damaged.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

import pikepdf

# An operator and its operands, as pikepdf would give them but for strings (bytes), names (str) and dictionaries (dict).
Instruction: TypeAlias = tuple[str, Any]

_NAME = rb"/[\w.+-]++"
# What changes neither text, nor fonts, nor where a picture stands; whole lines of it in one match. Numbers are not
# looked at closely: what is none is an operator that no reader knows, to qpdf as to us.
_SKIPPED = (
    rb"(?:[-\d. ]*+(?:BT|ET|Tm|rg|RG|re|[mlchwSsdJjMnWfBbgGkKi]|[WfBb]\*|T[rsczwLdD]|T\*)"
    rb"|%(name)s (?:gs|cs|CS|sh|ri)"
    rb"|\[[-\d. ]*+\] [-\d.]++ d)\n"
)
# Possessive throughout, so that no hostile stream makes the pattern try again.
_PLAIN = re.compile(
    (
        rb"(?:" + _SKIPPED + rb")++"
        rb"|()\[[-\d. \n]*+(?:<[0-9a-fA-F]*+>[-\d. \n]*+)*+\] TJ\n"
        rb"|(%(name)s) [-\d.]++ Tf\n"
        rb"|()(?:EMC|q|Q)\n"
        rb"|(%(name)s)\n<</MCID (\d{1,9}+)>>\nBDC\n"
        rb"|(%(name)s) <</ActualText <((?:[0-9A-F]{2})++)>>> BDC\n"
        rb"|(%(name)s)\n(?:<</Type /\w++>>\nBDC|BMC)\n"
        rb"|((?:[-\d.]++ ){6})cm\n"
        rb"|(%(name)s) Do\n"
    )
    % {b"name": _NAME}
)
_HEX = re.compile(rb"<([0-9a-fA-F]++)>")


def read_plain(data: bytes) -> list[Instruction] | None:
    """The instructions for text, fonts, marked contents, pictures and states; None for a stream of another form."""
    if not data.endswith(b"\n"):
        data += b"\n"
    found: list[Instruction] = []
    at = 0
    while at < len(data):
        # Not `finditer`: it would look for the next instruction through all of a stream that is not of this form.
        match = _PLAIN.match(data, at)
        if match is None:
            return None
        at = match.end()
        index = match.lastindex
        if index is not None:
            found.append(_READERS[index](match))
    return found


def _show(match: re.Match[bytes]) -> Instruction:
    strings = _HEX.findall(match[0])
    if any(len(digits) % 2 for digits in strings):
        # The last digit that is missing is 0 (ISO 32000-1, 7.3.4.3).
        strings = [digits + b"0" * (len(digits) % 2) for digits in strings]
    return "TJ", (bytes.fromhex(b"".join(strings).decode("ascii")),)


def _set_font(match: re.Match[bytes]) -> Instruction:
    return "Tf", (match[2].decode("ascii"),)


def _begin_content(match: re.Match[bytes]) -> Instruction:
    return "BDC", (match[4].decode("ascii"), {"/MCID": int(match[5])})


def _begin_text(match: re.Match[bytes]) -> Instruction:
    text = pikepdf.String(bytes.fromhex(match[7].decode("ascii")))
    return "BDC", (match[6].decode("ascii"), {"/ActualText": text})


def _begin(match: re.Match[bytes]) -> Instruction:
    return "BDC", (match[8].decode("ascii"), {})


def _transform(match: re.Match[bytes]) -> Instruction:
    return "cm", [float(number) for number in match[9].split()]


def _draw(match: re.Match[bytes]) -> Instruction:
    return "Do", (match[10].decode("ascii"),)


def _bare(match: re.Match[bytes]) -> Instruction:
    return match[0][:-1].decode("ascii"), ()


# By the last group of the pattern.
_READERS = {1: _show, 2: _set_font, 3: _bare, 5: _begin_content, 7: _begin_text, 8: _begin, 9: _transform, 10: _draw}
