"""Whole-line labels: the lines of a figure's text are shaped as lines, in their language, not letter by letter.

WeasyPrint 70.0 lays each letter of an SVG text out alone, without a language: Arabic letters do not join, nothing
kerns, and Han forms follow the process's locale. This module replaces one private function for the lines that
`imprint.paginate.figure_text` wrote (they carry `data-line`), and works with that one version.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from math import inf
from typing import Any

from imprint.paginate.replacement import replaced


@contextmanager
def whole_line_labels() -> Iterator[None]:
    """Draw `<text data-line="LANG">` elements as one shaped line that starts at its x and stands on its y."""
    from weasyprint import svg

    with replaced(svg.TAGS, "text", partial(_draw_text, svg.TAGS["text"])):
        yield


def _draw_text(original: Any, svg: Any, node: Any, font_size: float) -> None:
    if node.get("data-line") is None or not node.text:
        original(svg, node, font_size)
        return
    from weasyprint.draw.text import draw_first_line
    from weasyprint.matrix import Matrix
    from weasyprint.svg.text import TextBox

    style, (layout, _, _, _, _, baseline) = shape_label(node, font_size, svg.font_config, svg.context)
    x, y = svg.point(node.get("x"), node.get("y"), font_size)
    svg.stream.push_state()
    fill, stroke = svg.set_graphical_state(node, font_size)
    svg.stream.begin_text()
    layout.reactivate(style)
    svg.fill_stroke(fill, stroke, text=True)
    box = TextBox(layout, style)
    box.baseline = baseline
    draw_first_line(svg.stream, box, "none", "none", Matrix(d=-1, e=x, f=y))
    svg.stream.end_text()
    svg.stream.pop_state()


def shape_label(node: Any, font_size: float, font_config: Any, context: Any) -> tuple[Any, Any]:
    """Shape a `<text data-line>` element (or what has its `get` and `text`) as it is drawn.

    Returns its style and WeasyPrint's `(layout, length, resume, width, height, baseline)`, in the drawing's units.
    """
    from weasyprint.text.line_break import split_first_line

    style = _style(node, font_size, font_config)
    return style, split_first_line(node.text, style, context, inf, 0)


def _style(node: Any, font_size: float, font_config: Any) -> Any:
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.svg.text import Style

    style = Style()
    style.update(INITIAL_VALUES)
    style.font_config = font_config
    style["font_family"] = [family.strip().strip("\"'") for family in node.get("font-family").split(",")]
    style["font_weight"] = int(node.get("font-weight", 400))
    style["font_size"] = font_size
    style["direction"] = node.get("direction", "ltr")
    style["lang"] = node.get("data-line")
    style["white_space"] = "pre"
    style["font_feature_settings"] = (("chws", 1),)
    return style
