"""The folders of catalogs × the editions → those that no edition uses or two share, and the editions that have none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from imprint.base.diagnostic import Diagnostics, Location, Severity, UsageError
from imprint.base.edition import PSEUDO, Edition, UnknownModifier, maximal_locale, resolve_language
from imprint.base.sources import Sources
from imprint.content.paper import Paper
from imprint.localize.approved import catalog_locales, catalog_path, own_folder
from imprint.localize.locale import fallbacks
from imprint.localize.translate import is_source


def check_folders(
    sources: Sources,
    paper: Paper,
    diagnostics: Diagnostics,
    chosen: Collection[str] | None = None,
    absent: Severity | None = None,
) -> None:
    """Warn, once for each folder, of catalogs that serve no edition and of two that serve one under one meaning.

    Of the folders `chosen` alone, or of all. With `absent`, a language of the matrix that has no catalog at all is one
    finding of that severity, and one that has another's of its region for its own is a warning; the source's needs
    none.
    """
    editions = [edition for edition in paper.editions() if edition.language not in PSEUDO]
    folders = catalog_locales(sources)
    chains = {fallbacks(edition.locale) for edition in editions}
    used = {name for chain in chains for name in chain}
    for folder in folders:
        at = Location(catalog_path(folder))
        if chosen is not None and folder not in chosen:
            continue
        if folder not in used:
            diagnostics.warning("catalog-unused", "no edition uses this catalog", at, _use(folder, folders, editions))
        elif nearer := _hidden_by(folder, folders, sorted(chains)):
            reason = f"this catalog is for the same readers as locales/{nearer}, which goes before it"
            diagnostics.warning("catalog-twice", reason, at, _join(folder, nearer))
    if absent is not None:
        translated = [edition for edition in editions if not is_source(edition, paper.language)]
        _check_absent(translated, folders, diagnostics, absent)
        _check_borrowed(translated, folders, diagnostics)


def _check_absent(
    editions: Iterable[Edition], folders: Collection[str], diagnostics: Diagnostics, severity: Severity
) -> None:
    without: dict[str, list[Edition]] = {}
    for edition in editions:
        if not _serving(edition, folders):
            without.setdefault(edition.language, []).append(edition)
    for mine in without.values():
        names = ", ".join(str(edition) for edition in mine)
        reason = f"{names} {'has' if len(mine) == 1 else 'have'} no catalog"
        at = Location(catalog_path(own_folder(mine[0])))
        diagnostics.add_as(severity, "catalog-absent", reason, at, how_to_begin(mine[0], folders))


def _check_borrowed(editions: Iterable[Edition], folders: Collection[str], diagnostics: Diagnostics) -> None:
    """Warn of two languages of a region that would read the same, by the same catalogs: `pt` and `pt-PT`."""
    first: dict[tuple[str, ...], Edition] = {}
    for edition in sorted(editions, key=lambda edition: bool(edition.country)):
        if serving := _serving(edition, folders):
            other = first.setdefault((edition.region, *serving), edition)
            if other is not edition:
                reason = f"{edition.language} has no catalog of its own: it is the same text as {other.language}"
                hint = f"`init --lang {edition.language}` makes it; what it lacks is taken from locales/{serving[0]}"
                diagnostics.warning("catalog-shared", reason, Location(catalog_path(own_folder(edition))), hint)


def how_to_begin(edition: Edition, folders: Iterable[str]) -> str:
    """What gives an edition without a catalog one: `init`, or another name for a folder that is meant for it."""
    alike = folders_alike(maximal_locale(edition.locale), folders)
    if alike:
        return f"rename the folder locales/{alike[0]} to locales/{own_folder(edition)}"
    return f"make it: python build.py init --lang {edition.language}"


def folders_alike(meant: tuple[str, str, str], folders: Iterable[str]) -> list[str]:
    """The folders whose name means that language, script and territory: `zh_CN`, `zh` and `zh_Hans` alike."""
    return [folder for folder in folders if _meaning(folder) == meant]


def is_locale(folder: str) -> bool:
    """Whether CLDR knows the language that a folder is called by; if not, no rule can be asked of its catalog."""
    try:
        resolve_language(folder, "001")
    except UsageError:
        return False
    return True


def _meaning(folder: str) -> tuple[str, str, str] | None:
    try:
        return maximal_locale(folder)
    except ValueError:
        return None


def _serving(edition: Edition, folders: Collection[str]) -> list[str]:
    return [name for name in fallbacks(edition.locale) if name in folders]


def _hidden_by(folder: str, folders: Collection[str], chains: Iterable[Sequence[str]]) -> str:
    """The folder before this one in a chain that differs from it by a script that goes without saying."""
    for chain in chains:
        there = [name for name in chain if name in folders]
        for nearer in there[: there.index(folder)] if folder in there else ():
            if _spelt_out(nearer) == _spelt_out(folder):
                return nearer
    return ""


def _spelt_out(name: str) -> tuple[str, str, bool]:
    """What a name means, and whether it states its territory: `zh_Hans_CN` may correct `zh_Hans` for one market."""
    language, script, territory = maximal_locale(name)
    return f"{language}_{script}", territory, name.endswith(f"_{territory}")


def _use(folder: str, folders: Collection[str], editions: Iterable[Edition]) -> str:
    """What to do about a catalog that serves no edition."""
    if folder in PSEUDO:
        return f"delete it; `build --lang {folder}` needs none"
    try:
        meant = maximal_locale(folder)
        tag, _ = resolve_language(folder, "001")
    except UnknownModifier as error:
        return f"the folder's name: {error}"
    except (ValueError, UsageError):
        return "name the folder by its language's tag with _ for -, such as zh_Hans"
    for edition in editions:
        if maximal_locale(edition.locale) == meant:
            there = folders_alike(meant, _serving(edition, folders))
            return _join(folder, there[0]) if there else f"rename the folder to locales/{own_folder(edition)}"
    name = tag.replace("-", "_")
    other = f", and rename the folder to locales/{name}" if name != folder else ""
    return f"add \"{tag}\" to the languages of a region in content/regions/{other}; or delete the folder"


def _join(folder: str, kept: str) -> str:
    memory = catalog_path(folder)
    return f"`update --memory {memory}` offers to locales/{kept} what it lacks; then delete the folder locales/{folder}"
