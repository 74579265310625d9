"""Updating a paper's catalogs: whole or not at all, and never over another program's work."""

from __future__ import annotations

import datetime
import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from imprint.base.diagnostic import Rejected
from imprint.base.sources import Sources
from imprint.localize.create import new_catalog
from imprint.localize.pot import Pot, PotEntry
from imprint.localize.save import ABSENT, save_catalog
from imprint.localize.update import update_catalogs
from tests.localize.catalogs import HEADER, entry, sound

DATE = datetime.date(2026, 11, 24)
POT = Pot.of([PotEntry("We receive data.", None, ("a.md:1",)), PotEntry("Something new", None, ("a.md:3",))])
OLD = HEADER + entry("We recieve data.", "Wir erhalten Daten.", "#: a.md:1")


def catalog_file(root: Path, locale: str, text: str) -> Path:
    """A catalog in its place in a paper's folder."""
    file = root / f"locales/{locale}/LC_MESSAGES/messages.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text.replace("Language: de", f"Language: {locale}"), "utf-8")
    return file


def test_updates_and_tells(tmp_path: Path) -> None:
    """The file is replaced, the report counts and names what was carried, and a second update does nothing."""
    file = catalog_file(tmp_path, "de", OLD)
    (updated,) = update_catalogs(Sources({"paper": tmp_path}), POT, ["de"])
    assert updated.written
    counts = updated.report.counts()
    assert (counts["carried"], counts["new"], counts["obsolete"]) == (1, 1, 1)
    assert any("recieve → receive" in line for line in updated.lines())
    messages = updated.summary()["messages"]
    assert isinstance(messages, list)
    assert messages[0]["old"] == "We recieve data."
    written = file.read_bytes()
    (again,) = update_catalogs(Sources({"paper": tmp_path}), POT, ["de"])
    assert not again.changed
    assert file.read_bytes() == written


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """The report is the same, the file as it was."""
    file = catalog_file(tmp_path, "de", OLD)
    (updated,) = update_catalogs(Sources({"paper": tmp_path}), POT, ["de"], dry_run=True)
    assert updated.changed
    assert not updated.written
    assert "recieve" in file.read_text("utf-8").split("#~")[0]


def test_refuses_where_the_file_changed_meanwhile(tmp_path: Path) -> None:
    """What Poedit saved since the file was read stays."""
    file = catalog_file(tmp_path, "de", OLD)
    sources = Sources({"paper": tmp_path})
    sources.read_bytes("locales/de/LC_MESSAGES/messages.po")
    file.write_text(OLD + entry("x", "y"), "utf-8")
    with pytest.raises(Rejected, match="changed by another program"):
        update_catalogs(sources, POT, ["de"])
    assert file.read_text("utf-8") == OLD + entry("x", "y")


def test_a_bad_catalog_stops_all(tmp_path: Path) -> None:
    """Every fault of every catalog is told, and nothing is written."""
    good = catalog_file(tmp_path, "de", OLD)
    catalog_file(tmp_path, "fr", OLD + '\nmsgid "x"\n')
    catalog_file(tmp_path, "es", "<html>")
    with pytest.raises(Rejected) as rejected:
        update_catalogs(Sources({"paper": tmp_path}), POT, ["de", "fr", "es", "it"])
    assert {d.rule for d in rejected.value.diagnostics} == {"po-syntax", "po-format", "po-absent"}
    assert good.read_text("utf-8") == OLD


def test_relatives_and_memories_offer_fuzzy_texts(tmp_path: Path) -> None:
    """`zh_Hant` helps `zh_Hant_HK`, a compendium both, `zh_Hans` nobody; a second update changes nothing."""
    catalog_file(tmp_path, "zh_Hant", HEADER + entry("Something new", "新東西", "#: a.md:3"))
    catalog_file(tmp_path, "zh_Hans", HEADER + entry("Something new", "新东西", "#: a.md:3"))
    catalog_file(tmp_path, "zh_Hant_HK", HEADER)
    header = HEADER.replace("Language: de", "Language: zh_TW")
    (tmp_path / "memory.po").write_text(header + entry("We receive data.", "我們接收資料。"), "utf-8")
    names = ["zh_Hant_HK", "zh_Hant"]
    memory = [("memory.po", "memory.po")]
    first = update_catalogs(Sources({"paper": tmp_path}), POT, names, memory=memory)
    assert [(e.msgstr, e.fuzzy) for e in sound(first[0].data).entries] == [("我們接收資料。", True), ("新東西", True)]
    second = update_catalogs(Sources({"paper": tmp_path}), POT, names, memory=memory)
    assert not any(updated.changed for updated in second)


@pytest.mark.parametrize("locale", ["vi", "zh_Hant_HK", "ar", "pt_BR", "ru", "pl"])
def test_a_new_catalog_is_sound(locale: str, tmp_path: Path) -> None:
    """Header, plural rule and all messages; msgfmt takes it and an update changes nothing."""
    data = new_catalog(locale, POT, project="paper 1", date=DATE)
    catalog = sound(data)
    assert (catalog.language, catalog.header["X-Review"], len(catalog.entries)) == (locale, "draft", 2)
    assert catalog.plural is not None
    file = catalog_file(tmp_path, locale, data.decode())
    assert not update_catalogs(Sources({"paper": tmp_path}), POT, [locale])[0].changed
    if shutil.which("msgfmt"):
        subprocess.run(["msgfmt", "-c", "-o", "/dev/null", file], check=True, capture_output=True)


def test_saving_asks_what_is_there(tmp_path: Path) -> None:
    """A file that should be absent but is not, or the other way, is refused; the same bytes are not written again."""
    file = tmp_path / "a.po"
    assert save_catalog(file, b"one", ABSENT)
    with pytest.raises(Rejected):
        save_catalog(file, b"two", ABSENT)
    assert not save_catalog(file, b"one", hashlib.sha256(b"one").hexdigest())
    file.unlink()
    with pytest.raises(Rejected, match="deleted"):
        save_catalog(file, b"two", hashlib.sha256(b"one").hexdigest())
