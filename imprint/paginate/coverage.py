"""Coverage: every character that an edition draws has a glyph in one of its faces, or the edition is refused."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from imprint.base.diagnostic import Diagnostics, Location
from imprint.paginate.characters import Characters
from imprint.paginate.wardrobe import Wardrobe


def check_coverage(
    characters: Characters,
    wardrobe: Wardrobe,
    locate: Callable[[str], Location | None],
    diagnostics: Diagnostics,
) -> None:
    """Add an error for each drawn character that no face of the edition's text stack covers in every weight.

    `locate` tells where in the sources a character was written (None: nobody knows).
    """
    families = frozenset(family for stack in wardrobe.stacks() for family in stack)
    regular = [prepared.coverage for prepared in wardrobe.faces if prepared.face.family in families]
    covered = frozenset[int]().union(*regular)
    for character in sorted(characters.drawn):
        if ord(character) not in covered:
            name = unicodedata.name(character, "unnamed")
            message = f"no font has a glyph for U+{ord(character):04X} {name} ‘{character}’"
            hint = "write it another way, or draw it in a figure"
            diagnostics.error("missing-glyph", message, locate(character), hint)
