"""What a process that renders one edition again and again keeps in memory: its fonts, its pages and their drawing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

from imprint.paginate.fontconfig import private_fonts
from imprint.paginate.kept_drawing import KeptPieces
from imprint.paginate.kept_pages import KeptPages
from imprint.paginate.packing import packed_beside
from imprint.paginate.renumber import renumber_wardrobe
from imprint.paginate.wardrobe import Wardrobe


class Kept:
    """For one edition and target. What is rendered with it is, to the byte, what is rendered without."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._wardrobe: Wardrobe | None = None
        self._fonts: Any = None
        self._forget()

    def _forget(self) -> None:
        self._pages, self._pieces = KeptPages(), KeptPieces()

    def fonts(self, wardrobe: Wardrobe) -> Any:
        """`private_fonts` of the wardrobe. What was set in other faces is kept where only the numbers of their glyphs
        are others; else it is forgotten."""
        before, self._wardrobe = self._wardrobe, wardrobe
        faces = renumber_wardrobe(before, wardrobe) if before else None
        if faces is None:
            self._forget()
            self._fonts = None
        elif not faces:
            return self._fonts
        else:
            self._pieces.renumber(faces)
        self._stack.close()
        self._fonts = self._stack.enter_context(private_fonts(wardrobe, self._fonts))
        return self._fonts

    def laying_out(self, tree: Any, files: Mapping[str, bytes], sheet: str) -> Any:
        """`KeptPages.put_in`."""
        return self._pages.put_in(tree, files, sheet)

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """Within, a document is written."""
        with self._pieces.put_in(), packed_beside():
            yield

    def close(self) -> None:
        """Forget everything."""
        self._forget()
        self._wardrobe = self._fonts = None
        self._stack.close()
