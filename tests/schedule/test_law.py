"""The law of the schedule: a rebuild equals a clean build, byte for byte."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from imprint.base.diagnostic import Rejected
from imprint.schedule.worker import Keeper
from imprint.shell.build_stale import bring_up_to_date
from imprint.shell.main import main
from imprint.shell.options import Wish, find_place
from tests.papers import PAPER, TITLE, catalog, make_paper
from tests.schedule.yard import BODY, FIGURE, LIMITS, Yard
from tests.search import examples

SLOW = LIMITS.replace("2", "60")
WORDS = st.sampled_from(["one", "two", "三", "{product}", "“four”"])
ADDED = st.sampled_from(["locales/zh_Hans_CN/LC_MESSAGES/messages.po", "templates/styles/x.css"])
EDITS = st.one_of(
    st.tuples(st.just("content"), st.lists(WORDS, max_size=3).map(" ".join)),
    st.tuples(st.just("mainland"), st.lists(WORDS, min_size=1, max_size=2).map(" ".join)),
    st.tuples(st.just("translation"), st.lists(WORDS, min_size=1, max_size=2).map(" ".join)),
    st.tuples(st.just("figure"), st.sampled_from(["180", "190"])),
    st.tuples(st.just("style"), st.sampled_from(["", "p { color: red }"])),
    st.tuples(st.just("add"), ADDED),
    st.tuples(st.just("delete"), ADDED),
)


def _edit(yard: Yard, kind: str, value: str) -> None:
    """One save of an author, translator or designer."""
    if kind == "content":
        yard.paper.write("content/01-one.md", f"{TITLE}{BODY}\nMore {value}.\n")
    elif kind == "mainland":
        yard.paper.write("content/01-one.md", TITLE + BODY.replace("Only", value))
    elif kind == "translation":
        yard.translate({"A paragraph for all.": value})
    elif kind == "figure":
        yard.paper.write("content/figures/f.svg", FIGURE.replace("180", value))
    elif kind == "style":
        yard.paper.write("templates/styles/print.css", value)
    elif kind == "add" and value.endswith(".po"):
        yard.paper.write(value, catalog("zh_Hans_CN", [("A paragraph for all.", None, "大陆")]))
    elif kind == "add":
        yard.paper.write(value, "p { margin: 0 }")
    else:
        (yard.paper.folder / value).unlink(missing_ok=True)


@given(st.lists(EDITS, min_size=1, max_size=3))
@settings(max_examples=examples(5))
def test_a_rebuild_equals_a_clean_build(edits: list[tuple[str, str]]) -> None:
    """After any edits, additions and deletions, each built at once, the output is that of a clean build."""
    with tempfile.TemporaryDirectory() as folder:
        yard = Yard.make(Path(folder))
        yard.build()
        for kind, value in edits:
            _edit(yard, kind, value)
            yard.build()
        yard.build("clean", "clean-cache", jobs=2)
        assert yard.tree("output") == yard.tree("clean")


def test_a_rebuilt_pdf_equals_a_clean_one(tmp_path: Path) -> None:
    """The same of real PDFs: edited and rebuilt with a kept cache, then built from nothing."""
    paper = make_paper(tmp_path / "paper", "A paragraph.\n", paper=PAPER + LIMITS.replace("1", "60"))
    words = ["build", "--paper", str(paper.folder), "--region", "global", "--lang", "en", "--draft", "-q"]
    for text in ("A paragraph.\n", "Another paragraph.\n"):
        paper.write("content/01-one.md", TITLE + text)
        assert main([*words, "--output", str(tmp_path / "a"), "--cache", str(tmp_path / "cache")]) == 0
    assert main([*words, "--output", str(tmp_path / "b"), "--cache", str(tmp_path / "other")]) == 0
    names = sorted(path.relative_to(tmp_path / "b") for path in (tmp_path / "b").rglob("*") if path.is_file())
    assert [name.suffix for name in names] == [".json", ".pdf", ".json"]
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in names)


def test_what_a_watch_builds_equals_a_clean_build(tmp_path: Path) -> None:
    """The same of one worker that keeps the pages: after each edit, a refused one too, and after its death."""
    paper = make_paper(
        tmp_path / "paper", "A paragraph.\n", paper=PAPER.replace("]\n\n", ', "02-two.md"]\n\n', 1) + SLOW
    )
    wish = Wish(("global",), ("en",), draft=True, rebuild=False, jobs=1, silent=True)
    words = ["build", "--paper", str(paper.folder), "--region", "global", "--lang", "en", "--draft", "-q"]
    workers = set()
    with closing(Keeper()) as keeper:
        for number, text in enumerate(
            ("A paragraph.", "Another.", "[Nowhere](#nowhere).", "Another one.", "The last.")
        ):
            paper.write("content/02-two.md", f"# Two {{#ch-two}}\n\n{text}\n")
            place = find_place(str(paper.folder), str(tmp_path / "a"), str(tmp_path / "cache"))
            try:
                (outcome,) = bring_up_to_date(place, place.states(), wish, keeper=keeper)
            except Rejected:
                assert "Nowhere" in text
                continue
            assert outcome.state == "built"
            worker = keeper._standing
            assert worker is not None
            workers.add(worker._child._process.pid)
            if number == 3:
                worker._child.kill()
            clean = tmp_path / f"clean-{number}"
            assert main([*words, "--output", str(clean), "--cache", str(tmp_path / "other")]) == 0
            assert (clean / "matrix.json").exists()
            names = [path.relative_to(clean) for path in clean.rglob("*") if path.is_file()]
            assert all((clean / name).read_bytes() == (tmp_path / "a" / name).read_bytes() for name in names)
    assert len(workers) == 2
