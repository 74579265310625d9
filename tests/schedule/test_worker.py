"""A worker lives for one job, and is set up for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.papers import ENGINE

# A job that starts a thread, which takes memory: a heap of its own reserves some 64 MiB that nobody may touch.
JOB = """
import gc, threading
from imprint.base.sources import Sources
from imprint.schedule.worker import do_job
def reserved():
    found = 0
    for line in open("/proc/self/maps"):
        place, rights = line.split()[:2]
        begin, end = (int(number, 16) for number in place.split("-"))
        found += rights == "---p" and end - begin > 32 * 2**20
    return found
def build(*given):
    thread = threading.Thread(target=lambda: [bytearray(2000) for _ in range(1000)])
    thread.start()
    thread.join()
    return gc.isenabled(), reserved(), given[2].trace
print(do_job(build, None, None, Sources({}), {"file paper:a": "digest"}, None, False))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc, and glibc has the heaps")
def test_a_job_has_one_heap_and_no_collector() -> None:
    """Threads take their memory from the one heap, no garbage is collected, and what the parent read is known."""
    done = subprocess.run([sys.executable, "-c", JOB], capture_output=True, text=True, cwd=ENGINE, check=True)
    assert done.stdout == "(False, 0, mappingproxy({'file paper:a': 'digest'}))\n"
