"""The messages of the union of all editions: each once, with its places, in a stable order."""

from __future__ import annotations

from collections.abc import Callable

from imprint.base.diagnostic import Diagnostics
from imprint.localize.extract import extract_messages, needed_keys
from imprint.localize.labels import extract_labels
from tests.conftest import PaperFactory
from tests.papers import CN, PAPER, Paper

BODY = """\
Shared {product}.

/// region | cn

Only in China.
///

Shared {product}.

/// translators | A word to translators.
///

Noted.

Notes

Notes
{: context="app" }

/// untranslated
Not asked.
///
"""
FILES = {
    "content/regions/cn.toml": CN + '[placeholders]\noffice = { text = "The Office", translate = true }\n',
    "content/glossary.toml": '[[terms]]\nid = "a"\nterm = "A term"\ndefinition = "Its *definition*."\n',
    "content/figures/f.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 100">\n'
    '<text class="label" data-box="0 0 99 30">A label</text>\n</svg>',
    "content/data/t.toml": '[[columns]]\nkey = "a"\ntitle = "Head"\nnarrow = 12\n\n[[rows]]\na = "Cell"\n'
    '\n[[rows]]\nregions = ["cn"]\na = "Cell of China"\n',
}
MORE = "\n/// figure | f.svg\n    alt: Alt.\n\nCaption.\n///\n\n/// table | t\n\nTable.\n///\n\n/// glossary\n///\n"
TEMPLATE = "templates/partials/extra.html"


def made(paper: PaperFactory) -> Paper:
    settings = PAPER.replace("version", 'subtitle = "{edition_name}"\nkeywords = ["privacy"]\nversion')
    return paper(BODY + MORE, paper=settings, files=FILES)


def test_the_union(paper: PaperFactory, golden: Callable[[str, str], None]) -> None:
    """Every message of every edition, with its places and what translators are told; who alone needs it."""
    document = made(paper).document()
    lines = []
    for each in extract_messages(document, ()):
        context = f" ({each.message.context})" if each.message.context else ""
        lines.append(f"{each.message.msgid}{context}")
        lines += [f"    #: {place}" for place in each.references]
        lines += [f"    #. {comment}" for comment in each.comments(frozenset(document.paper.regions))]
    golden("union.txt", "\n".join(lines) + "\n")


def test_the_walk_is_the_translations_own(paper: PaperFactory) -> None:
    """What an edition needs is in the union, and the union holds nothing that no edition needs."""
    document = made(paper).document()
    keys = {(each.message.msgid, each.message.context) for each in extract_messages(document, ())}
    needed = needed_keys(document)
    assert keys == needed["cn"] | needed["global"]
    assert ("Only in China.", None) in needed["cn"] - needed["global"]


def test_twice_is_the_same(paper: PaperFactory) -> None:
    """Two extractions of one paper are equal, order and all."""
    first, second = (
        [(e.message, e.references, e.kinds, e.regions) for e in extract_messages(paper_made.document(), ())]
        for paper_made in (made(paper), made(paper))
    )
    assert first == second


def test_labels_of_templates(paper: PaperFactory) -> None:
    """The templates' words are messages; a paper's own template stands for the engine's of the same name."""
    text = "{{ _('Own word {n}', n=1) }}\n\n{{ _('Own word {n}', n=2) }}{# _('Commented') #}{{ _(x) }}"
    own = paper(files={TEMPLATE: text, "templates/partials/cover.html": "<p>{{ _('Own cover') }}</p>"})
    labels = extract_labels(own.sources(), Diagnostics())
    found = [(m.msgid, str(m.at), sorted(m.placeholders)) for m in labels if m.msgid.startswith("Own")]
    assert found == [
        ("Own cover", "templates/partials/cover.html:1", []),
        ("Own word {n}", f"{TEMPLATE}:1", ["n"]),
        ("Own word {n}", f"{TEMPLATE}:3", ["n"]),
    ]
    assert "Commented" not in {label.msgid for label in labels}
    assert {m.msgid for m in labels if m.at.file == "templates/partials/cover.html"} == {"Own cover"}


def test_a_broken_template_is_named(paper: PaperFactory) -> None:
    """A template that cannot be read is an error with its line."""
    found = Diagnostics()
    extract_labels(paper(files={TEMPLATE: "<p>\n{% if %}"}).sources(), found)
    assert [(d.rule, str(d.at)) for d in found] == [("template", f"{TEMPLATE}:2")]
