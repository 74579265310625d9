"""Paint order in, the order of reading out: labels of lists and pictures are painted where they stand in the source.

WeasyPrint 70.0 takes a marker outside its item for a positioned box, and a picture for a stacking context since it
clips: both are painted after all text of the page (CSS 2.1, Appendix E, step 8). A program that reads a page as it was
painted, without the tags, hears them at its end. This module replaces private functions of that one version.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

from imprint.paginate.replacement import replaced


@contextmanager
def ordered_painting() -> Iterator[None]:
    """Paint markers and pictures in the order of the source."""
    from weasyprint import draw, stacking

    with ExitStack() as stack:
        stack.enter_context(replaced(stacking, "_dispatch", _dispatching(stacking._dispatch)))
        stack.enter_context(replaced(draw, "draw_replacedbox", partial(_draw_clipped, draw.draw_replacedbox)))
        yield


def _dispatching(original: Any) -> Any:
    """`_dispatch`, for which a marker is a block in the flow, and a picture in the flow no stacking context."""
    # Here, for it is called for every box.
    from weasyprint import stacking
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.absolute import AbsolutePlaceholder

    def dispatch(
        box: Any, page: Any, contexts: list[Any], blocks: list[Any], floats: list[Any], cells: dict[Any, Any]
    ) -> Any:
        inner: dict[Any, Any] = {}
        marker = box._box if isinstance(box, AbsolutePlaceholder) else box
        if marker.is_outside_marker:
            drawn = stacking._dispatch_children(marker, page, contexts, blocks, floats, inner)
            blocks.append(drawn)
            cells[drawn] = inner
            return None
        if not isinstance(box, boxes.ReplacedBox) or not _is_in_place(box):
            return original(box, page, contexts, blocks, floats, cells)
        if isinstance(box, boxes.BlockLevelBox):
            blocks.append(box)
            cells[box] = inner
        return box

    return dispatch


def _is_in_place(box: Any) -> bool:
    """Whether nothing but its clipping takes the box out of the flow's paint order."""
    style = box.style
    taken = style["position"] != "static" or style["opacity"] < 1 or style["transform"]
    return not (taken or box.is_floated() or box.is_grid_item)


def _draw_clipped(original: Any, stream: Any, box: Any) -> None:
    """`draw_replacedbox`, clipped as the box's own stacking context would be."""
    from weasyprint.draw.border import rounded_box

    if box.style["overflow"] == "visible":
        original(stream, box)
        return
    with stream.stacked():
        rounded_box(stream, box.rounded_padding_box())
        stream.clip()
        stream.end()
        original(stream, box)
