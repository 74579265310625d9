"""A catalog that git left in conflict: both sides are put together by meaning, and no text of either is lost."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imprint.base.diagnostic import Diagnostics, Rejected
from imprint.base.sources import Sources
from imprint.localize.catalog import Catalog
from imprint.localize.conflict import open_catalog
from imprint.localize.entry import Entry
from imprint.localize.pot import Pot, PotEntry
from imprint.localize.update import update_catalogs
from tests.localize.catalogs import HEADER, entry, read, sound
from tests.localize.test_merge import _edited, _source, _texts, _translated, merged, raw
from tests.localize.test_update import catalog_file
from tests.search import examples

GIT = shutil.which("git")
LINES = HEADER.count("\n")
PATH = "de.po"


def conflict(ours: str, theirs: str, base: str | None = None) -> str:
    """One conflict as git writes it, in diff3's style where there is a base."""
    middle = "" if base is None else f"||||||| 1234567\n{base}"
    return f"<<<<<<< HEAD\n{ours}{middle}=======\n{theirs}>>>>>>> feature\n"


def gone(msgid: str, msgstr: str, *above: str) -> str:
    """An obsolete entry."""
    return "\n" + "".join(f"{line}\n" for line in above) + f'#~ msgid "{msgid}"\n#~ msgstr "{msgstr}"\n'


def opened(text: str | bytes) -> tuple[Catalog | None, list[tuple[str, int, str]]]:
    """The one catalog of both sides, and what is wrong: rule, line, message."""
    diagnostics = Diagnostics()
    data = text if isinstance(text, bytes) else text.encode()
    found = open_catalog(data, PATH, diagnostics, language="de")
    faults = [(d.rule, d.at.line if d.at else -1, d.message) for d in diagnostics.errors]
    return (found.catalog if found else None), faults


def united(text: str | bytes) -> Catalog:
    """The one catalog, which must be sound."""
    catalog, faults = opened(text)
    assert catalog is not None
    assert not faults
    return sound(raw(catalog))


def told(entries: tuple[Entry, ...]) -> list[tuple[str, str, bool]]:
    """What the entries say."""
    return [(e.msgid, e.msgstr, e.fuzzy) for e in entries]


NESTED = gone("w", "W") + "<<<<<<<<< a\n=========\n>>>>>>>>> b\n"
STYLES = {
    "merge": conflict(gone("x", "X"), gone("y", "Y")),
    "diff3": conflict(gone("x", "X"), gone("y", "Y"), ""),
    "a base that is a conflict": conflict(gone("x", "X"), gone("y", "Y"), NESTED),
    # git leaves out of the markers what both sides begin or end with: here the last line of one entry and a msgid.
    "shared lines": '\n#~ msgid "x"\n' + conflict('#~ msgstr "X"\n', '#~ msgstr "X"\n\n#~ msgid "y"\n#~ msgstr "Y"\n'),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("text", STYLES.values(), ids=STYLES.keys())
def test_both_sides_are_put_together(text: str, newline: str) -> None:
    """What each branch appended is there, in every style of git and with both line ends; the base is left out."""
    whole = (HEADER + entry("a", "A") + "\n" + text).replace("\n", newline)
    catalog = united(whole)
    assert told(catalog.entries) == [("a", "A", False)]
    assert told(catalog.obsolete) == [("x", "X", False), ("y", "Y", False)]
    expected = HEADER + entry("a", "A") + "\n" + gone("x", "X") + gone("y", "Y")
    assert raw(catalog).split() == expected.encode().split()
    assert raw(catalog).count(b"\n") == raw(catalog).count(newline.encode())


def test_what_only_the_second_uses_stands_behind_what_it_follows() -> None:
    """Entries of the first keep their order and bytes; others come in where the second has them."""
    ours = "".join(entry(name, name.upper()) for name in "acd")
    theirs = "".join(entry(name, name.upper()) for name in "0abcxd")
    catalog = united(HEADER + conflict(ours, theirs))
    assert [e.msgid for e in catalog.entries] == ["0", "a", "b", "c", "x", "d"]


def test_a_message_that_both_have_is_one() -> None:
    """The same text once, with the comments of both."""
    ours, theirs = entry("a", "A", "# mine", "# ours"), entry("a", "A", "# theirs", "# ours")
    (found,) = united(HEADER + conflict(ours, theirs)).entries
    assert (found.msgstr, found.comments) == ("A", ("mine", "ours", "theirs"))
    assert told(united(HEADER + conflict(ours, theirs + theirs)).entries) == [("a", "A", False)]


@pytest.mark.parametrize("swapped", [False, True], ids=["approved first", "approved last"])
def test_the_approved_text_is_used(swapped: bool) -> None:
    """Against one that is not there, and against a fuzzy one, which is kept as an obsolete one."""
    for other in (entry("a", ""), entry("a", "A", "#, fuzzy")):
        ours, theirs = (other, entry("a", "A")) if swapped else (entry("a", "A"), other)
        catalog = united(HEADER + conflict(ours, theirs))
        assert (told(catalog.entries), catalog.obsolete) == ([("a", "A", False)], ())
    other = entry("a", "B", "# why", "#, fuzzy")
    ours, theirs = (other, entry("a", "A")) if swapped else (entry("a", "A"), other)
    catalog = united(HEADER + conflict(ours, theirs))
    assert told(catalog.entries) == [("a", "A", False)]
    assert [(e.context, e.msgstr, e.fuzzy, e.comments) for e in catalog.obsolete] == [
        ("(superseded 1)", "B", True, ("why",))
    ]


def test_what_an_update_made_of_another_is_not_kept_twice() -> None:
    """A fuzzy text that is that of its former source gives way to the translator's: the former one is there."""
    before = gone("We may sell data.", "Wir verkaufen vielleicht Daten.")
    fuzzy = entry("We sell data.", "Wir verkaufen vielleicht Daten.", "#, fuzzy", '#| msgid "We may sell data."')
    catalog = united(HEADER + conflict(entry("We sell data.", "Wir verkaufen Daten."), fuzzy) + before)
    assert told(catalog.entries) == [("We sell data.", "Wir verkaufen Daten.", False)]
    assert told(catalog.obsolete) == [("We may sell data.", "Wir verkaufen vielleicht Daten.", False)]


def test_two_fuzzy_texts_are_both_kept() -> None:
    """The first's is in use, the second's obsolete: neither is published."""
    catalog = united(HEADER + conflict(entry("a", "A", "#, fuzzy"), entry("a", "B", "#, fuzzy")))
    assert told(catalog.parts[1:]) == [("a", "A", True), ("a", "B", True)]
    assert [e.obsolete for e in catalog.parts[1:]] == [False, True]


def test_in_use_on_one_side_and_obsolete_on_the_other() -> None:
    """It is in use, approved if either is, and no text is lost; whether it stays so is for the merge with the POT."""
    catalog = united(HEADER + conflict(entry("a", "A2"), gone("a", "A")))
    assert (told(catalog.entries), told(catalog.obsolete)) == ([("a", "A2", False)], [("a", "A", False)])
    catalog = united(HEADER + conflict(entry("a", ""), gone("a", "A", "# why")))
    assert (told(catalog.entries), catalog.obsolete) == ([("a", "A", False)], ())
    catalog = united(HEADER + conflict(gone("a", "A", "# why"), entry("a", "B", "#, fuzzy")))
    assert (told(catalog.entries), told(catalog.obsolete)) == ([("a", "A", False)], [("a", "B", True)])
    catalog = united(HEADER + conflict(gone("a", "A"), gone("a", "B")))
    assert sorted((e.context or "", e.msgstr) for e in catalog.obsolete) == [("", "A"), ("(superseded 1)", "B")]


def test_what_the_conflict_is_not_about_stays_odd() -> None:
    """Bytes outside the markers are as they were."""
    odd = '\n  # Note.\n\n  msgid   "odd"\n\nmsgstr "un"\n"gerade"\n#~ msgid "odd"\n#~ msgstr ""\n'
    assert odd.split("#~")[0].encode() in raw(united(HEADER + odd + conflict(gone("x", "X"), gone("y", "Y"))))


def test_two_approved_texts_are_for_a_person() -> None:
    """Each is named with the lines at which they differ; there is no catalog."""
    shared = '\nmsgid "a"\nmsgstr ""\n"Daten "\n' + conflict('"bleiben."\n', '"gehen."\n')
    catalog, faults = opened(HEADER + shared + conflict(entry("b", "B1"), entry("b", "B2")))
    assert catalog is None
    assert [fault[:2] for fault in faults] == [("po-conflict", LINES + 6), ("po-conflict", LINES + 13)]
    assert [f"at {PATH}:{line};" in fault[2] for fault, line in zip(faults, (LINES + 8, LINES + 17), strict=True)] == [
        True, True,
    ]


def test_the_header_is_the_firsts() -> None:
    """With the comments of both; but nothing passes for reviewed that came from a draft."""
    ours = HEADER.replace("X-House: ours", "X-Review: reviewed").replace("msgid", "# One.\nmsgid", 1)
    theirs = HEADER.replace("X-House: ours", "X-Other: x").replace("msgid", "# Two.\nmsgid", 1)
    for first, second in ((ours, theirs), (theirs, ours)):
        catalog = united(conflict(first, second) + entry("a", "A"))
        assert catalog.header_entry is not None
        assert sorted(catalog.header_entry.comments) == ["One.", "Two."]
        assert (catalog.header.get("X-Review"), catalog.header.get("X-Other")) == (None, "x")
    catalog = united(conflict(ours, ours.replace("ISO", "x").replace("paper 1", "paper 2")) + entry("a", "A"))
    assert (catalog.header["X-Review"], catalog.header["Project-Id-Version"]) == ("reviewed", "paper 1")


def test_comments_at_the_end_are_kept() -> None:
    """What stands behind the last entry of either side."""
    assert raw(united(HEADER + entry("a", "A") + conflict("# one\n", "# two\n"))).endswith(b"# one\n# two\n")


PLURAL = '\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n'
FAULTY: dict[str, tuple[str, list[tuple[str, int]]]] = {
    "no end": (HEADER + entry("a", "A") + "<<<<<<< HEAD\n=======\n", [("po-conflict", LINES + 5)]),
    "no beginning": (HEADER + entry("a", "A") + "=======\n>>>>>>> x\n", [("po-conflict", LINES + 4)]),
    "no middle": (HEADER + "<<<<<<< HEAD\n>>>>>>> x\n", [("po-conflict", LINES + 2)]),
    "begun twice": (HEADER + "<<<<<<< a\n<<<<<<< b\n=======\n>>>>>>> x\n", [("po-conflict", LINES + 2)]),
    "a fault in the second side": (HEADER + conflict(entry("a", "A"), entry("b", r"\q")), [("po-syntax", LINES + 8)]),
    "one side half an entry": (HEADER + conflict(entry("a", "A"), '\nmsgid "a"\n'), [("po-syntax", LINES + 7)]),
    "two headers in one side": (
        HEADER + conflict("\n" + HEADER, entry("a", "A")), [("po-duplicate", LINES + 3), ("po-newline", LINES + 4)]
    ),
    "a message five times in one side": (
        HEADER + conflict(entry("a", "A") * 5, ""), [("po-duplicate", LINES + 3 * n) for n in (2, 3, 4, 5)]
    ),
    "another charset": (
        conflict(HEADER, HEADER.replace("UTF-8", "ISO-8859-1")) + entry("a", "A"), [("po-conflict", 3)]
    ),
    "another number of plural forms": (
        conflict(HEADER + PLURAL, HEADER.replace("nplurals=2; plural=(n != 1)", "nplurals=1; plural=0")),
        [("po-conflict", 3)],
    ),
}


@pytest.mark.parametrize(("text", "expected"), FAULTY.values(), ids=FAULTY.keys())
def test_what_cannot_be_put_together_is_named(text: str, expected: list[tuple[str, int]]) -> None:
    """Markers that are not whole, and what is wrong in a side, at its line in the file."""
    catalog, faults = opened(text)
    assert catalog is None
    assert [fault[:2] for fault in faults] == expected


def _worked_on(dice: random.Random, catalog: Catalog, name: str) -> Catalog:
    """The catalog after a translator of that name: some texts are other ones, some are approved, some are fuzzy."""
    text = ""
    for n, part in enumerate(catalog.parts):
        lines = part.raw.split("\n")
        if part is not catalog.header_entry and not part.obsolete and dice.random() < 0.15:
            lines = [line for line in lines if not line.startswith("#, fuzzy")]
            start = next(place for place, line in enumerate(lines) if line.startswith("msgstr"))
            lines[start:] = [f'msgstr "{name}{n}"']
            lines[:0] = ["#, fuzzy"] if dice.random() < 0.3 else [f"# {name}"] if dice.random() < 0.3 else []
        text += part.gap + "\n".join(lines)
    return sound(text + catalog.tail)


def _branches(dice: random.Random) -> tuple[Catalog, Catalog, Catalog, list[PotEntry]]:
    """A catalog, what two branches made of it (each edited the source, updated, translated), and one's source."""
    source = _source(dice)
    base = _translated(dice, source)
    edits = [_edited(dice, source) for _ in range(2)]
    ours, theirs = (_worked_on(dice, merged(base, Pot.of(edit)), name) for edit, name in zip(edits, "AB", strict=True))
    return base, ours, theirs, edits[0]


def _in_conflict(dice: random.Random, ours: Catalog, theirs: Catalog) -> str:
    """The file with all that differs between the two in markers, whatever is common outside them."""
    one, two = (raw(catalog).decode().splitlines(keepends=True) for catalog in (ours, theirs))
    text = ""
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        base = "".join(one[a:b]) if dice.random() < 0.5 else None
        text += "".join(one[a:b]) if tag == "equal" else conflict("".join(one[a:b]), "".join(two[c:d]), base)
    return text


@settings(max_examples=examples(60))
@given(st.randoms(use_true_random=False))
def test_law_no_text_of_either_side_is_lost(dice: random.Random) -> None:
    """Every msgstr of both, approved, fuzzy or obsolete, is in the one; or two approved ones are asked about.

    What is approved in use is what a side has approved; the merge with the POT after it is as any other.
    """
    _, ours, theirs, source = _branches(dice)
    text = _in_conflict(dice, ours, theirs)
    catalog, faults = opened(text)
    approved = [{e.key: e.msgstrs for e in c.entries if e.translated and not e.fuzzy} for c in (ours, theirs)]
    asked = {key for key in approved[0].keys() & approved[1].keys() if approved[0][key] != approved[1][key]}
    assert len(faults) == len(asked)
    if catalog is None:
        assert asked
        return
    assert _texts(ours) | _texts(theirs) <= _texts(catalog)
    notes = [{line for e in c.parts for line in e.comments} for c in (ours, theirs, catalog)]
    assert notes[0] | notes[1] <= notes[2]
    known = {(e.key, e.msgstrs) for c in (ours, theirs) for e in c.parts if not e.fuzzy}
    assert all((e.key, e.msgstrs) in known for e in catalog.entries if e.translated and not e.fuzzy)
    assert [e.key for e in merged(catalog, Pot.of(source)).entries] == [message.key for message in source]
    assert opened(raw(catalog))[0] is not None


@pytest.mark.skipif(GIT is None, reason="git is not installed: no merge of its own to resolve")
@settings(max_examples=examples(40), deadline=None)
@given(st.randoms(use_true_random=False))
def test_law_of_gits_own_conflicts(tmp_path_factory: pytest.TempPathFactory, dice: random.Random) -> None:
    """Of a three-way merge by git: what either branch wrote, and what neither changed, is in the one catalog."""
    base, ours, theirs, _ = _branches(dice)
    folder = tmp_path_factory.mktemp("merge")
    for name, version in {"ours": ours, "base": base, "theirs": theirs}.items():
        (folder / name).write_bytes(raw(version))
    style = dice.choice([[], ["--diff3"], ["--zdiff3"]])
    words = ["git", "merge-file", "-p", *style, "ours", "base", "theirs"]
    data = subprocess.run(words, cwd=folder, capture_output=True, check=False).stdout
    catalog, faults = opened(data)
    if catalog is None:
        # Git may put two moves of one entry side by side, without a marker, or ask for what only a person knows.
        assert all(rule in ("po-conflict", "po-duplicate") for rule, _, _ in faults)
        return
    written = (_texts(ours) | _texts(theirs)) - _texts(base)
    assert written | (_texts(ours) & _texts(theirs)) <= _texts(catalog)


def _commit(folder: Path, message: str) -> None:
    for words in (["add", "-A"], ["commit", "-q", "-m", message]):
        _git(folder, *words)


def _git(folder: Path, *words: str) -> int:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run(["git", *who, *words], cwd=folder, capture_output=True, check=False, env=env).returncode


TEXTS = ["Photos stay on the phone.", "Nobody reads mail.", "Backups are encrypted.", "Accounts can be deleted."]
TRANSLATED = dict(zip(TEXTS, ["Fotos bleiben.", "Niemand liest Post.", "Verschlüsselt.", "Löschbar."], strict=True))


def _pot(*texts: str) -> Pot:
    return Pot.of(PotEntry(text, None, (f"a.md:{n}",)) for n, text in enumerate(texts, 1))


@pytest.mark.skipif(GIT is None, reason="git is not installed: no branches to merge")
@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
def test_two_branches_that_both_ran_update(tmp_path: Path, style: str) -> None:
    """Each took a paragraph out and ran update; git's conflict in the obsolete entries loses neither translation."""
    file = catalog_file(tmp_path, "de", HEADER + "".join(entry(m, s, "#: a.md") for m, s in TRANSLATED.items()))
    assert _git(tmp_path, "init", "-q", "-b", "main") == 0
    _commit(tmp_path, "before")
    for branch, kept in (("feature", TEXTS[:3]), ("other", [TEXTS[0], *TEXTS[2:]])):
        _git(tmp_path, "checkout", "-q", "-b", branch, "main")
        update_catalogs(Sources({"paper": tmp_path}), _pot(*kept), ["de"])
        _commit(tmp_path, branch)
    assert _git(tmp_path, "-c", f"merge.conflictStyle={style}", "merge", "-q", "feature") != 0
    before = file.read_bytes()
    assert before.count(b"<<<<<<< ") >= 1
    merge = _pot(TEXTS[0], TEXTS[2])
    (dry,) = update_catalogs(Sources({"paper": tmp_path}), merge, ["de"], dry_run=True)
    assert (dry.changed, file.read_bytes()) == (True, before)
    (updated,) = update_catalogs(Sources({"paper": tmp_path}), merge, ["de"])
    assert updated.written
    assert any("conflict" in line for line in updated.lines())
    catalog = sound(file.read_bytes())
    assert {e.msgid: e.msgstr for e in catalog.parts[1:]} == TRANSLATED
    assert [e.msgid for e in catalog.obsolete] == sorted([TEXTS[1], TEXTS[3]])
    (again,) = update_catalogs(Sources({"paper": tmp_path}), merge, ["de"])
    assert not again.changed
    (back,) = update_catalogs(Sources({"paper": tmp_path}), _pot(*TEXTS), ["de"])
    assert back.report.counts()["restored"] == 2


@pytest.mark.skipif(GIT is None, reason="git is not installed: no branches to merge")
def test_branches_whose_texts_left_for_different_places_merge_like_text(tmp_path: Path) -> None:
    """Where the obsolete entries are in order of their messages, git needs no help."""
    start = HEADER + "".join(entry(m, s, "#: a.md") for m, s in TRANSLATED.items()) + gone("Lists", "Listen")
    file = catalog_file(tmp_path, "de", start)
    _git(tmp_path, "init", "-q", "-b", "main")
    _commit(tmp_path, "before")
    for branch, kept in (("feature", TEXTS[1:]), ("other", [TEXTS[0], TEXTS[1], TEXTS[3]])):
        _git(tmp_path, "checkout", "-q", "-b", branch, "main")
        update_catalogs(Sources({"paper": tmp_path}), _pot(*kept), ["de"])
        _commit(tmp_path, branch)
    assert _git(tmp_path, "merge", "-q", "feature") == 0
    catalog = sound(file.read_bytes())
    assert [e.msgid for e in catalog.obsolete] == ["Backups are encrypted.", "Lists", "Photos stay on the phone."]


def test_following_the_hint_loses_nothing_else(tmp_path: Path) -> None:
    """Nothing is written while a text must be chosen; with the same text at both lines, all the rest is there."""
    ours = entry("a", "A1") + entry("b", "B", "# mine")
    theirs = entry("a", "A2") + entry("b", "") + entry("c", "C")
    file = catalog_file(tmp_path, "de", HEADER + conflict(ours, theirs) + conflict(gone("x", "X"), gone("y", "Y")))
    before = file.read_bytes()
    with pytest.raises(Rejected, match="po-conflict") as rejected:
        update_catalogs(Sources({"paper": tmp_path}), _pot("a", "b", "c"), ["de"])
    assert file.read_bytes() == before
    (found,) = rejected.value.diagnostics
    assert found.at is not None
    lines = before.decode().split("\n")
    assert lines[found.at.line - 1] == 'msgstr "A1"'
    other = int(found.message.partition("messages.po:")[2].partition(";")[0])
    assert lines[other - 1] == 'msgstr "A2"'
    lines[other - 1] = 'msgstr "A1"'
    file.write_text("\n".join(lines), "utf-8")
    update_catalogs(Sources({"paper": tmp_path}), _pot("a", "b", "c"), ["de"])
    catalog = sound(file.read_bytes())
    assert told(catalog.entries) == [("a", "A1", False), ("b", "B", False), ("c", "C", False)]
    assert told(catalog.obsolete) == [("x", "X", False), ("y", "Y", False)]


def test_reading_says_only_that_there_is_a_conflict() -> None:
    """`check` and `build` name the markers and what puts the sides together, not each message that is there twice."""
    _, diagnostics = read(HEADER + entry("a", "A") + conflict(entry("a", "B"), '\nmsgid "c"\n'))
    assert {d.rule for d in diagnostics} == {"po-conflict"}
    assert len(diagnostics.errors) == 3
    assert all("build.py update" in d.hint for d in diagnostics)
