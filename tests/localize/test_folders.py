"""Folders that serve no edition, two for one language, editions without a catalog: each is told once."""

from __future__ import annotations

import pytest

from imprint.base.diagnostic import Diagnostic, Diagnostics, Severity
from imprint.localize.approved import catalog_path
from imprint.localize.folders import check_folders
from tests.conftest import PaperFactory
from tests.papers import GLOBAL, Paper, catalog


def speaking(paper: PaperFactory, languages: str, folders: tuple[str, ...]) -> Paper:
    """A paper whose one region has the languages, with an empty catalog in each of the folders."""
    region = GLOBAL.replace('["en", "zh"]', languages)
    files: dict[str, str | None] = {"content/regions/cn.toml": None, "content/regions/global.toml": region}
    made: Paper = paper(files={**files, **{catalog_path(folder): catalog(folder, []) for folder in folders}})
    return made


def findings(
    made: Paper, chosen: tuple[str, ...] | None = None, absent: Severity | None = Severity.ERROR
) -> dict[str, Diagnostic]:
    """What is said of each folder, which is one thing."""
    found = Diagnostics()
    check_folders(made.sources(), made.document().paper, found, chosen, absent)
    told = {diagnostic.at.file.split("/")[1]: diagnostic for diagnostic in found if diagnostic.at}
    assert len(told) == len(found)
    return told


@pytest.mark.parametrize(("languages", "folder", "right"), [
    ('["en", "zh"]', "zh_CN", "rename the folder to locales/zh_Hans"),
    ('["en", "zh"]', "zh-Hans", "rename the folder to locales/zh_Hans"),
    ('["en", "zh"]', "zh_CN.UTF-8", "rename the folder to locales/zh_Hans"),
    ('["en", "zh-TW"]', "zh_TW", "rename the folder to locales/zh_Hant"),
    ('["en", "zh-TW", "zh-HK"]', "zh_HK", "rename the folder to locales/zh_Hant_HK"),
    ('["en", "sr-Latn"]', "sr@latin", "rename the folder to locales/sr_Latn"),
    ('["en", "pt"]', "pt_BR", "rename the folder to locales/pt"),
    ('["en", "zh"]', "vi", 'add "vi" to the languages of a region in content/regions/; or delete the folder'),
    ('["en", "zh"]', "zh_TW", 'add "zh-Hant" to the languages of a region in content/regions/, and rename the folder '
                              "to locales/zh_Hant; or delete the folder"),
    ('["en", "pt"]', "pt_PT", 'add "pt-PT" to the languages of a region in content/regions/; or delete the folder'),
    ('["en", "zh"]', "ca@valencia", "the folder's name: '@valencia' names no script"),
    ('["en", "zh"]', "mine", "name the folder by its language's tag with _ for -, such as zh_Hans"),
    ('["en", "zh"]', "qps-ploc", "delete it; `build --lang qps-ploc` needs none"),
])  # fmt: skip
def test_a_catalog_that_no_edition_uses(paper: PaperFactory, languages: str, folder: str, right: str) -> None:
    """It is a warning at the catalog, with the folder's right name or what would make an edition use it."""
    found = findings(speaking(paper, languages, (folder,)), absent=None)[folder]
    assert (found.severity, found.rule) == (Severity.WARNING, "catalog-unused")
    assert found.hint.startswith(right)


@pytest.mark.parametrize(("languages", "folders"), [
    ('["en", "zh"]', ("zh_Hans",)),
    ('["en", "zh"]', ("zh",)),
    ('["en", "zh-CN"]', ("zh_Hans", "zh_Hans_CN")),
    ('["en", "pt-BR"]', ("pt", "pt_BR")),
    ('["en", "pt", "pt-PT"]', ("pt", "pt_PT")),
    ('["en", "es-MX"]', ("es_419",)),
    ('["en-GB", "en"]', ("en_GB", "en")),
    ('["en", "en-GB"]', ()),
])  # fmt: skip
def test_what_serves_an_edition(paper: PaperFactory, languages: str, folders: tuple[str, ...]) -> None:
    """A chain of catalogs from the near to the far is as it should be, and the source's language needs none."""
    assert not findings(speaking(paper, languages, folders))


@pytest.mark.parametrize(("folders", "kept", "rule"), [
    (("zh_Hans", "zh"), "zh_Hans", "catalog-twice"), (("zh_Hans", "zh_CN"), "zh_Hans", "catalog-unused"),
    (("zh", "zh_CN"), "zh", "catalog-unused"),
])  # fmt: skip
def test_two_folders_for_one_language(paper: PaperFactory, folders: tuple[str, ...], kept: str, rule: str) -> None:
    """The one that comes second, or serves nobody, is told of, with how its translations get into the other."""
    (folder,) = set(folders) - {kept}
    (found,) = findings(speaking(paper, '["en", "zh"]', folders)).values()
    assert (found.rule, found.at and found.at.file) == (rule, catalog_path(folder))
    assert f"update --memory {catalog_path(folder)}` offers to locales/{kept} what it lacks" in found.hint


def test_a_language_without_a_catalog(paper: PaperFactory) -> None:
    """It is one finding for all its editions, as bad as the command says, with the command that makes one."""
    made = paper()
    (found,) = findings(made).values()
    assert (found.severity, found.rule) == (Severity.ERROR, "catalog-absent")
    assert found.message == "cn/zh-Hans, global/zh-Hans have no catalog"
    assert found.hint == "make it: python build.py init --lang zh-Hans"
    assert findings(made, absent=Severity.WARNING)["zh_Hans"].severity is Severity.WARNING
    assert not findings(made, absent=None)


def test_a_catalog_under_another_name_is_named(paper: PaperFactory) -> None:
    """Where a folder is meant for the edition that has none, no second one is to be made."""
    assert findings(speaking(paper, '["en", "zh"]', ("zh_CN",)))["zh_Hans"].hint == (
        "rename the folder locales/zh_CN to locales/zh_Hans"
    )


def test_two_languages_by_one_catalog(paper: PaperFactory) -> None:
    """Portugal's edition that has only Brazil's words is a warning; one of its own, even a small one, ends it."""
    found = findings(speaking(paper, '["en", "pt-PT", "pt-BR"]', ("pt",)))["pt_PT"]
    assert (found.severity, found.rule) == (Severity.WARNING, "catalog-shared")
    assert "`init --lang pt-PT` makes it" in found.hint


def test_only_what_was_chosen(paper: PaperFactory) -> None:
    """With `--lang`, other folders are nobody's business."""
    assert list(findings(speaking(paper, '["en", "zh"]', ("zh_CN", "vi")), ("vi",), None)) == ["vi"]
