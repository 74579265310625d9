"""The pages made at a paper's end: what differs between its editions, what changed since a released version."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from imprint.base.diagnostic import Diagnostic, Diagnostics
from imprint.base.edition import Edition
from imprint.base.sources import Sources
from imprint.content.number import number_document
from imprint.content.select import select_region
from imprint.localize.approved import load_approved
from imprint.localize.compare.passages import Passage
from imprint.localize.translate import translate_document
from imprint.markup.appendix import load_appendices
from imprint.markup.inventory import list_passages
from imprint.markup.page import Page, render_page
from imprint.shell.options import find_place
from tests.conftest import PaperFactory, Runner
from tests.papers import CN, ENGINE, PAPER, Paper, in_chinese

BODY = """\
We keep {product} data for ten days.

/// region | cn
## Law of China {#sec-law}

Only here.
///

/// region | global
## Laws of the world {#sec-laws}

Only there.
///

## Both {#sec-both}

The same.
"""
ENGLISH = Edition("cn", "en", "en")
CHINESE = Edition("cn", "zh-Hans", "zh_Hans_CN")
WORLD = Edition("global", "en", "en")
ROWS = [("Notes", "cn"), ("Clock", "cn"), ("Mail", "global")]
DIFFERENCES = f"{PAPER}\n[appendix]\ndifferences = true\n"
CHANGES = f'{PAPER}\n[appendix]\nchanges = "0.9.0"\n'


def door(made: Paper) -> Sources:
    return Sources({"paper": made.folder, "engine": ENGINE, "releases": made.folder / "output/releases"})


def passages_of(made: Paper, edition: Edition) -> tuple[Passage, ...]:
    document = number_document(select_region(made.document(), edition.region))
    approved = load_approved(door(made), edition, Diagnostics())
    localised, _ = translate_document(document, edition, approved.lookup)
    return list_passages(localised, edition, (), approved.label)


def publish(made: Paper, edition: Edition, passages: Sequence[Passage]) -> None:
    """Put an earlier issue of the edition where releases are."""
    data = {"edition": str(edition), "passages": [passage.as_json() for passage in passages]}
    made.write(f"output/releases/0.9.0/messages/{edition.region}-{edition.language}.json", json.dumps(data))


def render(made: Paper, edition: Edition) -> tuple[Page | None, list[Diagnostic], Sources]:
    sources, found = door(made), Diagnostics()
    whole = made.document()
    document = number_document(select_region(whole, edition.region))
    approved = load_approved(sources, edition, found)
    localised, _ = translate_document(document, edition, approved.lookup)
    appendices = load_appendices(whole, localised, edition, sources, found)
    page = render_page(localised, edition, sources, approved.label, found, appendices=appendices)
    return page, list(found), sources


def _said(passage: Passage, msgid: str, text: str) -> Passage:
    return replace(passage, msgid=msgid, text=text)


def appendix_of(page: Page | None) -> str:
    assert page is not None
    return appendix_of_html(page.html)


def appendix_of_html(html: str) -> str:
    return html.split('<section class="chapter appendix"', 1)[1]


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_no_appendix_unless_asked(paper: PaperFactory) -> None:
    """A paper that asks for none has none, in its contents neither."""
    page, found, _ = render(paper(BODY), ENGLISH)
    assert page is not None
    assert not found
    assert "appendix-" not in page.html


def test_differences_name_what_only_one_edition_has(paper: PaperFactory) -> None:
    """Each edition lists what it alone has, with a link, and what only the other has, without one."""
    made = paper(BODY, files={"content/paper.toml": DIFFERENCES})
    for edition, own, other in ((ENGLISH, "sec-law", "sec-laws"), (WORLD, "sec-laws", "sec-law")):
        page, found, _ = render(made, edition)
        assert not found
        html = appendix_of(page)
        here, there = html.split("Not in this edition", 1)
        assert f'href="#{own}"' in here
        assert f'href="#{other}"' not in html
        assert ("Laws of the world" in there) == (edition is ENGLISH)
        assert "Both" not in html


def test_differences_in_the_editions_language(paper: PaperFactory) -> None:
    """The page is in the edition's language: its title, its words and the parts' own titles."""
    made = paper(BODY, files={"content/paper.toml": DIFFERENCES})
    made.translate("zh_Hans", in_chinese)
    page, found, _ = render(made, CHINESE)
    assert not found
    assert in_chinese("What differs between the editions") in appendix_of(page)
    assert in_chinese("Laws of the world") in text_of(appendix_of(page))
    assert 'lang="en"' not in appendix_of(page)


def test_another_language_is_marked(paper: PaperFactory) -> None:
    """Where the other market has no edition in this language, its source's words are marked as the source's."""
    made = paper(BODY, files={"content/paper.toml": DIFFERENCES, "content/regions/cn.toml": CN})
    made.translate("zh_Hans", in_chinese)
    world = (made.folder / "content/regions/global.toml").read_text()
    made.write("content/regions/global.toml", re.sub(r"languages = .*", 'languages = ["en"]', world))
    page, found, _ = render(made, CHINESE)
    assert not found
    assert re.search(r'lang="en"[^>]*>Laws of the world', appendix_of(page))


def test_what_another_edition_is_made_of_is_in_the_trace(paper: PaperFactory) -> None:
    """An edition that tells of another is stale where the other's catalog appears."""
    made = paper(BODY, files={"content/paper.toml": DIFFERENCES})
    _, _, sources = render(made, Edition("global", "zh-Hans", "zh_Hans"))
    assert "file paper:locales/zh_Hans_CN/LC_MESSAGES/messages.po" in sources.trace


def test_changes_word_by_word(paper: PaperFactory) -> None:
    """A changed passage shows its words of then and now, in words and not by colour, with the values of then."""
    made = paper(BODY, files={"content/paper.toml": CHANGES})
    now = passages_of(made, ENGLISH)
    old = "We keep {product} data for two days."
    publish(made, ENGLISH, [p if "ten" not in p.text else _said(p, old, old) for p in now])
    page, found, sources = render(made, ENGLISH)
    assert not found
    html = appendix_of(page)
    assert "We keep Widget data for [was: <del>two</del>; now: <ins>ten</ins>] days." in html
    assert "Changes of the paper" in html
    assert "Corrections of the translation" not in html
    assert "file releases:0.9.0/messages/cn-en.json" in sources.trace


def test_causes_are_told_apart(paper: PaperFactory) -> None:
    """A better translation is no change of the paper, and a market's new value is neither."""
    made = paper(BODY, files={"content/paper.toml": CHANGES})
    now = passages_of(made, ENGLISH)
    old = [_said(p, p.msgid, "Same, the.") if p.text == "The same." else p for p in now]
    publish(made, ENGLISH, [_said(p, "Gadget", "Gadget") if p.slot == "product" else p for p in old])
    html = appendix_of(render(made, ENGLISH)[0])
    assert "Corrections of the translation" in html
    assert "[was: <del>Gadget</del>; now: <ins>Widget</ins>]" in html.split(">Changes of facts and data<")[1]
    assert "Changes of the paper" not in html


def test_added_and_removed(paper: PaperFactory) -> None:
    """What one issue alone has is shown whole, under its chapter."""
    made = paper(BODY, files={"content/paper.toml": CHANGES})
    now = passages_of(made, ENGLISH)
    gone = next(p for p in now if p.text == "The same.")
    rest = [p for p in now if p.text != "Only here."]
    publish(made, ENGLISH, [*rest, _said(gone, "Something entirely different.", "Something entirely different.")])
    text = text_of(appendix_of(render(made, ENGLISH)[0]))
    assert "Added: Only here." in text
    assert "Removed: Something entirely different." in text


def test_marks_alone(paper: PaperFactory) -> None:
    """Where no word differs the passage is named, and no word is said to have changed."""
    made = paper(BODY, files={"content/paper.toml": CHANGES})
    now, old = passages_of(made, ENGLISH), "The *same*."
    publish(made, ENGLISH, [_said(p, old, old) if p.text == "The same." else p for p in now])
    html = appendix_of(render(made, ENGLISH)[0])
    assert "Emphasis, notes or citations changed: The same." in text_of(html)
    assert "<ins>" not in html


def test_nothing_and_new(paper: PaperFactory) -> None:
    """An edition that is as it was says so, and one that the version did not have says that."""
    made = paper(BODY, files={"content/paper.toml": CHANGES})
    publish(made, ENGLISH, passages_of(made, ENGLISH))
    assert "Nothing has changed." in appendix_of(render(made, ENGLISH)[0])
    made.write("output/releases/0.9.0/manifest.json", "{}")
    assert "This edition is new: version 0.9.0" in appendix_of(render(made, WORLD)[0])


@pytest.mark.parametrize("data", [None, "no JSON", '{"passages": [{"part": 1}]}', "[]"])
def test_no_such_version(paper: PaperFactory, data: str | None) -> None:
    """A version that is not there, or cannot be read, is an error with its line and a hint."""
    made = paper(BODY, files={"content/paper.toml": CHANGES})
    if data is not None:
        made.write("output/releases/0.9.0/messages/cn-en.json", data)
    _, (slip,), _ = render(made, ENGLISH)
    assert slip.rule == "no-release"
    assert slip.at is not None
    assert (slip.at.file, slip.at.line) == ("content/paper.toml", CHANGES.split("\n").index('changes = "0.9.0"') + 1)
    assert slip.hint


def test_contents_and_outline(paper: PaperFactory) -> None:
    """The contents lead to the appendix, and its headings follow one another without a gap."""
    page, _, _ = render(paper(BODY, files={"content/paper.toml": DIFFERENCES}), ENGLISH)
    assert page is not None
    assert re.search(r'<a class="body-line" href="#appendix-differences" title="What differs[^"]*">What', page.html)
    levels = [int(level) for level in re.findall(r"<h(\d)[ >]", appendix_of(page))]
    assert levels == [1, 2, 2]


def test_releases_are_below_the_output(tmp_path: Path) -> None:
    """The command line's door leads to the releases of the output folder that it was given."""
    place = find_place(None, str(tmp_path))
    assert place.roots["releases"] == tmp_path.resolve() / "releases"


def test_facts_of_one_table_stand_together(paper: PaperFactory) -> None:
    """Rows of a table that both markets have are named under the table; what both say alike is not named."""
    rows = "".join(f'[[rows]]\nname = "{name}"\nregions = ["{region}"]\n' for name, region in ROWS)
    data = f'[[columns]]\nkey = "name"\ntitle = "App"\n\n{rows}[[rows]]\nname = "Shared"\n'
    body = f"{BODY}\n/// table | apps\n    id: tab-apps\n\nApps.\n///\n"
    files = {"content/paper.toml": DIFFERENCES, "content/data/apps.toml": data}
    page, found, _ = render(paper(body, files=files), ENGLISH)
    assert not found
    here, there = text_of(appendix_of(page)).split("Not in this edition", 1)
    assert "Table 1: Notes; Clock" in here
    assert "Table 1: Mail" in there
    assert "Shared" not in here + there


def test_editions_with_both_are_proven(paper: PaperFactory, run: Runner) -> None:
    """Both pages pass the proofs of layout and preflight in print, and the web page has them too."""
    settings = f'{DIFFERENCES}changes = "0.9.0"\n'
    made = paper(BODY, files={"content/paper.toml": settings})
    made.translate("zh_Hans", in_chinese)
    for edition in (ENGLISH, CHINESE):
        now = passages_of(made, edition)
        publish(made, edition, [_said(p, "Old {product}.", "Old {product}.") if "ten" in p.msgid else p for p in now])
    for form in ("pdf", "html"):
        built = run("build", "--paper", made.folder, "--region", "cn", "--format", form, "--json")
        assert built.code == 0, built.err
        for fact in json.loads(built.out):
            assert fact["errors"] == []
            # The tests' Chinese is one character again and again, which preflight takes for a running header.
            assert fact["warnings"] == [] or fact["language"] == "zh-Hans"
    for language in ("en", "zh-Hans"):
        html = (made.folder / f"output/cn/{language}/tiny-cn-{language}.html").read_text()
        assert html.index('id="appendix-differences"') < html.index('id="appendix-changes"')
        assert "<h1" not in appendix_of_html(html)
