"""Each line and each narrowest width is what WeasyPrint finds by itself, and fewer texts are shaped to find it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from imprint.paginate.quicken import quick_engine
from imprint.paginate.replacement import replaced
from tests.paginate.test_quicken import ODD, cells_of

# What a line of text may be asked for: spacing, preserved spaces and ends of lines, no wrapping, no room at all, room
# for the text but not for the space at its end, decorations, right to left, hyphens of one's own, limits.
STYLES = (
    "", "letter-spacing: 1px", "word-spacing: 3px", "white-space: pre", "white-space: nowrap", "white-space: pre-line",
    "overflow-wrap: anywhere", "word-break: break-all", "font-size: 0", "text-decoration: underline", "direction: rtl",
    "hyphenate-character: '\u2013'", "hyphenate-limit-chars: 4 2 2", "hyphenate-limit-zone: 20%", "letter-spacing: 0",
    "font-variant-numeric: tabular-nums", "tab-size: 2; white-space: pre-wrap", "text-indent: -2em",
)  # fmt: skip
TEXTS = (
    "a", "1", "12.5", "international", "(international", "international’s affairs,", "in ter", "an",
    "e.g. organization;", "one two\u2028three", "one\ttwo\nthree", "soft\u00adhyphen", "a\u200bb", "中文。", "（中文）",
    "“我们”", "我们 的", "été", "Straße Übergang", "ﬁne", "A V", "fi fl", "https://", "C++ x", "x\u0301y", "שלום",
    "שלום abc", "ไทยภาษา", "—", "word ", " word", "1 000 000 international", "don’t", "‘international’", "a/b",
    "x-y international", "",
)  # fmt: skip


def _page() -> str:
    """Tables as narrow as they can be, paragraphs and floats of several widths, each twice."""
    texts = " ".join(f"<span>{text} </span><b>{text}</b>" for text in TEXTS)
    cells = "".join(
        f"<tr><td style='{style}' lang='{lang}'>{text}</td><td style='{style}' lang='{lang}'>{text} x</td></tr>"
        for shift, lang in enumerate(("zh", "en"))
        for number, style in enumerate(STYLES)
        for text in TEXTS[(number + shift) % 3 :: 3]
    )
    paragraphs = "".join(
        f"<p style='{style}; width: {(30, 61.5, 200)[number % 3]}px' lang='{('zh', 'en')[number % 2]}'>{texts}</p>"
        for number, style in enumerate(STYLES)
    )
    floats = "".join(f"<div style='float: left; {style}'>{TEXTS[4]} {TEXTS[14]}</div>" for style in STYLES)
    style = "<style>@page { size: 400mm 9000mm } td { width: 1px; hyphens: auto } p, div { hyphens: auto }</style>"
    return f"{style}<table>{cells}</table>{paragraphs}{floats}{cells_of(ODD)}"


def _found(where: str, quick: bool) -> list[tuple[Any, ...]]:
    """What every call of `split_first_line` in a module was for and gave, in order."""
    import weasyprint
    from weasyprint.layout import inline, preferred

    module = {"inline": inline, "preferred": preferred}[where]
    calls: list[tuple[Any, ...]] = []

    def noting(original: Callable[..., Any]) -> Callable[..., Any]:
        def split_first_line(text: str, style: Any, context: Any, max_width: Any, *rest: Any, **options: Any) -> Any:
            found = original(text, style, context, max_width, *rest, **options)
            layout, *facts = found
            if where == "inline":
                facts += [layout.text, layout.first_line_direction, layout.max_width, layout.ascent]
                facts += [vars(layout).get("underline_position"), layout.justification_spacing]
            calls.append((text, max_width, *rest, *options.items(), *facts))
            return found

        return split_first_line

    with ExitStack() as stack:
        if quick:
            stack.enter_context(quick_engine())
        stack.enter_context(replaced(module, "split_first_line", noting(module.split_first_line)))
        weasyprint.HTML(string=_page()).render()
    return calls


@pytest.mark.parametrize("where", ["inline", "preferred"])
def test_every_line_is_the_same(where: str) -> None:
    """Lengths, ends, sizes and baselines of all lines, and what is drawn of them later, are those of the engine."""
    plain, quick = (_found(where, quick) for quick in (False, True))
    assert len(plain) > 2000
    differing = [pair for pair in zip(plain, quick, strict=True) if pair[0] != pair[1]]
    assert not differing


@contextmanager
def _counted() -> Iterator[list[str]]:
    """Texts that Pango is asked for the lines of."""
    from weasyprint.text.line_break import Layout

    asked: list[str] = []
    original = Layout.get_first_line

    def get_first_line(layout: Layout) -> object:
        asked.append(layout.text)
        return original(layout)

    with quick_engine(), replaced(Layout, "get_first_line", get_first_line):
        yield asked


def test_what_fits_is_shaped_once() -> None:
    """A text that stands on a line as a whole is shaped once for all styles that look the same."""
    import weasyprint

    with _counted() as asked:
        weasyprint.HTML(string="<p>[12]</p><p id='a'>[12]</p><div><i><em>[12]</em></i><em>[12]</em></div>").render()
    assert asked.count("[12]") == 2


def test_a_word_in_no_room_is_shaped_once() -> None:
    """The narrowest width of a cell shapes each word, or its hyphenated beginning, and nothing else."""
    import weasyprint

    style = "<style>td { width: 1px; hyphens: auto }</style>"
    with _counted() as asked:
        weasyprint.HTML(string=f"<html lang='en'>{style}<table><td>an international rule</td></table>").render()
    assert asked[: asked.index("rule") + 1] == ["an", "in\u2010", "terna\u2010", "tion\u2010", "al", "rule"]
