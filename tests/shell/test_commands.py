"""The command line: what is asked for, what is said, and the exit code."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from imprint.base.diagnostic import Diagnostic, Diagnostics, Location, Severity
from imprint.base.edition import Edition
from imprint.base.sources import Sources
from imprint.localize import approved
from imprint.localize.check import run as checks
from imprint.localize.check.subject import Pair
from imprint.shell.main import COMMANDS
from imprint.shell.terminal import SHOWN, show_diagnostics
from tests.conftest import PaperFactory, Runner
from tests.papers import ENGINE, GLOBAL, PAPER, catalog


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("--region", "cm", "--lang", "zh"), "there is no region 'cm'; did you mean 'cn'?"),
        (("--region", "atlantis", "--lang", "en"), "known: cn, global"),
        (("--region", "cn", "--lang", "fr"), "there is no edition cn/fr; the matrix has cn/zh-Hans, cn/en, global/en"),
        (("--region", "cn", "--lang", "zh-Hant"), "did you mean 'zh-Hans'?"),
        (("--lang", "klingon"), "'klingon' is not a language tag that CLDR knows"),
        (("--region", "cn", "--lang", "../../etc"), "is not a language tag"),
        ((), "say which editions"),
        (("--all", "--formt", "pdf"), "--format"),
        (("--all", "--jobs", "0"), "--jobs"),
        (("--all", "--jobs", "many"), "--jobs"),
        (("--all", "extra"), "extra"),
    ],
)
def test_usage(paper: PaperFactory, run: Runner, argv: tuple[str, ...], words: str) -> None:
    """What does not exist is a usage error (2) that says what does, or what was meant; nothing is built."""
    made = paper()
    ran = run("build", "--paper", made.folder, *argv)
    assert ran.code == 2
    assert words in ran.err
    assert "Traceback" not in ran.err
    assert not list(made.folder.rglob("*.pdf"))


def test_build_is_the_default_command(paper: PaperFactory, run: Runner) -> None:
    """`--region cn` is `build --region cn`."""
    assert (
        run("--region", "cm", "--paper", paper().folder).err == "imprint: there is no region 'cm'; did you mean 'cn'?\n"
    )


@pytest.mark.parametrize(("typed", "meant"), [("lsit", "list"), ("biuld", "build"), ("docter", "doctor")])
def test_unknown_command(run: Runner, typed: str, meant: str) -> None:
    """A misspelt command gets a suggestion."""
    ran = run(typed)
    assert ran.code == 2
    assert f"did you mean '{meant}'?" in ran.err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(run: Runner, name: str) -> None:
    """Each command that the help names can be loaded, and says what it does."""
    ran = run(name, "--help")
    assert ran.code == 0
    assert "Usage:" in ran.out


def test_help_lists_the_commands(run: Runner) -> None:
    """No argument is a request for help."""
    ran = run()
    assert ran.code == 0
    assert all(name in ran.out for name in COMMANDS)


def test_a_folder_that_is_no_paper(run: Runner, tmp_path: Path) -> None:
    """`--paper` of another folder is a usage error that names the way out."""
    for place in (tmp_path, tmp_path / "none"):
        ran = run("list", "--paper", place)
        assert ran.code == 2
        assert "is no paper" in ran.err
        assert "new DIR" in ran.err


def test_list(paper: PaperFactory, run: Runner) -> None:
    """`list` shows the matrix: plain tab-separated lines in a pipe, objects with `--json`."""
    made = paper()
    made.translate("zh_Hans", lambda text: "小白皮书" if text == "Tiny Paper" else "字")
    ran = run("list", "--paper", made.folder, "--json")
    assert ran.code == 0
    rows = json.loads(ran.out)
    assert [(row["region"], row["language"], row["title"], row["state"]) for row in rows] == [
        ("cn", "zh-Hans", "小白皮书", "unbuilt"),
        ("cn", "en", "Tiny Paper", "unbuilt"),
        ("global", "en", "Tiny Paper", "unbuilt"),
        ("global", "zh-Hans", "小白皮书", "unbuilt"),
    ]
    assert rows[0]["path"] == str(made.folder / "output/cn/zh-Hans/tiny-cn-zh-Hans.pdf")
    plain = run("list", "--paper", made.folder).out.splitlines()
    assert plain[0].split("\t")[:3] == ["cn", "zh-Hans", "小白皮书"]
    assert len(plain) == 4


def test_list_reads_each_catalog_once(
    paper: PaperFactory, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many editions share a chain of catalogs, `list` reads it once."""
    regions = {f"content/regions/r{number}.toml": GLOBAL for number in range(20)}
    made = paper(files=regions)
    made.translate("zh_Hans", lambda text: "字")
    read: list[str] = []

    def load_approved(sources: Sources, edition: Edition, diagnostics: Diagnostics) -> approved.Approved:
        read.append(edition.locale)
        return approved.load_approved(sources, edition, diagnostics)

    monkeypatch.setattr("imprint.shell.list.load_approved", load_approved)
    rows = json.loads(run("list", "--paper", made.folder, "--json").out)
    assert [row["title"] for row in rows if row["language"] == "zh-Hans"] == ["字"] * 22
    assert sorted(read) == ["en", "zh_Hans", "zh_Hans_CN"]


def test_check_is_bounded(paper: PaperFactory, run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalog that takes longer than an edition may is left at a line; what was checked is kept for the next run."""
    made = paper()
    path = "locales/zh_Hans/LC_MESSAGES/messages.po"
    made.write(path, catalog("zh_Hans", [(f"Message {n} of many words", None, f"字 {n}") for n in range(30)]))
    argv = ("check", "--paper", made.folder, "--cache", tmp_path / "cache")
    judged: list[str] = []
    original = checks.check_translation

    def check_translation(pair: Pair, *rest: Any, **options: Any) -> list[Diagnostic]:
        judged.append(pair.msgid)
        if len(judged) == 21:
            signal.raise_signal(signal.SIGPROF)  # as the timer does when the time is over
        return original(pair, *rest, **options)

    monkeypatch.setattr(checks, "check_translation", check_translation)
    ran = run(*argv)
    assert ran.code == 1
    (line,) = re.findall(rf"{path}:(\d+): error: checking zh_Hans was stopped: it took more than 10 s of", ran.err)
    assert (made.folder / path).read_text("utf-8").split("\n")[int(line) - 1] == 'msgstr "字 20"'
    assert "10 translations from here on are not checked" in ran.err
    assert "20 of 30 translations checked: 1 errors" in ran.out + ran.err
    assert run(*argv).code == 0
    assert judged[21:] == [f"Message {n} of many words" for n in range(20, 30)]


def test_states(paper: PaperFactory, run: Runner) -> None:
    """An edition is unbuilt, then current, then stale after a change of what it is made from, and of that only."""
    made = paper()

    def states() -> dict[str, str]:
        rows = json.loads(run("list", "--paper", made.folder, "--json").out)
        return {f"{row['region']}/{row['language']}": row["state"] for row in rows}

    assert set(states().values()) == {"unbuilt"}
    assert run("build", "--paper", made.folder, "--lang", "en").code == 0
    current = states()["cn/en"]
    assert current == states()["global/en"]
    assert current not in ("unbuilt", "stale")
    made.write("content/01-one.md", "# One\n\nChanged.\n")
    assert states() == {"cn/zh-Hans": "unbuilt", "cn/en": "stale", "global/en": "stale", "global/zh-Hans": "unbuilt"}


def test_a_bad_paper_is_rejected_by_every_reader(paper: PaperFactory, run: Runner) -> None:
    """`list` refuses what `build` refuses, with the same words and exit code 1."""
    made = paper("<script>\n")
    ran = run("list", "--paper", made.folder)
    assert ran.code == 1
    assert "content/01-one.md:3: error:" in ran.err


def test_a_bug_is_ours(run: Runner, paper: PaperFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception that is no diagnostic is exit code 3, said to be ours, without a traceback."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError("nobody thought of this")

    monkeypatch.setattr("imprint.shell.list.load", fail)
    monkeypatch.delenv("IMPRINT_TRACEBACK", raising=False)
    ran = run("list", "--paper", paper().folder)
    assert ran.code == 3
    assert "a bug of imprint" in ran.err
    assert "ZeroDivisionError: nobody thought of this" in ran.err
    assert "Traceback" not in ran.err
    monkeypatch.setenv("IMPRINT_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        run("list", "--paper", paper().folder)


def test_an_interruption(run: Runner, paper: PaperFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is exit code 130."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("imprint.shell.list.load", stop)
    assert run("list", "--paper", paper().folder).code == 130


def test_output_and_quiet(paper: PaperFactory, run: Runner, tmp_path: Path) -> None:
    """`--output` says where; `-q` says nothing where nothing is wrong; a second build has nothing to do."""
    made = paper()
    argv = ("build", "--paper", made.folder, "--output", tmp_path / "out", "--region", "cn", "--lang", "en")
    ran = run(*argv, "-q")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert (tmp_path / "out/cn/en/tiny-cn-en.pdf").is_file()
    assert not (made.folder / "output").exists()
    assert run(*argv).code == 0


def test_a_pipe_gets_plain_lines(paper: PaperFactory) -> None:
    """In a pipe there is no escape sequence and no spinner, with or without NO_COLOR; each problem is one line."""
    made = paper("The {prodcut}.\n\n<script>\n")
    program = "import sys; from imprint.shell.main import main; sys.exit(main(sys.argv[1:]))"
    for extra in ({}, {"NO_COLOR": "1"}):
        ran = subprocess.run(
            [sys.executable, "-c", program, "build", "--paper", str(made.folder), "--all"],
            cwd=ENGINE, env={**os.environ, **extra}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ran.returncode == 1
        assert "\x1b" not in ran.stdout + ran.stderr
        assert ran.stderr.count(": error: ") == 2


def test_no_color_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """On a terminal errors are coloured, unless NO_COLOR is set."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("FORCE_COLOR", "1")
    found = [Diagnostic(Severity.ERROR, "bad", "is bad", Location("a.md", 1), "mend it")]
    monkeypatch.delenv("NO_COLOR", raising=False)
    show_diagnostics(found, everything=True, quiet=False)
    coloured = capsys.readouterr().err
    monkeypatch.setenv("NO_COLOR", "1")
    show_diagnostics(found, everything=True, quiet=False)
    plain = capsys.readouterr().err
    assert "\x1b[" in coloured
    assert "31m" not in plain
    assert "is bad" in plain


def test_many_of_one_rule_are_cut(capsys: pytest.CaptureFixture[str]) -> None:
    """Hundreds of one rule are cut with their number, unless all are asked for; errors come last."""
    found = [Diagnostic(Severity.ERROR, "bad", f"number {n}") for n in range(SHOWN + 5)]
    found += [Diagnostic(Severity.WARNING, "odd", "a warning")]
    show_diagnostics(found, everything=False, quiet=False)
    cut = capsys.readouterr().err
    assert cut.count("[bad]") == SHOWN + 1
    assert "and 5 more of [bad]" in cut
    assert cut.startswith("warning: a warning")
    show_diagnostics(found, everything=True, quiet=True)
    assert capsys.readouterr().err.count("[bad]") == SHOWN + 5


def test_fewer_warnings_than_errors_of_a_build(capsys: pytest.CaptureFixture[str]) -> None:
    """The warnings of a rule are counted apart from its errors, and cut sooner where the caller says so."""
    found = [Diagnostic(Severity.WARNING, "bad", f"warning {n}") for n in range(20)]
    found += [Diagnostic(Severity.ERROR, "bad", f"error {n}") for n in range(20)]
    show_diagnostics(found, everything=False, quiet=False, warnings=8)
    shown = capsys.readouterr().err
    assert (shown.count("warning:"), shown.count("error:")) == (8, 20)
    assert "and 12 more of [bad]" in shown


def test_a_finding_of_two_editions_is_shown_once(capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong with a catalog is said once, however many editions use it."""
    show_diagnostics(
        [Diagnostic(Severity.ERROR, "bad", "is bad", Location("a.po", 3))] * 4, everything=True, quiet=False
    )
    assert capsys.readouterr().err.count("is bad") == 1


def test_text_of_a_paper_cannot_command_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Rich's markup and escape sequences in a message are shown as characters."""
    show_diagnostics([Diagnostic(Severity.ERROR, "bad", "[bold]x[/] \x1b[31m")], everything=True, quiet=False)
    shown = capsys.readouterr().err
    assert "[bold]x[/]" in shown
    assert "\x1b" not in shown


def test_a_name_cannot_forge_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A file's name or a message with line ends stays one line, so that it cannot pass for another finding."""
    forged = Diagnostic(Severity.ERROR, "bad", "a\u2028b", Location("content/a\nall is well.md", 3))
    show_diagnostics([forged], everything=False, quiet=False)
    assert capsys.readouterr().err == "content/a<U+000A>all is well.md:3: error: a<U+2028>b [bad]\n"


@pytest.mark.parametrize(
    "command", [("update",), ("extract",), ("init", "--lang", "de"), ("pseudo", "--lang", "qps-ploc")]
)
def test_what_cannot_be_written_is_no_bug(
    paper: PaperFactory, run: Runner, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """A full disk is told with the file's name and exit code 1, and leaves no part of a file."""
    made = paper()
    made.translate("zh_Hans", lambda _: "")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(made.folder / ".some.po.x.part"))

    monkeypatch.setattr(os, "replace", full)
    before = {file: file.read_bytes() for file in made.folder.rglob("*") if file.is_file()}
    ran = run(command[0], "--paper", made.folder, *command[1:])
    assert ran.code == 1
    assert re.search(r"/messages\.pot?: error: cannot be read or written: No space left on device", ran.err)
    assert {file: file.read_bytes() for file in made.folder.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize("encoding", ["ascii", "latin-1:strict", "utf-8"])
def test_any_locale_shows_any_script(paper: PaperFactory, encoding: str) -> None:
    """Where the locale has no Chinese, the table and the JSON are UTF-8 all the same."""
    made = paper()
    made.write("content/paper.toml", PAPER.replace("Tiny Paper", "小白皮书"))
    made.translate("zh_Hans", lambda text: text)
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "IMPRINT_NO_BOOTSTRAP": "1"}
    for options in ([], ["--json"]):
        command = [sys.executable, str(ENGINE / "build.py"), "list", "--paper", str(made.folder), *options]
        ran = subprocess.run(command, env=environment, capture_output=True, check=False)
        assert ran.returncode == 0, ran.stderr
        assert "小白皮书" in ran.stdout.decode("utf-8")


def test_the_papers_own_language_needs_no_catalog(paper: PaperFactory, run: Runner) -> None:
    """`init` for the source's language is a slip."""
    ran = run("init", "--lang", "en", "--paper", paper().folder)
    assert ran.code == 2
    assert "the paper is written in 'en'" in ran.err


def test_json_has_the_same_fields_for_a_refused_edition(paper: PaperFactory, run: Runner) -> None:
    """Whoever reads the JSON finds every field for each edition, null where there is no file."""
    ran = run("--paper", paper().folder, "--region", "cn", "--lang", "zh", "--json")
    (refused,) = json.loads(ran.out)
    assert ran.code == 1
    assert (refused["state"], refused["path"], refused["sha256"], refused["pages"]) == ("refused", None, None, None)
    assert {"words", "coverage", "warnings", "seconds"} < refused.keys()
    assert refused["errors"]


def test_json_of_a_paper_that_cannot_be_read(paper: PaperFactory, run: Runner) -> None:
    """A paper that is refused before its editions are known is a refusal in JSON too."""
    made = paper()
    made.write("content/paper.toml", "[paper\n")
    ran = run("--paper", made.folder, "--all", "--json")
    assert ran.code == 1
    (refused,) = json.loads(ran.out)
    assert refused["state"] == "refused"
    assert "content/paper.toml:1: error: not valid TOML" in refused["errors"][0]
