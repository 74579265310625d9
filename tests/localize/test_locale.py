"""A locale's chain of catalogs goes from the near to the far, and never into another script."""

from __future__ import annotations

import pytest

from imprint.localize.locale import fallbacks, script_family


@pytest.mark.parametrize(("locale", "chain"), [
    ("zh_Hant_HK", ("zh_Hant_HK", "zh_Hant")),
    ("zh_TW", ("zh_TW", "zh_Hant_TW", "zh_Hant")),
    ("zh-Hans-CN", ("zh_Hans_CN", "zh_Hans", "zh")),
    ("sr_Latn_RS", ("sr_Latn_RS", "sr_Latn")),
    ("pt_BR", ("pt_BR", "pt_Latn_BR", "pt_Latn", "pt")),
    ("es_MX", ("es_MX", "es_Latn_MX", "es_419", "es_Latn", "es")),
    ("sr@latin", ("sr_Latn",)),
    ("qps-ploc", ("qps-ploc",)),
])  # fmt: skip
def test_chain(locale: str, chain: tuple[str, ...]) -> None:
    """CLDR's parents, without those of another script."""
    assert fallbacks(locale) == chain
    assert len({script_family(name) for name in fallbacks(locale)}) == 1


def test_a_tag_that_is_none() -> None:
    """Raises, for the command line to refuse."""
    with pytest.raises(ValueError, match="expected only letters"):
        fallbacks("not a tag")
