"""What is composed for a catalog is read back by a reader that is not ours, and nothing else is ever written."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from translate.storage.pypo import pofile, pounit

from imprint.base.diagnostic import Diagnostics, Rejected
from imprint.base.sources import Sources
from imprint.localize import compose, create, revise
from imprint.localize.derive import Derived
from imprint.localize.entry import Entry, Previous
from imprint.localize.layout import Layout, buried, bury, revive
from imprint.localize.merge import merge_catalog
from imprint.localize.pot import Pot, PotEntry
from imprint.localize.pseudo import KINDS
from imprint.localize.readback import read_back
from imprint.localize.revise import new_entry, revise_entry
from imprint.localize.update import update_catalogs
from tests.conftest import Runner
from tests.localize.catalogs import HEADER, entry, read, sound
from tests.localize.test_catalog import KEPT
from tests.localize.test_update import DATE, POT, catalog_file
from tests.papers import ENGINE
from tests.search import examples

EMPTY = sound(HEADER)
# What a catalog can hold: our reader refuses control and bidi characters, and so does the reading of the source.
REFUSED = "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]"
ALPHABET = st.characters(exclude_categories=["Cs"]).filter(lambda char: not re.match(REFUSED, char))
# What strings of a catalog go wrong by: escapes, KDE's contexts, lines of comments, breaks, and lines too long.
PIECES = st.sampled_from(
    [
        *('"', "\\", "\\n", "\n", "\r", "\t", "\\t", "_: ", "#~ ", "#| ", "#, fuzzy", 'msgstr "', "charset=x", " "),
        *("\x0c", "\x85", "\u2028", "个人数据保存在设备上，其他任何人都无法读取。" * 3, "word " * 20),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(ALPHABET, max_size=12)), max_size=6).map("".join)
# Comments have no escapes: a line end within one would end it.
NOTES = TEXTS.map(lambda text: text.replace("\r", " "))
LINES = NOTES.map(lambda text: text.replace("\n", " "))
SOURCES = st.builds(Previous, TEXTS.filter(bool), st.none() | TEXTS, st.none() | TEXTS)
FLAGS = st.lists(st.sampled_from(["python-brace-format", "no-c-format"]), unique=True).map(tuple)


def faults(entries: list[Entry] | tuple[Entry, ...], was: tuple[Entry, ...] = ()) -> list[str]:
    """What is found wrong with the entries."""
    diagnostics = Diagnostics()
    read_back(entries, was, "de.po", diagnostics)
    return [str(diagnostic) for diagnostic in diagnostics]


@st.composite
def composed(draw: st.DrawFn) -> Entry:
    """An entry as an update composes it: new or carried over, approved or fuzzy, in use, obsolete or revived."""
    source = draw(SOURCES)
    message = PotEntry(
        source.msgid,
        source.context,
        tuple(draw(st.lists(LINES.map(lambda name: f"a{name.strip()}.md:3"), max_size=9))),
        tuple(draw(st.lists(NOTES, max_size=2))),
        draw(FLAGS),
        source.plural,
    )
    count = draw(st.integers(1, 6)) if source.plural is not None else 1
    texts = tuple(draw(st.lists(TEXTS, min_size=count, max_size=count)))
    previous = draw(st.none() | SOURCES)
    comments = tuple(draw(st.lists(LINES.map(lambda line: f"# {line}"), max_size=2)))
    made = new_entry(message, Derived(texts, comments, "", previous, approved=draw(st.booleans())), EMPTY)
    for change in draw(st.lists(st.sampled_from([bury, revive]), max_size=2)):
        made = change(made)
    return made


@settings(max_examples=examples(80))
@given(st.lists(composed(), min_size=1, max_size=4))
def test_law_of_two_readers(entries: list[Entry]) -> None:
    """Law: whatever entry our writer writes, the Translate Toolkit and our own reader read the same."""
    assert faults(entries) == []


@settings(max_examples=examples(40))
@given(composed(), composed())
def test_law_of_revised_entries(old: Entry, other: Entry) -> None:
    """Law: an entry of a file whose comments, references and flags are brought up to date reads as it should."""
    catalog, _ = read(f"{HEADER}\n{old.raw}\n")
    assert catalog is not None
    message = PotEntry(old.msgid, old.context, other.references, other.extracted, (), old.plural)
    assert faults([revise_entry(revive(catalog.parts[1]), message, catalog)], catalog.parts) == []


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ('msgid "_: a\\n"\n"b"\nmsgstr "c"\n', lambda unit: unit.source == "b"),
        ('#, fuzzy\n#~ msgid "a"\n#~ msgstr ""\n', lambda unit: not unit.isfuzzy()),
        ('#. a note\n#: a.md\n#~ msgid "a"\n#~ msgstr "b"\n', lambda unit: not unit.automaticcomments),
    ],
    ids=["KDE's context", "obsolete, fuzzy, without a translation", "obsolete with a note"],
)
def test_what_pypo_takes_away(text: str, lost: Callable[[pounit], bool]) -> None:
    """Each thing that we keep pypo from doing to a unit is one that it still does."""
    assert lost(pofile(f"{HEADER}\n{text}".encode()).units[1])
    assert faults(sound(f"{HEADER}\n{text}").parts) == []


ODD = {
    **KEPT,
    "indented previous source, at which pypo never ends": (
        HEADER + '\n#, fuzzy\n#| msgctxt "k"\n  #| msgid "b"\nmsgid "a"\nmsgstr "c"\n'
    ).encode(),
    "indented comments": (HEADER + '\n  # note\n\t#. note\n  #: a.md\n  #, fuzzy\nmsgid "a"\nmsgstr "b"\n').encode(),
    "a comment above one line": (HEADER + '\n# note\nmsgid "a" msgstr "b"\n').encode(),
    "escapes that pypo does not know": (HEADER + entry("\\141", "b\\x21\\f")).encode(),
    "obsolete without a space": (HEADER + '\n#~msgid "a"\n#~msgstr "b"\n' + entry("c", "d")).encode(),
    "obsolete and indented": (HEADER + '\n  #~ msgid "a"\n  #~ msgstr "b"\n' + entry("c", "d")).encode(),
}


@pytest.mark.parametrize("data", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize(
    "pot",
    [
        Pot.of([]),
        Pot.of([PotEntry("a", None, ("a.md:1",), ("heading",))]),
        Pot.of([PotEntry("ac", None, ("a.md:1",)), PotEntry("a", "context")]),
        Pot.of([PotEntry("a", None, plural="many")]),
    ],
    ids=["gone", "revised", "changed", "with a plural"],
)
def test_odd_catalogs_are_updated(data: bytes, pot: Pot) -> None:
    """What pypo cannot read, or not rightly, but the file had before, is no reason to refuse an update."""
    catalog = sound(data)
    result = merge_catalog(catalog, pot)
    assert result.composed
    assert faults(result.composed, catalog.parts) == []
    assert merge_catalog(sound(result.data), pot).data == result.data


def test_a_part_that_pypo_misread_before_hides_no_other() -> None:
    """Octal escapes of an old msgstr are not held against it; a lost letter of the new msgid is."""
    catalog = sound(HEADER + '\nmsgid "We keep data."\nmsgstr "Wir speichern \\104aten."\n')
    (new, old) = merge_catalog(catalog, Pot.of([PotEntry("We keep your data.")])).composed
    assert (new.fuzzy, old.obsolete, "\\104" in new.raw) == (True, True, True)
    assert faults([new, old], catalog.parts) == []
    (found,) = faults([replace(new, raw=new.raw.replace("your", "our"))], catalog.parts)[:1]
    assert "de.po:16: error: the Translate Toolkit reads msgid of “We keep your data.”" in found


SWAPPED = compose.compose_target
ESCAPE = compose.escape
STRING = compose.compose_string


def swapped(texts: tuple[str, ...], plural: bool, prefix: str = "") -> list[str]:
    return SWAPPED(tuple(texts)[::-1], plural, prefix)


FAULTS: dict[str, tuple[object, str, Callable[..., object]]] = {
    "a letter lost": (compose, "escape", lambda text: ESCAPE(text.replace("ü", ""))),
    "a line break lost": (compose, "escape", lambda text: ESCAPE(text.replace("\n", ""))),
    "a backslash lost": (compose, "escape", lambda text: ESCAPE(text).replace('\\"', '"')),
    "forms swapped": (revise, "compose_target", swapped),
    "a line lost": (compose, "compose_string", lambda *words: STRING(*words)[:2]),
    "another translation": (revise, "compose_target", lambda _, plural: SWAPPED(("weg",), plural)),
    "no previous source": (revise, "compose_previous", lambda _: []),
    "no flag": (revise, "compose_flags", lambda _: []),
}
OLD = HEADER + (
    '\n# Prüfen.\nmsgid "Read [it](https://a.org) \\"all\\".\\n"\nmsgstr "Für [es](https://a.org) \\"alle\\".\\n"\n'
    + '\nmsgid "A [file](https://a.org)"\nmsgid_plural "Files"\n'
    + 'msgstr[0] "Eine [Datei](https://a.org)"\nmsgstr[1] "[Dateien](https://a.org)"\n'
    + entry("Long is [this](https://a.org)", "lang [das](https://a.org)" + " sehr" * 40)
)
NEW = Pot.of(
    [
        PotEntry('Read [it](https://b.org) "all".\n'),
        PotEntry("A [file](https://b.org)", plural="Files"),
        PotEntry("Long is [this](https://b.org)"),
    ]
)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_of_the_writer_is_refused(
    fault: tuple[object, str, Callable[..., object]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written, not even the catalog beside it that is sound; without the fault both are."""
    file, other = catalog_file(tmp_path, "de", OLD), catalog_file(tmp_path, "fr", HEADER)
    was, beside = file.read_bytes(), other.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(*fault)
        with pytest.raises(Rejected) as rejected:
            update_catalogs(Sources({"paper": tmp_path}), NEW, ["fr", "de"])
    assert {d.rule for d in rejected.value.diagnostics} == {"po-read-back"}
    assert re.search(r"de/LC_MESSAGES/messages\.po:\d+: error: .*; nothing was written", str(rejected.value))
    assert (file.read_bytes(), other.read_bytes()) == (was, beside)
    assert all(updated.written for updated in update_catalogs(Sources({"paper": tmp_path}), NEW, ["fr", "de"]))


def test_a_fault_is_shown_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first ten say where, what was found, what was meant and what to do; the others are counted."""
    catalog_file(tmp_path, "de", HEADER + "".join(entry(f"Text {n}", "lang") for n in range(8)))
    pot = Pot.of([PotEntry(f"Text {n}", "k") for n in range(8)])
    monkeypatch.setattr(revise, "compose_target", lambda _, plural: SWAPPED(("lan",), plural))
    monkeypatch.setattr(revise, "split_layout", lambda entry: Layout())
    with pytest.raises(Rejected) as rejected:
        update_catalogs(Sources({"paper": tmp_path}), pot, ["de"])
    told = [str(diagnostic) for diagnostic in rejected.value.diagnostics]
    path = "locales/de/LC_MESSAGES/messages.po"
    assert told[0] == (
        f"{path}:16: error: the Translate Toolkit reads msgstr of “Text 0” as “lan” where “lang” was meant; "
        "nothing was written [po-read-back]\n"
        "    hint: this is a fault of imprint and not of the catalog, which is as it was: "
        "report it with what is said here"
    )
    assert told[8].startswith(f"{path}:16: error: our own reader reads msgstr of “Text 0” as “lan”")
    assert told[10].startswith(f"{path}: error: 6 more such faults")


@pytest.mark.parametrize("broken", [True, False])
def test_update_of_the_paper(broken: bool, run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A paragraph's edit is merged into the real catalog, or, by a writer that loses a line, nothing is written."""
    for name in ("content", "locales"):
        shutil.copytree(ENGINE / name, tmp_path / name)
    chapter, file = tmp_path / "content/01-overview.md", tmp_path / "locales/zh_Hans/LC_MESSAGES/messages.po"
    chapter.write_text(chapter.read_text("utf-8").replace("A phone learns", "A phone soon learns", 1), "utf-8")
    before = {path: path.read_bytes() for path in (tmp_path / "locales").rglob("*.po*")}
    if broken:
        monkeypatch.setattr("imprint.localize.layout.buried", lambda raw: buried(raw).rpartition("\n")[0])
    ran = run("update", "--paper", tmp_path, "--cache", tmp_path / "cache")
    if broken:
        assert ran.code == 1
        assert re.search(r"messages\.po:\d+: error: .*; nothing was written \[po-read-back\]", ran.err)
        assert {path: path.read_bytes() for path in before} == before
    else:
        assert ran.code == 0
        assert b"A phone soon learns" in file.read_bytes()


@pytest.mark.parametrize("make", [create.new_catalog, partial(create.pseudo_catalog, kind=KINDS[0])])
def test_new_catalogs_are_read_back(make: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """`init` and `pseudo` do not write what another reader would not find, either."""
    assert make("vi", pot=POT, project="paper 1", date=DATE)
    monkeypatch.setattr(compose, "escape", lambda text: ESCAPE(text.replace("Something", "Some")))
    with pytest.raises(Rejected, match="po-read-back"):
        make("vi", pot=POT, project="paper 1", date=DATE)


def test_the_toolkit_is_imported_to_write_alone(tmp_path: Path) -> None:
    """Neither a build nor an update that changes nothing imports it."""
    catalog_file(tmp_path, "de", HEADER + entry("a", "b"))
    script = (
        "import sys, imprint.pipeline, imprint.schedule.build\n"
        "from pathlib import Path\n"
        "from imprint.base.sources import Sources\n"
        "from imprint.localize.pot import Pot, PotEntry\n"
        "from imprint.localize.update import update_catalogs\n"
        "def update(msgid):\n"
        "    pot = Pot.of([PotEntry(msgid)])\n"
        f"    (updated,) = update_catalogs(Sources({{'paper': Path({str(tmp_path)!r})}}), pot, ['de'])\n"
        "    print(updated.written, 'translate' in sys.modules)\n"
        "update('a'), update('c')"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "False", "True", "True"]
