"""The POT and a paper's catalogs → the catalogs brought up to date, each with its report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from imprint.base.diagnostic import Diagnostics, Location, Rejected
from imprint.base.sources import Absent, Sources
from imprint.localize.approved import catalog_locales, catalog_path
from imprint.localize.catalog import Catalog, load_catalog
from imprint.localize.conflict import Opened, open_catalog
from imprint.localize.entry import Entry
from imprint.localize.locale import script_family
from imprint.localize.memory import share_memory
from imprint.localize.merge import MergeResult, merge_catalog
from imprint.localize.pot import Pot
from imprint.localize.report import MergeReport, Outcome
from imprint.localize.save import save_catalog


@dataclass(frozen=True, slots=True)
class Updated:
    """What became of one catalog: `data` are its new bytes, `written` whether the file was replaced, `conflict` what
    was done to one that git had left in it."""

    path: str
    report: MergeReport
    data: bytes
    changed: bool
    written: bool = False
    conflict: str = ""

    def summary(self) -> dict[str, object]:
        """The update as plain data, for `--json` and for the table: the counts, and every message that changed."""
        return {
            "path": self.path,
            "language": self.report.language,
            "changed": self.changed,
            "written": self.written,
            "converted": self.report.converted,
            "conflict": self.conflict,
            "counts": self.report.counts(),
            "messages": [
                {
                    "outcome": change.outcome.value,
                    "msgid": change.msgid,
                    "context": change.context,
                    "old": change.old,
                    "reason": change.reason,
                }
                for change in self.report.changes
            ],
        }

    def lines(self) -> list[str]:
        """The update in words: one line of counts, then each translation that was carried over, and why."""
        counts = ", ".join(f"{count} {name}" for name, count in self.report.counts().items() if count)
        lines = [f"{self.path}: {counts or 'no messages'}{'' if self.changed else ' (unchanged)'}"]
        if self.report.converted:
            lines.append("  now UTF-8: its charset lacked characters of the new messages")
        if self.conflict:
            lines.append(f"  {self.conflict}")
        for outcome in (Outcome.CARRIED, Outcome.FUZZY):
            lines += [f"  {outcome}: {_short(c.msgid)} ({c.reason})" for c in self.report.of(outcome)]
        return lines


def _short(msgid: str) -> str:
    return f"“{msgid[:57]}…”" if len(msgid) > 60 else f"“{msgid}”"


def update_catalogs(
    sources: Sources,
    pot: Pot,
    locales: Iterable[str],
    *,
    memory: Sequence[tuple[str, str]] = (),
    dry_run: bool = False,
    source_language: str = "en",
    defined: frozenset[str] = frozenset(),
    notes: Diagnostics | None = None,
) -> tuple[Updated, ...]:
    """Merge `pot` into the catalog of each of `locales` (`zh_Hans`), and replace each file that changed.

    `defined` are the placeholders that the paper defines, used or not. Each of `memory` is a path as for Sources and
    the name that diagnostics give it; `notes` gets a warning of one that is left out where its language is another.

    The two sides of a catalog with git's conflict markers are first put together (`conflict.py`). What it lacks is
    offered, as fuzzy, from the other catalogs of its language and script and from the compendiums `memory` (of these
    as well). Raises Rejected with every fault of every catalog before anything is written, be it in the file or in
    what was composed for it (`readback.py`), and where a file was changed by another program since it was read (that
    file is left as it is). `dry_run` writes nothing.
    """
    diagnostics = Diagnostics()
    opened = {locale: _load(sources, locale, diagnostics) for locale in dict.fromkeys(locales)}
    compendiums = [_load_memory(sources, path, shown, diagnostics) for path, shown in memory]
    others = _others(sources, opened, diagnostics)
    diagnostics.raise_errors()
    loaded = {locale: found.catalog for locale, found in opened.items() if found is not None}
    conflicts = {locale: found.conflict for locale, found in opened.items() if found is not None}
    merge = partial(merge_catalog, source_language=source_language, defined=defined)
    results = {locale: merge(catalog, pot) for locale, catalog in loaded.items()}
    notes = Diagnostics() if notes is None else notes
    remembered = share_memory((catalog for catalog in compendiums if catalog), loaded, notes)
    for locale, offers in _offers(loaded, results, others).items():
        compendium = remembered[locale]
        if offers or compendium:
            results[locale] = merge(loaded[locale], pot, [*offers, *compendium])
    if not dry_run:
        for locale, catalog in loaded.items():
            _vouch(catalog, results[locale], diagnostics)
        diagnostics.raise_errors()
    return tuple(
        _put(sources, catalog, results[locale], conflicts[locale], dry_run=dry_run)
        for locale, catalog in loaded.items()
    )


def _vouch(catalog: Catalog, result: MergeResult, diagnostics: Diagnostics) -> None:
    if result.composed:
        from imprint.localize.readback import read_back

        read_back(result.composed, catalog.parts, catalog.path, diagnostics)


def _load(sources: Sources, locale: str, diagnostics: Diagnostics) -> Opened | None:
    path = catalog_path(locale)
    try:
        return open_catalog(sources.read_bytes(path), path, diagnostics, language=locale)
    except Absent:
        diagnostics.error("po-absent", "is not there", Location(path), f"make it: python build.py init --lang {locale}")
        return None


def _load_memory(sources: Sources, path: str, shown: str, diagnostics: Diagnostics) -> Catalog | None:
    try:
        opened = open_catalog(sources.read_bytes(path), shown, diagnostics)
    except Absent:
        diagnostics.error("po-absent", "is not there", Location(shown), "name a .po file that is")
        return None
    except Rejected as rejected:
        diagnostics.extend(replace(found, at=Location(shown)) for found in rejected.diagnostics)
        return None
    return opened.catalog if opened else None


def _others(
    sources: Sources, asked: dict[str, Opened | None], diagnostics: Diagnostics
) -> dict[str, tuple[Entry, ...]]:
    """The entries of the paper's catalogs that are not updated, but share language and script with one that is."""
    families = {script_family(locale) for locale in asked}
    found: dict[str, tuple[Entry, ...]] = {}
    for other in catalog_locales(sources):
        if other not in asked and script_family(other) in families:
            opened = _load(sources, other, diagnostics)
            found[other] = opened.catalog.entries if opened else ()
    return found


def _offers(
    loaded: dict[str, Catalog], results: dict[str, MergeResult], others: dict[str, tuple[Entry, ...]]
) -> dict[str, list[Entry]]:
    """What each catalog's relatives have after their own merge.

    Offered as they were before it, a second update would still find more to offer.
    """
    family = {locale: script_family(locale) for locale in (*loaded, *others)}
    related = {locale: [o for o in family if o != locale and family[o] == family[locale]] for locale in loaded}
    texts = dict(others)
    for locale in {other for found in related.values() for other in found} & loaded.keys():
        merged = load_catalog(results[locale].data, loaded[locale].path, Diagnostics())
        texts[locale] = merged.entries if merged else ()
    return {locale: [entry for other in found for entry in texts[other]] for locale, found in related.items()}


def _put(sources: Sources, catalog: Catalog, result: MergeResult, conflict: str, *, dry_run: bool) -> Updated:
    data = sources.read_bytes(catalog.path)
    changed = result.data != data
    if dry_run or not changed:
        return Updated(catalog.path, result.report, result.data, changed, conflict=conflict)
    digest = hashlib.sha256(data).hexdigest()
    written = save_catalog(sources.path(catalog.path), result.data, digest, catalog.path)
    return Updated(catalog.path, result.report, result.data, changed, written, conflict)
