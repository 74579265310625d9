"""Markets: inheritance, selectors, and which editions a command line asks for."""

from __future__ import annotations

import pytest

from imprint.base.diagnostic import Diagnostics, Location, UsageError
from imprint.content.region import choose_editions, load_regions, resolve_regions
from tests.conftest import PaperFactory
from tests.papers import CN, GLOBAL, Paper

EU = 'name = "Europe"\nedition = "EU Version"\nterritory = "DE"\nlanguages = ["de"]\ninherits = "global"\n'
LAWS = '\n[placeholders]\noffice = { text = "Office" }\nplace = { text = "Everywhere" }\n\n[[laws]]\nname = "A law"\n'


@pytest.fixture
def four(paper: PaperFactory) -> Paper:
    """cn and global; eu inherits from global, and fr from eu."""
    return paper(
        files={
            "content/regions/global.toml": GLOBAL + LAWS,
            "content/regions/eu.toml": EU + '\n[placeholders]\noffice = { text = "EU Office" }\n',
            "content/regions/fr.toml": 'inherits = "eu"\nterritory = "FR"\nlanguages = ["fr", "en"]\nname = "France"\n',
        }
    )


def test_inheritance(four: Paper) -> None:
    """What a market does not set comes from its parent, placeholders one by one, each with its own place."""
    regions = load_regions(four.sources(), Diagnostics())
    fr = regions["fr"]
    assert fr.lineage == ("fr", "eu", "global")
    assert (fr.profile.name, fr.profile.edition, fr.profile.territory) == ("France", "EU Version", "FR")
    assert {name: table.text for name, (table, _) in fr.placeholders.items()} == {
        "office": "EU Office",
        "place": "Everywhere",
    }
    assert fr.placeholders["office"][1] == Location("content/regions/eu.toml", 8)
    assert fr.placeholders["place"][1].file == "content/regions/global.toml"
    file, rows = fr.data["laws"]
    assert (file.path, rows) == ("content/regions/global.toml", [{"name": "A law"}])


@pytest.mark.parametrize(
    ("languages", "territory", "why"),
    [
        ('["pt", "en", "pt-BR"]', "001", "'pt' and 'pt-BR' are the same edition: pt"),
        ('["zh_CN", "zh-Hans"]', "001", "'zh_CN' and 'zh-Hans' are the same edition: zh-Hans"),
        ('["pt-PT", "pt"]', "PT", "'pt-PT' and 'pt' are the same edition in PT: pt"),
        ('["en", "en"]', "001", "two times 'en' is the same edition: en"),
    ],
)
def test_two_languages_of_one_edition(paper: PaperFactory, languages: str, territory: str, why: str) -> None:
    """They would have one file: an error at the line of the file that has them, once for all who inherit them."""
    region = GLOBAL.replace('["en", "zh"]', languages).replace('"001"', f'"{territory}"')
    heir = 'inherits = "global"\nname = "Heir"\n'
    made = paper(files={"content/regions/global.toml": region, "content/regions/heir.toml": heir})
    found = Diagnostics()
    load_regions(made.sources(), found)
    (error,) = found.errors
    assert (error.message, error.at) == (why, Location("content/regions/global.toml", 4))
    assert error.hint


def test_an_unknown_language_that_is_inherited(paper: PaperFactory) -> None:
    """It is told once, where it stands, and refuses the heirs as well."""
    region = GLOBAL.replace('["en", "zh"]', '["en", "ca@valencia"]')
    heir = 'inherits = "global"\nname = "Heir"\n'
    made = paper(files={"content/regions/global.toml": region, "content/regions/heir.toml": heir})
    found = Diagnostics()
    assert set(load_regions(made.sources(), found)) == {"cn"}
    (error,) = found.errors
    assert (error.rule, error.at) == ("unknown-language", Location("content/regions/global.toml", 4))
    assert "'@valencia' names no script" in error.message


def test_two_countries_are_two_editions(paper: PaperFactory) -> None:
    """Brazil and Portugal, Taiwan and Hong Kong have an edition each, and any name of one chooses it."""
    region = GLOBAL.replace('["en", "zh"]', '["en", "pt-BR", "pt-PT", "zh-TW", "zh-HK", "es-MX"]')
    made = paper(files={"content/regions/cn.toml": None, "content/regions/global.toml": region})
    regions = load_regions(made.sources(), Diagnostics())
    shown = [edition.language for edition in choose_editions(regions, (), ())]
    assert shown == ["en", "pt", "pt-PT", "zh-Hant", "zh-Hant-HK", "es-MX"]
    for name, language in {
        "pt": "pt", "pt_BR": "pt", "pt_PT": "pt-PT", "zh-Hant": "zh-Hant", "zh-HK": "zh-Hant-HK", "es": "es-MX",
    }.items():  # fmt: skip
        assert [edition.language for edition in choose_editions(regions, (), (name,))] == [language]


@pytest.mark.parametrize(
    ("spec", "shown"),
    [
        ("cn", {"cn"}),
        ("global", {"global", "eu", "fr"}),
        ("eu", {"eu", "fr"}),
        ("cn, eu", {"cn", "eu", "fr"}),
        ("!cn", {"global", "eu", "fr"}),
        ("!eu", {"cn", "global"}),
        ("global, !fr", {"global", "eu"}),
        ("! cn", {"global", "eu", "fr"}),
        ("", {"cn", "global", "eu", "fr"}),
    ],
)
def test_selectors(four: Paper, spec: str, shown: set[str]) -> None:
    """A market is meant by its own name and by its ancestors'; `!` takes away."""
    found = Diagnostics()
    regions = load_regions(four.sources(), found)
    assert resolve_regions(spec, regions, Location("a"), found) == shown
    assert not list(found)


@pytest.mark.parametrize(
    ("regions", "languages", "chosen"),
    [
        ((), (), ["cn/zh-Hans", "cn/en", "eu/de", "fr/fr", "fr/en", "global/en", "global/zh-Hans"]),
        (("cn",), ("zh",), ["cn/zh-Hans"]),
        (("cn",), ("zh-Hans",), ["cn/zh-Hans"]),
        (("cn", "global"), ("zh", "en"), ["cn/zh-Hans", "cn/en", "global/zh-Hans", "global/en"]),
        (("cn", "cn"), (), ["cn/zh-Hans", "cn/en"]),
        ((), ("fr",), ["fr/fr"]),
    ],
)
def test_choice(four: Paper, regions: tuple[str, ...], languages: tuple[str, ...], chosen: list[str]) -> None:
    """Names choose rows of the matrix, tags its columns; each edition comes once."""
    known = load_regions(four.sources(), Diagnostics())
    assert [str(edition) for edition in choose_editions(known, regions, languages)] == chosen


@pytest.mark.parametrize(
    ("regions", "languages", "words"),
    [
        (("cm",), (), "there is no region 'cm'; did you mean 'cn'?"),
        (("cn",), ("fr",), "there is no edition cn/fr; the matrix has cn/zh-Hans"),
        (("cn",), ("zh-Hant",), "did you mean 'zh-Hans'?"),
        ((), ("ja",), "there is no edition in the language 'ja'"),
        ((), ("klingon",), "'klingon' is not a language tag"),
    ],
)
def test_no_such_edition(four: Paper, regions: tuple[str, ...], languages: tuple[str, ...], words: str) -> None:
    """A name or a pair outside the matrix says what exists, or what was probably meant."""
    known = load_regions(four.sources(), Diagnostics())
    with pytest.raises(UsageError) as caught:
        choose_editions(known, regions, languages)
    assert words in str(caught.value)


def test_a_faulty_region_is_left_out_and_said(paper: PaperFactory) -> None:
    """One market's slip does not hide another's."""
    found = Diagnostics()
    made = paper(files={"content/regions/cn.toml": CN.replace('"CN"', '"china"'), "content/regions/x.toml": "a = 1"})
    assert set(load_regions(made.sources(), found)) == {"global"}
    places = {str(d.at) for d in found}
    assert "content/regions/cn.toml:3" in places
    assert any(place.startswith("content/regions/x.toml") for place in places)


@pytest.mark.parametrize("name", ["a\nb", "World", "a'b", "\u202eabc", "a b", "sub/eu", "!cn", "a,b"])
def test_a_region_name_is_plain(paper: PaperFactory, name: str) -> None:
    """A name that selectors, folders or a terminal would take otherwise is refused, and never a region."""
    made = paper(files={"content/regions/global.toml": GLOBAL, f"content/regions/{name}.toml": EU})
    diagnostics = Diagnostics()
    assert name not in load_regions(made.sources(), diagnostics)
    assert [found.rule for found in diagnostics] == ["region-name"]


def test_a_long_line_of_ancestors_is_refused(paper: PaperFactory) -> None:
    """Each market's profile is merged along its line of ancestors, so the line has an end."""
    files = {f"content/regions/r{index}.toml": f'inherits = "r{index - 1}"\n' for index in range(1, 200)}
    made = paper(files={"content/regions/r0.toml": GLOBAL, **files})
    diagnostics = Diagnostics()
    assert "r16" in load_regions(made.sources(), diagnostics)
    assert {found.rule for found in diagnostics} == {"inherit-depth"}
    assert Location("content/regions/r17.toml", 1) in {found.at for found in diagnostics}


@pytest.mark.parametrize("value", ["5", "[5]", "true", "0x" + "f" * 4000])
def test_a_parent_that_is_no_name(paper: PaperFactory, value: str) -> None:
    """`inherits` of another type is a slip with its line."""
    made = paper(files={"content/regions/eu.toml": f"inherits = {value}\n"})
    diagnostics = Diagnostics()
    assert "eu" not in load_regions(made.sources(), diagnostics)
    assert {found.rule for found in diagnostics} <= {"bad-value", "toml"}
    assert Location("content/regions/eu.toml", 1) in {found.at for found in diagnostics}
