"""A worker lives for one job, and is set up for it."""

from __future__ import annotations

import subprocess
import sys

from tests.papers import ENGINE

JOB = """
import gc
from imprint.base.sources import Sources
from imprint.schedule.worker import Work, do_job
def build(*given):
    return gc.isenabled(), given[2].trace
print(do_job(Work(build, None, None, Sources({}), {"file paper:a": "digest"}, None, False)))
"""


def test_a_job_has_no_collector() -> None:
    """No garbage is collected, and what the parent read is known."""
    done = subprocess.run([sys.executable, "-c", JOB], capture_output=True, text=True, cwd=ENGINE, check=True)
    assert done.stdout == "(False, mappingproxy({'file paper:a': 'digest'}))\n"
