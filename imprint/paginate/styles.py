"""Styles in, what would keep the engine busy for ever out: imports that multiply, custom properties that swell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import urljoin

import tinycss2

from imprint.base.diagnostic import Diagnostics, Location
from imprint.paginate.fetch import BASE, path_of

# So many sheets at most are read for one, each counted as often as it is imported.
IMPORTS_LIMIT = 100
# So many component values (CSS Syntax 3, 5) at most in a declaration, with all that its var() stand for.
VALUES_LIMIT = 10_000
# Where the styles of a page come from.
FOLDER = "templates"
# In the place of a sheet's path: the page itself.
_PAGE = ""


def in_templates(_: str) -> Location:
    """Where styles of a page are written, if no more is known."""
    return Location(FOLDER)


def check_styles(
    styles: Mapping[str, str],
    diagnostics: Diagnostics,
    *,
    inline: Sequence[str] = (),
    locate: Callable[[str], Location] = in_templates,
) -> None:
    """Keep an error for each sheet of `styles` (path → CSS) that imports itself or too many, and for the first
    declaration that is too large when its custom properties are put in.

    `inline` is the CSS in the page itself; `locate` tells where words of it stand in a template. Every declaration of a
    name counts, whatever its selector: the size is the largest that it can have on an element.
    """
    sheets = {path: tinycss2.parse_component_value_list(css, skip_comments=True) for path, css in styles.items()}
    # Each piece ends by itself: an attribute's last declaration needs no semicolon.
    own = "\n;".join(css for css in inline if "--" in css or "@" in css)
    sheets[_PAGE] = tinycss2.parse_component_value_list(own, skip_comments=True)
    places: dict[str, _Places] = {path: partial(_in_sheet, path) for path in styles}
    places[_PAGE] = lambda _, words: locate(words)
    imports = {path: list(_imports(path, tokens, styles, places[path])) for path, tokens in sheets.items()}
    counts: dict[str, int] = {}
    for path in imports:
        _count_sheets(path, imports, (), counts, diagnostics)
    declared = [found for path, tokens in sheets.items() for found in _declarations(tokens, places[path])]
    _check_sizes(declared, diagnostics)


# Where the words in a line of a sheet are written.
_Places = Callable[[int, str], Location]


def _in_sheet(path: str, line: int, _: str) -> Location:
    return Location(f"{FOLDER}/{path}", line)


class _Import(NamedTuple):
    path: str
    at: Callable[[], Location]


def _imports(path: str, tokens: Sequence[Any], known: Mapping[str, object], places: _Places) -> Iterator[_Import]:
    """The sheets among the known that the sheet imports; any other address is the fetcher's to refuse."""
    solid = [token for token in tokens if token.type != "whitespace"]
    for token, after in pairwise(solid):
        if token.type != "at-keyword" or token.lower_value != "import":
            continue
        named = after.arguments[0] if after.type == "function" and after.arguments else after
        if named.type in ("string", "url") and (found := path_of(urljoin(BASE + path, named.value))) in known:
            yield _Import(str(found), partial(places, token.source_line, "@import"))


def _count_sheets(
    path: str,
    imports: Mapping[str, Sequence[_Import]],
    above: tuple[str, ...],
    counts: dict[str, int],
    diagnostics: Diagnostics,
) -> int:
    """How many sheets are read for this one, itself among them; `above` are those that lead to it."""
    if path in counts:
        return counts[path]
    count = 1
    for imported in imports[path]:
        chain = (*above, path)
        if imported.path in chain:
            circle = " → ".join([*chain[chain.index(imported.path) :], imported.path])
            hint = "take the @import out"
            diagnostics.error("import-circle", f"the style imports itself: {circle}", imported.at(), hint)
            continue
        count += _count_sheets(imported.path, imports, chain, counts, diagnostics)
        if count > IMPORTS_LIMIT:
            reason = f"the style imports more than {IMPORTS_LIMIT} sheets, each counted as often as it is read"
            diagnostics.error("too-complex", reason, imported.at(), "import each sheet once")
            count = 1  # said once, not for every sheet above as well
            break
    counts[path] = count
    return count


class _Declaration(NamedTuple):
    name: str
    values: Sequence[Any]
    at: Callable[[], Location]


def _declarations(tokens: Sequence[Any], places: _Places) -> Iterator[_Declaration]:
    """Every declaration of a sheet or block, at any depth. What a selector looks like (`a:hover`) is harmless."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        index += 1
        if token.type == "{} block":
            yield from _declarations(token.content, places)
        elif token.type == "ident" and (start := _after_colon(tokens, index)):
            own = token.value.startswith("--")  # such a value may hold blocks
            index = start
            while index < len(tokens) and tokens[index] != ";" and (own or tokens[index].type != "{} block"):
                index += 1
            at = partial(places, token.source_line, token.value)
            yield _Declaration(token.value, tokens[start:index], at)


def _after_colon(tokens: Sequence[Any], index: int) -> int:
    """The index after the colon that follows; 0 where none does."""
    while index < len(tokens) and tokens[index].type == "whitespace":
        index += 1
    return index + 1 if index < len(tokens) and tokens[index] == ":" else 0


def _check_sizes(declared: Sequence[_Declaration], diagnostics: Diagnostics) -> None:
    """Put sizes in until none grows. A name may refer to itself by way of others (each on another element): so many
    rounds as there are names, and only what multiplies passes the limit."""
    measured = [(declaration, *_measure(declaration.values)) for declaration in declared]
    sizes: dict[str, int] = {}
    for _ in range(1 + len({declaration.name for declaration in declared})):
        before = dict(sizes)
        for declaration, own, uses in measured:
            size = own + sum(sizes.get(name, 0) for name in uses)
            if size > VALUES_LIMIT:
                reason = f"the value of '{declaration.name}' grows to more than {VALUES_LIMIT:,} parts"
                hint = "custom properties that hold others many times multiply: write the value out"
                diagnostics.error("too-complex", reason, declaration.at(), hint)
                return
            if declaration.name.startswith("--"):
                sizes[declaration.name] = max(size, sizes.get(declaration.name, 0))
        if sizes == before:
            return


def _measure(values: Sequence[Any]) -> tuple[int, list[str]]:
    """How many component values there are, at any depth, and the names that var() puts in."""
    count, uses, left = 0, [], list(values)
    while left:
        token = left.pop()
        count += token.type != "whitespace"
        inner = token.arguments if token.type == "function" else getattr(token, "content", ())
        left += inner
        if token.type == "function" and token.lower_name == "var":
            uses += [part.value for part in inner if part.type == "ident"][:1]
    return count, uses
