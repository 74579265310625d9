"""The law of the schedule: a rebuild equals a clean build, byte for byte."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from imprint.shell.main import main
from tests.papers import PAPER, TITLE, catalog, make_paper
from tests.schedule.yard import BODY, FIGURE, LIMITS, Yard
from tests.search import examples

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
