"""Small catalogs for the tests of this folder."""

from __future__ import annotations

from imprint.base.diagnostic import Diagnostics
from imprint.localize.catalog import Catalog, load_catalog

HEADER = r'''msgid ""
msgstr ""
"Project-Id-Version: paper 1\n"
"Report-Msgid-Bugs-To: \n"
"POT-Creation-Date: 2026-11-24 00:00+0000\n"
"PO-Revision-Date: 2026-11-24T00:00:00Z\n"
"Last-Translator: A <a@example.org>\n"
"Language-Team: none\n"
"Language: de\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"X-House: ours\n"
'''

BODY = r'''
# A translator's word.
#. paragraph
#: content/a.md:3
#, fuzzy, no-wrap
#| msgctxt "k"
#| msgid "old"
#| " text"
msgctxt "k"
msgid ""
"new "
"text \"q\"\n"
msgstr ""
"neu "
"Text\n"

msgid "one"
msgid_plural "many"
msgstr[0] "eins"
msgstr[1] ""
"viele"

#, fuzzy
#~| msgid "vor"
#~ msgctxt "c"
#~ msgid "gone"
#~ msgstr "weg"

msgid "last"
msgstr "letzt"

#~ msgid "p"
#~ msgid_plural "ps"
#~ msgstr[0] "a"
#~ msgstr[1] "b"
'''


def read(data: bytes | str, language: str = "") -> tuple[Catalog | None, Diagnostics]:
    """The catalog of the bytes, and what is wrong with it."""
    diagnostics = Diagnostics()
    raw = data if isinstance(data, bytes) else data.encode()
    return load_catalog(raw, "de.po", diagnostics, language=language), diagnostics


def sound(data: bytes | str) -> Catalog:
    """The catalog of bytes that have no error."""
    catalog, diagnostics = read(data)
    assert catalog is not None
    assert not diagnostics.errors, [str(d) for d in diagnostics]
    return catalog


def entry(msgid: str, msgstr: str, *above: str) -> str:
    """One entry's text, with the comment lines above it and a blank line before."""
    return "\n" + "".join(f"{line}\n" for line in above) + f'msgid "{msgid}"\nmsgstr "{msgstr}"\n'
