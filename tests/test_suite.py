"""The suite's own command line."""

import subprocess
import sys

from tests.papers import ENGINE


def test_an_unknown_profile_is_a_slip_of_usage() -> None:
    """The names that exist are told, by pytest's exit code for usage, and nothing is run."""
    words = [sys.executable, "-m", "pytest", "--hypothesis-profile=sarch", "tests/base/test_edition.py"]
    done = subprocess.run(words, cwd=ENGINE, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (4, "")
    told = "ERROR: --hypothesis-profile: there is no profile 'sarch'; known: suite, search"
    assert done.stderr.strip() == told
