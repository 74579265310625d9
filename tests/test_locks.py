"""The locks hold what `pyproject.toml` names, every wheel by its hash, and no address."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def normalized(name: str) -> str:
    """Write a package's name as the packaging specification compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: str) -> dict[str, str]:
    """Return version by name."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, flags=re.MULTILINE))


def without_extras(pin: str) -> str:
    """`name[extra]==1` is `name==1` in a lock; what the extra asks for has lines of its own."""
    return re.sub(r"\[[^\]]*\]", "", pin)


def project() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_is_a_pin_with_hashes_and_nothing_else(lock: str) -> None:
    """No marker, no option, no address: the door and pip read the same thing."""
    entry = r"[a-z0-9-]+==[\w.+!]+(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n"
    assert re.fullmatch(f"(?:{entry})+", (ROOT / lock).read_text(encoding="utf-8"))


def test_the_locks_hold_what_the_project_names() -> None:
    """A version changed in pyproject.toml without making the locks again is caught here."""
    named = [without_extras(pin) for pin in project()["project"]["dependencies"]]
    development = [without_extras(pin) for pin in project()["dependency-groups"]["dev"]]
    runtime, everything = (pins(lock) for lock in LOCKS)
    assert {f"{name}=={version}" for name, version in runtime.items()} >= set(named)
    assert {f"{name}=={version}" for name, version in everything.items()} >= {*named, *development}
    assert runtime.items() <= everything.items()


def test_every_import_of_the_engine_is_a_dependency_that_is_named() -> None:
    """A package that is merely there today, as another's dependency or by hand, is not relied upon."""
    named = {normalized(pin.split("==")[0]) for pin in project()["project"]["dependencies"]}
    owners = packages_distributions()
    strangers = set()
    for path in sorted((ROOT / "imprint").rglob("*.py")):
        for module in top_level_imports(path):
            known = module == "imprint" or module in sys.stdlib_module_names
            if not known and not named & {normalized(owner) for owner in owners.get(module, ())}:
                strangers.add(f"{path.relative_to(ROOT)}: {module}")
    assert not strangers


def top_level_imports(path: Path) -> set[str]:
    """Return the first name of every absolute import in a file, wherever in it that stands."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found
