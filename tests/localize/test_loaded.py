"""Reading the paper asks for no page: a translator's commands start without the stages behind `localize`."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("command", ["extract", "update", "status", "init", "pseudo"])
def test_a_translators_command_imports_no_later_stage(command: str) -> None:
    """Neither templates' pages nor the engine that lays them out is imported to work on catalogs."""
    script = (
        f"import sys, imprint.shell.{command}, imprint.content.load\n"
        "print(*sorted(name for name in sys.modules if name.startswith(('imprint.markup', 'imprint.paginate'))))"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
