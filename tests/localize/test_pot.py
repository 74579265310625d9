"""The POT: the same messages give the same bytes, in the form that GNU gettext writes."""

from __future__ import annotations

import datetime
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from imprint.base.diagnostic import Diagnostics, Location
from imprint.content.tree import Message
from imprint.localize.pot import PotEntry, load_pot, pot_entry, write_pot

DATE = datetime.date(2026, 11, 24)
ENTRIES = (
    PotEntry("Data", None, ("b.md:12", "a.md:9", "a.md:10"), ("heading in “Data”", "only in: cn")),
    PotEntry("{product} asks", "the app", ("a.md:3",), ("paragraph",), ("python-brace-format",)),
)


def test_writes_the_form_of_gettext() -> None:
    """Comments, references by file and number, flags, context, and wrapped text."""
    data = write_pot(ENTRIES, project="paper 1", date=DATE).decode()
    assert data.split("\n\n", 1)[1] == (
        "#. heading in “Data”\n#. only in: cn\n#: a.md:9 a.md:10 b.md:12\nmsgid \"Data\"\nmsgstr \"\"\n\n"
        "#. paragraph\n#: a.md:3\n#, python-brace-format\nmsgctxt \"the app\"\nmsgid \"{product} asks\"\nmsgstr \"\"\n"
    )


def test_reads_what_it_writes() -> None:
    """Law: load ∘ write is the identity on the messages (references sorted)."""
    diagnostics = Diagnostics()
    pot = load_pot(write_pot(ENTRIES, project="paper 1", date=DATE), "messages.pot", diagnostics)
    assert pot is not None
    assert not list(diagnostics)
    assert [(e.key, e.extracted, e.flags) for e in pot.entries] == [(e.key, e.extracted, e.flags) for e in ENTRIES]
    assert pot.placeholders == {"product"}


def test_nothing_changes_where_only_the_date_does() -> None:
    """The file there is kept when the messages are the same, and written when they are not."""
    first = write_pot(ENTRIES, project="paper 1", date=DATE)
    later = DATE + datetime.timedelta(days=1)
    assert write_pot(ENTRIES, project="paper 1", date=later, previous=first) == first
    assert b"2026-11-25" in write_pot(ENTRIES[:1], project="paper 1", date=later, previous=first)


def test_one_key_is_one_entry() -> None:
    """Two messages of one text and context are one, with the places and comments of both."""
    message = Message("Data", Location("a.md", 3), note="A note.", width=12, placeholders=frozenset({"x"}))
    data = write_pot([pot_entry(message), PotEntry("Data", None, ("b.md:1",))], project="p 1", date=DATE).decode()
    assert data.count('msgid "Data"') == 1
    comments = "#. A note.\n#. paragraph\n#. narrow: about 12 characters\n"
    assert f"{comments}#: a.md:3 b.md:1\n#, python-brace-format\n" in data


WORDS = (
    "data user's privacy-by-design **device** {product} `code span` 数据安全保护小米用户 “quoted” — ISO/IEC 27001 "
    "20,000 (EU) 2016/679. пользователь naïve [text](https://trust.mi.com/docs/miui-privacy-white-paper-global/2/1) "
    "\\ \" 。，「引用」 [@wp-2-1; @pol19] 5 % № 152-ФЗ e.g. and/or 10:30 $5 a-b-c ¡¿ ค้นหา עברית "
    "हिन्दी 한국어 日本語ー、 a\tb <abbr title=\"x\">y</abbr> "
    "１２３ ５％ „Wort“ »mot« «слово» 3–5 a&b { ¶ الخصوصية، व्यक्ति।"
).split(" ")


@pytest.mark.skipif(shutil.which("msgcat") is None, reason="GNU gettext is not installed")
def test_gettext_gives_the_bytes_back(tmp_path: Path) -> None:
    """Oracle: `msgcat` writes our POT as it is, and `msgfmt -c` takes it."""
    dice = random.Random(3)
    texts = {" ".join(dice.choices(WORDS, k=dice.choice((1, 5, 9, 12, 14, 30, 60)))) for _ in range(300)}
    entries = [
        PotEntry(text, None, tuple(f"content/0{n % 7}-chapter.md:{n + k}" for k in range(n % 6)), (f"cell {n}",))
        for n, text in enumerate(sorted(texts))
    ]
    file, again = tmp_path / "a.pot", tmp_path / "b.pot"
    file.write_bytes(write_pot(entries, project="paper 1", date=DATE))
    subprocess.run(["msgfmt", "-c", "-o", "/dev/null", str(file)], check=True, capture_output=True)
    subprocess.run(["msgcat", str(file), "-o", str(again)], check=True)
    assert again.read_bytes() == file.read_bytes()
