"""A compendium is offered to the catalogs of its language and script, and to no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from imprint.base.diagnostic import Diagnostics
from imprint.localize.memory import share_memory
from tests.conftest import PaperFactory, Runner
from tests.localize.catalogs import HEADER, entry, sound
from tests.papers import in_chinese

LINE = HEADER.splitlines().index(r'"Language: de\n"') + 1


def shared(language: str, locales: list[str]) -> tuple[list[str], list[str]]:
    """The locales that are offered a compendium of the language, and what is said."""
    compendium = sound(HEADER.replace("Language: de", f"Language: {language}") + entry("a", "b"))
    diagnostics = Diagnostics()
    offers = share_memory([compendium], locales, diagnostics)
    assert list(offers) == locales
    assert all(texts in ([], list(compendium.entries)) for texts in offers.values())
    assert all(found.at and found.at.line == LINE for found in diagnostics)
    assert {found.rule for found in diagnostics.warnings} <= {"memory-language"}
    return [locale for locale, texts in offers.items() if texts], [found.message for found in diagnostics]


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("zh_Hans", ["zh_Hans"]),
        ("zh-CN", ["zh_Hans"]),
        ("zh_TW", ["zh_Hant_HK"]),
        ("de_AT", ["de", "de_CH"]),
        ("fr", []),
        ("Chinese", []),
    ],
)
def test_its_language_and_script(language: str, wanted: list[str]) -> None:
    """It is offered where language and script are its own, whatever the market; one warning names all others."""
    locales = ["de", "de_CH", "zh_Hans", "zh_Hant_HK"]
    offered, told = shared(language, locales)
    assert offered == wanted
    others = ", ".join(locale for locale in locales if locale not in wanted)
    assert told == [f"is in {language}, so it is not offered to {others}"]


def test_no_warning_where_it_is_for_all() -> None:
    """Where every catalog is of its language, nothing is said."""
    assert shared("de", ["de", "de_CH"]) == (["de", "de_CH"], [])


def test_without_a_language() -> None:
    """One that does not say its language is offered where there is but one that it can be."""
    assert shared("", ["de", "de_CH"]) == (["de", "de_CH"], [])
    offered, told = shared("", ["de", "vi"])
    assert (offered, len(told)) == ([], 1)


def test_update_says_which_are_left_out(paper: PaperFactory, run: Runner, tmp_path: Path) -> None:
    """`update --memory` puts no Chinese text into the German catalog, warns once, and names the file."""
    made = paper("A paragraph.\n")
    made.translate("zh_Hans", in_chinese)
    made.translate("de", lambda _: "")
    memory = tmp_path / "memory.po"
    memory.write_bytes((made.folder / "locales/zh_Hans/LC_MESSAGES/messages.po").read_bytes())
    ran = run("update", "--paper", made.folder, "--memory", memory)
    assert ran.code == 0
    assert ran.err.count("[memory-language]") == 1
    assert f"{memory}:" in ran.err
    assert "fuzzy" not in (made.folder / "locales/de/LC_MESSAGES/messages.po").read_text("utf-8")


def test_a_fault_of_a_compendium_has_its_path(
    paper: PaperFactory, run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is no catalog is named as the command line names it."""
    made = paper("A paragraph.\n")
    made.translate("de", lambda _: "")
    (tmp_path / "README.md").write_text("# Title\n\nSome text.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    ran = run("update", "--paper", made.folder, "--memory", "README.md")
    assert ran.code == 1
    assert "\nREADME.md:3: error: " in f"\n{ran.err}"
    assert "memory0" not in ran.err
