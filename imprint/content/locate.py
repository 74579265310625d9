"""A Document in, where a character of it was first written out."""

from __future__ import annotations

from collections.abc import Callable

from imprint.base.diagnostic import Location
from imprint.content.document import Document
from imprint.content.tree import Text, Value, walk


def locate_characters(document: Document) -> Callable[[str], Location | None]:
    """Return the finder, for the errors about missing glyphs: a character's place, or None where nobody wrote it."""

    def locate(character: str) -> Location | None:
        for part in document.parts():
            for node in walk(part):
                if isinstance(node, Text) and character in node.text:
                    return node.message.at
                if isinstance(node, Value) and character in str(node.value):
                    return node.at
        return None

    return locate
