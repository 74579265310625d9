"""Wall time by stage."""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter


class Clock:
    """Laps in seconds by the name of a stage, with the steps of a stage below it (`paginate.layout`)."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = perf_counter()

    def lap(self, name: str, steps: Mapping[str, float]) -> None:
        """The stage `name` ends now; `steps` are parts of it."""
        now = perf_counter()
        self.laps[name], self._last = now - self._last, now
        self.laps |= {f"{name}.{step}": seconds for step, seconds in steps.items()}
