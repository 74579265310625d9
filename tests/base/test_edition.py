"""A tag and a territory give the language and the locale that CLDR expects."""

from __future__ import annotations

import pytest

from imprint.base.diagnostic import UsageError
from imprint.base.edition import Edition, resolve_language


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
    ],
)
def test_resolution(tag: str, territory: str, language: str, locale: str) -> None:
    """The script is named only where the language has more than one, the territory only where CLDR has data."""
    assert resolve_language(tag, territory) == (language, locale)


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
