"""The approved translations of one edition: its chain of catalogs in, a lookup out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from imprint.base.diagnostic import Diagnostic, Diagnostics, Location, Rejected
from imprint.base.edition import PSEUDO, Edition
from imprint.base.sources import Absent, Sources
from imprint.localize.catalog import Catalog, load_catalog
from imprint.localize.entry import Entry
from imprint.localize.locale import fallbacks
from imprint.localize.pseudo import KINDS, pseudo_translate


def catalog_path(locale: str) -> str:
    """Where the catalog of a locale stands in a paper's folder: `locales/zh_Hans/LC_MESSAGES/messages.po`."""
    return f"locales/{locale}/LC_MESSAGES/messages.po"


def catalog_locales(sources: Sources) -> tuple[str, ...]:
    """The locales that have a catalog in the paper's folder, sorted."""
    found = {path: path.split("/")[1] for path in sources.list("locales", "messages.po")}
    return tuple(sorted(locale for path, locale in found.items() if path == catalog_path(locale)))


def own_folder(edition: Edition) -> str:
    """The folder that is called as the edition's language is, `zh_Hans`: one of those that serve it."""
    return edition.language.replace("-", "_")


@dataclass(frozen=True, slots=True)
class Approved:
    """The catalogs that serve an edition, nearest first. Fuzzy entries are never given.

    `begun` says whether a file is there at all, be it one that cannot be read.
    """

    catalogs: tuple[Catalog, ...]
    pseudo: str = ""
    begun: bool = True

    def lookup(self, msgid: str, context: str | None = None) -> str | None:
        """The approved translation, or None."""
        if self.pseudo:
            return pseudo_translate(msgid, self.pseudo)
        entry = self.entry(msgid, context)
        return entry.msgstr if entry else None

    def entry(self, msgid: str, context: str | None = None) -> Entry | None:
        """The entry whose translation `lookup` gives."""
        found = self.find(msgid, context)
        return found[1] if found else None

    def find(self, msgid: str, context: str | None = None) -> tuple[str, Entry] | None:
        """That entry, with the path of the catalog that holds it: not always the nearest one."""
        for catalog in self.catalogs:
            entry = catalog.lookup(msgid, context)
            if entry is not None and entry.translated and not entry.fuzzy:
                return catalog.path, entry
        return None

    def label(self, msgid: str) -> str:
        """A template's word, or the source's where there is no translation."""
        return self.lookup(msgid) or msgid

    def header(self) -> Mapping[str, str]:
        """The nearest catalog's header fields; empty where there is none."""
        return self.catalogs[0].header if self.catalogs else {}

    def path(self) -> str:
        """The nearest catalog's path; empty where there is none."""
        return self.catalogs[0].path if self.catalogs else ""


def load_approved(sources: Sources, edition: Edition, diagnostics: Diagnostics) -> Approved:
    """Read the edition's catalogs, `zh_Hant_HK → zh_Hant`, never across scripts; each fault is kept with its line."""
    if edition.language in PSEUDO:
        return Approved((), pseudo_kind(edition.language))
    catalogs = []
    begun = False
    for locale in fallbacks(edition.locale):
        path = catalog_path(locale)
        try:
            data = sources.read_bytes(path)
        except Absent:
            continue
        except Rejected as rejected:
            catalog, found = None, rejected.diagnostics
        else:
            catalog, found = _parse(data, path, locale)
        begun = True
        diagnostics.extend(found)
        if catalog is not None:
            catalogs.append(catalog)
    return Approved(tuple(catalogs), begun=begun)


# As many as an edition and those that it is compared with have, in a process that lives for one edition.
@lru_cache(maxsize=8)
def _parse(data: bytes, path: str, locale: str) -> tuple[Catalog | None, tuple[Diagnostic, ...]]:
    """The catalog in the bytes, and what is wrong with it; once for all the regions of a language."""
    found = Diagnostics()
    return load_catalog(data, path, found, language=locale), tuple(found)


def pseudo_kind(language: str) -> str:
    """The kind of `pseudo_translate` that a pseudo-language's tag means."""
    return language if language in KINDS else language.removeprefix("qps-")


def missing_at(edition: Edition, approved: Approved) -> Location:
    """Where a translation that is missing would be written: the language's own catalog, or the one in its place."""
    own = catalog_path(own_folder(edition))
    used = [catalog.path for catalog in approved.catalogs]
    return Location(own if own in used else (*used, own)[0])
