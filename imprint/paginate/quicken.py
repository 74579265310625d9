"""Quickening: what WeasyPrint computes again and again is computed once, with the same result to the last bit.

Found by profiling a paper of 50 pages (ARCHITECTURE.md, "What makes it fast"). This module replaces private functions
of WeasyPrint 70.0 and pydyf 0.13; a test holds its pages against those of the engine without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from importlib import import_module
from typing import Any

from imprint.paginate.quicken_cascade import CASCADE_SHORTCUTS
from imprint.paginate.quicken_drawing import DRAWING_SHORTCUTS
from imprint.paginate.quicken_flow import FLOW_SHORTCUTS
from imprint.paginate.quicken_hyphens import HYPHEN_SHORTCUTS
from imprint.paginate.quicken_lines import LINE_SHORTCUTS
from imprint.paginate.quicken_sharing import SHARING_SHORTCUTS
from imprint.paginate.quicken_styles import STYLE_SHORTCUTS
from imprint.paginate.quicken_text import TEXT_SHORTCUTS
from imprint.paginate.replacement import replaced


def _quick_descendants(_: Any) -> Any:
    """`Box.descendants`, in the same order, without a generator for each level."""
    from weasyprint.formatting_structure.boxes import Box

    def descendants(box: Any, placeholders: bool = False) -> Iterator[Any]:
        waiting = [box]
        while waiting:
            found = waiting.pop()
            if not isinstance(found, Box):
                if not placeholders:
                    yield found
                    continue
                # The box that it stands for.
                found = found.descendants.__self__
            yield found
            waiting.extend(reversed(found.children))

    return descendants


def _quick_backgrounds(original: Any) -> Any:
    """`layout_box_backgrounds`: that a style shows nothing behind its boxes is found out once."""
    from weasyprint.draw.color import get_color
    from weasyprint.layout.absolute import AbsolutePlaceholder

    square = {f"border_{corner}_radius": (0, 0) for corner in ("top_left", "top_right", "bottom_right", "bottom_left")}

    def is_bare(style: Any) -> bool:
        sources = (style["border_image_source"], style["mask_border_source"], *style["background_image"])
        return (
            all((0, "px") in style[name] for name in square)
            and all(kind == "none" for kind, *_ in sources)
            and not style["box_shadow"]
            and get_color(style, "background_color").alpha == 0
        )

    def layout_box_backgrounds(page: Any, box: Any, *rest: Any, **options: Any) -> None:
        # With more arguments it is the page's or the root's, which paint the canvas.
        if len(rest) != 1 or options or box is page or isinstance(box, AbsolutePlaceholder):
            original(page, box, *rest, **options)
            return
        style = box.style
        bare = vars(style).get("_imprint_bare")
        if bare is None:
            bare = style._imprint_bare = is_bare(style)
        if not bare:
            original(page, box, *rest)
            return
        vars(box).update(square)
        for child in box.all_children():
            layout_box_backgrounds(page, child, *rest)
        box.background = None

    return layout_box_backgrounds


class _Patterns(dict[Any, Any]):
    """What tinyhtml5 2.1 means to keep and does not: the pattern of characters up to others."""

    def __missing__(self, key: tuple[Any, bool]) -> re.Pattern[str]:
        characters, opposite = key
        wanted = "".join(f"\\x{ord(character):02x}" for character in characters)
        pattern = self[key] = re.compile(f"[{wanted}]+" if opposite else f"[^{wanted}]+")
        return pattern


def _quick_patterns(_: Any) -> _Patterns:
    """`characters_until_regex`: it was filled under the pattern instead of the characters."""
    return _Patterns()


def _quick_references(_: Any) -> property:
    return property(_page_references)


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    """`page_references`, made anew only when there are more pages: it is asked for at every structure element."""
    kids = pdf.pages["Kids"]
    kept: tuple[int, tuple[bytes, ...]] | None = vars(pdf).get("_imprint_references")
    if kept is None or kept[0] != len(kids):
        kept = (len(kids), tuple(f"{number} 0 R".encode("ascii") for number in kids[::3]))
        pdf._imprint_references = kept
    return kept[1]


def _boxes() -> Any:
    return import_module("weasyprint.formatting_structure.boxes")


# Module or class (imported when it is needed), the name in it, and what makes the quick one of the original.
SHORTCUTS: tuple[tuple[Callable[[], Any], str, Callable[[Any], Any]], ...] = (
    *CASCADE_SHORTCUTS,
    *SHARING_SHORTCUTS,
    *STYLE_SHORTCUTS,
    (partial(import_module, "tinyhtml5.inputstream"), "characters_until_regex", _quick_patterns),
    (lambda: _boxes().Box, "descendants", _quick_descendants),
    (partial(import_module, "weasyprint.layout.background"), "layout_box_backgrounds", _quick_backgrounds),
    *FLOW_SHORTCUTS,
    (lambda: import_module("pydyf").PDF, "page_references", _quick_references),
    *TEXT_SHORTCUTS,
    *LINE_SHORTCUTS,
    *HYPHEN_SHORTCUTS,
    *DRAWING_SHORTCUTS,
)


@contextmanager
def quick_engine() -> Iterator[None]:
    """Shortcuts for the cascade, styles, percentages, the flow of boxes, text and its lines, and what is drawn."""
    with ExitStack() as stack:
        for find, name, quicken in SHORTCUTS:
            owner = find()
            stack.enter_context(replaced(owner, name, quicken(vars(owner)[name])))
        yield
