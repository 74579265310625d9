"""TOML keeps the line of every key, so that a slip is named where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from imprint.base.diagnostic import Diagnostics
from imprint.base.sources import Sources
from imprint.content.toml import TomlFile, load_toml, suggest

TEXT = '''\
# a comment
top = 1
[table]
key = "value" # [no.table]
text = """
fake = 1
[fake]
"""
"quoted key" = 2
dotted.inner = 3
[[rows]]
a = 1
[[rows]]
a = 2
[rows.below]
b = 3
'''


@pytest.fixture
def file() -> TomlFile:
    """The text, parsed."""
    found = load_toml(Sources({"paper": Path("/")}, {"a.toml": TEXT.encode()}), "a.toml", Diagnostics())
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("top",), 2),
        (("table",), 3),
        (("table", "key"), 4),
        (("table", "text"), 5),
        (("table", "quoted key"), 9),
        (("table", "dotted", "inner"), 10),
        (("rows", 0), 11),
        (("rows", 0, "a"), 12),
        (("rows", 1, "a"), 14),
        (("rows", 1, "below", "b"), 16),
        (("rows", 1, "none"), 13),
        (("table", "fake"), 3),
        (("none",), 0),
    ],
)
def test_places(file: TomlFile, keys: tuple[str | int, ...], line: int) -> None:
    """A key's line is its own; a missing key's is its table's; what stands in a text is no key."""
    assert file.at(*keys).line == line


def test_suggestions() -> None:
    """A near name is suggested; where none is near, the known ones are listed, at most twelve."""
    assert suggest("prodcut", ["product", "region"]) == "did you mean 'product'?"
    assert suggest("xyz", ["b", "a"]) == "known: a, b"
    assert suggest("xyz", [f"n{n:02}" for n in range(20)]).endswith("n11 …")
    assert suggest("xyz", []) == ""


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 30, "0x" + "f" * 50_000, str(2**63), str(-(2**63) - 1)])
def test_integers_beyond_64_bits(number: str) -> None:
    """TOML's integers have 64 bits (1.0, “Integer”); a longer one is named and refused."""
    diagnostics = Diagnostics()
    text = f"a = 1\n[[rows]]\nb = {{ c = [1, {number}] }}\n"
    assert load_toml(Sources({"paper": Path("/")}, {"a.toml": text.encode()}), "a.toml", diagnostics) is None
    assert [found.rule for found in diagnostics] == ["toml"]


@pytest.mark.parametrize("number", [str(2**63 - 1), str(-(2**63)), "true", "1e300"])
def test_numbers_within_64_bits(number: str) -> None:
    """The largest integers that TOML has, and what is no integer, are read."""
    text = f"a = {number}\n"
    diagnostics = Diagnostics()
    assert load_toml(Sources({"paper": Path("/")}, {"a.toml": text.encode()}), "a.toml", diagnostics) is not None
    assert not len(diagnostics)
