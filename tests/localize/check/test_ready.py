"""What the rules keep of a language is made once, and who has made it need not make it again."""

from __future__ import annotations

import importlib
import pkgutil

from imprint.base.confine import Limits, run_confined
from imprint.localize import check
from imprint.localize.check.profile import profile_for
from imprint.localize.check.run import check_translation, ready_rules
from imprint.localize.check.subject import Pair


def missed(ready: bool) -> int:
    """How much that is kept for ever an ordinary message needs to be made, in a process that is ready or not."""
    names = [f"{check.__name__}.{module.name}" for module in pkgutil.iter_modules(check.__path__)]
    modules = map(importlib.import_module, names)
    kept = {value for module in modules for value in vars(module).values() if hasattr(value, "cache_info")}
    tables = [function for function in kept if function.cache_parameters()["maxsize"] is None]
    for table in tables:
        # A fork has what its parent has made.
        table.cache_clear()
    if ready:
        ready_rules("zh_Hans")
    before = sum(table.cache_info().misses for table in tables)
    check_translation(Pair("We keep it for 2 days.", ("我们保留两天。",)), profile_for("zh_Hans"))
    return int(sum(table.cache_info().misses for table in tables) - before)


def test_ready_rules() -> None:
    """Once a process is ready for a language, a message with a number in it needs nothing new."""
    limits = Limits(cpu_seconds=20, wall_seconds=60)
    assert run_confined(missed, (False,), limits) > 5
    assert run_confined(missed, (True,), limits) == 0
