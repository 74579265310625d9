"""The engine's door."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.papers import ENGINE

WATCHED = """
import subprocess
started = []
original = subprocess.Popen.__init__
def watched(self, command, *rest, **options):
    started.append(command)
    original(self, command, *rest, **options)
subprocess.Popen.__init__ = watched
from imprint.paginate.engine import WEASYPRINT, import_engine
import ctypes.util
search = ctypes.util.find_library
print(import_engine().__version__ == WEASYPRINT, ctypes.util.find_library is search, started)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the libraries are found by a search")
def test_importing_asks_no_compiler() -> None:
    """The import runs no other program, and leaves the search for libraries as it was."""
    done = subprocess.run([sys.executable, "-c", WATCHED], capture_output=True, text=True, cwd=ENGINE, check=False)
    assert (done.stdout, done.stderr) == ("True True []\n", "")


# The engine's own module for fonts, before and after it has called what is put off.
PUT_OFF = """
import sys
from imprint.paginate.engine import import_engine
import_engine()
from weasyprint.pdf import fonts
rare = (
    "fontTools.subset", "fontTools.ttLib.woff2", "fontTools.varLib.instancer", "fontTools.ttLib.tables.otTables",
    "PIL.ImageCms",
)
print(*(name in sys.modules for name in rare))
options = fonts.subset.Options(retain_gids=True)
from fontTools import subset
print(isinstance(options, subset.Options), options.retain_gids)
try:
    fonts.instantiateVariableFont({"fvar": None}, {})
except AttributeError as error:
    print(error)
from fontTools.varLib import instancer
print(instancer.instantiateVariableFont.__module__)
"""


def test_what_no_edition_needs_is_imported_when_it_is_called() -> None:
    """The engine's ways for other fonts than ours cost nothing until it goes them, and then are what they were."""
    done = subprocess.run([sys.executable, "-c", PUT_OFF], capture_output=True, text=True, cwd=ENGINE, check=False)
    assert done.stderr == ""
    absent, subset, told, module = done.stdout.splitlines()
    assert (absent, subset) == ("False False False False False", "True True")
    assert (told, module) == ("'NoneType' object has no attribute 'axes'", "fontTools.varLib.instancer")
