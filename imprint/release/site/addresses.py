"""The editions of a site in; out, where each page is, what its switches lead to, and what search engines are told."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from imprint.base.edition import Edition
from imprint.content.region import Region
from imprint.markup.setting import Alternate, Choice, Download, Setting
from imprint.markup.values import language_name

INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the pages of `editions` are. `url` is the site's own address, with its last slash, or empty."""

    editions: tuple[Edition, ...]
    regions: Mapping[str, Region]
    url: str = ""

    @property
    def root(self) -> str:
        """The path of the site's root on its server, for a page that is shown in any folder."""
        return urlsplit(self.url).path or "/"

    def setting(self, edition: Edition, names: Mapping[str, str], download: Download) -> Setting:
        """An edition's page in the site. `names` are the regions' editions in its language, by region."""
        folder = edition.folder()
        here = Download(posixpath.relpath(download.href, folder), download.bytes, download.pages)
        return Setting(
            url=self.url,
            canonical=self._address(edition, folder) if self.url else "",
            start=posixpath.relpath(INDEX, folder),
            regions=tuple(self._regions(edition, names)),
            languages=tuple(self._languages(edition)),
            alternates=self.alternates(folder),
            download=here,
        )

    def start(self) -> Setting:
        """The start page's place."""
        return Setting(url=self.url, canonical=self.url, alternates=self.alternates(""))

    def alternates(self, folder: str) -> tuple[Alternate, ...]:
        """Every edition that a search engine can tell apart, and the start page for everybody else.

        The same on every page of the site, as the engines ask: each page names all others and itself.
        """
        pairs = [Alternate(tag, self._address(edition, folder)) for edition, tag in self.hreflangs().items()]
        return (*pairs, Alternate("x-default", self.url or posixpath.relpath(INDEX, folder or ".")))

    def hreflangs(self) -> dict[Edition, str]:
        """A language, with a country where the market is one (`zh-Hans-CN`); the world's market is the language's.

        A market that is neither (the European Union) gets the bare language where nobody else has it, for `hreflang`
        knows languages and countries alone. Of two editions of one tag the first has it.
        """
        found: dict[str, Edition] = {}
        for rank in range(3):
            for edition in self.editions:
                territory = self.regions[edition.region].profile.territory
                kind = 0 if _is_country(territory) else 1 if territory == "001" else 2
                # A tag that names its own country is for its readers, wherever they are.
                kind = 1 if edition.country else kind
                tag = f"{edition.language}-{territory}" if kind == 0 else edition.language
                if kind == rank:
                    found.setdefault(tag, edition)
        named = {edition: tag for tag, edition in found.items()}
        return {edition: named[edition] for edition in self.editions if edition in named}

    def page(self, edition: Edition, folder: str) -> str:
        """A link to an edition's page from a page in `folder` (empty: the root); it works without a server too."""
        return posixpath.relpath(f"{edition.folder()}/{INDEX}", folder or ".")

    def _address(self, edition: Edition, folder: str) -> str:
        return f"{self.url}{edition.folder()}/" if self.url else self.page(edition, folder)

    def _regions(self, edition: Edition, names: Mapping[str, str]) -> Iterable[Choice]:
        """The regions, each in the reader's language where it is published in it."""
        for region in dict.fromkeys(other.region for other in self.editions):
            there = [other for other in self.editions if other.region == region]
            target = next((other for other in there if other.language == edition.language), there[0])
            yield self._choice(edition, target, names[region], edition.language, region == edition.region)

    def _languages(self, edition: Edition) -> Iterable[Choice]:
        for other in self.editions:
            if other.region == edition.region:
                name = language_name(other)
                yield self._choice(edition, other, name, other.language, other == edition)

    def _choice(self, edition: Edition, target: Edition, name: str, language: str, current: bool) -> Choice:
        return Choice(name, language, self.page(target, edition.folder()), target.language, current)


def _is_country(territory: str) -> bool:
    """Whether the code is a country's (ISO 3166-1); `EU` and `UN` are reserved there and no countries."""
    return len(territory) == 2 and territory not in ("EU", "EZ", "UN")
