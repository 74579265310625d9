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
