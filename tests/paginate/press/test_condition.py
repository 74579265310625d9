"""The printing condition: the paper's own comes first, and a slip in it is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from imprint.base.diagnostic import Diagnostics
from imprint.base.sources import Sources
from imprint.paginate.press.condition import load_condition
from tests.paginate.press.conftest import ROOT

PROFILE = '[profile]\nfile = "ISOcoated_v2_300_bas.icc"\ncondition = "FOGRA39"\n'


def sources(folder: Path, **files: bytes) -> Sources:
    overlay = {f"templates/press/{name.replace('_', '.')}": data for name, data in files.items()}
    return Sources({"paper": folder, "engine": ROOT}, overlay)


def test_the_papers_own(tmp_path: Path) -> None:
    """A paper that has its own press.toml gets its colours, and the engine's profile of the name."""
    settings = f'{PROFILE}[colours]\n"#0F5C6E" = [100, 0, 0, 50.5]\n'.encode()
    found = load_condition(sources(tmp_path, press_toml=settings), Diagnostics())
    assert found is not None
    assert found.palette == {"#0f5c6e": (1, 0, 0, 0.505)}
    assert found.profile[16:20] == b"CMYK"


def test_the_digest_is_of_everything(tmp_path: Path) -> None:
    """Another colour gives another digest: proven pages are not used again for it."""
    texts = (f'{PROFILE}[colours]\n"#0f5c6e" = [{cyan}, 0, 0, 0]\n'.encode() for cyan in (90, 91))
    digests = set()
    for text in texts:
        found = load_condition(sources(tmp_path, press_toml=text), Diagnostics())
        assert found is not None
        digests.add(found.digest())
    assert len(digests) == 2


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        (f'{PROFILE}[colours]\n"#102030" = [100, 90, 80, 30]\n', "press-ink", 5),
        (f'{PROFILE}[colours]\n"#102030" = [100, 90, 80]\n', "bad-value", 5),
        (f'{PROFILE}[colours]\n"#102030" = [101, 0, 0, 0]\n', "bad-value", 5),
        (f'{PROFILE}[colours]\n"navy" = [100, 0, 0, 0]\n', "bad-value", 5),
        (PROFILE.replace("ISOcoated_v2_300_bas", "mine"), "missing-file", 2),
        (PROFILE.replace("ISOcoated_v2_300_bas.icc", "../../secret.icc"), "bad-value", 2),
        (PROFILE.replace("condition", "conditoin"), "unknown-key", 3),
        (PROFILE.replace('"FOGRA39"', ""), "toml", 3),
    ],
)
def test_slips(tmp_path: Path, text: str, rule: str, line: int) -> None:
    """Too much ink, a colour that is none, a profile that is not there: an error at its line."""
    diagnostics = Diagnostics()
    assert load_condition(sources(tmp_path, press_toml=text.encode()), diagnostics) is None
    places = [(error.rule, error.at.line) for error in diagnostics.errors if error.at]
    assert (rule, line) in places


@pytest.mark.parametrize("data", [b"", b"no profile", bytes(128)])
def test_no_profile_of_a_press(tmp_path: Path, data: bytes) -> None:
    """A file that is no profile of a CMYK press is refused."""
    diagnostics = Diagnostics()
    text = PROFILE.replace("ISOcoated_v2_300_bas", "mine").encode()
    assert load_condition(sources(tmp_path, press_toml=text, mine_icc=data), diagnostics) is None
    assert [error.rule for error in diagnostics.errors] == ["press-profile"]
