"""What is rendered with what was kept of the last time is, byte for byte, what is rendered from nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imprint.base.diagnostic import Diagnostics, Rejected
from imprint.paginate import kept_pages
from imprint.paginate.kept import Kept
from imprint.paginate.library import find_fonts
from imprint.paginate.render import paginate_edition
from imprint.paginate.replacement import replaced
from imprint.paginate.store import Store
from tests.paginate.conftest import FIGURE, TEXTS
from tests.search import examples

STYLE = """
@page { size: A6; margin: 14mm 10mm; @top-center { content: string(title) " " string(latest, last) }
  @bottom-right { content: counter(page) "/" counter(pages) } }
@page :blank { @top-center { content: none } }
@page pinned { @bottom-left { content: "pinned" } }
html { font: 9pt/1.5 var(--serif); counter-reset: section note } body { margin: 0 }
section { break-before: recto; counter-increment: section }
section.any { break-before: page } section.along { break-before: auto } section.wide { page: pinned }
h1 { font: 700 13pt var(--sans); string-set: title content() }
h2 { string-set: latest content() } h2::before { content: counter(section) ". " }
p { text-align: justify; hyphens: auto } p + p { text-indent: 1em } section + section.after p { color: #333 }
.small { font-size: 7.3pt } .pale { background: rgb(0 0 0 / 12%) }
.footnote { float: footnote; counter-increment: note } .footnote::footnote-call { content: counter(note) }
.footnote::footnote-marker { content: counter(note) }
nav a::after { content: leader(".") target-counter(attr(href), page) }
img { width: 60% } .row { display: flex } .leaf { break-before: page }
"""


@dataclass(frozen=True)
class Section:
    """One section: what of `STYLE` it meets, and its blocks."""

    name: int
    kind: str = ""
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A page to be rendered."""

    sections: tuple[Section, ...]
    style: str = STYLE
    label: str = "Figure"
    language: str = "en"

    def html(self) -> str:
        """With a table of contents, which knows the pages."""
        body = "".join(
            f'<section id="s{s.name}" class="{s.kind}"><h2>Part</h2>{"".join(s.blocks)}</section>'
            for s in self.sections
        )
        entries = "".join(f'<li><a href="#s{s.name}">Part</a></li>' for s in self.sections)
        return (
            f'<!DOCTYPE html><html lang="{self.language}"><head><title>Title</title><meta name="author" content="A">'
            '<meta name="description" content="About"><meta name="generator" content="imprint">'
            '<meta name="dcterms.created" content="2026-11-24T00:00:00Z"><link rel="stylesheet" href="styles/a.css">'
            f'<meta name="dcterms.modified" content="2026-11-24T00:00:00Z"></head><body><h1>Title</h1>'
            f'<nav><ul>{entries}</ul></nav><main id="main-matter">{body}</main></body></html>'
        )

    def files(self) -> dict[str, bytes]:
        """Its style and its drawing."""
        return {"styles/a.css": self.style.encode(), "figures/f.svg": FIGURE.format(self.label).encode()}


def render(paper: Paper, store: Store, kept: Kept | None = None) -> bytes:
    """The PDF."""
    language = paper.language
    made = paginate_edition(paper.html(), paper.files(), find_fonts(), language, Diagnostics(), store=store, kept=kept)
    return made.pdf


@contextmanager
def counted() -> Iterator[list[int]]:
    """The numbers of the pages that were put in."""
    numbers: list[int] = []
    put = kept_pages._Layout._put

    def noted(layout: object, page: object, index: int, *rest: object) -> object:
        numbers.append(index)
        return put(layout, page, index, *rest)  # type: ignore[arg-type]

    with replaced(kept_pages._Layout, "_put", noted):
        yield numbers


TEXT = TEXTS["en"][1]
BLOCKS = {
    "text": f"<p>{TEXT}</p>",
    "short": "<p>Privacy by design.</p>",
    "small": f'<p class="small">{TEXT}</p>',
    "pale": f'<p class="pale">{TEXT[:90]}</p>',
    "long": f"<p>{TEXT * 3}</p>",
    "note": f'<p>{TEXT[:60]}<span class="footnote">{TEXT[:40]}</span> design</p>',
    "list": "<ol><li>Design</li><li>Privacy</li></ol>",
    "picture": '<img alt="Design" src="figures/f.svg">',
    "table": "<table><tr><th>Design</th></tr><tr><td>Privacy</td></tr></table>",
    "shaped": f'<p lang="ar" dir="rtl">{TEXTS["ar"][1][:80]}</p>',
    "cells": f'<table><tr><td>Design<p class="leaf">Privacy</p></td><td>{TEXT * 3}</td></tr></table>',
    "row": f'<div class="row"><div>Design<p class="leaf">Privacy</p></div><div>{TEXT * 3}</div></div>',
    "fixed": '<p style="position: fixed; bottom: 0; right: 0">Design</p>',
    "letters": "<p>Ærø × ½ find office</p>",
    "Chinese": '<p lang="zh-Hans">隐私，由设计保障。</p>',
    "bone": '<p lang="zh-Hans">骨</p>',
    "radical": '<p lang="ko">一⾻</p>',
    "counted": '<p>Of <span style="counter-increment: section">one</span></p>',
}
KINDS = ("", "", "any", "along", "wide", "after", "any after")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Where prepared faces are kept."""
    return Store(tmp_path_factory.getbasetemp() / "faces")


def test_what_did_not_change_is_put_in(store: Store) -> None:
    """A word is changed in the second of four sections: the pages of the others are those of the last time."""
    paper = Paper(tuple(Section(n, "", (BLOCKS["pale"], BLOCKS["picture"])) for n in range(4)))
    changed = replace(paper.sections[1], blocks=("<p>Privacy.</p>", BLOCKS["picture"]))
    edited = replace(paper, sections=(paper.sections[0], changed, *paper.sections[2:]))
    with closing(Kept()) as kept, counted() as numbers:
        render(paper, store, kept)
        assert numbers == []
        assert render(edited, store, kept) == render(edited, store)
        assert numbers == [2, 6, 8]
        numbers.clear()
        assert render(edited, store, kept) == render(edited, store)
        assert numbers == [2, 4, 6, 8]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(STYLE, STYLE.replace("9pt/1.5", "9pt/1.6"), id="a style"),
        pytest.param(STYLE, STYLE + "main:has(em) p { font-weight: 700 }", id="a selector that sees far"),
    ],
)
def test_where_the_styles_change_nothing_is_put_in(before: str, after: str, store: Store) -> None:
    """Neither when they change, nor while a selector could see what changed elsewhere."""
    paper = Paper(tuple(Section(n, "", (BLOCKS["text"],)) for n in range(3)), before)
    with closing(Kept()) as kept, counted() as numbers:
        render(paper, store, kept)
        for style in (after, after):
            edited = replace(
                paper, style=style, sections=(Section(9, "", ("<p><em>Design</em></p>",)), *paper.sections)
            )
            assert render(edited, store, kept) == render(edited, store)
        assert ":has" not in after or numbers == []


def test_a_drawing_that_changed_is_laid_out_again(store: Store) -> None:
    """The address is the same, the picture is not."""
    paper = Paper((Section(0, "", (BLOCKS["picture"],)), Section(1, "", (BLOCKS["text"],))))
    edited = replace(paper, label="Design")
    with closing(Kept()) as kept, counted() as numbers:
        render(paper, store, kept)
        assert render(edited, store, kept) == render(edited, store)
        assert numbers == [4]


def test_a_counter_of_the_styles_reaches_other_sections(store: Store) -> None:
    """A note more in the first section: those of the second have other numbers, though their HTML is the same."""
    paper = Paper(
        (Section(0, "", (BLOCKS["text"],)), Section(1, "", (BLOCKS["note"],)), Section(2, "", ("<p>Of</p>",)))
    )
    edited = replace(paper, sections=(Section(0, "", (BLOCKS["note"],)), *paper.sections[1:]))
    with closing(Kept()) as kept, counted() as numbers:
        render(paper, store, kept)
        assert render(edited, store, kept) == render(edited, store)
        assert numbers == [6]


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_another_character_renumbers_the_glyphs(language: str, store: Store) -> None:
    """A face made for other characters has other glyph numbers: pages set in the old one are put in with the new ones,
    also after a page that was refused."""
    texts = {"en": ("Design.", "Ærø × ½ Ωμέγα"), "zh-Hans": ("隐私，由设计保障。Design.", "第一，二〇二六年。")}
    text, other = (f"<p>{words}</p>" for words in texts[language])
    paper = Paper(tuple(Section(n, "", (text, BLOCKS["pale"])) for n in range(3)), language=language)
    edited = replace(paper, sections=(*paper.sections[:2], Section(2, "", (other,))))
    broken = replace(paper, sections=(*paper.sections[:2], Section(2, "", ('<img alt="" src="figures/no.svg">',))))
    with closing(Kept()) as kept, counted() as numbers:
        for each, put_in in ((paper, []), (edited, [2, 4]), (broken, [2, 4]), (edited, [2, 4, 6]), (paper, [2, 4])):
            numbers.clear()
            if each is broken:
                with pytest.raises(Rejected):
                    render(each, store, kept)
            else:
                assert render(each, store, kept) == render(each, store)
            assert numbers == put_in


def test_a_form_that_others_share(store: Store) -> None:
    """In Japanese, a new character decides how one looks that shares its traditional form, on pages put in too."""
    text = '<p>隐私 <span lang="ja">{}</span></p>'
    before, after = (
        Paper(tuple(Section(n, "", (text.format(form),)) for n, form in enumerate(forms)), language="zh-Hant")
        for forms in ("一戸一", "一戸戶")
    )
    with closing(Kept()) as kept, counted() as numbers:
        for each in (before, after, before):
            assert render(each, store, kept) == render(each, store)
        assert numbers == [2, 4, 2, 4]


def test_a_refused_page_costs_nothing(store: Store) -> None:
    """After a rendering that fails, what was kept before is still right."""
    paper = Paper(tuple(Section(n, "", (BLOCKS["text"],)) for n in range(3)))
    broken = replace(paper, sections=(*paper.sections[:2], Section(2, "", ('<img alt="" src="figures/no.svg">',))))
    with closing(Kept()) as kept, counted() as numbers:
        render(paper, store, kept)
        with pytest.raises(Rejected):
            render(broken, store, kept)
        numbers.clear()
        assert render(paper, store, kept) == render(paper, store)
        assert numbers == [2, 4, 6]


def test_a_warning_is_told_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What warned when it was laid out is laid out again: put in, it would be silent, and the edition built."""
    from weasyprint.layout import page
    from weasyprint.logger import LOGGER

    make = page.make_page

    def warn(context: object, root: object, page_type: object, resume_at: object, number: int, state: object) -> object:
        if number == 5:
            LOGGER.warning("something is wrong here")
        return make(context, root, page_type, resume_at, number, state)

    monkeypatch.setattr(page, "make_page", warn)
    paper = Paper(tuple(Section(n, "", (BLOCKS["short"],)) for n in range(3)))
    edited = replace(paper, sections=(*paper.sections[:2], Section(2, "", ("<p>Design.</p>",))))
    with closing(Kept()) as kept:
        for each in (paper, edited):
            with pytest.raises(Rejected, match="something is wrong here"):
                render(each, store, kept)


def test_a_page_of_another_number_is_another(store: Store) -> None:
    """The contents grow by two pages, but the count begins anew after them: a style that goes by number still fits."""
    style = STYLE + "@page body { counter-increment: page } main { page: body } @page :nth(5) { margin-left: 30mm }"
    style += " #s0 { counter-reset: page 0 }"
    parts = tuple(Section(n, "", (BLOCKS["short"],)) for n in range(3))
    with closing(Kept()) as kept:
        for count in (0, 40, 0):
            more = tuple(Section(100 + n, "along", ("<p>Design.</p>",)) for n in range(count))
            paper = Paper((*parts, *more), style)
            assert render(paper, store, kept) == render(paper, store)


@pytest.mark.parametrize("block", ["cells", "row"])
def test_a_break_in_several_places(block: str, store: Store) -> None:
    """A forced break within one of the cells of a row, where the layout goes on in more than one of them."""
    paper = Paper(tuple(Section(n, "", (BLOCKS["short"], BLOCKS[block])) for n in range(3)))
    edited = replace(paper, sections=(*paper.sections[:2], Section(2, "", ("<p>Design.</p>",))))
    with closing(Kept()) as kept:
        for each in (paper, edited, edited):
            assert render(each, store, kept) == render(each, store)


def sections(name: int) -> st.SearchStrategy[Section]:
    """Any section of that name."""
    blocks = st.lists(st.sampled_from(list(BLOCKS.values())), min_size=1, max_size=4).map(tuple)
    return st.builds(Section, st.just(name), st.sampled_from(KINDS), blocks)


@st.composite
def histories(draw: st.DrawFn) -> list[Paper]:
    """A paper and what it becomes by some edits: sections changed, added, taken away and moved, and its drawing."""
    paper = Paper(tuple(draw(sections(n)) for n in range(draw(st.integers(2, 4)))))
    made = [paper]
    for number in range(draw(st.integers(2, 4))):
        parts = list(paper.sections)
        place = draw(st.integers(0, len(parts) - 1))
        match draw(st.sampled_from(("change", "change", "change", "add", "drop", "move", "draw"))):
            case "change":
                parts[place] = draw(sections(parts[place].name))
            case "add":
                parts.insert(place, draw(sections(10 + number)))
            case "drop" if len(parts) > 1:
                del parts[place]
            case "move":
                parts.append(parts.pop(place))
            case _:
                paper = replace(paper, label=paper.label + "s")
        paper = replace(paper, sections=tuple(parts))
        made.append(paper)
    return made


@settings(max_examples=examples(6))
@given(history=histories())
def test_every_edit_is_as_from_nothing(history: list[Paper], store: Store) -> None:
    """However a paper came about: its bytes are those of a build from nothing."""
    with closing(Kept()) as kept:
        for paper in history:
            assert render(paper, store, kept) == render(paper, store)
