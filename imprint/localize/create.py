"""A language × the POT → a new catalog: its header by CLDR, and every message untranslated or disguised."""

from __future__ import annotations

import datetime

from babel import Locale

from imprint.base.diagnostic import Diagnostics
from imprint.localize.approved import catalog_path
from imprint.localize.catalog import load_catalog
from imprint.localize.check.plurals import plural_forms
from imprint.localize.compose import compose_source, compose_target
from imprint.localize.entry import Entry
from imprint.localize.merge import merge_catalog
from imprint.localize.pot import Pot, compose_entry
from imprint.localize.pseudo import pseudo_translate
from imprint.localize.readback import read_back


def new_catalog(
    locale: str, pot: Pot, *, project: str, date: datetime.date, source_language: str = "en", bugs: str = ""
) -> bytes:
    """The bytes of the catalog of `locale` (`vi`, `zh_Hant_HK`), every message of `pot` untranslated.

    `project` is the paper's name and version, `date` its date: the clock is never read. The plural rule is CLDR's; the
    review state is `draft`, for a reviewer to change. Raises babel.UnknownLocaleError or ValueError for a locale that
    CLDR does not know, and Rejected where what was composed is not what is read back.
    """
    parsed = Locale.parse(locale.replace("-", "_"))
    header = [
        f"Project-Id-Version: {project}",
        f"Report-Msgid-Bugs-To: {bugs}",
        f"POT-Creation-Date: {date.isoformat()} 00:00+0000",
        f"PO-Revision-Date: {date.isoformat()} 00:00+0000",
        "Last-Translator: none",
        f"Language-Team: {parsed.english_name}",
        f"Language: {locale.replace('-', '_')}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {plural_forms(parsed).header}",
        f"X-Source-Language: {source_language}",
        "X-Review: draft",
    ]
    path, first = catalog_path(locale), _header_entry(header)
    diagnostics = Diagnostics()
    empty = load_catalog(f"{first.raw}\n".encode(), path, diagnostics)
    diagnostics.raise_errors()
    assert empty is not None
    merged = merge_catalog(empty, pot, source_language=source_language)
    read_back([first, *merged.composed], (), path, diagnostics)
    diagnostics.raise_errors()
    return merged.data


def _header_entry(fields: list[str]) -> Entry:
    text = "".join(f"{field}\n" for field in fields)
    return Entry("", (text,), raw="\n".join([*compose_source(None, ""), *compose_target([text], False)]))


def pseudo_catalog(language: str, kind: str, pot: Pot, *, project: str, date: datetime.date) -> bytes:
    """The bytes of a catalog whose every message is pseudo-translated; `kind` is one of `pseudo.KINDS`.

    Raises Rejected where what was composed is not what is read back.
    """
    header = [
        f"Project-Id-Version: {project}",
        f"POT-Creation-Date: {date.isoformat()} 00:00+0000",
        f"PO-Revision-Date: {date.isoformat()} 00:00+0000",
        "Last-Translator: none",
        "Language-Team: none",
        f"Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    entries = [_header_entry(header)]
    for message in pot.entries:
        text = pseudo_translate(message.msgid, kind)
        *source, _ = compose_entry(message)
        marks = tuple(line for line in source if line.startswith("#"))
        raw = "\n".join([*source, *compose_target([text], False)])
        entries.append(Entry(message.msgid, (text,), message.context, marks=marks, raw=raw))
    diagnostics = Diagnostics()
    read_back(entries, (), language, diagnostics)
    diagnostics.raise_errors()
    return "\n\n".join(entry.raw for entry in entries).encode() + b"\n"
