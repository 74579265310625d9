"""No translation reaches a page unchecked: what is active, wrong or missing refuses the edition at its line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from imprint.base.confine import Limits, run_confined
from imprint.base.diagnostic import Diagnostics, Severity
from imprint.localize import gate as gates
from imprint.localize.check.terms import NO_TERMS
from imprint.localize.entry import Entry
from imprint.localize.gate import Gate
from imprint.localize.verdicts import Verdicts
from imprint.paginate.replacement import replaced
from tests.conftest import PaperFactory, Runner
from tests.papers import Paper, Ran, in_chinese

PO = "locales/zh_Hans/LC_MESSAGES/messages.po"
BODY = "A paragraph with *emphasis*, a [link](https://example.org/) and 100% of {product}.\n"
MSGID = BODY.strip()
SOUND = "一段*文字*，有[链接](https://example.org/)和 {product} 的 100%。"


def translated(paper: PaperFactory, msgstr: str, msgid: str = MSGID, **kwargs: object) -> Paper:
    """A paper complete in Chinese, one message with the msgstr."""
    made: Paper = paper(BODY, **kwargs)
    made.translate("zh_Hans", lambda text: msgstr if text == msgid else SOUND if text == MSGID else in_chinese(text))
    return made


def line_of(made: Paper, msgstr: str) -> int:
    text = (made.folder / PO).read_text(encoding="utf-8")
    return text[: text.index(f'msgstr "{msgstr[:4]}')].count("\n") + 1


def build(run: Runner, made: Paper, *options: str) -> Ran:
    ran: Ran = run("build", "--paper", made.folder, "--region", "cn", "--lang", "zh", *options)
    return ran


def embedded(pdf: Path) -> list[str]:
    """What the PDF carries along or would run."""
    with pikepdf.open(pdf) as opened:
        names = [str(name) for name in opened.attachments]
        names += [key for key in ("/OpenAction", "/AA") if key in opened.Root]
        for page in opened.pages:
            for annotation in page.get("/Annots", []):
                action = annotation.get("/A")
                if annotation.get("/Subtype") != "/Link" or (action is not None and action.get("/S") != "/URI"):
                    names.append(str(annotation.get("/Subtype")))
    return names


ACTIVE = {
    "attachment": "字 <a rel=attachment href='file:///etc/passwd'>x</a>",
    "attachment by link": "字 <link rel=attachment href=file:///etc/passwd>",
    "script": "字 <script>alert(1)</script>",
    "javascript": "字 [x](javascript:alert(1))",
    "file link": "字 [x](file:///etc/passwd)",
    "image": "字 ![x](file:///etc/passwd)",
    "event": "字 <span onclick=x>x</span>",
    "brackets": "字 " + "[" * 20_000,
}


@pytest.mark.parametrize("draft", [(), ("--draft",)], ids=["whole", "draft"])
@pytest.mark.parametrize("msgstr", ACTIVE.values(), ids=ACTIVE)
def test_active_markup_is_refused(paper: PaperFactory, run: Runner, msgstr: str, draft: tuple[str, ...]) -> None:
    """Markup that acts or fetches refuses the edition at the msgstr's line, a draft too, and nothing is written."""
    made = translated(paper, msgstr)
    ran = build(run, made, *draft)
    assert ran.code == 1
    assert f"{PO}:{line_of(made, msgstr)}: error: in a translation" in ran.err
    assert "Traceback" not in ran.err
    assert not list((made.folder / "output").rglob("*.pdf"))


WRONG = {
    "a placeholder is missing": "一段*文字*，有[链接](https://example.org/)和产品的 100%。",
    "a placeholder is misspelt": SOUND.replace("{product}", "{prodcut}"),
    "a link is changed": SOUND.replace("example.org", "example.com"),
    "a link is added": SOUND + "[再来](https://evil.example/)",
    "a number is changed": SOUND.replace("100", "10"),
}


@pytest.mark.parametrize("msgstr", WRONG.values(), ids=WRONG)
def test_a_wrong_translation_is_refused(paper: PaperFactory, run: Runner, msgstr: str) -> None:
    """What the source does not say refuses the edition at the msgstr's line."""
    made = translated(paper, msgstr)
    ran = build(run, made)
    assert ran.code == 1
    assert f"{PO}:{line_of(made, msgstr)}: error: " in ran.err
    assert not (made.folder / "output/cn/zh-Hans/tiny-cn-zh-Hans.pdf").exists()


def test_the_nearest_catalog_is_not_blamed_for_another(paper: PaperFactory, run: Runner) -> None:
    """A slip in a catalog that was fallen back on is named in that catalog."""
    made = translated(paper, ACTIVE["script"])
    made.write("locales/zh_Hans_CN/LC_MESSAGES/messages.po", (made.folder / PO).read_text().split("\n\n")[0] + "\n")
    text = (made.folder / "locales/zh_Hans_CN/LC_MESSAGES/messages.po").read_text()
    made.write("locales/zh_Hans_CN/LC_MESSAGES/messages.po", text.replace("Language: zh_Hans", "Language: zh_Hans_CN"))
    assert f"{PO}:{line_of(made, ACTIVE['script'])}: error: in a translation" in build(run, made).err


def test_what_is_missing_refuses(paper: PaperFactory, run: Runner) -> None:
    """Every untranslated message is listed with its place; nothing is written."""
    made = paper("One.\n\nTwo.\n")
    made.translate("zh_Hans", lambda text: "" if text in ("One.", "Two.") else in_chinese(text))
    ran = build(run, made)
    assert ran.code == 1
    for line, word in ((3, "One."), (5, "Two.")):
        assert f"content/01-one.md:{line}: error: not translated into zh-Hans: “{word}”" in ran.err
    assert PO in ran.err
    assert not list((made.folder / "output").rglob("*.pdf"))


@pytest.mark.parametrize(("draft", "severity"), [((), "error"), (("--draft",), "warning")])
def test_no_catalog_at_all_is_said_once(
    paper: PaperFactory, run: Runner, draft: tuple[str, ...], severity: str
) -> None:
    """Not message by message; the hint makes a catalog, or names the folder that was meant for it."""
    made = paper("One.\n\nTwo.\n")
    ran = build(run, made, *draft)
    assert ran.code == (0 if draft else 1)
    assert f"{PO}: {severity}: no catalog: {len(needed(made))} messages are not translated into zh-Hans" in ran.err
    assert "init --lang zh-Hans" in ran.err
    assert "“One.”" not in ran.err
    made.translate("zh_CN", in_chinese)
    assert "rename the folder locales/zh_CN to locales/zh_Hans" in build(run, made, *draft).err


def needed(made: Paper) -> list[str]:
    """The messages of the region cn."""
    return [msgid for msgid, _ in made.msgids() if msgid not in ("World", "International Version")]


def test_the_catalog_in_use_is_named(paper: PaperFactory, run: Runner) -> None:
    """What is missing is to be translated where the rest is, under whatever name that catalog serves the edition."""
    made = paper(BODY)
    made.translate("zh_Hans_CN", lambda text: "" if text == MSGID else in_chinese(text))
    assert "translate it in locales/zh_Hans_CN/LC_MESSAGES/messages.po" in build(run, made).err


@pytest.mark.parametrize("name", ["zh", "zh_Hans"])
def test_terms_and_silence_by_any_name_of_the_language(paper: PaperFactory, run: Runner, name: str) -> None:
    """The terms and what paper.toml silences are found under each name that a catalog of the language may have."""
    made = translated(paper, SOUND)
    made.write(f"locales/terms/{name}.toml", '[forbidden]\n"一段" = "其他"\n')
    assert "forbidden-terms" in build(run, made).err
    table = f'\n[check.{name.replace("_", "-")}]\nignore = ["forbidden-terms"]\n'
    made.write("content/paper.toml", (made.folder / "content/paper.toml").read_text() + table)
    assert build(run, made).code == 0
    assert "forbidden-terms" not in run("check", "--paper", made.folder).err


def test_a_faulty_catalog_refuses(paper: PaperFactory, run: Runner) -> None:
    """A catalog that cannot be read is refused at its line, and nothing of it is shown."""
    made = translated(paper, SOUND)
    text = (made.folder / PO).read_text(encoding="utf-8")
    made.write(PO, text + "\n<<<<<<< HEAD\n")
    ran = build(run, made)
    assert ran.code == 1
    assert f"{PO}:{text.count(chr(10)) + 2}: error:" in ran.err


CUT_OFF = b'msgid ""\nmsgstr ""\n"Language: zh_Hans\\n'
UNREADABLE = {"empty": b"", "UTF-16": "msgid".encode("utf-16"), "cut off": CUT_OFF}


@pytest.mark.parametrize("draft", [(), ("--draft",)], ids=["whole", "draft"])
@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE)
def test_a_catalog_that_cannot_be_read_is_all_that_is_told(
    paper: PaperFactory, run: Runner, data: bytes, draft: tuple[str, ...]
) -> None:
    """What is wrong with the file comes first, and no message is said to be untranslated because of it."""
    made = translated(paper, SOUND)
    made.write(PO, data)
    ran = build(run, made, *draft)
    assert ran.code == 1
    told = [line for line in ran.err.splitlines() if re.search(r" (?:error|warning): ", line)]
    assert told
    assert all(line.startswith(PO) for line in told)


LITERAL = {
    "percent": "一段*文字*，有[链接](https://example.org/)，{product} 100% sicher %(product)s %s。",
    "Jinja": "一段*文字*，有[链接](https://example.org/)，{product} 100% {{7*7}} {% include '/etc/passwd' %}。",
}


@pytest.mark.parametrize("msgstr", LITERAL.values(), ids=LITERAL)
def test_what_looks_like_a_template_is_literal(paper: PaperFactory, run: Runner, msgstr: str, tmp_path: Path) -> None:
    """`100% sicher` and Jinja's syntax in a translation are shown as typed; the PDF carries nothing along."""
    made = translated(paper, msgstr)
    ran = build(run, made, "--draft", "--json")
    assert ran.code == 0, ran.err
    (built,) = json.loads(ran.out)
    assert embedded(Path(built["path"])) == []
    with pikepdf.open(built["path"]) as opened:
        assert opened.Root.Metadata is not None
    assert "root:" not in Path(built["path"]).read_bytes().decode("latin-1")


def test_a_sound_translation_builds(paper: PaperFactory, run: Runner) -> None:
    """The sound msgstr, from which the wrong ones differ, is built: the refusals above are theirs alone."""
    made = translated(paper, SOUND)
    ran = build(run, made, "--json")
    assert ran.code == 0, ran.err
    (built,) = json.loads(ran.out)
    assert built["coverage"] == 1
    assert embedded(Path(built["path"])) == []


def test_hostile_labels_are_escaped(paper: PaperFactory, run: Runner) -> None:
    """A translation of the templates' own words cannot act either."""
    made = translated(paper, ACTIVE["attachment"], msgid="Contents")
    ran = build(run, made)
    assert ran.code == 1
    assert f"{PO}:{line_of(made, ACTIVE['attachment'])}: error: in a translation" in ran.err


def test_rules_are_imported_only_to_judge() -> None:
    """The rules of `check` are not imported where every verdict is kept: only a new text needs them."""
    code = "import sys, imprint.pipeline; print('imprint.localize.check.run' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


def many(paper: PaperFactory, wrong: str) -> Paper:
    """A paper with so many translations that a twin judges them, the last of which has another number."""
    made = paper("\n\n".join(f"Paragraph {n} of many." for n in range(1, 81)) + "\n")
    made.translate("zh_Hans", lambda text: wrong if text == "Paragraph 80 of many." else in_chinese(text))
    return made


@pytest.mark.parametrize("draft", [(), ("--draft",)], ids=["whole", "draft"])
def test_two_hands_say_what_one_says(paper: PaperFactory, run: Runner, draft: tuple[str, ...], tmp_path: Path) -> None:
    """Beside the layout or before it, the gate tells the same, and the record of a draft is the same."""
    made = many(paper, "第 81 段。")
    told = []
    for jobs in ("1", "2"):
        folder = tmp_path / jobs
        ran = build(run, made, *draft, "--jobs", jobs, "--output", str(folder), "--cache", str(tmp_path / f"c{jobs}"))
        record = folder / "cn/zh-Hans/edition.json"
        told.append((ran.code, ran.err.splitlines()[1:], record.read_bytes() if record.exists() else b""))
        assert f"{PO}:{line_of(made, '第 81')}: {'warning' if draft else 'error'}: '80' of the source" in ran.err
        assert record.exists() == bool(draft)
    assert told[0] == told[1]


def test_a_gate_beside_other_work() -> None:
    """What a twin has found out meanwhile is not found out again; one that dies is no loss, and none is left."""
    assert run_confined(pass_beside, (False,), Limits(60)) == (["numbers"], 0)
    # The next twin, which shares what is left, dies as well.
    assert run_confined(pass_beside, (True,), Limits(60)) == (["numbers"], 60)


def pass_beside(dying: bool) -> tuple[list[str], int]:
    """The rules of what a gate finds after it has begun, and how many translations this process judged itself."""
    asked: list[int] = []
    parent = os.getpid()

    class Counting(Verdicts):
        def _ask(self, item: tuple[str, Entry]) -> list[list[str]]:
            if dying and os.getpid() != parent:
                os._exit(1)
            asked.append(1)
            return super()._ask(item)

    entries = [(PO, Entry(f"In {n} days.", (f"{n + (n == 7)} 天内。",), line=n, msgstr_line=n)) for n in range(60)]
    gate = Gate(entries, Counting("zh_Hans", NO_TERMS, (), "engine"), (), Severity.ERROR, 2)
    diagnostics = Diagnostics()
    gate.begin()
    # However busy the machine is.
    with replaced(gates, "PATIENCE", 30.0):
        gate.close(diagnostics)
        gate.close(diagnostics)
    gate.leave()
    return [d.rule for d in diagnostics.errors], len(asked)
