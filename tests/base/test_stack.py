"""Calls below `with_room` cross no chunk of Python's stack."""

import subprocess
import sys

import pytest

from imprint.base.stack import with_room
from tests.papers import ENGINE

# A call at each depth, again and again; what was mapped meanwhile is counted by the system.
LOOP = """
import resource, sys
from imprint.base.stack import with_room
def leaf():
    return 1
def descend(depth):
    return descend(depth - 1) if depth else sum(leaf() for _ in range(400))
def all_depths():
    for depth in range(300):
        descend(depth)
def faults(run):
    run()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    run()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
print(faults(all_depths) > 200, with_room(lambda: faults(all_depths)) < 100)
"""


def test_the_value_comes_back() -> None:
    """It is a call like any other, errors too."""
    assert with_room(lambda: 3) == 3
    with pytest.raises(ZeroDivisionError):
        with_room(lambda: divmod(1, 0))


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="the chunks are CPython's")
def test_no_call_waits_for_memory() -> None:
    """A loop at any depth faults no page in again; without the room some do at each of their calls."""
    done = subprocess.run([sys.executable, "-c", LOOP], capture_output=True, text=True, cwd=ENGINE, check=True)
    assert done.stdout == "True True\n"
