"""English abbreviations whose point ends no sentence."""

from __future__ import annotations

ABBREVIATIONS = frozenset(
    "eg ie cf vs etc inc ltd co corp no nos fig figs approx dept art sec ch vol pp ed eds al est mr mrs ms dr prof st "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
