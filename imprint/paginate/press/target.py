"""The print shop as a target of pagination: PDF/X-4 for one printing condition."""

from __future__ import annotations

from functools import partial

from imprint.paginate.press.condition import Condition
from imprint.paginate.press.engine import separated
from imprint.paginate.press.finish import FOLD, press_finisher
from imprint.paginate.press.separate import Separator
from imprint.paginate.target import Target


def press_target(condition: Condition) -> Target:
    """PDF/X-4 (ISO 15930-7): CMYK for the condition, bleed and marks, pages in fours."""
    options = {"pdf_variant": "pdf/x-4", "pdf_tags": False, "output_intent": "device-cmyk"}
    extension = partial(separated, Separator(condition))
    return Target(options, partial(press_finisher, condition), extension, FOLD)
