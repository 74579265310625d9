"""The merge: no text is lost, nothing is done twice, and an edit that is taken back leaves no trace."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imprint.base.diagnostic import Diagnostics
from imprint.localize.catalog import Catalog
from imprint.localize.entry import Previous
from imprint.localize.merge import merge_catalog
from imprint.localize.pot import PLACEHOLDER_FLAG, Pot, PotEntry
from imprint.localize.readback import read_back
from imprint.localize.report import Outcome
from tests.cost import growth_of
from tests.localize.catalogs import BODY, HEADER, entry, read, sound
from tests.search import examples

LONG = "Personal data is kept on the device, and nobody else can read it."
OTHER = "Photos are sent to the server when the user turns the service on."
REF = "#: a.md"


def pot(*messages: str | tuple[str, str | None], file: str = "a.md") -> Pot:
    """A POT of messages, or of (message, context) pairs."""
    pairs = [(m, None) if isinstance(m, str) else m for m in messages]
    return Pot.of(PotEntry(msgid, context, (f"{file}:{n}",)) for n, (msgid, context) in enumerate(pairs, 1))


def merged(catalog: Catalog | str, source: Pot, *memory: str) -> Catalog:
    """The catalog after the merge, which must be sound, read back as meant, and as a second merge leaves it."""
    before = sound(catalog) if isinstance(catalog, str) else catalog
    offered = [e for text in memory for e in sound(text).entries]
    result = merge_catalog(before, source, offered)
    after = sound(result.data)
    diagnostics = Diagnostics()
    read_back(result.composed, before.parts, before.path, diagnostics)
    assert not diagnostics.errors, str(next(iter(diagnostics)))
    assert merge_catalog(after, source, offered).data == result.data, "merge ∘ merge is not merge"
    return after


def raw(catalog: Catalog) -> bytes:
    """The catalog's bytes."""
    return catalog.decoded.encode("".join(part.gap + part.raw for part in catalog.parts) + catalog.tail)


def test_a_trivial_edit_keeps_the_approval() -> None:
    """A spelling slip in the source: the translation stays approved, the old source is kept."""
    after = merged(HEADER + entry("We recieve data.", "Wir erhalten Daten.", REF), pot("We receive data."))
    found = after.lookup("We receive data.")
    assert found is not None
    assert (found.msgstr, found.fuzzy) == ("Wir erhalten Daten.", False)
    assert found.previous is not None
    assert found.previous.msgid == "We recieve data."
    assert [e.msgid for e in after.obsolete] == ["We recieve data."]


def test_a_changed_target_is_put_into_the_translation() -> None:
    """A link's new target replaces the old one in the msgstr; where it is not there, the entry is fuzzy."""
    source = pot("See [it](https://b.org).")
    after = merged(HEADER + entry("See [it](https://a.org).", "Siehe [es](https://a.org).", REF), source)
    assert [(e.msgstr, e.fuzzy) for e in after.entries] == [("Siehe [es](https://b.org).", False)]
    after = merged(HEADER + entry("See [it](https://a.org).", "Siehe es.", REF), source)
    assert [(e.msgstr, e.fuzzy) for e in after.entries] == [("Siehe es.", True)]


def with_names(*messages: str) -> Pot:
    """A POT of messages whose names in braces are declared placeholders."""
    return Pot.of(PotEntry(msgid, None, ("a.md:1",), (), (PLACEHOLDER_FLAG,)) for msgid in messages)


def test_a_renamed_placeholder_is_renamed_in_the_translation() -> None:
    """A name that is gone became one that is new: the translation follows, and comes back without a trace."""
    before = HEADER + entry("Kept for {n} days.", "{n} Tage.", REF, f"#, {PLACEHOLDER_FLAG}")
    after = merged(before, with_names("Kept for {num_days} days."))
    assert [(e.msgstr, e.fuzzy) for e in after.entries] == [("{num_days} Tage.", False)]
    assert raw(merged(after, with_names("Kept for {n} days."))) == before.encode()
    again = merged(after, with_names("Kept for {number_of_days} days."))
    assert [(e.msgstr, e.fuzzy) for e in again.entries] == [("{number_of_days} Tage.", False)]
    assert raw(merged(again, with_names("Kept for {n} days."))) == before.encode()


def test_a_placeholder_with_another_value_is_fuzzy() -> None:
    """A name that the sources used before, or that the paper still defines, is another value and no new name."""
    flags = f"#, {PLACEHOLDER_FLAG}"
    before = HEADER + entry("{seller} asks.", "{seller} fragt.", REF, flags) + entry("Of {maker}", "Von {maker}", flags)
    after = merged(before, with_names("{maker} asks.", "Of {maker}"))
    assert [(e.msgstr, e.fuzzy) for e in after.entries] == [("{seller} fragt.", True), ("Von {maker}", False)]
    source = with_names("{buyer} asks.", "Of {maker}")
    result = merge_catalog(sound(before), source, defined=frozenset({"seller", "buyer", "maker"}))
    assert [e.fuzzy for e in sound(result.data).entries] == [True, False]


def test_a_harmful_edit_is_fuzzy_with_its_previous_text() -> None:
    """A "not" more: fuzzy, with the source that the translation was made for."""
    after = merged(HEADER + entry("Data is sold.", "Daten werden verkauft.", "# Note.", REF), pot("Data is not sold."))
    found = after.entries[0]
    assert found.previous is not None
    assert (found.msgstr, found.fuzzy, found.previous.msgid) == ("Daten werden verkauft.", True, "Data is sold.")
    assert found.comments == ("Note.",)


def test_a_silenced_rule_speaks_again_of_another_text() -> None:
    """`imprint: ignore` was said of the approved text: it stays with that, comes back with it, and does not go over."""
    silence = "# imprint: ignore numbers"
    whole = HEADER + entry("Since 2014.", "Seit zwei Jahren.", "# Note.", silence, REF)
    after = merged(whole, pot("Since 2012."))
    assert (after.entries[0].fuzzy, after.entries[0].comments) == (True, ("Note.",))
    assert [e.comments for e in after.obsolete] == [("Note.", silence[2:])]
    assert raw(merged(after, pot("Since 2014."))) == whole.encode()
    carried = merged(whole, pot("Since  2014."))
    assert (carried.entries[0].fuzzy, carried.entries[0].comments) == (False, ("Note.", silence[2:]))


def test_a_fuzzy_entry_keeps_what_it_was_made_for() -> None:
    """A second edit before the translator came: the previous text is the one that was translated."""
    first = merged(HEADER + entry("Data is sold.", "Daten werden verkauft.", REF), pot("Data is not sold."))
    second = merged(first, pot("Data is not ever sold."))
    assert [(e.msgid, e.previous and e.previous.msgid) for e in second.entries] == [
        ("Data is not ever sold.", "Data is sold.")
    ]
    back = merged(second, pot("Data is sold!"))
    assert back.entries[0].fuzzy


def test_a_fuzzy_entry_that_becomes_right_again_is_approved() -> None:
    """Fuzzy by a harmful edit, then the source returns in all but a slip: approved once more."""
    first = merged(HEADER + entry("We recieve data.", "Wir erhalten Daten.", REF), pot("We never receive data."))
    assert first.entries[0].fuzzy
    second = merged(first, pot("We receive data."))
    assert [e.fuzzy for e in second.entries] == [False]
    assert second.entries[0].msgstr == "Wir erhalten Daten."


def test_indented_lines_come_back_as_they_were() -> None:
    """Odd but lawful: comments, previous source and strings that are indented leave and return byte for byte."""
    odd = '\n  # Note.\n  #: a.md\n\t#, fuzzy\n  #| msgid "Before"\n  msgid "{}"\n  msgstr "Lang."\n'
    before = sound(HEADER + odd.format(LONG) + entry(OTHER, "Anders.", REF))
    gone = merged(before, pot(OTHER))
    assert [(e.msgstr, e.comments, e.references) for e in gone.obsolete] == [("Lang.", ("Note.",), ("a.md",))]
    assert raw(merged(gone, pot(LONG, OTHER))) == raw(before)


def test_an_indented_comment_stays_when_the_memory_helps() -> None:
    """A translator's note of an entry that has no text yet is kept with the one that is offered."""
    before = HEADER + f'\n  # Note.\n{REF}\nmsgid "{LONG}"\nmsgstr ""\n'
    after = merged(before, pot(LONG), HEADER + entry(LONG, "Aus dem Archiv."))
    assert [(e.msgstr, e.comments) for e in after.entries] == [("Aus dem Archiv.", ("Note.",))]


def test_what_left_comes_back_approved() -> None:
    """A message that leaves becomes obsolete; when it returns the catalog is as it was, byte for byte."""
    before = sound(HEADER + entry(LONG, "Lang.", "# Note.", REF) + entry(OTHER, "Anders.", REF))
    gone = merged(before, pot(OTHER))
    assert [(e.msgid, e.msgstr) for e in gone.obsolete] == [(LONG, "Lang.")]
    assert raw(merged(gone, pot(LONG, OTHER))) == raw(before)


def test_a_split_paragraph_gives_both_parts_its_text() -> None:
    """Each part is fuzzy with the whole translation, and the paragraph comes back as it was."""
    before = sound(HEADER + entry(f"{LONG} {OTHER}", "Lang. Anders.", REF))
    split = merged(before, pot(LONG, OTHER))
    assert [(e.msgstr, e.fuzzy) for e in split.entries] == [("Lang. Anders.", True)] * 2
    assert raw(merged(split, pot(f"{LONG} {OTHER}"))) == raw(before)


def test_joined_paragraphs_get_both_texts() -> None:
    """The new one is fuzzy with both translations, and the two come back as they were."""
    before = sound(HEADER + entry(LONG, "Lang.", REF) + entry(OTHER, "Anders.", REF))
    joined = merged(before, pot(f"{LONG} {OTHER}"))
    assert [(e.msgstr, e.fuzzy) for e in joined.entries] == [("Lang. Anders.", True)]
    assert raw(merged(joined, pot(LONG, OTHER))) == raw(before)


def test_a_moved_message_stays_approved() -> None:
    """To another chapter, into a list: the text is the key; the order follows the POT."""
    before = sound(HEADER + entry(LONG, "Lang.", REF) + entry(OTHER, "Anders.", REF))
    after = merged(before, Pot.of([PotEntry(OTHER, None, ("b.md:1",)), PotEntry(LONG, None, ("b.md:9",))]))
    assert [(e.msgid, e.msgstr, e.fuzzy, e.references) for e in after.entries] == [
        (OTHER, "Anders.", False, ("b.md",)),
        (LONG, "Lang.", False, ("b.md",)),
    ]


def test_another_context_is_fuzzy_and_two_never_swap() -> None:
    """One text under two contexts that are both renamed: each translation follows its own."""
    before = HEADER + "".join(
        f'\n{REF}\nmsgctxt "{context}"\nmsgid "Notes"\nmsgstr "{text}"\n'
        for context, text in (("the app", "Notizen"), ("footnotes", "Fußnoten"))
    )
    after = merged(before, pot(("Notes", "footnotes at the end"), ("Notes", "the notes app")))
    assert [(e.context, e.msgstr, e.fuzzy) for e in after.entries] == [
        ("footnotes at the end", "Fußnoten", True),
        ("the notes app", "Notizen", True),
    ]


def test_an_old_translation_goes_to_its_best_match_only() -> None:
    """Two new messages like one old one: the liker gets the text, the other nothing."""
    near, far = LONG.replace("nobody", "someone"), LONG.replace("device", "old phone of them")
    after = merged(HEADER + entry(LONG, "Lang.", REF), pot(near, far))
    assert [e.msgstr for e in after.entries] == ["Lang.", ""]


def test_memory_is_offered_as_fuzzy() -> None:
    """A compendium fills what has no translation, exact and near texts, always fuzzy."""
    memory = HEADER + entry(LONG, "Aus dem Archiv.") + entry("Something else entirely", "X")
    after = merged(HEADER, pot(LONG, OTHER, LONG.replace("device", "phone")), memory)
    assert [(e.msgstr, e.fuzzy) for e in after.entries] == [
        ("Aus dem Archiv.", True),
        ("", False),
        ("Aus dem Archiv.", True),
    ]


def test_only_what_is_concerned_changes() -> None:
    """Odd but lawful formatting of the other entries, CRLF and BOM stay as they are."""
    odd = '\r\n  msgid   "odd"\r\n\r\nmsgstr "un"\r\n"gerade"\r\n'
    before = (HEADER + entry(LONG, "Lang.", "#, no-wrap", REF)).replace("\n", "\r\n") + odd
    data = b"\xef\xbb\xbf" + before.encode()
    result = merge_catalog(sound(data), Pot.of([PotEntry(LONG.replace("nobody", "no one")), PotEntry("odd")]))
    assert result.data.startswith(b"\xef\xbb\xbf")
    assert odd.encode() in result.data
    assert b"#, fuzzy, no-wrap\r\n" in result.data
    assert result.data.count(b"\n") == result.data.count(b"\r\n")


def test_line_numbers_alone_change_nothing() -> None:
    """A paragraph added on top of a chapter leaves every catalog as it is below it."""
    before = HEADER + entry(LONG, "Lang.", "#: a.md:7")
    assert raw(merged(before, pot(LONG))) == before.encode()


def test_an_entry_in_use_and_obsolete_loses_neither_text() -> None:
    """When the file is written, the obsolete one of the two gets a context, so that msgfmt takes it."""
    before = HEADER + entry(LONG, "Lang.", REF) + f'\n#~ msgid "{LONG}"\n#~ msgstr "Früher."\n'
    catalog, _ = read(before)
    assert catalog is not None
    result = merge_catalog(catalog, pot(LONG, OTHER))
    after = sound(result.data)
    assert {e.msgstr for e in after.parts} >= {"Lang.", "Früher."}
    assert [e.context for e in after.obsolete] == ["(superseded 1)"]


def test_a_long_context_is_replaced_whole() -> None:
    """The lines of a context that goes over several are not left behind when its obsolete entry gets another."""
    context = "A section's heading in the table of contents, " * 3
    old = HEADER + f'\n{REF}\nmsgctxt "{context}"\nmsgid "{LONG}"\nmsgstr "Lang."\n'
    gone = '#~| msgid "Before"\n#~ msgctxt ""\n#~ "{}"\n#~ "{}"\n#~ msgid "{}"\n#~ msgstr "Früher."\n'
    catalog, _ = read(f"{old}\n# Note.\n{gone.format(context[:60], context[60:], LONG)}")
    assert catalog is not None
    after = sound(merge_catalog(catalog, pot((LONG, context), OTHER)).data)
    (found,) = after.obsolete
    assert (found.context, found.msgstr, found.comments) == (f"{context} (superseded 1)", "Früher.", ("Note.",))
    assert found.previous == Previous("Before")


def test_an_obsolete_entry_on_one_line_gets_a_context() -> None:
    """Odd but lawful, and no traceback."""
    catalog, _ = read(HEADER + entry(LONG, "Lang.", REF) + f'\n#~ msgid "{LONG}" msgstr "Früher."\n')
    assert catalog is not None
    after = sound(merge_catalog(catalog, pot(LONG, OTHER)).data)
    assert [(e.context, e.msgstr) for e in after.obsolete] == [("(superseded 1)", "Früher.")]


def test_an_old_charset_is_widened_only_if_it_must() -> None:
    """Latin-1 stays latin-1 until a new message does not fit; then all of it is UTF-8, and says so."""
    latin = (HEADER.replace("UTF-8", "ISO-8859-1") + entry(LONG, "Größe.", REF)).encode("latin-1")
    kept = merge_catalog(sound(latin), pot(LONG, OTHER))
    assert "Größe".encode("latin-1") in kept.data
    widened = merge_catalog(sound(latin), pot(LONG, "“Quoted”"))
    assert widened.report.converted
    assert "Größe" in widened.data.decode()
    assert sound(widened.data).header["Content-Type"].endswith("UTF-8")
    late = (entry(LONG, "Größe.", REF) + "\n" + HEADER.replace("UTF-8", "ISO-8859-1")).encode("latin-1")
    assert sound(merge_catalog(sound(late), pot(LONG, "“Quoted”")).data).header["Content-Type"].endswith("UTF-8")


def test_a_message_that_gets_a_plural_keeps_its_text() -> None:
    """Fuzzy, with the text in every form; and back, with the lost form as a comment."""
    plural = Pot.of([PotEntry("one file", plural="{n} files")])
    after = merged(HEADER + entry("one file", "eine Datei"), plural)
    assert [(e.msgstrs, e.fuzzy) for e in after.entries] == [(("eine Datei", "eine Datei"), True)]
    text = HEADER + '\nmsgid "one file"\nmsgid_plural "{n} files"\nmsgstr[0] "eine"\nmsgstr[1] "viele"\n'
    after = merged(text, pot("one file"))
    assert (after.entries[0].msgstrs, after.entries[0].comments) == (("eine",), ("[1] viele",))


VOCABULARY = (
    "data user privacy device may must not only account [policy](https://a.b/c) {product} recieve 30 storage consent "
    "transfer region, service. retention deletion"
).split()


def _text(dice: random.Random) -> str:
    return " ".join(dice.choices(VOCABULARY, k=dice.randint(1, 14)))


def _source(dice: random.Random) -> list[PotEntry]:
    placed = dice.random() < 0.5
    messages = [
        PotEntry(_text(dice), dice.choice([None, None, "k1", "k2"]), (f"c/{n // 5}.md:3",) if placed else ())
        for n in range(dice.randint(1, 14))
    ]
    return list(Pot.of(messages).entries)


def _edited(dice: random.Random, source: list[PotEntry]) -> list[PotEntry]:  # noqa: C901 - a list of sorts of edits
    """The source after one to four edits: words, links, slips, messages that come, go, move, split and join."""
    found = list(source)
    for _ in range(dice.randint(1, 4)):
        if not found:
            break
        n = dice.randrange(len(found))
        message = found[n]
        words = message.msgid.split()
        match dice.randrange(8):
            case 0:
                words.insert(dice.randrange(len(words) + 1), dice.choice(VOCABULARY))
                found[n] = replace(message, msgid=" ".join(words))
            case 1:
                found[n] = replace(message, msgid=" ".join(words[:-1]) or "empty")
            case 2:
                text = message.msgid.replace("https://a.b/c", "https://a.b/d").replace("recieve", "receive")
                found[n] = replace(message, msgid=text)
            case 3:
                del found[n]
            case 4:
                found.insert(n, PotEntry(_text(dice), None, ("c/9.md:1",)))
            case 5:
                found.insert(dice.randrange(len(found)), found.pop(n))
            case 6:
                found[n] = replace(message, context=dice.choice([None, "k1", "k3"]))
            case _ if len(words) > 3:
                middle = len(words) // 2
                parts = (" ".join(words[:middle]), " ".join(words[middle:]))
                found[n : n + 1] = [replace(message, msgid=part) for part in parts]
            case _ if n + 1 < len(found):
                found[n : n + 2] = [replace(message, msgid=f"{message.msgid} {found[n + 1].msgid}")]
            case _:
                pass
    return list(Pot.of(found).entries)


def _translated(dice: random.Random, source: list[PotEntry]) -> Catalog:
    """A catalog of the source, most of it translated, some fuzzy, some with a translator's comment."""
    empty = merged(HEADER, Pot.of(source))
    text = ""
    for n, part in enumerate(empty.parts):
        body = part.raw
        if part is not empty.header_entry and dice.random() < 0.85:
            names = ("[p](https://a.b/c)" if "https" in part.msgid else "") + ("{product}" if "{" in part.msgid else "")
            body = body.replace('msgstr ""', f'msgstr "T{n} {names}"')
            body = f"# note {n}\n{body}" if dice.random() < 0.15 else body
            body = f"#, fuzzy\n{body}" if dice.random() < 0.1 else body
            body = re.sub("(?m)^#: .*$", rf"\g<0>\n# late {n}", body) if dice.random() < 0.05 else body
        text += part.gap + body
    return merged(text + empty.tail, Pot.of(source))


def _texts(catalog: Catalog) -> set[str]:
    return {text for e in catalog.parts if e is not catalog.header_entry for text in e.msgstrs if text}


@settings(max_examples=examples(60))
@given(st.randoms(use_true_random=False))
def test_laws_of_the_merge(dice: random.Random) -> None:
    """Laws: update ∘ update = update; no msgstr disappears; edit, update, revert, update restores every byte."""
    source = _source(dice)
    before = _translated(dice, source)
    edited = _edited(dice, source)
    after = merged(before, Pot.of(edited))
    assert [e.key for e in after.entries] == [e.key for e in edited]
    assert _texts(before) <= _texts(after)
    assert raw(merged(after, Pot.of(source))) == raw(before)


@settings(max_examples=examples(60))
@given(st.randoms(use_true_random=False))
def test_laws_of_a_history(dice: random.Random) -> None:
    """Laws: however many edits lie between, no msgstr disappears, and the first source restores every translation.

    It restores every byte where none of its messages left and came back on the way: one that did was in use beside
    what had been made of it in between.
    """
    history = [_source(dice)]
    catalog = before = _translated(dice, history[0])
    for _ in range(dice.randint(2, 5)):
        history.append(_edited(dice, history[-1]))
        catalog = merged(catalog, Pot.of(history[-1]))
        assert _texts(before) <= _texts(catalog)
    back = merged(catalog, Pot.of(history[0]))
    assert [e.key for e in back.entries] == [message.key for message in history[0]]
    restored = {e.key: (e.msgstrs, e.fuzzy, e.comments) for e in back.entries}
    for e in before.entries:
        assert not any(e.msgstrs) or restored[e.key] == (e.msgstrs, e.fuzzy, e.comments)
    first = {message.key for message in history[0]}
    stayed = [first & {message.key for message in source} for source in history]
    if all(later <= earlier for earlier, later in pairwise(stayed)):
        assert raw(back) == raw(before)


def test_lines_stay_in_a_hands_own_order() -> None:
    """A new reference changes the line of references alone, wherever it and the others stand."""
    before = HEADER + "\n#, fuzzy\n# One.\n#: content/10-a.md\n# Two.\n" + f'msgid "{LONG}"\nmsgstr "Lang."\n'
    after = merged(before, Pot.of([PotEntry(LONG, None, ("content/10-a.md:1", "content/20-b.md:1"))]))
    assert raw(after).decode() == before.replace("10-a.md", "10-a.md content/20-b.md")
    assert raw(merged(after, Pot.of([PotEntry(LONG, None, ("content/10-a.md:1",))]))).decode() == before


def test_joined_then_deleted_then_reverted() -> None:
    """Two paragraphs joined, the joined one taken out, both put back: no copy of the joined text stays."""
    before = sound(HEADER + entry(LONG, "Lang.", REF) + entry(OTHER, "Anders.", REF))
    joined = merged(before, pot((f"{LONG} {OTHER}", "box")))
    deleted = merged(joined, pot())
    assert [e.msgstr for e in deleted.obsolete] == ["Lang.", "Lang. Anders.", "Anders."]
    assert raw(merged(deleted, pot(LONG, OTHER))) == raw(before)


def test_what_leaves_is_put_in_order() -> None:
    """By its message, where the obsolete entries at the end are in that order; else behind them."""
    left = ["b", "d"]
    for obsolete, expected in ((["a", "c"], ["a", "b", "c", "d"]), (["c", "a"], ["c", "a", "b", "d"])):
        gone = "".join(f'\n#~ msgid "{name}"\n#~ msgstr "{name}"\n' for name in obsolete)
        before = sound(HEADER + "".join(entry(name, name, REF) for name in [LONG, *left]) + gone)
        after = merged(before, pot(LONG))
        assert [e.msgid for e in after.obsolete] == expected
        assert raw(merged(after, pot(LONG, *left))) == raw(before)


def test_offered_then_reverted() -> None:
    """Deleted, then written anew in other words, then that reverted: the text that was offered leaves no copy."""
    deleted = merged(HEADER + entry(LONG, "Lang.", REF) + entry(OTHER, "Anders.", REF), pot(OTHER))
    rewritten = merged(deleted, pot(LONG.replace("nobody", "somebody"), OTHER))
    assert [(e.msgstr, e.fuzzy) for e in rewritten.entries] == [("Lang.", True), ("Anders.", False)]
    assert raw(merged(rewritten, pot(OTHER))) == raw(deleted)
    assert raw(merged(merged(rewritten, pot()), pot(LONG, OTHER))) == raw(merged(deleted, pot(LONG, OTHER)))


def test_a_target_changed_then_split_then_joined_again() -> None:
    """The translation made for the first target stays on record when the second one's source comes back."""
    moved = "See [it](https://b.org) here, and see [that](https://c.org) there."
    first = entry(moved.replace("b.org", "a.org"), "[Es](https://a.org), [das](https://c.org).", "# Note.", REF)
    carried = merged(HEADER + first, pot(moved))
    split = merged(carried, pot(*moved.split(", ")))
    assert [e.fuzzy for e in split.entries] == [True, True]
    assert raw(merged(split, pot(moved))) == raw(carried)


def test_twins_that_differ_in_a_link_are_both_a_translators() -> None:
    """Two sources and translations alike but for the target: one that leaves is kept whatever the other does."""
    one, two = "See [it](https://a.org) here.", "See [it](https://b.org) here."
    before = sound(
        HEADER + entry(one, "Siehe [es](https://a.org) hier.", REF) + entry(two, "Siehe [es](https://b.org) hier.", REF)
    )
    for history in ([[OTHER], [one]], [[OTHER], [two]], [[one], [two]], [[two], [one], []]):
        catalog = before
        for messages in history:
            catalog = merged(catalog, pot(*messages))
            assert _texts(before) <= _texts(catalog)
        assert raw(merged(catalog, pot(one, two))) == raw(before)


def test_every_part_of_a_real_entry_survives() -> None:
    """Comments, flags, previous and obsolete entries outlive a merge that leaves nothing in use."""
    before = sound(HEADER + BODY)
    after = merged(before, pot(OTHER))
    assert _texts(before) <= _texts(after)
    assert "# A translator's word." in raw(after).decode()
    assert "no-wrap" in raw(after).decode()


def test_two_thousand_changed_messages_take_seconds() -> None:
    """Nothing quadratic: to match 2,000 messages, all of them changed, costs about four times what 500 do."""
    dice = random.Random(5)
    endings = ("", "s", "base", "store", "load")
    words = [f"{stem}{ending}" for stem in ("data", "user", "net", "cloud", "app", "region") for ending in endings]
    texts = [" ".join(dice.choices(words, k=dice.randint(4, 30))) for _ in range(2000)]
    entries = [entry(f"{text} {n}", f"T{n}", REF) for n, text in enumerate(texts)]
    news = [f"{text} more {n}" for n, text in enumerate(texts)]
    pairs = {size: (sound(HEADER + "".join(entries[:size])), pot(*news[:size])) for size in (500, 2000)}
    found = []
    assert growth_of(lambda size: found.append(merge_catalog(*pairs[size])), 500) < 9
    assert len(found[-1].report.of(Outcome.FUZZY)) > 1900


@pytest.mark.skipif(shutil.which("msgmerge") is None, reason="GNU gettext is not installed")
def test_agrees_with_msgmerge_and_passes_msgfmt(tmp_path: Path) -> None:
    """Oracle: what msgmerge keeps approved we keep approved, and each file that we write passes `msgfmt -c`."""
    dice = random.Random(2)
    for round_ in range(12):
        source = _source(dice)
        before = _translated(dice, source)
        edited = Pot.of(_edited(dice, source))
        old, new, ours = (tmp_path / f"{round_}{name}" for name in ("old.po", "new.pot", "ours.po"))
        old.write_bytes(raw(before))
        new.write_bytes(raw(merged(HEADER, edited)))
        theirs = subprocess.run(["msgmerge", "-q", old, new], check=True, capture_output=True).stdout
        after = merged(before, edited)
        ours.write_bytes(raw(after))
        subprocess.run(["msgfmt", "-c", "-o", "/dev/null", str(ours)], check=True, capture_output=True)
        approved = {e.key: e.msgstr for e in sound(theirs).entries if e.translated and not e.fuzzy}
        mine = {e.key: e.msgstr for e in after.entries if e.translated and not e.fuzzy}
        assert approved.items() <= mine.items()
