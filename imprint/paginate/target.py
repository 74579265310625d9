"""What a PDF is made for: the variant, what is added to the engine meanwhile, and the finishing touches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from imprint.paginate.finish import VARIANT, finisher

# Called with (weasyprint Document, pydyf.PDF) before the file is written.
Finisher = Callable[[Any, Any], None]


@dataclass(frozen=True, slots=True)
class Target:
    """`options` are WeasyPrint's; `finisher` makes the finisher, given the id of the element where arabic folios begin.

    `extension` is entered around rendering, inside what is always added to the engine. The finisher fills the pages up
    to a multiple of `fold`.
    """

    options: Mapping[str, Any]
    finisher: Callable[[str], Finisher]
    extension: Callable[[], AbstractContextManager[None]] = field(default=nullcontext)
    fold: int = 1

    def count(self, pages: int) -> int:
        """How many pages the file has when `pages` were laid out."""
        return pages + -pages % self.fold


# An archive's and a reader's: PDF/A-2a and PDF/UA-1 in one file.
SCREEN = Target({"pdf_variant": VARIANT, "pdf_tags": True, "output_intent": "srgb"}, finisher)
