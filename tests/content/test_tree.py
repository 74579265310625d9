"""The nodes of a Document go to another process and come back as they were."""

from __future__ import annotations

import pickle
from dataclasses import fields

import pytest

from imprint.base.diagnostic import Location
from imprint.content.tree import Element, Message, Node, Text, Value

AT = Location("content/01-one.md", 7)
MESSAGE = Message("A *word*.", AT, "cell", "context", "note", 12, frozenset({"version"}))
TEXT = Text(MESSAGE, "Ein *Wort*.", "de")


@pytest.mark.parametrize(
    "node", [AT, MESSAGE, TEXT, Value("number", 7, AT), Element("p", {"id": "a"}, (TEXT, Element("br")), AT)]
)
def test_a_pickled_node_is_the_same(node: Node | Message | Location) -> None:
    """Every field is kept; in the values here none is its default."""
    again = pickle.loads(pickle.dumps(node))
    assert again == node
    assert type(again) is type(node)
    assert [getattr(again, field.name) for field in fields(again)] == [getattr(node, f.name) for f in fields(node)]
