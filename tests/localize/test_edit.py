"""Edits of the source: the harmless ones keep a translation's approval, no harmful one does."""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprint.localize.carry import EditKind
from imprint.localize.edit import classify_edit
from imprint.localize.spelling import is_slip, is_variant
from imprint.localize.token import tokenize

EDITS = tomllib.loads((Path(__file__).parent / "edits.toml").read_text("utf-8"))["edits"]


def test_no_edit_of_meaning_is_carried_and_the_trivial_ones_are(capsys: pytest.CaptureFixture[str]) -> None:
    """Of the labelled edits no harmful one keeps its approval, and at least 95 % of the harmless ones do."""
    judged = [(edit, classify_edit(edit["old"], edit["new"])) for edit in EDITS]
    unsafe = [edit for edit, verdict in judged if verdict.trivial and edit["kind"] == "meaning"]
    trivial = [(edit, verdict) for edit, verdict in judged if edit["kind"] == "trivial"]
    lost = Counter(edit["sort"] for edit, verdict in trivial if not verdict.trivial)
    kept = 1 - lost.total() / len(trivial)
    with capsys.disabled():
        rates = f"{len(unsafe)} unsafe carries, {kept:.1%} of {len(trivial)} trivial ones kept {dict(lost)}"
        print(f"\n{len(EDITS)} edits: {rates}")  # noqa: T201 - the rates are what this test is for
    assert len(EDITS) >= 120
    assert len(EDITS) - len(trivial) >= 40
    assert not unsafe
    assert kept >= 0.95


def test_no_chance_edit_is_carried() -> None:
    """Law: a word added, dropped, exchanged or moved in any sentence of the list is a matter of meaning."""
    dice = random.Random(11)
    tokens = [token for edit in EDITS for token in tokenize(edit["old"])]
    vocabulary = sorted({token.text for token in tokens if token.kind == "word" and token.text.islower()})
    carried = []
    for edit in EDITS * 4:
        words = edit["old"].split(" ")
        place = dice.randrange(len(words))
        changed = list(words)
        match dice.randrange(4):
            case 0:
                changed.insert(place, dice.choice(vocabulary))
            case 1:
                del changed[place]
            case 2:
                changed[place] = dice.choice(vocabulary)
            case _:
                changed.insert(dice.randrange(len(changed)), changed.pop(place))
        new = " ".join(changed)
        verdict = classify_edit(edit["old"], new)
        if verdict.trivial and tokenize(edit["old"]) != tokenize(new):
            carried.append((edit["old"], new, verdict.reason))
    # A function word doubled by chance, or a word that meets its own slip, capital or full stop, is rightly carried.
    rightly = ("white space", "spelling", "a or an", "letter case", "a final full stop")
    assert [c for c in carried if not c[2].startswith(rightly)] == []
    assert len(carried) <= len(EDITS) / 100


@given(st.sampled_from([edit["old"] for edit in EDITS]), st.randoms(use_true_random=False))
def test_white_space_and_quotes_never_count(text: str, dice: random.Random) -> None:
    """Law: other spaces between words, and curly for straight quotes, are trivial in any message without code."""
    if "`" in text or "](" in text or "<" in text:
        return
    spaces = [" ", "  ", " ", "\n", " "]
    new = "".join(dice.choice(spaces) if c == " " else "’" if c == "'" else c for c in text.replace("&nbsp;", " "))
    assert classify_edit(text, new).trivial


CARRIED = [
    ("See [a](https://a.org/1) and [b](https://a.org/2).", "See [a](https://a.org/2) and [b](https://a.org/1).",
     "Siehe [b](https://a.org/2), [a](https://a.org/1).", "Siehe [b](https://a.org/1), [a](https://a.org/2)."),
    ("{product} asks.", "{product_name} asks.", "Es fragt {product}.", "Es fragt {product_name}."),
    ("{product} asks.", "{product_name} asks.", "Es fragt {produkt}.", None),
    ("See [a](https://a.org).", "See [a](https://b.org).", "Siehe a.", None),
    ("See [a](https://a.org).", "See [a](https://b.org).", "Siehe [a](https://a.org) [a](https://a.org).", None),
    ("See [a](https://a.org).", "See [a](https://b.org).", "Siehe [a] (https://a.org).", None),
    ("Data [@x] and [@rep-20].", "Data [@x] and [@rep-2020].", "Daten [@rep-20], [@x].", "Daten [@rep-2020], [@x]."),
    ("Data [@x] and [@y].", "Data [@x] and [@z].", "Daten [@y], [@x].", None),
    ("Data[^ret].", "Data[^retention].", "Daten[^ret].", "Daten[^retention]."),
    ("Data[^a].", "Data[^b].", "Daten[^a].", None),
    ("Recieve it.", "Receive it.", "Nimm es.", "Nimm es."),
    ("See <https://a.org/x>.", "See <https://a.org/y>.", "Siehe <https://a.org/x>.", "Siehe <https://a.org/y>."),
    ("Logs are kept", "Logs are kept.", "日志会被保存", "日志会被保存。"),
    ("Logs are kept.", "Logs are kept", "लॉग रखे जाते हैं।", "लॉग रखे जाते हैं"),
    ("Logs are kept", "Logs are kept.", "เก็บบันทึก", "เก็บบันทึก"),
    ("Logs are kept", "Logs are kept.", "لاگ محفوظ ہیں", "لاگ محفوظ ہیں۔"),
    ("Logs are kept", "Logs are kept.", "Wi-Fi 日志", "Wi-Fi 日志。"),
    ("Logs are kept", "Logs are kept.", "Protokolle:", None),
    ("- Logs kept\n- Photos gone", "- Logs kept.\n- Photos gone.", "- Da\n- Fort", "- Da.\n- Fort."),
    ("- Logs kept\n- Photos gone", "- Logs kept.\n- Photos gone.", "Da, fort", None),
    ("**Logs are kept**", "**Logs are kept.**", "**Da**", "**Da.**"),
]


@pytest.mark.parametrize(("old", "new", "msgstr", "expected"), CARRIED)
def test_applies_the_edit_to_the_translation(old: str, new: str, msgstr: str, expected: str | None) -> None:
    """A new target, key or name is put into the translation, or the edit is not carried."""
    assert classify_edit(old, new).carry(msgstr) == expected


def test_a_placeholder_is_renamed_only_if_the_old_name_is_gone() -> None:
    """With the names known, another of them is another value, and any new name of a gone one is its name."""
    declared = frozenset({"staff", "years", "product"})
    assert classify_edit("{staff} people", "{years} people", declared=declared).kind is EditKind.MEANING
    assert classify_edit("{employees} people", "{staff} people", declared=declared).trivial
    assert not classify_edit("{old_a} {old_b}", "{product} {product}", declared=declared).trivial
    assert not classify_edit("{old} people", "{staff} people", declared=declared, former=frozenset({"staff"})).trivial


def test_english_spelling_counts_for_english_only() -> None:
    """In a paper written in another language a changed word is a matter of meaning; white space is not."""
    assert not classify_edit("recieve it", "receive it", language="de").trivial
    assert classify_edit("“recieve”  it", '"recieve" it', language="de").trivial


@pytest.mark.parametrize("pair", [
    "passcode postcode", "backend backed", "keystore keystone", "blocklist blacklist", "unlinkable unthinkable",
    "sideload sideboard", "tokenize tokenism", "iregular regular", "sotred stored", "nto not", "collet collect",
    "four for", "cheque check", "tonne ton", "prise prize", "forwards forward",
])  # fmt: skip
def test_a_rare_word_is_no_slip(pair: str) -> None:
    """Words that the list lacks but that are built like words, and slips with two readings, are not corrected."""
    old, new = pair.split()
    assert not is_slip(old, new)
    assert not is_variant(old, new)


@pytest.mark.parametrize(("old", "new", "reason"), [
    ("It is shared.", "It is not shared.", "negation"),
    ("It may go.", "It must go.", "modal"),
    ("All apps", "Some apps", "quantifier"),
    ("30 days", "31 days", "number"),
    ("In Singapore", "In Germany", "name"),
    ("Data is kept", "Data is kept and erased", "words added"),
    ("*Data* is kept", "Data is kept", "markup"),
])  # fmt: skip
def test_says_what_the_edit_is_about(old: str, new: str, reason: str) -> None:
    """The report names a negation, modal, quantifier, number, name, added words or markup."""
    assert reason in classify_edit(old, new).reason


def test_a_hyphen_is_no_negation() -> None:
    """Where anti- only lost its hyphen, the report names what else the edit is about."""
    reason = classify_edit("Anti-virus apps ask.", "Antivirus apps ask twice, they say.").reason
    assert "negation" not in reason
