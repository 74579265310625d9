"""The printing condition, from `templates/press`: which press the file is for, and the design's colours as inks."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from pydantic import Field

from imprint.base.diagnostic import Diagnostics
from imprint.base.sources import Absent, Sources
from imprint.content.models import Strict
from imprint.content.toml import TomlFile, convert_toml, load_toml
from imprint.markup.templates import ROOTS

FOLDER = "press"
SETTINGS = "press.toml"

# Cyan, magenta, yellow and black, each from 0 to 1.
Inks: TypeAlias = tuple[float, float, float, float]
# Percent of all inks together: more does not dry (ISO 12647-2; our preflight refuses it too).
INK_LIMIT = 300

_Percent = Annotated[float, Field(ge=0, le=100, strict=False)]
_Hex = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]


class _ProfileTable(Strict):
    file: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*\.ic[cm]$")]
    condition: Annotated[str, Field(min_length=1)]
    registry: str = "http://www.color.org"
    text: str = ""


class _PressTable(Strict):
    profile: _ProfileTable
    colours: dict[_Hex, Annotated[list[_Percent], Field(min_length=4, max_length=4)]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Condition:
    """`profile` is a CMYK ICC profile; `name` the condition's in `registry`; `palette` has inks by `#rrggbb`."""

    profile: bytes
    name: str
    registry: str
    text: str
    palette: Mapping[str, Inks]

    def digest(self) -> str:
        """SHA-256 of all of it: what the inks of a page depend on."""
        facts = (self.name, self.registry, self.text, sorted(self.palette.items()))
        return hashlib.sha256(self.profile + repr(facts).encode()).hexdigest()


def load_condition(sources: Sources, diagnostics: Diagnostics) -> Condition | None:
    """Read `press.toml` and its profile, the paper's own where it has them. None, with errors kept, where they fail."""
    file = load_toml(sources, _find(sources, SETTINGS), diagnostics)
    settings = convert_toml(file, _PressTable, diagnostics) if file else None
    if file is None or settings is None:
        return None
    profile = _load_profile(sources, file, settings.profile.file, diagnostics)
    palette = _palette(file, settings, diagnostics)
    if profile is None or palette is None:
        return None
    table = settings.profile
    return Condition(profile, table.condition, table.registry, table.text, palette)


def _find(sources: Sources, name: str) -> str:
    """The path of a file of the folder: the paper's own, else the engine's."""
    own, common = (f"{root}/{FOLDER}/{name}" for root in ROOTS)
    return own if sources.exists(own) else common


def _load_profile(sources: Sources, file: TomlFile, name: str, diagnostics: Diagnostics) -> bytes | None:
    """The profile's bytes, if its header says CMYK and a printer's (ICC.1, 7.2): another cannot be an output intent."""
    at = file.at("profile", "file")
    try:
        data = sources.read_bytes(_find(sources, name))
    except Absent:
        diagnostics.error("missing-file", f"the profile {name} is missing", at, "put it beside press.toml")
        return None
    if data[36:40] != b"acsp" or data[12:16] != b"prtr" or data[16:20] != b"CMYK":
        hint = "ask the print shop for the ICC profile of its press"
        diagnostics.error("press-profile", f"{name} is no ICC profile of a CMYK press", at, hint)
        return None
    return data


def _palette(file: TomlFile, settings: _PressTable, diagnostics: Diagnostics) -> Mapping[str, Inks] | None:
    palette: dict[str, Inks] = {}
    heavy = False
    for colour, (cyan, magenta, yellow, black) in settings.colours.items():
        total = cyan + magenta + yellow + black
        if total >= INK_LIMIT:
            heavy = True
            message, hint = f"{colour} has {total:.0f} % of ink", f"take some out: less than {INK_LIMIT} % dries"
            diagnostics.error("press-ink", message, file.at("colours", colour), hint)
        palette[colour.lower()] = (cyan / 100, magenta / 100, yellow / 100, black / 100)
    return None if heavy else palette
