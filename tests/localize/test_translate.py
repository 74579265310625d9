"""Translation puts approved texts in their places, and nothing else ever."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imprint.base.diagnostic import Diagnostics
from imprint.base.edition import Edition
from imprint.content.number import number_document
from imprint.content.select import select_region
from imprint.localize.approved import load_approved
from imprint.localize.translate import translate_document
from imprint.markup.page import render_page
from tests.conftest import PaperFactory
from tests.papers import CN, Paper, catalog
from tests.search import examples

ENGLISH = Edition("cn", "en", "en")
CHINESE = Edition("cn", "zh-Hans", "zh_Hans_CN")
HONG_KONG = Edition("hk", "zh-Hant", "zh_Hant_HK")

BLOCKS = [
    "A paragraph with *emphasis*, `code` and {product}.",
    "- an item\n- another",
    "1. first\n2. second",
    "> a quotation",
    "/// note | A title\n\nInside.\n\n///",
    "/// untranslated\n\nAs it is.\n\n///",
    "/// region | cn\n\nHere only.\n\n///",
    "| A | B |\n|---|--:|\n| c | d |",
    "Term\n:   Definition",
    "    code {product}",
    "A source [@law-1].",
    "---",
    "Two  \nlines",
    "{{7*7}} {% x %} 100%",
    "[words](#ch-one) and [](#ch-one)",
    '<abbr title="A">A</abbr>',
    "汉字与 Latin",
    "## A section\n\nText below.",
]


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(BLOCKS), max_size=5))
def test_msgstr_as_msgid_changes_nothing(paper: PaperFactory, blocks: list[str]) -> None:
    """Translating every message with its own msgid gives the same Document, and the same page."""
    made = paper("\n\n".join(blocks) + "\n")
    document = number_document(select_region(made.document(), "cn"))
    translated, coverage = translate_document(document, ENGLISH, lambda msgid, _: msgid)
    assert coverage.ratio == 1
    assert translated == replace(document, edition=ENGLISH)
    plain = translate_document(document, ENGLISH, lambda *_: None)[0]
    pages = [
        render_page(each, ENGLISH, made.sources(), lambda text: text, Diagnostics()) for each in (translated, plain)
    ]
    assert pages[0] is not None
    assert pages[0] == pages[1]


def shown(made: Paper, edition: Edition) -> dict[str, tuple[str, str | None]]:
    """Each message of the edition: what is shown, and the language it is marked with."""
    found = Diagnostics()
    approved = load_approved(made.sources(), edition, found)
    assert not found.errors, [str(d) for d in found]
    document = select_region(made.document(), edition.region)
    localised, _ = translate_document(document, edition, approved.lookup)
    return {text.message.msgid: (text.text, text.lang) for text in localised.texts()}


PO = "locales/{}/LC_MESSAGES/messages.po"


def test_what_is_missing_keeps_the_source_and_its_language(paper: PaperFactory) -> None:
    """An untranslated message is shown in the source's language, and says so; it is counted once."""
    made = paper(
        "Same.\n\nSame.\n\nOther.\n", files={PO.format("zh_Hans"): catalog("zh_Hans", [("Other.", None, "别的。")])}
    )
    texts = shown(made, CHINESE)
    assert texts["Same."] == ("Same.", "en")
    assert texts["Other."] == ("别的。", None)
    document = select_region(made.document(), "cn")
    _, coverage = translate_document(document, CHINESE, load_approved(made.sources(), CHINESE, Diagnostics()).lookup)
    assert [message.msgid for message in coverage.missing].count("Same.") == 1
    assert coverage.translated == 1
    assert 0 < coverage.ratio < 1


@pytest.mark.parametrize("flags", ["fuzzy", "python-brace-format, fuzzy"])
def test_fuzzy_is_never_shown(paper: PaperFactory, flags: str) -> None:
    """A fuzzy entry counts as no translation."""
    made = paper(files={PO.format("zh_Hans"): catalog("zh_Hans", [("A paragraph.", None, "一段。")], flags)})
    assert shown(made, CHINESE)["A paragraph."] == ("A paragraph.", "en")


def test_obsolete_is_never_shown(paper: PaperFactory) -> None:
    """An obsolete entry is kept in its file and never given."""
    text = catalog("zh_Hans", []) + '\n#~ msgid "A paragraph."\n#~ msgstr "一段。"\n'
    made = paper(files={PO.format("zh_Hans"): text})
    assert shown(made, CHINESE)["A paragraph."] == ("A paragraph.", "en")


def test_a_context_is_part_of_the_key(paper: PaperFactory) -> None:
    """Two equal texts with two contexts have two translations."""
    po = catalog("zh_Hans", [("Notes", None, "注释"), ("Notes", "app", "笔记")])
    made = paper('Notes\n\nNotes\n{: context="app" }\n', files={PO.format("zh_Hans"): po})
    document = select_region(made.document(), "cn")
    localised, _ = translate_document(document, CHINESE, load_approved(made.sources(), CHINESE, Diagnostics()).lookup)
    texts = [text.text for text in localised.texts() if text.message.msgid == "Notes"]
    assert texts == ["注释", "笔记"]


HK = CN.replace('"CN"', '"HK"').replace("Mainland China", "Hong Kong")


def test_fallback_along_the_script(paper: PaperFactory) -> None:
    """Hong Kong takes from its own catalog, then from `zh_Hant`, and never from `zh_Hans` or `zh`."""
    files = {
        "content/regions/hk.toml": HK,
        PO.format("zh_Hant_HK"): catalog("zh_Hant_HK", [("One.", None, "港一。")]),
        PO.format("zh_Hant"): catalog("zh_Hant", [("One.", None, "一。"), ("Two.", None, "繁二。")]),
        PO.format("zh_Hans"): catalog("zh_Hans", [("Three.", None, "简三。")]),
        PO.format("zh"): catalog("zh", [("Three.", None, "简三。")]),
    }
    texts = shown(paper("One.\n\nTwo.\n\nThree.\n", files=files), HONG_KONG)
    assert [texts[key] for key in ("One.", "Two.", "Three.")] == [
        ("港一。", None),
        ("繁二。", None),
        ("Three.", "en"),
    ]


def test_a_fuzzy_nearer_entry_does_not_hide_a_farther_one(paper: PaperFactory) -> None:
    """Where the nearest catalog's entry is fuzzy, the next one's approved translation is shown."""
    files = {
        "content/regions/hk.toml": HK,
        PO.format("zh_Hant_HK"): catalog("zh_Hant_HK", [("One.", None, "港一。")], "fuzzy"),
        PO.format("zh_Hant"): catalog("zh_Hant", [("One.", None, "一。")]),
    }
    assert shown(paper("One.\n", files=files), HONG_KONG)["One."] == ("一。", None)


def test_the_source_language_may_have_a_catalog(paper: PaperFactory) -> None:
    """An English catalog corrects the source's words; what it lacks is no gap."""
    made = paper("Colour.\n\nOther.\n", files={PO.format("en"): catalog("en", [("Colour.", None, "Color.")])})
    texts = shown(made, ENGLISH)
    assert texts["Colour."] == ("Color.", None)
    assert texts["Other."] == ("Other.", None)
