"""Takes inline Markdown apart, in one pass: the tokens that a translation must keep, and the prose between them."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache

# Stands in the prose for a token that is no prose (code, a placeholder, a citation): it separates words.
MASK = "\ufffc"
# Stands for a footnote reference or a citation, which may follow the mark that ends a sentence.
NOTE = "\ufffb"

_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
# What ends a bare address: space, brackets, quotes and the full-width and Arabic marks that writers put after it.
_END = r"\s<>\[\](){}（）「」『』【】《》“”„‘’«»\"'`*，。、；：！？،؛؟۔।"
_DOMAINS = "com|org|net|int|gov|edu|info|io|app|dev|cn|eu|uk|de|fr|ru|in|jp|kr|tw|hk|br|id|vn|th|ua"
_FINDER = re.compile(
    r"(?P<code>`+)"
    r"|(?P<escape>\\[\\`*_{}\[\]()#+\-.!>|^@$<])"
    rf"|(?P<placeholder>\{{{_NAME}\}})"
    r"|(?P<autolink><(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>)"
    r"|(?P<html><!--|<!\[|<[/!?]?[A-Za-z][^<>]*>|<[/!?]?[A-Za-z][\w-]*)"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    rf"|(?P<url>(?<![A-Za-z])(?:https?|ftp|file|mailto|javascript|vbscript|data):[^{_END}]+"
    r"|(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    rf"|(?<![A-Za-z0-9@._-])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:{_DOMAINS})(?![A-Za-z0-9_-])(?:/[^{_END}]*)?)"
    r"|(?P<emphasis>\*+|_+)"
    r"|(?P<open>!?\[)"
    r"|(?P<close>\])"
)
_TARGET = re.compile(r"\s*(<[^<>]*>|\S*?)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*")
# What may stand at the end of a bare address without being part of it.
_TRAILING = ".,;:!?"
_FOOTNOTE = re.compile(r"\[\^([^\s\[\]^@]+)\]")
_CITATION = re.compile(r"\[(@[^\s\[\];@]+(?:\s*;\s*@[^\s\[\];@]+)*)\]")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of markup. `kind` is `code`, `link`, `reference` (a link without words, whose words the build writes),
    `image`, `footnote`, `citation`, `autolink`, `url`, `html`, `entity`, `placeholder`, `escape`, `strong` or
    `emphasis`; `value` is what must stay the same; `spans` are its places in the text (a link has two: its opening
    bracket, and everything from its closing one)."""

    kind: str
    value: str
    spans: tuple[tuple[int, int], ...]


class Inline:
    """One text, taken apart."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: tuple[Token, ...] = tuple(_tokens(text))

    def counts(self, *kinds: str) -> Counter[str]:
        """How often each value of these kinds occurs."""
        return Counter(token.value for token in self.tokens if token.kind in kinds)

    @cached_property
    def prose(self) -> str:
        """The words a reader reads: markup gone, and a mask where the build or the source speaks."""
        shown = {"escape": lambda v: v, "entity": _entity}
        pieces: list[str] = []
        last = 0
        for start, end, token in self.spans():
            pieces.append(self.text[last:start])
            if token.kind in shown:
                pieces.append(shown[token.kind](token.value))
            elif token.kind not in ("strong", "emphasis", "link", "image", "html"):
                pieces.append(NOTE if token.kind in ("footnote", "citation") else MASK)
            last = max(last, end)
        pieces.append(self.text[last:])
        return "".join(pieces)

    def spans(self) -> list[tuple[int, int, Token]]:
        """Every piece of markup with its place, in order."""
        return sorted(((s, e, token) for token in self.tokens for s, e in token.spans), key=lambda piece: piece[:2])


@lru_cache(maxsize=4096)
def parse_inline(text: str) -> Inline:
    """Take `text` apart, in time linear in its length (hostile input: `[`×20,000, `[a](b`×8,000).

    The syntax is that of the authors' guide: Python-Markdown's inline patterns, with citations, cross references and
    placeholders. Emphasis is paired as Python-Markdown does for sane input: `*` anywhere, `_` at word boundaries only.
    """
    return Inline(text)


def _entity(value: str) -> str:
    return html.unescape(value)


def _tokens(text: str) -> list[Token]:
    """The text's tokens: code first (nothing counts inside it), then all else from left to right."""
    scanner = _Scanner(text, _parentheses(text), _backticks(text))
    scanner.scan()
    return sorted(scanner.found, key=lambda token: token.spans)


def _parentheses(text: str) -> dict[int, int]:
    """The closing parenthesis of each opening one, found once so that unclosed ones cost nothing later."""
    stack: list[int] = []
    pairs: dict[int, int] = {}
    for match in re.finditer(r"\\.|[()]", text, re.DOTALL):
        if match[0] == "(":
            stack.append(match.start())
        elif match[0] == ")" and stack:
            pairs[stack.pop()] = match.start()
    return pairs


def _backticks(text: str) -> dict[int, int]:
    """The end of each code span, by its start: a run of backticks closes with the next run of the same length."""
    runs = [(m.start(), m.end()) for m in re.finditer(r"(?<!\\)`+", text)]
    places: dict[int, list[int]] = {}
    for index in range(len(runs) - 1, -1, -1):
        places.setdefault(runs[index][1] - runs[index][0], []).append(index)
    spans: dict[int, int] = {}
    index = 0
    while index < len(runs):
        start, end = runs[index]
        later = places[end - start]
        while later and later[-1] <= index:
            later.pop()
        if later:
            spans[start] = runs[later[-1]][1]
            index = later[-1]
        index += 1
    return spans


class _Scanner:
    """Walks over the text once, keeping open brackets and open emphasis on stacks."""

    def __init__(self, text: str, parentheses: dict[int, int], code: dict[int, int]) -> None:
        self.text = text
        self.parentheses = parentheses
        self.code = code
        self.found: list[Token] = []
        self.brackets: list[tuple[int, int]] = []
        self.emphasis: dict[str, list[tuple[int, int]]] = {"*": [], "_": []}

    def scan(self) -> None:
        text, position = self.text, 0
        while (match := _FINDER.search(text, position)) is not None:
            start, position = match.start(), match.end()
            kind = match.lastgroup or ""
            if kind == "code":
                position = self._code(start, position)
            elif kind == "open":
                position = self._open(start, position)
            elif kind == "close":
                position = self._close(start)
            elif kind == "emphasis":
                self._emphasis(match[0], start)
            elif kind == "url":
                position = start + len(match[0].rstrip(_TRAILING))
                self._add("url", text[start:position], start, position)
            else:
                value = match[0][1:] if kind == "escape" else match[0]
                self._add(kind, value, start, position)

    def _add(self, kind: str, value: str, *bounds: int) -> None:
        self.found.append(Token(kind, value, tuple(zip(bounds[::2], bounds[1::2], strict=True))))

    def _code(self, start: int, run: int) -> int:
        end = self.code.get(start)
        if end is None:
            return run
        self._add("code", self.text[start:end].strip("`").strip(), start, end)
        return end

    def _open(self, start: int, end: int) -> int:
        for kind, pattern in (("footnote", _FOOTNOTE), ("citation", _CITATION)):
            if match := pattern.match(self.text, start):
                value = match[1] if kind == "footnote" else "; ".join(p.strip() for p in match[1].split(";"))
                self._add(kind, value, start, match.end())
                return match.end()
        self.brackets.append((start, end))
        return end

    def _close(self, start: int) -> int:
        if not self.brackets:
            return start + 1
        opened, inside = self.brackets.pop()
        end = self.parentheses.get(start + 1) if self.text.startswith("(", start + 1) else None
        match = _TARGET.fullmatch(self.text, start + 2, end) if end is not None else None
        if end is None or match is None:
            return start + 1
        target = match[1].strip("<>")
        if self.text[opened] == "!":
            self._add("image", target, opened, inside, start, end + 1)
        elif inside == start:
            self._add("reference", target, opened, end + 1)
        else:
            self._add("link", target, opened, inside, start, end + 1)
        return end + 1

    def _emphasis(self, run: str, start: int) -> None:
        before = self.text[start - 1 : start]
        after = self.text[start + len(run) : start + len(run) + 1]
        if len(run) > 3 or ((not before or before.isspace()) and (not after or after.isspace())):
            return
        mark, left = run[0], len(run)
        word_before, word_after = before.isalnum(), after.isalnum()
        can_close = mark == "*" or not word_after
        can_open = mark == "*" or not word_before
        place, stack = start, self.emphasis[mark]
        while left and can_close and stack and stack[-1][0] <= left:
            size, opened = stack.pop()
            self._add("strong" if size == 2 else "emphasis", mark, opened, opened + size, place, place + size)
            place, left = place + size, left - size
        if left and can_open:
            for size in (2, 1) if left == 3 else (left,):
                stack.append((size, place))
                place += size
