"""Blocks (`/// name | argument`): found and checked line by line, then handed to pymdown's parser without options."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markdown import Markdown

from imprint.base.diagnostic import Diagnostics, Location
from imprint.base.putoff import put_off
from imprint.content.toml import suggest

# For options of blocks, which are read here.
with put_off("yaml"):
    from pymdownx.blocks import BlocksExtension
    from pymdownx.blocks.block import Block

CALLOUTS = ("note", "tip", "warning", "example", "definition", "summary")
DEPTH_LIMIT = 12
# pymdown's parser takes more than linear time for many.
COUNT_LIMIT = 1_000

_OPEN = re.compile(r"^ {0,3}(/{3,})[ ]*([\w-]+)[ ]*(?:\|[ ]*(.*?)[ ]*)?$")
_CLOSE = re.compile(r"^ {0,3}(/{3,})[ ]*$")
_OPTION = re.compile(r"^ {4}([a-z][a-z-]*):(?:[ ]+(.*))?$")
_CONTINUED = re.compile(r"^ {5,}(\S.*)$")


@dataclass(frozen=True, slots=True)
class BlockKind:
    """What a block takes: an argument (`no`, `may`, `must`) and options."""

    argument: str = "no"
    options: frozenset[str] = frozenset()


KINDS: Mapping[str, BlockKind] = {
    "region": BlockKind("must"),
    "figure": BlockKind("must", frozenset({"id", "alt"})),
    "table": BlockKind("may", frozenset({"id"})),
    "translators": BlockKind("must"),
    "untranslated": BlockKind(),
    "glossary": BlockKind(),
    "sources": BlockKind(),
    **{name: BlockKind("may", frozenset({"id"})) for name in CALLOUTS},
}


@dataclass(slots=True)
class Opening:
    """A block's opening line, with the options that stood under it."""

    name: str
    argument: str
    at: Location
    slashes: int
    options: dict[str, str] = field(default_factory=dict)


def scan_blocks(lines: Sequence[str], path: str, diagnostics: Diagnostics) -> tuple[list[str], list[Opening]]:
    """Return the lines with every option line blanked, and the openings in order; slips are kept as errors.

    Options are plain `key: value` and no YAML: a colon in an alt text is no slip, and there is no YAML bomb.
    """
    kept: list[str] = []
    openings: list[Opening] = []
    stack: list[Opening] = []
    collecting: tuple[Opening, str] | None = None
    for number, line in enumerate(lines, 1):
        at = Location(path, number)
        if collecting is not None:
            collecting = _option(line, collecting, at, diagnostics)
            if collecting is not None:
                kept.append("")
                continue
        if found := _OPEN.match(line):
            opening = Opening(found[2].lower(), found[3] or "", at, len(found[1]))
            _check(opening, diagnostics)
            openings.append(opening)
            stack.append(opening)
            collecting = (opening, "")
        elif found := _CLOSE.match(line):
            _close(stack, len(found[1]), at, diagnostics)
        kept.append(line)
        if len(stack) > DEPTH_LIMIT:
            diagnostics.error("too-deep", "blocks nested too deeply", at, "flatten them")
            return [], []
        if len(openings) > COUNT_LIMIT:
            diagnostics.error("too-complex", f"more than {COUNT_LIMIT} blocks", at, "break the chapter up")
            return [], []
    for opening in stack:
        slashes = "/" * opening.slashes
        diagnostics.error("unclosed-block", f"the block '{opening.name}' is not closed", opening.at, f"add {slashes}")
    return kept, openings


def _option(
    line: str, collecting: tuple[Opening, str], at: Location, diagnostics: Diagnostics
) -> tuple[Opening, str] | None:
    """Take one option line (or its continuation) into the opening; None where the options have ended."""
    opening, last = collecting
    if found := _OPTION.match(line):
        name, value = found[1], found[2] or ""
        kind = KINDS.get(opening.name)
        if kind is not None and name not in kind.options:
            hint = suggest(name, kind.options) or "it has no options"
            diagnostics.error("unknown-option", f"'{name}' is no option of the block '{opening.name}'", at, hint)
        elif name in opening.options:
            diagnostics.error("duplicate-option", f"'{name}' stands twice", at, "keep one of them")
        opening.options[name] = value.strip()
        return opening, name
    if last and (found := _CONTINUED.match(line)):
        opening.options[last] = f"{opening.options[last]} {found[1].strip()}".strip()
        return opening, last
    return None


def _check(opening: Opening, diagnostics: Diagnostics) -> None:
    kind = KINDS.get(opening.name)
    if kind is None:
        hint = suggest(opening.name, KINDS)
        diagnostics.error("unknown-block", f"there is no block '{opening.name}'", opening.at, hint)
    elif kind.argument == "must" and not opening.argument:
        hint = f"write /// {opening.name} | …"
        diagnostics.error("block-argument", f"the block '{opening.name}' needs an argument", opening.at, hint)
    elif kind.argument == "no" and opening.argument:
        diagnostics.error("block-argument", f"the block '{opening.name}' takes no argument", opening.at, "delete it")


def _close(stack: list[Opening], slashes: int, at: Location, diagnostics: Diagnostics) -> None:
    """Close the innermost block of that many slashes; those inside it that are still open are slips."""
    if not any(opening.slashes == slashes for opening in stack):
        diagnostics.error("stray-close", f"{'/' * slashes} closes nothing", at, "delete it, or open a block above it")
        return
    while stack[-1].slashes != slashes:
        opening = stack.pop()
        hint = f"add {'/' * opening.slashes} before line {at.line}"
        diagnostics.error("unclosed-block", f"the block '{opening.name}' is not closed", opening.at, hint)
    stack.pop()


class _Marked(Block):  # type: ignore[misc]  # pymdown ships no types
    """A block that becomes an element `x-NAME` carrying its argument; its content is parsed as blocks."""

    ARGUMENT = None

    def on_markdown(self) -> str:
        return "block"

    def on_create(self, parent: etree.Element) -> etree.Element:
        return etree.SubElement(parent, f"x-{self.NAME}")


class BlockSyntax(BlocksExtension):  # type: ignore[misc]  # as above
    """Registers every block kind with pymdown's block parser."""

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: object) -> None:  # noqa: N802 (pymdown's name)
        """Called by pymdown when the parser is made."""
        for name in KINDS:
            block_mgr.register(type(f"Block_{name}", (_Marked,), {"NAME": name}), {})  # type: ignore[attr-defined]
