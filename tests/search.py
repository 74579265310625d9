"""How many examples a property is tried with: few in the suite, many in a search (`--hypothesis-profile=search`)."""

from hypothesis import settings

# What Hypothesis takes where nobody says how many.
ORDINARY = 100


def examples(count: int) -> int:
    """`count` in the suite; in a search as many times more as its profile takes more than is ordinary."""
    return max(1, count * settings().max_examples // ORDINARY)
