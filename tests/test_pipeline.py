"""Whole editions of a small paper: PDF, record, determinism, refusals, drafts."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pikepdf
import pytest

from imprint.shell.main import main
from tests.conftest import PaperFactory, Runner
from tests.papers import ENGINE, PAPER, Paper, in_chinese, make_paper

BODY = """\
The first words[^n], a source [@law-1]; see [](#sec-b), [](#fig-a), [](#tab-a) and [](#ch-one).

## A section {#sec-a}

/// region | cn
Only in China.
///

## Another {#sec-b}

/// figure | f.svg
    id: fig-a
    alt: A box.

A caption.
///

/// table
    id: tab-a

A table.

| Left | Right |
|------|------:|
| one  | two   |
///

/// sources
///

[^n]: A note.
"""
FIGURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 90">\n'
    '<rect x="9" y="9" width="200" height="60" fill="#e3eff1" stroke="#0f5c6e" stroke-width="2"/>\n'
    '<text class="label" data-box="9 9 200 60">A label</text>\n</svg>'
)
SETTINGS = PAPER.replace(
    "version", 'subtitle = "{edition_name}"\nsubject = "A subject"\nkeywords = ["privacy", "paper"]\nversion'
)
TRANSLATIONS = {
    "The first words[^n], a source [@law-1]; see [](#sec-b), [](#fig-a), [](#tab-a) and [](#ch-one).":
        "首句[^n]，来源[@law-1]；见[](#sec-b)、[](#fig-a)、[](#tab-a)和[](#ch-one)。",
    "A section": "一节", "Only in China.": "仅限中国。", "Another": "另一节", "A box.": "一个方框。",
    "A caption.": "图的说明。", "A table.": "表的说明。", "Left": "左", "Right": "右", "one": "一", "two": "二",
    "A note.": "一条脚注。", "A label": "标签", "A subject": "主题", "privacy": "隐私", "paper": "白皮书",
}  # fmt: skip


def translate(msgid: str) -> str:
    return TRANSLATIONS.get(msgid) or in_chinese(msgid)


def whole(folder: Path) -> Paper:
    """The paper, complete in both languages."""
    made = make_paper(folder, BODY, paper=SETTINGS, files={"content/figures/f.svg": FIGURE})
    made.translate("zh_Hans", translate)
    return made


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[str, dict[str, object]]]:
    """All four editions, built once: the output folder, and what `--json` said of each."""
    folder = tmp_path_factory.mktemp("whole")
    made = whole(folder / "paper")
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()) as err:
        code = main(["build", "--paper", str(made.folder), "--output", str(folder / "out"), "--all", "--json"])
    assert code == 0, err.getvalue()
    facts = json.loads(out.getvalue())
    return folder / "out", {f"{each['region']}/{each['language']}": each for each in facts}


EDITIONS = ["cn/zh-Hans", "cn/en", "global/en", "global/zh-Hans"]


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_is_proven(built: tuple[Path, Mapping[str, dict[str, object]]], edition: str) -> None:
    """Every edition is a PDF/A-2a and PDF/UA-1 in one file, complete, without a finding."""
    output, facts = built
    fact = facts[edition]
    assert fact["state"] == "built"
    assert fact["warnings"] == fact["errors"] == []
    assert fact["coverage"] == 1.0
    proof = fact["proof"]
    assert isinstance(proof, dict)
    assert proof["findings"] == []
    assert set(proof["conformance"]) == {"PDF/A-2a", "PDF/UA-1"}
    assert all(len(set(rules.split("/"))) == 1 for rules in proof["conformance"].values())
    pdf = Path(str(fact["path"]))
    assert pdf == output / edition / f"tiny-{edition.replace('/', '-')}.pdf"
    assert hashlib.sha256(pdf.read_bytes()).hexdigest() == fact["sha256"]
    assert fact["bytes"] == pdf.stat().st_size
    assert isinstance(fact["seconds"], dict)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_record_vouches_for_the_pdf(built: tuple[Path, Mapping[str, dict[str, object]]], edition: str) -> None:
    """edition.json names the PDF by its hash, what it was made from, with which tools and fonts."""
    output, facts = built
    record = json.loads((output / edition / "edition.json").read_text(encoding="utf-8"))
    assert record["sha256"] == facts[edition]["sha256"]
    assert (record["paper"], record["version"], record["date"]) == ("tiny", "1.0.0", "2026-01-02")
    assert f"{record['region']}/{record['language']}" == edition
    assert record["sources_cited"] == ["law-1"]
    assert record["words"] > 20
    assert {"file paper:content/01-one.md", "file paper:content/figures/f.svg"} <= set(record["trace"])
    assert any(key.startswith("list paper:content/regions") for key in record["trace"])
    assert any(key.startswith("file engine:templates/") for key in record["trace"])
    assert record["trace"].get("file paper:templates/page.html") == "absent"
    assert str(ENGINE) not in json.dumps(record)
    assert record["toolchain"]
    assert record["fonts"]
    assert all(re.fullmatch("[0-9a-f]{64}", font["sha256"]) for font in record["fonts"])


def test_the_metadata_is_the_languages(built: tuple[Path, Mapping[str, dict[str, object]]]) -> None:
    """Title, subject, keywords and language of the PDF are localised, and its dates are the paper's."""
    output, _ = built
    with pikepdf.open(output / "cn/zh-Hans/tiny-cn-zh-Hans.pdf") as pdf:
        info = {str(key): str(value) for key, value in pdf.docinfo.items()}
        assert str(pdf.Root.Lang) == "zh-Hans"
        assert info["/Title"].startswith("小白皮书")
        assert info["/Subject"] == "主题"
        assert "隐私" in info["/Keywords"]
        assert "2026" in info["/CreationDate"]
        assert not pdf.attachments


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler) is not installed")
@pytest.mark.parametrize("edition", ["cn/zh-Hans", "global/en"])
def test_the_words_of_the_pages(
    built: tuple[Path, Mapping[str, dict[str, object]]],
    golden: Callable[[str, str], None],
    edition: str,
) -> None:
    """The body's pages say this, labels, numbers and references in the reader's language."""
    _, facts = built
    ran = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", "-nopgbrk", str(facts[edition]["path"]), "-"], capture_output=True, check=True
    )
    words = [line.strip() for line in ran.stdout.decode().splitlines() if line.strip()]
    # The prelims are the templates' own affair: the golden begins with the chapter.
    start = max(n for n, line in enumerate(words) if re.fullmatch("第 ?1 ?章|Chapter 1", line))
    golden(f"pages-{edition.replace('/', '-')}.txt", "\n".join(words[start:]) + "\n")


def test_what_differs_between_markets(built: tuple[Path, Mapping[str, dict[str, object]]]) -> None:
    """The two markets' editions in one language are two files, and differ in their words."""
    _, facts = built
    assert facts["cn/en"]["sha256"] != facts["global/en"]["sha256"]
    assert facts["cn/en"]["words"] != facts["global/en"]["words"]


def test_the_same_bytes_anywhere(tmp_path: Path) -> None:
    """Two builds in different folders, time zones, locales, hash seeds and cold caches are equal byte by byte."""
    made_of = []
    for name, zone, locale, seed in (("a", "UTC", "C", "1"), ("deep/er/b c", "Asia/Kathmandu", "C.UTF-8", "77")):
        made = whole(tmp_path / name)
        environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "LANG": locale, "PYTHONHASHSEED": seed}
        command = [
            sys.executable,
            "-c",
            "import sys; from imprint.shell.main import main; sys.exit(main(sys.argv[1:]))",
        ]
        options = ["--region", "cn", "--lang", "zh", "--json", "--cache", str(tmp_path / name / "cache")]
        ran = subprocess.run(
            [*command, "build", "--paper", str(made.folder), *options],
            cwd=ENGINE, env=environment, capture_output=True, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr.decode()
        (fact,) = json.loads(ran.stdout)
        record = (Path(fact["path"]).parent / "edition.json").read_bytes()
        assert str(tmp_path).encode() not in record
        made_of.append((fact["sha256"], json.loads(record), record))
    assert made_of[0] == made_of[1]


def test_a_draft_shows_what_is_missing(paper: PaperFactory, run: Runner) -> None:
    """A draft is built with the source's words where there is no translation, warns of each, and says it is a draft."""
    made = paper("Done.\n\nNot done.\n")
    made.translate(
        "zh_Hans", lambda text: "" if text == "Not done." else {"Done.": "好了。"}.get(text) or in_chinese(text)
    )
    ran = run("build", "--paper", made.folder, "--region", "cn", "--lang", "zh", "--draft", "--json")
    assert ran.code == 0, ran.err
    (fact,) = json.loads(ran.out)
    assert 0 < fact["coverage"] < 1
    assert any("“Not done.”" in warning and "content/01-one.md:5" in warning for warning in fact["warnings"])
    assert fact["draft"] is True
    with pikepdf.open(fact["path"]) as pdf:
        languages = {str(o.get("/Lang")) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Lang" in o}
    assert "en" in languages


@pytest.mark.parametrize(
    ("body", "place"), [("A 𒀀 sign.", "content/01-one.md:3"), ("Fine.\n\n- `𒀀`", "content/01-one.md:5")]
)
def test_a_character_without_a_glyph(paper: PaperFactory, run: Runner, body: str, place: str) -> None:
    """A character that no font has is named by its code, its name and the place where it is written."""
    made = paper(body + "\n")
    ran = run("build", "--paper", made.folder, "--region", "cn", "--lang", "en")
    assert ran.code == 1
    assert f"{place}: error: no font has a glyph for U+12000 CUNEIFORM SIGN A" in ran.err
    assert not list((made.folder / "output").rglob("*.pdf"))


def test_one_editions_failure_leaves_the_others(paper: PaperFactory, run: Runner) -> None:
    """Without a Chinese catalog the English editions are built all the same, and the exit code is 1."""
    made = paper()
    ran = run("build", "--paper", made.folder, "--region", "cn", "--json")
    assert ran.code == 1
    assert {fact["language"]: fact["state"] for fact in json.loads(ran.out)} == {"zh-Hans": "refused", "en": "built"}


def test_a_refused_build_leaves_the_old_pdf(paper: PaperFactory, run: Runner) -> None:
    """After a slip the edition on disk is still the last good one."""
    made = paper("Good.\n")
    argv = ("build", "--paper", made.folder, "--region", "cn", "--lang", "en")
    assert run(*argv).code == 0
    pdf = made.folder / "output/cn/en/tiny-cn-en.pdf"
    before = pdf.read_bytes()
    made.write("content/01-one.md", "# One\n\n<script>\n")
    assert run(*argv).code == 1
    made.write("content/01-one.md", "# One\n\nA 𒀀.\n")
    assert run(*argv).code == 1
    assert pdf.read_bytes() == before


def test_a_full_disk_leaves_the_old_pdf(paper: PaperFactory, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the PDF cannot be written the edition is refused with the reason, and the old one stands."""
    made = paper("Good.\n")
    argv = ("build", "--paper", made.folder, "--region", "cn", "--lang", "en")
    assert run(*argv).code == 0
    pdf = made.folder / "output/cn/en/tiny-cn-en.pdf"
    before = pdf.read_bytes()
    made.write("content/01-one.md", "# One\n\nBetter.\n")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("imprint.base.artifact.os.fsync", full)
    ran = run(*argv)
    monkeypatch.undo()
    assert ran.code == 1
    assert "No space left on device" in ran.err
    assert "Traceback" not in ran.err
    assert pdf.read_bytes() == before
    assert not list(pdf.parent.glob("*.part"))


def test_limits_end_a_runaway(paper: PaperFactory, run: Runner) -> None:
    """An edition that needs more time than it may use is stopped, and says so."""
    made = paper("Text.\n", paper=PAPER + "\n[limits]\ncpu_seconds = 1\n")
    rows = "\n".join(f"| {n} | b |" for n in range(390))
    made.write("content/01-one.md", "# One\n\n" + "\n\n".join([f"| A | B |\n|---|---|\n{rows}"] * 5) + "\n")
    ran = run("build", "--paper", made.folder, "--region", "cn", "--lang", "en")
    assert ran.code == 1
    assert re.search(r"was stopped: it took|more memory than it may use", ran.err)
    assert "Traceback" not in ran.err
