"""Running the rules: silence, severities, places, and speed."""

from __future__ import annotations

from pathlib import Path

import pytest

from imprint.base.diagnostic import Diagnostics, Location, Severity
from imprint.base.sources import Sources
from imprint.localize.catalog import load_catalog
from imprint.localize.check.profile import profile_for
from imprint.localize.check.run import check_catalog, check_translation, pair_of, rule_names
from imprint.localize.check.subject import Pair
from imprint.localize.check.terms import load_terms
from imprint.localize.entry import Entry
from tests.cost import cost_of
from tests.localize.check.conftest import Ask


@pytest.mark.parametrize(
    "comment", ["# imprint: ignore numbers", "imprint: ignore numbers, units", "imprint:ignore units,numbers"]
)
def test_a_comment_silences_rules_for_its_message(comment: str, ask: Ask) -> None:
    """The translator's comment names the rules, with or without its mark."""
    assert ask("de", "It took 2 days.", "Es dauerte 3 Tage.", comments=(comment,)) == []
    assert ask("de", "It took 2 days.", "Es dauerte 3 Tage.", comments=("imprint: ignore terms",)) != []


def test_an_unknown_rule_in_a_comment_is_a_warning(ask: Ask) -> None:
    """A slip in a rule's name silences nothing, and says so."""
    found = ask("de", "It took 2 days.", "Es dauerte 3 Tage.", comments=("imprint: ignore nubmers",))
    assert (found[0].rule, found[0].severity, found[0].hint) == ("unknown-rule", "warning", "did you mean 'numbers'?")
    assert len(found) == 2


def test_a_language_silences_rules(ask: Ask) -> None:
    """What paper.toml ignores is not run; a name that it slips in is a warning of the catalog's check."""
    assert ask("de", "It took 2 days.", "Es dauerte 3 Tage.", ignore=("numbers",)) == []
    assert [d.rule for d in check_catalog([], profile_for("de"), ignore=("nubmers",))] == ["unknown-rule"]


def test_a_finding_has_its_place() -> None:
    """Findings stand at the entry's msgstr."""
    pair = pair_of(Entry("Text.", ("Text ",), line=7, msgstr_line=8), "locales/de/LC_MESSAGES/messages.po")
    found = check_translation(pair, profile_for("de"))
    assert {d.at for d in found} == {Location("locales/de/LC_MESSAGES/messages.po", 8)}


def test_untranslated_messages_have_no_findings() -> None:
    """An empty msgstr is not wrong, it is missing: coverage speaks of it."""
    assert check_translation(Pair("Text.", ("",)), profile_for("de")) == []


def test_severities() -> None:
    """What would be false or broken on the page is an error; what is a matter of style is a warning."""
    pair = Pair("See [a](#b) within 5 days.", ("Siehe [a](#c) in 6 Tagen",))
    found = {d.rule: d.severity for d in check_translation(pair, profile_for("de"))}
    assert found == {"links": Severity.ERROR, "numbers": Severity.ERROR, "end-punctuation": Severity.WARNING}


def test_any_language_of_cldr_can_be_checked() -> None:
    """A language without a table of its own is checked by CLDR's data alone."""
    assert check_translation(Pair("On 1 November 2021.", ("1. novembrī 2021",)), profile_for("lv")) != []
    assert check_translation(Pair("On 3 May 2021.", ("3 Mei 2021.",)), profile_for("sw")) == []


@pytest.mark.parametrize(
    "hostile",
    [
        "[" * 20_000,
        "[a](b" * 8_000,
        "<![" * 3_000,
        "1," * 20_000,
        "a " * 20_000,
        "{" * 20_000,
        "one " * 10_000,
        "一" * 20_000,
        "\u202a" * 20_000,
        "(" * 20_000 + "）" * 9,
        "1/" * 10_000,
        "［" * 20_000,
        "´" * 20_000,
        "] " * 10_000,
    ],
    ids=lambda text: text[:5],
)
def test_a_hostile_translation_is_checked_in_time(hostile: str) -> None:
    """No rule is quadratic (2 s is the bound of the hostile list)."""
    profiles = profile_for("zh-Hans"), profile_for("de")

    def check_both() -> None:
        check_translation(Pair("Some text with 5 words.", (hostile,)), profiles[0])
        check_translation(Pair(hostile, (hostile,)), profiles[1])

    assert cost_of(check_both) < 40


@pytest.mark.parametrize(
    ("lang", "hostile"),
    [
        ("th", "สองปี" * 4_000),
        ("ko", "두 개 중 한 개 " * 3_000),
        ("de", "1 in 4 " * 4_000),
        ("de", "by a factor of 2 " * 3_000),
        ("vi", "hai thập kỷ " * 4_000),
    ],
    ids=lambda text: text[:5],
)
def test_numbers_of_a_hostile_text_are_read_in_time(lang: str, hostile: str) -> None:
    """Counting words, shares and decades without end, in scripts with and without spaces: nothing is quadratic."""

    def check_both() -> None:
        check_translation(Pair("Some text with 5 words.", (hostile,)), profile_for(lang))
        check_translation(Pair(hostile, (hostile,)), profile_for(lang))

    assert cost_of(check_both) < 40


def test_a_title_of_ordinary_words_wants_translating() -> None:
    """What the source writes small elsewhere is no name; "Xiaomi" is one."""
    pairs = [
        Pair("The market of the cloud.", ("云的市场。",)),
        Pair("Market", ("Market",)),
        Pair("Xiaomi Cloud", ("Xiaomi Cloud",)),
    ]
    assert [d.rule for d in check_catalog(pairs, profile_for("zh-Hans"))] == ["untranslated"]


def test_the_paper_s_own_catalogs_give_no_false_alarm() -> None:
    """At most one message in a hundred of each catalog of this repository is spoken of."""
    root = Path(__file__).parents[3]
    sources = Sources({"paper": root})
    for path in sources.list("locales", ".po"):
        diagnostics = Diagnostics()
        catalog = load_catalog(sources.read_bytes(path), path, diagnostics)
        assert catalog is not None
        tag = Path(path).parts[1]
        entries = [entry for entry in catalog.entries if entry.msgid and entry.translated and not entry.fuzzy]
        glossary = load_terms(sources, f"locales/terms/{tag}.toml", diagnostics)
        found = list(check_catalog([pair_of(e, path) for e in entries], profile_for(tag), glossary=glossary))
        print(f"\n{path}: {len({d.at for d in found})} of {len(entries)}")  # noqa: T201 (the measurement; pytest -s shows it)
        assert len({d.at for d in found}) <= len(entries) / 100, "\n".join(map(str, found))


def test_rule_names_are_stable() -> None:
    """Comments and paper.toml files of years name these rules."""
    assert rule_names() == {
        "placeholders",
        "brace-format",
        "printf-format",
        "links",
        "references",
        "code",
        "footnotes",
        "citations",
        "images",
        "tags",
        "emphasis",
        "markup-slip",
        "active-markup",
        "numbers",
        "units",
        "standards",
        "terms",
        "forbidden-terms",
        "control",
        "bidi",
        "invisible",
        "look-alike",
        "width",
        "inner-punctuation",
        "spaces",
        "pairs",
        "repeated",
        "letters",
        "edge-space",
        "end-punctuation",
        "untranslated",
        "length",
        "plural-forms",
        "header",
    }
