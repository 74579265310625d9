"""`init` makes one catalog for each language, however its name is written, and none that is there or not needed."""

from __future__ import annotations

import pytest

from tests.conftest import PaperFactory, Runner
from tests.papers import GLOBAL, Paper


def spoken(paper: PaperFactory, languages: str = '["en", "zh"]', territory: str = "001") -> Paper:
    """A paper with two regions, the second of which has the languages."""
    region = GLOBAL.replace('["en", "zh"]', languages).replace('"001"', f'"{territory}"')
    made: Paper = paper(files={"content/regions/global.toml": region})
    return made


def folders(made: Paper) -> list[str]:
    return sorted(path.parts[-3] for path in made.folder.glob("locales/*/LC_MESSAGES/messages.po"))


@pytest.mark.parametrize(("tag", "folder"), [
    ("vi", "vi"), ("vi_VN", "vi"), ("pt-BR", "pt"), ("pt_BR", "pt"), ("pt-PT", "pt_PT"), ("pt_PT", "pt_PT"),
    ("zh", "zh_Hans"), ("zh_CN", "zh_Hans"), ("zh-TW", "zh_Hant"), ("zh_HK", "zh_Hant_HK"), ("es-419", "es_419"),
    ("sr", "sr_Cyrl"), ("sr@latin", "sr_Latn"), ("sr@cyrillic", "sr_Cyrl"), ("uz@Cyrillic", "uz_Cyrl"),
    ("uz", "uz_Latn"),
])  # fmt: skip
def test_the_folder(paper: PaperFactory, run: Runner, tag: str, folder: str) -> None:
    """`-` and `_` are the same, a script stands where there are two, a country where it is not the expected one."""
    made = spoken(paper)
    assert run("init", "--paper", made.folder, "--lang", tag).code == 0
    assert folders(made) == [folder]
    assert f'"Language: {folder}\\n"' in (made.folder / f"locales/{folder}/LC_MESSAGES/messages.po").read_text()


@pytest.mark.parametrize(("there", "tag", "advice"), [
    ("pt", "pt_BR", "`update --lang pt` brings it up to date"),
    ("pt_BR", "pt-BR", "`update --lang pt_BR` brings it up to date"),
    ("pt_BR", "pt", "`update --lang pt_BR` brings it up to date"),
    ("zh_Hans", "zh-CN", "`update --lang zh_Hans` brings it up to date"),
    ("zh_CN", "zh", "no edition uses it under this name: rename the folder to locales/zh_Hans"),
    ("sr@latin", "sr-Latn", "no edition uses it under this name: rename the folder to locales/sr_Latn"),
])  # fmt: skip
def test_a_catalog_that_is_there(paper: PaperFactory, run: Runner, there: str, tag: str, advice: str) -> None:
    """It is named, under whatever name it stands, and no second one is made beside it."""
    made = spoken(paper, '["en", "pt-BR"]')
    made.translate(there, lambda text: text)
    ran = run("init", "--paper", made.folder, "--lang", tag)
    assert ran.code == 2
    assert f"locales/{there}/LC_MESSAGES/messages.po exists; {advice}" in ran.err
    assert folders(made) == [there]


def test_the_market_says_whose_portuguese(paper: PaperFactory, run: Runner) -> None:
    """In Portugal `pt` is served by `pt_PT`, and needs no other."""
    made = spoken(paper, '["en", "pt"]', "PT")
    made.translate("pt_PT", lambda text: text)
    assert run("init", "--paper", made.folder, "--lang", "pt").code == 2


def test_another_countrys_is_another(paper: PaperFactory, run: Runner) -> None:
    """Brazil's catalog is not in the way of Portugal's, and is left alone."""
    made = spoken(paper)
    made.translate("pt", lambda text: text)
    assert run("init", "--paper", made.folder, "--lang", "pt-PT").code == 0
    assert folders(made) == ["pt", "pt_PT"]


@pytest.mark.parametrize("tag", ["ca@valencia", "de_DE@euro", "sr_Cyrl@latin"])
def test_a_modifier_that_names_no_script(paper: PaperFactory, run: Runner, tag: str) -> None:
    """It is refused, with what may stand there, and nothing is made."""
    made = spoken(paper)
    ran = run("init", "--paper", made.folder, "--lang", tag)
    assert ran.code == 2
    assert "names no script; leave it out" in ran.err or "names two scripts; write sr-Cyrl or sr-Latn" in ran.err
    assert not folders(made)


@pytest.mark.parametrize("tag", ["qps-ploc", "qps_plocm"])
def test_a_pseudo_language(paper: PaperFactory, run: Runner, tag: str) -> None:
    """It needs no catalog, and the command that writes one is named."""
    ran = run("init", "--paper", spoken(paper).folder, "--lang", tag)
    assert ran.code == 2
    assert f"`pseudo --lang {tag.replace('_', '-')}`" in ran.err


@pytest.mark.parametrize(("tag", "hint"), [("zh-CN", False), ("vi", True), ("zh_HK", True)])
def test_what_is_still_to_do(paper: PaperFactory, run: Runner, tag: str, hint: bool) -> None:
    """Where no edition would use the new catalog, this is said."""
    assert ("to 'languages' of a region" in run("init", "--paper", spoken(paper).folder, "--lang", tag).err) == hint


def test_each_command_tells_of_the_folders(paper: PaperFactory, run: Runner) -> None:
    """`check` errs where a language has no catalog at all, `update` and `status` go on; all name an unused folder."""
    made = spoken(paper)
    made.translate("vi", lambda _: "")
    for command, code, absent in (("check", 1, "error: "), ("update", 0, "warning: "), ("status", 0, "")):
        ran = run(command, "--paper", made.folder)
        assert ran.code == code
        assert ran.err.count("no edition uses this catalog [catalog-unused]") == 1
        assert (f"{absent}cn/zh-Hans, global/zh-Hans have no catalog" in ran.err) == bool(absent)


def test_a_folder_of_no_language_is_no_bug(paper: PaperFactory, run: Runner) -> None:
    """A catalog of no known language is told of and not checked, alone or among others."""
    made = paper()
    for folder in ("my notes", "ca@valencia", "zh_Hans"):
        made.translate(folder, lambda _: "")
    for options in ((), ("--lang", "my notes")):
        ran = run("check", "--paper", made.folder, *options)
        assert ran.code == 0
        assert "locales/my notes/LC_MESSAGES/messages.po: warning: no edition uses this catalog" in ran.err


@pytest.mark.parametrize(("there", "asked"), [("pt_BR", "pt"), ("sr_Latn", "sr@latin"), ("zh_Hans", "zh_CN")])
def test_any_name_of_a_language_finds_its_catalog(paper: PaperFactory, run: Runner, there: str, asked: str) -> None:
    """`update --lang` takes the catalog of that language under the name that it has."""
    made = paper()
    made.translate(there, lambda _: "")
    ran = run("update", "--paper", made.folder, "--lang", asked)
    assert ran.code == 0
    assert f"locales/{there}/LC_MESSAGES/messages.po: " in ran.err
