"""Styles in, the font families that they name and no page has: the engine would take another face without a word."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from imprint.base.diagnostic import Diagnostics, Location

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DECLARED = re.compile(r"(?<![\w-])font(?:-family)?\s*:\s*([^;{}]*)")
# Several sizes and weights may stand before the first family of the shorthand; each is one of these.
_SHORTHAND = re.compile(r"^(?:(?:[\d.]\S*|normal|italic|bold|small-caps|calc\([^)]*\))\s+)+")
_KEYWORDS = frozenset({"inherit", "initial", "unset"})


def check_families(styles: Mapping[str, str], known: Collection[str], diagnostics: Diagnostics) -> None:
    """Keep an error for each family that `styles` (path → CSS) name by itself and that is not among `known`.

    A custom property (`var(--serif)`) and the keywords of CSS-wide inheritance are what a style should write.
    """
    for path, css in styles.items():
        bare = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), css)
        for found in _DECLARED.finditer(bare):
            at = Location(path, bare.count("\n", 0, found.start()) + 1)
            for family in _families(found[1]):
                if family not in known:
                    hint = "name var(--serif), var(--sans), var(--mono) or var(--display); docs/designers.md says why"
                    diagnostics.error("unknown-font", f"there is no font family '{family}'", at, hint)


def _families(value: str) -> list[str]:
    """The families of a declaration's value that are written out."""
    value = _SHORTHAND.sub("", value.replace("!important", "").strip())
    names = [part.strip().strip("\"'") for part in re.sub(r"var\([^)]*\)", "", value).split(",")]
    return [name for name in names if name and name not in _KEYWORDS]
