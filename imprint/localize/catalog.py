"""The bytes of a .po file → a Catalog: entries to look up, the header, and everything that is wrong with the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from imprint.base.diagnostic import Diagnostics, Location
from imprint.localize.encoding import Decoded, decode_catalog
from imprint.localize.entry import Entry, Key
from imprint.localize.locale import script_family
from imprint.localize.plural import Plural, PluralError, parse_plural
from imprint.localize.syntax import parse_entries


@dataclass(frozen=True, slots=True)
class Catalog:
    """One language's translations as read from `path`.

    `entries` are the messages in use, without the header, `obsolete` those kept from former sources (`#~`), `parts` all
    entries in file order; `decoded` and `tail` make the file's bytes again. `header` maps the header's field names to
    their values. `locations` is how the catalog writes references: `lines` (`file:line`), `files`, or `none`.
    """

    path: str
    decoded: Decoded
    header_entry: Entry | None
    header: Mapping[str, str]
    plural: Plural | None
    parts: tuple[Entry, ...]
    entries: tuple[Entry, ...]
    obsolete: tuple[Entry, ...]
    locations: str
    tail: str
    _index: Mapping[Key, Entry] = field(repr=False)

    @property
    def language(self) -> str:
        """The header's `Language`, as written there."""
        return self.header.get("Language", "")

    @property
    def nplurals(self) -> int:
        """The number of plural forms; 1 where the header states no rule."""
        return self.plural.forms if self.plural else 1

    def lookup(self, msgid: str, context: str | None = None) -> Entry | None:
        """The entry in use for this message, translated or not; None where the catalog lacks it."""
        return self._index.get((context, msgid))


def load_catalog(
    data: bytes, path: str, diagnostics: Diagnostics, *, language: str = "", template: bool = False
) -> Catalog | None:
    """Read a catalog; None where the bytes are none (empty, another format, too large, two sides of a git conflict).

    `path` names the file in diagnostics, `language` is the locale that its header must state (`zh_Hans`; empty: not
    checked), `template` reads a .pot, which states neither language nor plural rule. Every fault is an error with
    its line, all are collected, and what `msgfmt -c` refuses as syntax, duplicate or plural is refused at its line. Of
    a file with git's conflict markers these alone are told.
    A caller that goes on must ask `diagnostics` first: a Catalog with errors is for showing them.
    """
    decoded = decode_catalog(data, path, diagnostics)
    if decoded is None:
        return None
    found = Diagnostics()
    parsed = parse_entries(decoded.text, path, found)
    conflicts = [fault for fault in found if fault.rule == "po-conflict"]
    diagnostics.extend(conflicts or found)
    if conflicts:
        # What two sides in one file are besides (each message twice, halves of entries) is no fault of a translator's.
        return None
    header = next((e for e in parsed.entries if not e.msgid and e.context is None and not e.obsolete), None)
    fields = parse_header(header.msgstr) if header else {}
    active = tuple(e for e in parsed.entries if not e.obsolete and e is not header)
    catalog = Catalog(
        path,
        decoded,
        header,
        MappingProxyType(fields),
        _plural(header, fields, parsed.entries, path, diagnostics, template),
        parsed.entries,
        active,
        tuple(e for e in parsed.entries if e.obsolete),
        _locations(active),
        parsed.tail,
        _index(parsed.entries, header, path, diagnostics),
    )
    _check_header(catalog, language, diagnostics, template)
    _check_entries(catalog, diagnostics)
    return catalog


def _locations(entries: tuple[Entry, ...]) -> str:
    first = next((reference for entry in entries for reference in entry.references), "")
    if not first:
        # A catalog without messages is a new one.
        return "none" if entries else "files"
    return "lines" if first.rpartition(":")[2].isdigit() else "files"


def parse_header(text: str) -> dict[str, str]:
    """The fields of a header entry's msgstr, in order; the first of two equal names counts, as for gettext."""
    fields: dict[str, str] = {}
    for line in text.split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip(), value.strip())
    return fields


def _index(
    entries: tuple[Entry, ...], header: Entry | None, path: str, diagnostics: Diagnostics
) -> Mapping[Key, Entry]:
    """The entries in use by key; two of one key are an error, one in use and one obsolete a warning."""
    index: dict[Key, Entry] = {}
    obsolete: dict[Key, Entry] = {}
    for entry in entries:
        seen = obsolete if entry.obsolete else index
        first = seen.setdefault(entry.key, entry)
        if first is entry:
            continue
        what = "second header" if not entry.msgid and entry.context is None else "duplicate message"
        diagnostics.error("po-duplicate", f"{what}: the first is at line {first.line}", Location(path, entry.line),
                          "keep one of the two entries")
    for key in index.keys() & obsolete.keys() if obsolete else ():
        what = f"the entry is also in use, at line {index[key].line} (both are kept)"
        diagnostics.warning("po-obsolete-twice", what, Location(path, obsolete[key].line), "delete one of the two")
    if header:
        del index[header.key]
    return index


def _plural(
    header: Entry | None,
    fields: Mapping[str, str],
    entries: tuple[Entry, ...],
    path: str,
    diagnostics: Diagnostics,
    template: bool,
) -> Plural | None:
    if header is None or template:
        return None
    rule = fields.get("Plural-Forms", "")
    # msgfmt, and so the law "refused at the same line", counts a header's fault at its msgstr.
    at = Location(path, header.msgstr_line)
    hint = f"see line {field_line(header, 'Plural-Forms')}: take what 'python build.py init' writes for the language"
    plurals = next((e for e in entries if e.plural is not None and not e.obsolete and not e.fuzzy), None)
    if not rule and not plurals:
        return None
    try:
        return parse_plural(rule)
    except PluralError as error:
        diagnostics.error("po-plural", f"Plural-Forms {error}", at, hint)
    if plurals:
        diagnostics.error("po-plural", "plural forms, but no rule for them in the header",
                          Location(path, plurals.msgstr_line), hint)
    return None


def field_line(header: Entry, name: str) -> int:
    """The file's line of a header field; the header's msgstr line where it has none."""
    found = re.search(rf'^"?\s*{re.escape(name)}\s*:', header.raw, re.MULTILINE)
    if not found:
        return header.msgstr_line
    strings = header.raw.index("msgid")
    return header.line + header.raw.count("\n", strings, found.start())


def _check_header(catalog: Catalog, language: str, diagnostics: Diagnostics, template: bool) -> None:
    header, path = catalog.header_entry, catalog.path
    if header is None:
        diagnostics.error("po-header", "has no header", Location(path, 1),
                          'a catalog begins with msgid "" and its fields; take them from a catalog made by init')
        return
    if "charset=" not in catalog.header.get("Content-Type", "").lower():
        diagnostics.error("po-charset", "the header declares no charset", Location(path, header.msgstr_line),
                          r'add "Content-Type: text/plain; charset=UTF-8\n"')
    if template:
        return
    if header.fuzzy:
        diagnostics.warning("po-fuzzy-header", "the header is marked fuzzy", Location(path, header.line),
                            "fill in its fields and delete the flag")
    stated = catalog.language.replace("-", "_")
    if language and not _same_language(stated, language.replace("-", "_")):
        at = Location(path, field_line(header, "Language"))
        what = f"the header's Language is '{catalog.language}'" if stated else "the header states no Language"
        diagnostics.error("po-language", f"{what}, but this is the catalog of {language}", at,
                          f"write 'Language: {language}', if the translations are in that language")


def _same_language(stated: str, wanted: str) -> bool:
    """Whether the header's language is the wanted one, or the wanted one without or with its script and territory."""
    if stated == wanted:
        return True
    if not stated or script_family(stated) != script_family(wanted):
        return False
    return len({part for name in (stated, wanted) for part in re.findall(r"_([A-Z]{2}|\d{3})\b", name)}) <= 1


def _check_entries(catalog: Catalog, diagnostics: Diagnostics) -> None:
    """msgfmt's checks of one entry (check_pair, check_plural), on what it would compile: no fuzzy or obsolete entry."""
    forms = catalog.nplurals if catalog.plural else 0
    for entry in catalog.parts:
        if entry.obsolete or entry.fuzzy or entry is catalog.header_entry:
            continue
        at = Location(catalog.path, entry.msgstr_line)
        if entry.plural is not None and forms and len(entry.msgstrs) != forms:
            diagnostics.error("po-plural", f"has {len(entry.msgstrs)} plural forms, the header says {forms}", at,
                              "write one msgstr[…] for each form of the header's Plural-Forms")
        ends = entry.plural is not None and entry.msgid.endswith("\n") != entry.plural.endswith("\n")
        if ends or (entry.plural is not None and entry.msgid.startswith("\n") != entry.plural.startswith("\n")):
            diagnostics.error("po-newline", r"msgid and msgid_plural do not both begin and end with \n", at,
                              "update the catalog from messages.pot")
        for text in entry.msgstrs if "\n" in entry.msgid or any("\n" in text for text in entry.msgstrs) else ():
            for where, test in (("begin", str.startswith), ("end", str.endswith)):
                if text and test(entry.msgid, "\n") != test(text, "\n"):
                    diagnostics.error("po-newline", rf"msgid and msgstr do not both {where} with \n", at,
                                      "give both the line break, or neither")


def rebuild(catalog: Catalog, parts: tuple[Entry, ...]) -> bytes:
    """The file's bytes with `parts` for its entries; with the catalog's own parts, the bytes that were read."""
    return catalog.decoded.encode("".join(part.gap + part.raw for part in parts) + catalog.tail)
