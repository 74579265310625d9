"""The declarations that win are those that win in WeasyPrint's own cascade."""

from __future__ import annotations

from typing import Any

from weasyprint.css import StyleFor

from imprint.paginate.quicken import quick_engine
from imprint.paginate.replacement import replaced
from tests.paginate.test_quicken_sharing import HTML, differing

# All ways in which a rule may win or lose: specificity, order, importance, layers, media, attributes, languages,
# namespaces, places among siblings, what stands in the element itself, what only the engine's own style sheet says.
PAGE = """<html lang="en"><head><style>
@layer low, high; @layer high { p { color: #010101; margin-left: 1px } } @layer low { p { color: #020202 !important } }
p { color: #030303 } p.a { color: #040404 } .b.a { color: #050505 } .a.b { color: #060606 } p { color: #070707 }
#one { color: #080808; margin: 3px !important } p#one { color: #090909 } :is(p, #none) { padding: 2px }
@media screen { p { color: red } } @media print { .c { color: #0a0a0a } } [lang|="zh"] { color: #0b0b0b }
:lang(de) { font-size: 14px } p:nth-child(2n) { text-indent: 1em } p + p { text-indent: 2em } div > p { color: #0c0c0c }
p:first-child::before { content: "x"; color: #0d0d0d } .a::before { content: "y" } .a::before { color: #0e0e0e }
p:not(.a):has(b) { color: #0f0f0f } p[title="t" i] { color: #101010 } P.CASE { color: #111111 } .case { color: #121212 }
li.none::marker { color: #131313 } li { list-style: inside } .item { display: list-item }
.item::marker { color: #191919 }
.foot { float: footnote } .foot::footnote-call { color: #141414 } .foot::footnote-marker { color: #151515 }
.b { margin-inline-start: 5px } .b.c { margin-left: 6px } .c { margin-left: 7px; margin-inline-start: 8px }
span::after { content: "w"; display: list-item } a { color: inherit } a:link { color: #161616 } * { orphans: 3 }
</style><style media="screen">p { color: red }</style></head><body>
<p>1</p><p class="a">2</p><p class="a b">3</p><p class="b  a c">4</p><p id="one">5</p><p id="one2" class="c">6</p>
<p style="color: #171717; margin: 1px">7</p><p id="two" style="color: #181818 !important" class="a">8</p>
<p lang="zh-Hans">9</p><p lang="de" title="T">10 <b>b</b></p><p class="case">11</p><p class="CASE">12</p>
<div><p>13</p><p>14</p><p class="a">15</p></div><div class="item">16</div><span>17</span><a href="#one">18</a>
<ul><li class="none">19</li><li>20</li></ul><p>21<span class="foot">22</span></p><br><wbr><q>23</q>
<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect class="a" width="1" height="1"/></svg>
</body></html>"""


def test_every_winner_is_the_same() -> None:
    """No property of any style is another than in WeasyPrint's own cascade."""
    assert not differing(PAGE)


def test_no_style_for_markers_of_what_has_none() -> None:
    """A marker has a style where the element, or what is generated beside it, is a list item, and nowhere else."""
    named = _asked(PAGE)
    marked = {tag for tag, pseudo in named if pseudo == "marker"}
    assert {"li", "div", "span"} <= marked
    assert not marked & {"html", "body", "ul", "b", "a"}
    assert [tag for tag, pseudo in named if pseudo == "footnote-call"] == ["span"]


def test_the_sum_of_rules_is_made_once() -> None:
    """Elements with the same rules and parents share a style without asking for it."""
    few, many = (len(_asked(HTML.replace("</body>", "<hr>" * count + "</body>"))) for count in (1, 50))
    assert few == many


def _asked(html: str) -> list[tuple[str, str | None]]:
    """Elements and pseudo-elements for which a style is set."""
    import weasyprint

    named: list[tuple[str, str | None]] = []
    with quick_engine():
        original = StyleFor.set_computed_styles

        def set_computed_styles(styles: Any, element: Any, *rest: Any, **options: Any) -> None:
            if hasattr(element, "tag"):
                named.append((element.tag, options.get("pseudo_type")))
            original(styles, element, *rest, **options)

        with replaced(StyleFor, "set_computed_styles", set_computed_styles):
            weasyprint.HTML(string=html).render()
    return named
