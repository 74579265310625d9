"""Terms: reading them, and holding translations to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from imprint.base.diagnostic import Diagnostics
from imprint.base.sources import Sources
from imprint.localize.check.terms import NO_TERMS, Glossary, load_terms
from tests.localize.check.conftest import Ask


def load(text: str | None) -> tuple[Glossary, Diagnostics]:
    """The glossary of a file with this text, or of none."""
    overlay = {} if text is None else {"locales/terms/de.toml": text.encode()}
    diagnostics = Diagnostics()
    sources = Sources({"paper": Path("/nowhere")}, overlay)
    return load_terms(sources, "locales/terms/de.toml", diagnostics), diagnostics


def test_terms_are_read() -> None:
    """One translation or a list of them for each term, and forbidden words with what to use instead."""
    glossary, diagnostics = load(
        '[terms]\n"consent" = "Einwilligung"\n"app" = ["App", "Anwendung"]\n'
        '[forbidden]\n"Zustimmung" = "Einwilligung"\n'
    )
    assert (dict(glossary.terms), dict(glossary.forbidden), len(diagnostics)) == (
        {"consent": ("Einwilligung",), "app": ("App", "Anwendung")},
        {"Zustimmung": "Einwilligung"},
        0,
    )


def test_no_file_is_no_terms() -> None:
    """A language may have no terms."""
    assert load(None)[0] == NO_TERMS


@pytest.mark.parametrize("text", ["[terms\n", "terms = 3\n", '[terms]\n"a" = 3\n', '[terms]\n"a" = []\n'])
def test_a_bad_file_is_a_diagnostic(text: str) -> None:
    """A slip in the file is an error at the file, not a traceback."""
    assert [d.rule for d in load(text)[1].errors] == ["terms"]


@pytest.mark.parametrize(
    ("lang", "term", "allowed", "source", "target", "good"),
    [
        (
            "de",
            "personal data",
            "personenbezogene Daten",
            "Personal data are safe.",
            "Mit personenbezogenen Daten.",
            True,
        ),
        (
            "de",
            "personal data",
            "personenbezogene Daten",
            "Personal data are safe.",
            "Private Daten sind sicher.",
            False,
        ),
        ("de", "consent", "Einwilligung", "Your consent.", "Ihre Einwilligungserklärung.", True),
        ("ru", "consent", "согласие", "With your consent.", "С вашего согласия.", True),
        ("ru", "consent", "согласие", "With your consent.", "С вашего разрешения.", False),
        ("ru", "data controller", "оператор данных", "The data controllers.", "Операторами данных.", True),
        ("ar", "consent", "موافقة", "With your consent.", "بموافقتك.", True),
        ("ar", "personal information", "المعلومات الشخصية", "Personal information.", "بالمعلومات الشخصية.", True),
        ("zh-Hans", "consent", "同意", "consent", "征得同意", True),
        ("zh-Hans", "consent", "同意", "consents", "许可", False),
        ("hi", "consent", "सहमति", "consent", "आपकी सहमति से", True),
        ("fr", "cookie", "témoin", "Cookies are used.", "Des témoins sont utilisés.", True),
        ("de", "app", "App", "The application is new.", "Das Programm ist neu.", True),
        ("de", "app", "App", "Per-app settings.", "Einstellungen.", True),
        ("pl", "consent", "zgoda", "With your consent.", "Za Twoją zgodą.", True),
        ("tr", "consent", "rıza", "With your consent.", "Rızanızla.", True),
    ],
)
def test_a_term_is_asked_for(
    lang: str, term: str, allowed: str, source: str, target: str, good: bool, ask: Ask
) -> None:
    """Inflected and joined forms count; whole words of the source only."""
    found = [d.rule for d in ask(lang, source, target, glossary=Glossary({term: (allowed,)}))]
    assert ("terms" not in found) is good


def test_the_longest_term_counts(ask: Ask) -> None:
    """Inside "data controller", "data" is not a term of its own."""
    glossary = Glossary({"data": ("Daten",), "data controller": ("Verantwortlicher",)})
    assert ask("de", "The data controller", "Der Verantwortliche", glossary=glossary) == []


def test_a_forbidden_term_is_an_error(ask: Ask) -> None:
    """A forbidden word is named with its replacement; inside an allowed longer term it is let pass."""
    glossary = Glossary({"consent form": ("Zustimmungsbogen",)}, {"Zustimmung": "Einwilligung"})
    found = ask("de", "Your consent", "Ihre Zustimmung", glossary=glossary)
    assert [(d.rule, d.severity, d.hint) for d in found] == [("forbidden-terms", "error", "write 'Einwilligung'")]
    assert ask("de", "Your consent form", "Ihr Zustimmungsbogen", glossary=glossary) == []
