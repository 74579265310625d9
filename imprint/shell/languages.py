"""The catalogs that a command line means."""

from __future__ import annotations

from collections.abc import Iterable

from imprint.base.diagnostic import UsageError
from imprint.base.edition import maximal_locale
from imprint.base.sources import Sources
from imprint.content.toml import suggest
from imprint.localize.approved import catalog_locales
from imprint.localize.folders import folders_alike
from imprint.localize.locale import fallbacks


def choose_catalogs(sources: Sources, languages: Iterable[str]) -> tuple[str, ...]:
    """The locales of the catalogs that `--lang` names (`zh`, `zh-Hans`, `zh_Hans`); all of them where it names none.

    Raises UsageError, with what exists, where there is no such catalog.
    """
    existing = catalog_locales(sources)
    chosen: list[str] = []
    for language in languages:
        try:
            names = [name for name in (language, *fallbacks(language)) if name in existing]
            # Else one of another name for the same readers: `pt_BR` where `pt` was asked for.
            names = names or folders_alike(maximal_locale(language), existing)
        except ValueError:
            names = [language] if language in existing else []
        if not names:
            hint = suggest(language, existing) or "`init --lang` makes the first"
            raise UsageError(f"there is no catalog for '{language}'; {hint}")
        chosen.append(names[0])
    return tuple(dict.fromkeys(chosen)) or existing
