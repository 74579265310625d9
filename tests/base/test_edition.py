"""A tag and a territory give the language and the locale that CLDR expects."""

from __future__ import annotations

import pytest

from imprint.base.diagnostic import UsageError
from imprint.base.edition import Edition, maximal_locale, resolve_language


@pytest.mark.parametrize(
    ("tag", "territory", "language", "locale"),
    [
        ("zh", "CN", "zh-Hans", "zh_Hans_CN"),
        ("zh", "TW", "zh-Hant", "zh_Hant_TW"),
        ("zh", "HK", "zh-Hant", "zh_Hant_HK"),
        ("zh", "SG", "zh-Hans", "zh_Hans_SG"),
        ("zh", "001", "zh-Hans", "zh_Hans"),
        ("zh-Hant", "CN", "zh-Hant", "zh_Hant"),
        ("zh-TW", "001", "zh-Hant", "zh_Hant_TW"),
        ("zh_Hans", "CN", "zh-Hans", "zh_Hans_CN"),
        ("en", "CN", "en", "en"),
        ("en", "001", "en", "en"),
        ("en", "GB", "en", "en_GB"),
        ("pt", "BR", "pt", "pt_BR"),
        ("sr", "RS", "sr-Cyrl", "sr_Cyrl_RS"),
        ("ar", "EG", "ar", "ar_EG"),
        ("ja", "JP", "ja", "ja_JP"),
        ("de", "DE", "de", "de_DE"),
        ("qps-ploc", "CN", "qps-ploc", "en"),
        ("pt-BR", "001", "pt", "pt_BR"),
        ("pt_PT", "001", "pt-PT", "pt_PT"),
        ("pt-PT", "PT", "pt", "pt_PT"),
        ("pt-BR", "PT", "pt-BR", "pt_BR"),
        ("pt-BR", "CN", "pt", "pt_BR"),
        ("zh-HK", "001", "zh-Hant-HK", "zh_Hant_HK"),
        ("zh-HK", "HK", "zh-Hant", "zh_Hant_HK"),
        ("zh-TW", "HK", "zh-Hant-TW", "zh_Hant_TW"),
        ("en-GB", "001", "en-GB", "en_GB"),
        ("es-419", "001", "es-419", "es_419"),
        ("es-ES", "MX", "es-ES", "es_ES"),
        ("sr-ME", "001", "sr-Latn-ME", "sr_Latn_ME"),
        ("sr@latin", "001", "sr-Latn", "sr_Latn"),
        ("sr_RS@latin", "RS", "sr-Latn", "sr_Latn_RS"),
        ("uz@cyrillic", "UZ", "uz-Cyrl", "uz_Cyrl_UZ"),
    ],
)
def test_resolution(tag: str, territory: str, language: str, locale: str) -> None:
    """The script is named only where the language has more than one, the territory only where CLDR has data, and in
    the tag only where the market and CLDR would expect another."""
    assert resolve_language(tag, territory) == (language, locale)
    assert resolve_language(language, territory)[0] == language


@pytest.mark.parametrize("names", [("pt", "pt_BR", "pt-Latn-BR"), ("zh", "zh_CN", "zh-Hans"), ("sr_Latn", "sr@latin")])
def test_what_a_name_means(names: tuple[str, ...]) -> None:
    """Names that CLDR's likely subtags make one are one; another country or script is another."""
    assert len({maximal_locale(name) for name in names}) == 1
    assert maximal_locale(names[0]) not in {maximal_locale(name) for name in ("pt_PT", "zh_TW", "sr_Cyrl")}


@pytest.mark.parametrize(("tag", "why"), [
    ("ca@valencia", "'@valencia' names no script"), ("sr_Cyrl@latin", "names two scripts; write sr-Cyrl or sr-Latn"),
])  # fmt: skip
def test_a_modifier_that_names_no_script(tag: str, why: str) -> None:
    """It is a usage error that says what may stand there: without it, the catalog would be another language's."""
    with pytest.raises(UsageError, match=why):
        resolve_language(tag, "001")


@pytest.mark.parametrize("tag", ["zz", "", "-", "en--", "klingon", "../x", "en\0", "12"])
def test_a_tag_that_is_none(tag: str) -> None:
    """A tag that CLDR does not know is a usage error that shows it."""
    with pytest.raises(UsageError, match="language tag"):
        resolve_language(tag, "CN")


@pytest.mark.parametrize(
    ("language", "locale", "direction"),
    [("zh-Hans", "zh_Hans_CN", "ltr"), ("ar", "ar_EG", "rtl"), ("he", "he_IL", "rtl"), ("qps-plocm", "en", "rtl")],
)
def test_direction(language: str, locale: str, direction: str) -> None:
    """The direction is CLDR's character order; the second pseudo-language runs right to left."""
    assert Edition("x", language, locale).direction == direction


def test_names() -> None:
    """An edition's folder and file name come from region and language."""
    edition = Edition("cn", "zh-Hans", "zh_Hans_CN")
    assert edition.folder() == "cn/zh-Hans"
    assert edition.stem("miui-13") == "miui-13-cn-zh-Hans"
    assert str(edition) == "cn/zh-Hans"


@pytest.mark.parametrize(("language", "country"), [("pt-PT", "PT"), ("pt", ""), ("zh-Hans", ""), ("qps-ploc", "")])
def test_the_country_of_the_tag(language: str, country: str) -> None:
    """It is the tag's own, not the market's."""
    assert Edition("x", language, "pt_PT").country == country
