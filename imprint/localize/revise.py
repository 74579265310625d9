"""The lines of one entry brought up to date with the POT: what the extraction wrote, and nothing of a translator's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from imprint.localize.catalog import Catalog
from imprint.localize.compose import (
    compose_extracted,
    compose_flags,
    compose_previous,
    compose_references,
    compose_source,
    compose_target,
)
from imprint.localize.derive import Derived
from imprint.localize.entry import Entry, Previous, parse_flags
from imprint.localize.layout import Layout, split_layout
from imprint.localize.pot import PotEntry, format_flags, sort_references


def reference_files(references: Iterable[str]) -> frozenset[str]:
    """The files of the references, without their lines."""
    return frozenset(file if line.isdigit() else ref for ref in references for file, _, line in [ref.rpartition(":")])


def place_references(references: Iterable[str], catalog: Catalog) -> tuple[str, ...]:
    """The references as this catalog writes them: with line numbers where its own have them, or the files alone.

    A new catalog has the files alone (gettext's `--add-location=file`): a line number in every language's catalog
    would be wrong, or change, with each paragraph that an author adds above. The POT has the lines.
    """
    style = catalog.locations
    if style != "files":
        return tuple(sort_references(references)) if style == "lines" else ()
    return tuple(sorted({file.replace(" ", "%20") for file in reference_files(references)}))


def revise_entry(entry: Entry, message: PotEntry, catalog: Catalog) -> Entry:
    """The entry with the POT's comments, references and flags; the entry itself, where it has them.

    References that differ in their line numbers only are left as they are.
    """
    formats = set(format_flags(message.flags))
    if (
        entry.plural == message.plural
        and _lines(entry.extracted) == _lines(message.extracted)
        and (reference_files(entry.references) == reference_files(message.references) or catalog.locations == "none")
        and ((not formats and not entry.flags) or set(format_flags(entry.flags)) == formats)
    ):
        return entry
    layout = split_layout(entry)
    own = [flag for flag in entry.flags if not flag.endswith("-format")]
    layout = replace(layout, **_from_pot(message, layout, own, catalog))
    if entry.plural != message.plural:
        return _with_forms(entry, message, layout, catalog)
    raw = layout.raw(catalog.decoded.newline)
    return replace(entry, raw=raw, marks=_marks(layout))


def _lines(comments: Iterable[str]) -> list[str]:
    return [line.strip() for comment in comments for line in comment.split("\n")]


def _from_pot(message: PotEntry, layout: Layout, own_flags: list[str], catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """The groups of lines that the POT decides; each as it was, where it says the same."""
    flags = [*own_flags, *(flag for flag in message.flags if flag not in own_flags)]
    same = set(parse_flags(layout.flags)) == set(flags)
    return {
        "extracted": tuple(compose_extracted(message.extracted)),
        "references": tuple(compose_references(place_references(message.references, catalog))),
        "flags": layout.flags if same else tuple(compose_flags(flags)),
    }


def _marks(layout: Layout) -> tuple[str, ...]:
    groups = (layout.comments, layout.extracted, layout.references, layout.flags)
    return tuple(line.strip() for lines in groups for line in lines)


def _with_forms(entry: Entry, message: PotEntry, layout: Layout, catalog: Catalog) -> Entry:
    """The entry of a message that got or lost its plural: fuzzy, each form that has no place any more a comment."""
    texts: tuple[str, ...] = entry.msgstrs
    lost: tuple[str, ...] = ()
    if entry.plural is None:
        texts = texts[:1] * catalog.nplurals
    elif message.plural is None:
        texts, lost = texts[:1], texts[1:]
    previous = Previous(entry.msgid, entry.context, entry.plural) if any(texts) else None
    notes = [f"# [{n}] {line}" for n, text in enumerate(lost, 1) for line in text.split("\n") if text]
    kept = (*layout.comments, *notes)
    derived = Derived(texts, kept, "", previous)
    return replace(new_entry(message, derived, catalog), line=entry.line, gap=entry.gap)


def new_entry(
    message: PotEntry, derived: Derived, catalog: Catalog, source: Entry | None = None, comments: Entry | None = None
) -> Entry:
    """The entry of a message that the catalog does not have yet, with what was derived from older ones.

    `source` is the one old entry that it comes from: its flags, its msgstr's line breaks and its place are kept.
    `comments` is an entry whose translator's comments go over to it.
    """
    old = split_layout(source) if source is not None else Layout()
    plural = message.plural is not None
    texts = derived.msgstrs or ("",) * (catalog.nplurals if plural else 1)
    kept = derived.comments or (split_layout(comments).comments if comments else ())
    own = [f for f in source.flags if not f.endswith("-format") and f != "fuzzy"] if source is not None else []
    flags = [*(["fuzzy"] if derived.fuzzy else []), *own, *(f for f in message.flags if f not in own)]
    as_it_was = bool(old.target) and source is not None and source.msgstrs == texts
    as_it_was = as_it_was and source is not None and (source.plural is not None) == plural
    layout = Layout(
        kept,
        tuple(compose_extracted(message.extracted)),
        tuple(compose_references(place_references(message.references, catalog))),
        tuple(compose_flags(flags)),
        tuple(compose_previous(derived.previous)) if derived.previous else (),
        tuple(compose_source(message.context, message.msgid, message.plural)),
        old.target if as_it_was else tuple(compose_target(texts, plural)),
    )
    newline = catalog.decoded.newline
    return Entry(
        message.msgid,
        texts,
        message.context,
        message.plural,
        derived.fuzzy,
        False,
        derived.previous,
        marks=_marks(layout),
        raw=layout.raw(newline),
        gap=source.gap if source is not None and source.gap else newline * 2,
    )
