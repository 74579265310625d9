"""The passages of an edition: what its reader reads, one value for each message and datum in its place."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

# Where a passage comes from: what authors write, what markets and tables state, the templates' own words.
TEXT, DATA, LABEL = "text", "data", "label"


@dataclass(frozen=True, slots=True)
class Passage:
    """`part` is the id of the chapter (or `meta`, `glossary`, `sources`, `labels`), `heading` its title as shown.

    `msgid` is the source's text, `text` what this edition shows for it; of a datum, its plain value and the value as
    the edition's locale writes it. `origin` is `text`, `data` or `label`, `file` the path it was written in, `slot` the
    name of a placeholder or the key of a source.
    """

    part: str
    heading: str
    kind: str
    origin: str
    file: str
    msgid: str
    text: str
    context: str | None = None
    slot: str = ""

    @property
    def key(self) -> tuple[str, str, str | None, str]:
        """What makes two passages the same one: kind, slot, context and source text."""
        return (self.kind, self.slot, self.context, self.msgid)

    @property
    def said(self) -> tuple[str, str, str | None, str, str]:
        """Everything of the passage that can change; its chapter and file are only where it is found."""
        return (*self.key, self.text)

    def as_json(self) -> dict[str, Any]:
        """The passage for a release's `messages/*.json`."""
        data = asdict(self)
        return {name: value for name, value in data.items() if value or name not in ("context", "slot")}


def parse_passages(data: bytes) -> tuple[Passage, ...]:
    """The passages of a release's `messages/*.json`. Raises ValueError for anything else."""
    try:
        found = tuple(Passage(**passage) for passage in json.loads(data)["passages"])
    except (KeyError, TypeError) as error:
        raise ValueError(f"no passages of an edition: {error}") from None
    if not all(isinstance(value, str | None) for passage in found for value in asdict(passage).values()):
        raise ValueError("no passages of an edition: a passage is made of texts")
    return found
