"""What work costs, in a measure that no slow or busy machine changes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

_WORDS = re.compile(r"(\w+) (\w+)")


def cpu_of(work: Callable[[], object]) -> float:
    """The CPU time (seconds) of the work."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def cost_of(work: Callable[[], object]) -> float:
    """The CPU time of the work, with that of a fixed amount of Python as 1: a tenth of a second on an idle core.

    The machine's speed, and whoever shares its cores, weigh on both. A fifth of the amount is done before and after,
    and the slower of the two is taken.
    """
    before = cpu_of(_fifth_of_the_amount)
    cost = cpu_of(work)
    return cost / (5 * max(before, cpu_of(_fifth_of_the_amount)))


def growth_of(work: Callable[[int], object], size: int) -> float:
    """How many times more CPU time four times the size takes: 4 where it is linear, 16 where it is quadratic."""
    small = min(cpu_of(lambda: work(size)) for _ in range(2))
    return cpu_of(lambda: work(4 * size)) / small


def _fifth_of_the_amount() -> None:
    counts: dict[str, int] = {}
    for number in range(8_000):
        word = f"word {number % 977}"
        counts[_WORDS.sub(r"\2", word)] = counts.get(word, 0) + len(word.upper().split())
