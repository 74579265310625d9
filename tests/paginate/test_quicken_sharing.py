"""Shared styles are the styles that each element has by itself."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from imprint.paginate.quicken import quick_engine
from imprint.paginate.replacement import replaced

# What may differ between two elements that the same rules match: anchors, languages, inline styles, what is inherited
# from above them; list markers, leaders and generated items; pages of several names, one with lengths of a page.
PAGE = """<html lang="en"><head><style>
@page { size: A5; @top-center { content: string(title) } @bottom-left { content: counter(page); width: 30vw } }
@page :first { margin: 2cm; @top-center { content: none } }
@page wide { size: A5 landscape; counter-increment: page 2 }
section { font-size: 1.1em; --gap: 2mm } section.b { page: wide; font-size: 12pt }
h2 { string-set: title content(); margin-left: var(--gap); -weasy-anchor: inherit }
h2::before { content: counter(item) " "; counter-increment: item }
p[data-to]::after { content: leader(".") target-counter(attr(data-to), page) } p[lang] { color: #123 }
li::before { content: attr(id) "! "; display: list-item } li::marker { color: red }
li[id] { list-style: square inside } table { border-collapse: collapse } td { padding: 3pt; margin: 2pt }
.note { float: footnote; footnote-display: inline } em { font-size: 50% } p { text-decoration: underline }
em em { text-decoration: overline } p + p::first-letter { color: blue } p::first-line { color: green }
</style></head><body>
SECTIONS
</body></html>"""
SECTION = """<section id="s{0}" class="{1}"><h2 id="h{0}">Title {0}</h2>
<p id="p{0}" data-to="#h1">a <em>b <em id="e{0}">c</em></em><span class="note" id="n{0}">d</span></p>
<p lang="{2}" data-to="#h0">e <em>f</em></p><p data-to="#h0" style="margin: {0}px">g <i>hi</i></p><p data-to="#h0">j</p>
<ul><li id="l{0}">k</li><li>l</li><li id="m{0}">m<ol start="3"><li>n</li></ol></li></ul>
<table id="t{0}"><tr id="r{0}"><td id="c{0}">o</td><td>p</td></tr><tr><td>q</td></tr></table></section>"""
SECTIONS = "".join(SECTION.format(number, "ab"[number % 2], ("fr", "de", "de")[number % 3]) for number in range(6))
HTML = PAGE.replace("SECTIONS", SECTIONS)


def test_every_property_of_every_style_is_the_same() -> None:
    """No property of an element, pseudo-element, page or margin box is another than without sharing, and shared styles
    are fewer."""
    assert not differing(HTML)
    plain, quick = (styles_of(HTML, quick) for quick in (False, True))
    assert len({*map(id, quick.values())}) * 3 < len({id(plain[name]) for name in quick}) * 2


def test_the_same_boxes() -> None:
    """Boxes stand where they stand without sharing, with the same texts."""
    assert _boxes_of(quick=True) == _boxes_of(quick=False)


def test_what_is_below_two_anchors_has_one_style() -> None:
    """Children of elements that differ in their ids share a style, and each of the elements keeps its anchor."""
    styles = styles_of(HTML, quick=True)
    first, second = (styles[(f"section#s{number}", None)] for number in (2, 4))
    assert first is not second
    assert (first["anchor"], second["anchor"]) == ("s2", "s4")
    assert len({id(style) for (name, _), style in styles.items() if name.startswith("ul#")}) == 2


def _render(html: str, quick: bool) -> tuple[Any, Any]:
    """The document of a page, and its styles, every property of which is worked out."""
    import weasyprint
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.layout import LayoutContext

    kept: list[Any] = []
    original = LayoutContext.__init__

    def initialise(context: Any, style_for: Any, *rest: Any) -> None:
        kept.append(style_for)
        original(context, style_for, *rest)

    with quick_engine() if quick else nullcontext(), replaced(LayoutContext, "__init__", initialise):
        document = weasyprint.HTML(string=html).render()
        for style in kept[0].get_computed_styles().values():
            for key in INITIAL_VALUES:
                style[key]
    return document, kept[0]


def styles_of(html: str, quick: bool) -> dict[tuple[str, str | None], Any]:
    """All styles of a page by what they are of: the name of an element with its id or number, or a page's type."""
    _, styles = _render(html, quick)
    numbers: dict[Any, int] = {}
    named = {}
    for (element, pseudo), style in styles.get_computed_styles().items():
        if hasattr(element, "tag"):
            number = numbers.setdefault(element, len(numbers))
            name = f"{element.tag}#{element.get('id', number)}"
        else:
            name = str(element)
        named[name, pseudo] = style
    return named


def differing(html: str) -> list[tuple[Any, ...]]:
    """What a property of a style is with shortcuts and without, where it differs. Without any, no style is missing
    that is asked for, or the layout would have stopped."""
    plain, quick = (styles_of(html, quick) for quick in (False, True))
    assert quick.keys() <= plain.keys()
    return [
        (name, key, value, style[key])
        for name, style in quick.items()
        for key, value in plain[name].items()
        if repr(style[key]) != repr(value)
    ]


def _boxes_of(quick: bool) -> list[Any]:
    document, _ = _render(HTML, quick)
    return [
        (type(box), box.element_tag, box.position_x, box.position_y, box.width, box.height, vars(box).get("text"))
        for page in document.pages
        for box in page._page_box.descendants()
    ]
