"""How a translator's comment silences rules for one message: `# imprint: ignore numbers, length`."""

from __future__ import annotations

import re

_SILENCE = re.compile(r"#?\s*imprint:\s*ignore\b[:\s]*(.*)", re.IGNORECASE)


def silenced_rules(comment: str) -> list[str] | None:
    """The names that a line of comment (with or without its `#`) gives; None where it silences nothing."""
    match = _SILENCE.fullmatch(comment.strip())
    return [name.strip() for name in match[1].split(",") if name.strip()] if match else None
