"""A module that is put off is imported when something of it is called, and not before."""

import subprocess
import sys

from imprint.base.putoff import put_off
from tests.papers import ENGINE

# `colorsys` stands for a module that takes long to import.
PUT_OFF = """
import sys
from imprint.base.putoff import put_off
with put_off("colorsys"):
    import colorsys as taken
    from colorsys import rgb_to_hls
print("colorsys" in sys.modules)
print(rgb_to_hls(1.0, 1.0, 1.0), "colorsys" in sys.modules)
import colorsys
print(taken.rgb_to_yiq(1, 1, 1) == colorsys.rgb_to_yiq(1, 1, 1), colorsys.__file__ is not None)
with put_off("colorsys"):
    import colorsys as again
print(again is colorsys)
"""


def test_it_is_imported_when_it_is_called() -> None:
    """Functions taken in the block are the module's own in the end; what is imported already is left alone."""
    done = subprocess.run([sys.executable, "-c", PUT_OFF], capture_output=True, text=True, cwd=ENGINE, check=True)
    assert done.stdout.splitlines() == ["False", "(0.0, 1.0, 0.0) True", "True True", "True"]


def test_it_has_nothing_that_python_asks_for() -> None:
    """It is no package, and has no names of Python's own: imports look for those."""
    assert "colorsys_" not in sys.modules
    with put_off("colorsys_"):
        assert not hasattr(sys.modules["colorsys_"], "__path__")
    assert "colorsys_" not in sys.modules
