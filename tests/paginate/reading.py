"""Reads what a PDF's content streams draw, by ToUnicode and ActualText: a second opinion, from ISO 32000-1, 9.10."""

import io
import re
from typing import Any

import pikepdf


def drawn_text(data: bytes, rtl: bool = False) -> str:
    """The text of all pages in reading order; marked units give their ActualText instead of their glyphs'.

    A line is drawn from left to right; where it is read from right to left, its units are turned round.
    """
    pdf = pikepdf.open(io.BytesIO(data))
    lines = [line for page in pdf.pages for line in _lines(page)]
    return "\n".join("".join(reversed(line) if rtl else line) for line in lines)


def _lines(page: pikepdf.Page) -> list[list[str]]:
    maps = {name: _unicode_map(font) for name, font in page.Resources.Font.items()}
    current: dict[int, str] = {}
    stack: list[bool] = []
    lines: list[list[str]] = [[]]
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "BDC" | "BMC":
                actual = operands[1].get("/ActualText") if len(operands) > 1 else None
                if actual is not None:
                    lines[-1].append(str(actual))
                stack.append(actual is not None)
            case "EMC":
                stack.pop()
            case "Tm":
                lines.append([])
            case "Tf":
                current = maps[str(operands[0])]
            case "TJ" if not any(stack):
                for part in operands[0]:
                    if isinstance(part, pikepdf.String):
                        codes = bytes(part)
                        pairs = (int.from_bytes(codes[i : i + 2], "big") for i in range(0, len(codes), 2))
                        lines[-1] += [current.get(code, "\ufffd") for code in pairs]
    return lines


def _unicode_map(font: pikepdf.Object) -> dict[int, str]:
    entries = re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]*)>", font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in entries}
