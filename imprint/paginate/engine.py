"""The engine's door: which WeasyPrint our extensions fit, and a way to put them in for the time of one rendering."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

# Each release renders differently, and the extensions below touch private functions that any release may change.
WEASYPRINT = "70.0"


class WrongEngine(Exception):
    """The installed WeasyPrint is not the one that the extensions were written for. A bug of the environment."""


@contextmanager
def replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    """Put `value` in place of the attribute `name` of a module or class, or the key of a dict, until the end."""
    holder = owner if isinstance(owner, dict) else vars(owner)
    before = holder[name]
    _put(owner, name, value)
    try:
        yield
    finally:
        _put(owner, name, before)


def _put(owner: Any, name: str, value: Any) -> None:
    if isinstance(owner, dict):
        owner[name] = value
    else:
        setattr(owner, name, value)


@contextmanager
def extended_engine() -> Iterator[None]:
    """Everything that we add to WeasyPrint, put in on entry and taken out on exit. Raises WrongEngine."""
    import weasyprint

    if weasyprint.__version__ != WEASYPRINT:
        raise WrongEngine(f"WeasyPrint {weasyprint.__version__} is installed, {WEASYPRINT} is needed")
    # Late, for each of them imports WeasyPrint.
    from imprint.paginate.clusters import exact_text
    from imprint.paginate.figure_draw import whole_line_labels
    from imprint.paginate.justify import inter_character_justification
    from imprint.paginate.streams import unambiguous_streams
    from imprint.paginate.structure import sound_structure

    with ExitStack() as stack:
        for extension in (
            inter_character_justification, exact_text, whole_line_labels, unambiguous_streams, sound_structure,
        ):  # fmt: skip
            stack.enter_context(extension())
        yield
