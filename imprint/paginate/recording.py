"""Recording: while a page is drawn, what each of its boxes adds to the stream is kept for a piece."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

from imprint.paginate.clusters import is_shaped
from imprint.paginate.pieces import Piece, flow_of, in_paint_order, join
from imprint.paginate.replacement import as_method, replaced

# Methods of Stream that name what they add by how much there is already, or hold what cannot be sent.
_UNSENT = ("add_image", "add_group", "add_pattern", "add_shading", "set_state")


class Recording(ABC):
    """Keeps what the flow of each page adds to its stream while it is drawn."""

    def __init__(self) -> None:
        self._warnings = Warnings()
        self._sendable = True
        self._shaped = False
        self._contexts: set[int] = set()
        self._contents: list[bytes] = []
        self._states: dict[str, Any] = {}

    @contextmanager
    def record(self) -> Iterator[None]:
        """Within, pages are drawn."""
        from weasyprint import draw
        from weasyprint.document import Page
        from weasyprint.draw import text
        from weasyprint.pdf.stream import Stream
        from weasyprint.stacking import StackingContext

        with seen_warnings() as self._warnings, ExitStack() as stack:
            for owner, name, value in (
                *((Stream, name, as_method(self.unsent, getattr(Stream, name))) for name in _UNSENT),
                (text, "draw_first_line", partial(self.draw_line, text.draw_first_line)),
                (draw, "draw_stacking_context", partial(self.draw_context, draw.draw_stacking_context)),
                (StackingContext, "from_page", partial(self.stack_page, StackingContext.from_page)),
                (Page, "paint", as_method(self.paint, Page.paint)),
            ):
                stack.enter_context(replaced(owner, name, value))
            yield

    @abstractmethod
    def paint(self, original: Any, page: Any, stream: Any, scale: float = 1) -> None:
        """`Page.paint`."""

    def begin(self, page: Any) -> None:
        """Before a page (its box) is drawn."""
        self._sendable, self._shaped = in_paint_order(page), False
        self._contexts, self._contents, self._states = set(), [], {}
        self._warnings.seen = False

    def piece(self, shape: tuple[int, ...], stream: Any, widths: Any, texts: Any) -> Piece:
        """What the page came to."""
        sendable = self._sendable and not self._warnings.seen and not any(f.missing for f in stream._fonts.values())
        return Piece(
            shape,
            tuple(self._contents) if sendable else None,
            tuple((id(box), tag) for box, tag in (stream._tags or {}).items()) if sendable else (),
            widths,
            texts,
            self._shaped,
            {name: dict(state) for name, state in self._states.items()} if sendable else {},
        )

    def stack_page(self, original: Any, page: Any) -> Any:
        """`StackingContext.from_page`."""
        made = original(page)
        self._contexts = set(map(id, made.zero_z_contexts[: len(flow_of(page))]))
        return made

    def draw_context(self, original: Any, stream: Any, context: Any) -> None:
        """`draw_stacking_context`."""
        if id(context) not in self._contexts:
            original(stream, context)
            return
        before, states = len(stream.stream), set(stream._resources["ExtGState"])
        original(stream, context)
        self._contents.append(join(stream.stream[before:]))
        resources = stream._resources["ExtGState"].items()
        self._states |= {name: state for name, state in resources if name not in states}

    def unsent(self, original: Any, *arguments: Any, **options: Any) -> Any:
        """A method of `_UNSENT`."""
        self._sendable = False
        return original(*arguments, **options)

    def draw_line(self, original: Any, stream: Any, textbox: Any, *rest: Any) -> Any:
        """`draw_first_line`."""
        self._shaped = self._shaped or is_shaped(textbox)
        return original(stream, textbox, *rest)


class Warnings(logging.Handler):
    """Sees whether the engine warns: it is to do so in the process that is listened to."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen = False

    def emit(self, record: logging.LogRecord) -> None:
        """`Handler.emit`."""
        self.seen = True


@contextmanager
def seen_warnings() -> Iterator[Warnings]:
    """Within, warnings of the engine are seen."""
    warnings, logger = Warnings(), logging.getLogger("weasyprint")
    logger.addHandler(warnings)
    try:
        yield warnings
    finally:
        logger.removeHandler(warnings)
