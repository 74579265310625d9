"""Lines of Chinese and Japanese that begin or end with a character that may not stand there."""

from __future__ import annotations

from collections.abc import Iterator

from imprint.paginate.layout.finding import Finding, error, quoted
from imprint.paginate.layout.script import is_east_asian
from imprint.paginate.layout.tree import Laid, Line, Node, Piece

# JLREQ (W3C Note, 3.1.7 and appendix A) cl-02 to cl-07, and CLREQ (W3C Note, 3.1.3): closing brackets and quotes,
# dividing marks, middle dots, full stops and commas, hyphens and solidus.
_NOT_FIRST = frozenset(
    "’”）〕］｝〉》」』】⦆〙〗»〟﹂﹄︶︸︺︼︾﹀)]}？！‼⁇⁈⁉?!・：；·‧:;。．.、，,﹐﹑﹒﹔﹕﹖﹗〜～‐゠–％‰℃°"
)
# JLREQ cl-09 to cl-11: iteration marks, the prolonged sound mark, small kana (strict rule).
_NOT_FIRST_JAPANESE = frozenset(
    "ヽヾゝゞ々〻ーぁぃぅぇぉァィゥェォっゃゅょゎゕゖッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
)
# JLREQ cl-01 and CLREQ 3.1.3: opening brackets and quotes; cl-12: signs before a number.
_NOT_LAST = frozenset("‘“（〔［｛〈《「『【⦅〘〖«〝﹁﹃︵︷︹︻︽︿([{￥＄￡＃№")
# JLREQ cl-08 and CLREQ 3.1.6: two of these are one mark, never divided.
_WHOLE = frozenset("—…‥⸺―")
_SPACES = " \t\u00a0\u2009\u200a\u200b\u2060\ufeff"
_HINT = "a break was allowed or forced beside the mark (an inline box, U+200B, <br>): take it away"


def find_forbidden_breaks(laid: Laid) -> Iterator[Finding]:
    """Yield `line-start-forbidden`, `line-end-forbidden` and `dash-divided`."""
    for page in laid.pages:
        for node in page.boxes:
            several = len(node.lines) > 1 or node.continued or node.continues
            if several and node.lines and is_east_asian(node.style["lang"]):
                yield from _check(node, page.number)


def _check(node: Node, page: int) -> Iterator[Finding]:
    japanese = (node.style["lang"] or "").lower().startswith("ja")
    previous = ""
    for position, line in enumerate(node.lines):
        text = _drawn(line)
        if not text:
            previous = ""
            continue
        first, last = text[0], text[-1]
        begins = position > 0 or node.continued
        if begins and (first in _NOT_FIRST or (japanese and first in _NOT_FIRST_JAPANESE)):
            message = f"a line begins with ‘{first}’: {quoted(text)}"
            yield error("line-start-forbidden", page, message, node.words, _HINT)
        ends = position + 1 < len(node.lines) or node.continues
        if ends and last in _NOT_LAST:
            message = f"a line ends with ‘{last}’: {quoted(text[-16:])}"
            yield error("line-end-forbidden", page, message, node.words, _HINT)
        if first in _WHOLE and first == previous:
            message = f"the mark ‘{first}{first}’ is divided: {quoted(text)}"
            yield error("dash-divided", page, message, node.words, _HINT)
        previous = last if line.soft else ""


def _drawn(line: Line) -> str:
    """The line's text, without spaces at its ends and without the numbers that call a footnote."""
    parts = (
        item.text if isinstance(item, Piece) else item.words
        for item in line.items
        if not (isinstance(item, Piece) and (item.box.element_tag or "").endswith("::footnote-call"))
    )
    return "".join(parts).strip(_SPACES)
