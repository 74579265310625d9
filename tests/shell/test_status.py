"""`status`: figures of what can be read, and no silence about what cannot."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import PaperFactory, Runner
from tests.papers import Paper, in_chinese

PO = "locales/zh_Hans/LC_MESSAGES/messages.po"


def chinese(paper: PaperFactory) -> Paper:
    """A paper complete in Chinese."""
    made: Paper = paper("A paragraph.\n")
    made.translate("zh_Hans", in_chinese)
    return made


def spoil(text: str) -> dict[str, bytes]:
    """The catalog's text in ways in which it cannot be read."""
    first = text.index("\n\n") + 2
    return {
        "po-conflict": f"{text}\n<<<<<<< HEAD\n".encode(),
        "po-duplicate": f"{text}\n{text[first:]}".encode(),
        "po-syntax": text[: text.rindex("msgstr")].encode(),
        "po-empty": b"",
        "po-encoding": text.encode("utf-16"),
    }


@pytest.mark.parametrize("rule", spoil("\n\nmsgstr"))
def test_a_catalog_with_errors_is_no_silence(paper: PaperFactory, run: Runner, rule: str, tmp_path: Path) -> None:
    """Its errors are those of `check`, on stderr, in the JSON and on the page; no figure says that it is whole."""
    made = chinese(paper)
    made.write(PO, spoil((made.folder / PO).read_text("utf-8"))[rule])
    checked = run("check", "--paper", made.folder, "--json", "--cache", tmp_path / "cache")
    wanted = [found for found in json.loads(checked.out) if found["rule"] == rule]
    page = tmp_path / "page.html"
    ran = run("status", "--paper", made.folder, "--html", page)
    assert ran.code == 1
    assert wanted
    for found in wanted[:5]:
        place = f"{PO}:{found['line']}" if found["line"] else PO
        assert f"{place}: error: {found['message']} [{rule}]" in ran.err
        assert f'#L{found["line"]}">{place}</a>' in page.read_text("utf-8")
    assert "%" not in ran.out
    assert re.search(r"\d errors?\n", ran.out)
    ran = run("status", "--paper", made.folder, "--json")
    assert ran.code == 1
    (language,) = json.loads(ran.out)
    assert [found for found in language["errors"] if found["rule"] == rule] == wanted


def test_a_sound_catalog_has_no_errors(paper: PaperFactory, run: Runner, tmp_path: Path) -> None:
    """The figures of a catalog that is read, silently, with exit code 0."""
    made = chinese(paper)
    page = tmp_path / "page.html"
    ran = run("status", "--paper", made.folder, "--json", "--html", page)
    assert (ran.code, ran.err) == (0, "")
    (language,) = json.loads(ran.out)
    assert (language["errors"], language["missing"], language["todo"]) == ([], 0, [])
    assert 'class="error"' not in page.read_text("utf-8")
    assert "\t100%\n" in run("status", "--paper", made.folder).out


def test_a_folder_is_no_page(paper: PaperFactory, run: Runner, tmp_path: Path) -> None:
    """`--html` with a folder is a usage error that names the folder, and nothing is written into it."""
    folder = tmp_path / "pages"
    folder.mkdir()
    ran = run("status", "--paper", paper().folder, "--html", folder)
    assert ran.code == 2
    assert f"'{folder}' is a directory" in ran.err
    assert not list(folder.iterdir())
