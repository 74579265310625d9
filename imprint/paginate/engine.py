"""The engine's door: which WeasyPrint our extensions fit, and a way to put them in for the time of one rendering."""

from __future__ import annotations

import ctypes.util
import importlib
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import ModuleType

from imprint.base.putoff import put_off
from imprint.paginate.replacement import replaced

# Each release renders differently, and the extensions below touch private functions that any release may change.
WEASYPRINT = "70.0"


# What WeasyPrint imports for variable fonts, for fonts of the web, for colour profiles, and for where there is no
# harfbuzz-subset. It calls what it takes of them, and no edition for the screen makes it.
_RARE = ("fontTools.subset", "fontTools.ttLib.woff2", "fontTools.varLib.instancer", "PIL.ImageCms")


class WrongEngine(Exception):
    """The installed WeasyPrint is not the one that the extensions were written for. A bug of the environment."""


def import_engine() -> ModuleType:
    """WeasyPrint, imported without what no edition needs: a third of the import (0.3 s of 0.9 s), and then a quarter.

    It tries other systems' names of each library before the one that Linux has, and for each that it cannot open cffi
    asks `ctypes.util.find_library`, which runs ldconfig, gcc and ld. What the dynamic linker opens by its Linux name
    needs no search. And of fontTools it takes parts at once that it calls for other fonts than ours.
    """
    if "weasyprint" in sys.modules:
        return importlib.import_module("weasyprint")
    with ExitStack() as stack:
        stack.enter_context(put_off(*_RARE))
        if sys.platform == "linux":
            stack.enter_context(replaced(ctypes.util, "find_library", lambda name: None))
        return importlib.import_module("weasyprint")


@contextmanager
def extended_engine() -> Iterator[None]:
    """Everything that we add to WeasyPrint, put in on entry and taken out on exit. Raises WrongEngine."""
    weasyprint = import_engine()
    if weasyprint.__version__ != WEASYPRINT:
        raise WrongEngine(f"WeasyPrint {weasyprint.__version__} is installed, {WEASYPRINT} is needed")
    # Late, for each of them imports WeasyPrint.
    from imprint.paginate.breaking import sound_breaks
    from imprint.paginate.clusters import exact_text
    from imprint.paginate.figure_draw import whole_line_labels
    from imprint.paginate.justify import inter_character_justification
    from imprint.paginate.painting import ordered_painting
    from imprint.paginate.progress import noted_progress
    from imprint.paginate.quicken import quick_engine
    from imprint.paginate.streams import unambiguous_streams
    from imprint.paginate.strings import whole_strings
    from imprint.paginate.structure import sound_structure

    with ExitStack() as stack:
        for extension in (
            inter_character_justification, exact_text, whole_line_labels, unambiguous_streams, whole_strings,
            sound_structure, ordered_painting, sound_breaks, quick_engine, noted_progress,
        ):  # fmt: skip
            stack.enter_context(extension())
        yield
