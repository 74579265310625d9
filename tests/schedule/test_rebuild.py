"""What is built again for each kind of change: no more than what shows it, and never less."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.papers import CN, TITLE, Paper, catalog
from tests.schedule.yard import BODY, CATALOG, FIGURE, Yard, told

EU = 'inherits = "global"\nname = "Europe"\nedition = "European Version"\nterritory = "EU"\nlanguages = ["en"]\n'
ALL = {"cn/zh-Hans": "rendered", "cn/en": "rendered", "global/en": "rendered", "global/zh-Hans": "rendered"}


def _state(**editions: str) -> dict[str, str]:
    """States by edition, `cn_zh` for cn/zh-Hans; the others are current."""
    names = {"cn_zh": "cn/zh-Hans", "cn_en": "cn/en", "global_en": "global/en", "global_zh": "global/zh-Hans"}
    return {name: editions.get(short, "current") for short, name in names.items()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Yard:
    """The paper as it was built first."""
    yard = Yard.make(tmp_path_factory.mktemp("yard"))
    assert told(yard.build()) == ALL
    return yard


@pytest.fixture
def yard(built: Yard, tmp_path: Path) -> Yard:
    """A copy of the built paper, output and cache."""
    shutil.copytree(built.folder, tmp_path / "yard", copy_function=shutil.copy2)
    return Yard(tmp_path / "yard", Paper(tmp_path / "yard" / "paper"))


def _content(old: str, new: str) -> Callable[[Yard], None]:
    return lambda yard: yard.paper.write("content/01-one.md", TITLE + BODY.replace(old, new))


def _other_catalog(yard: Yard) -> None:
    entries = [(msgid, context, f"译{msgid}") for msgid, context in yard.paper.msgids()]
    yard.paper.write(CATALOG, catalog("zh_Hans", [*entries, ("Nobody shows this", None, "没人")]))


CHANGES: dict[str, tuple[Callable[[Yard], object], dict[str, str]]] = {
    "nothing": (lambda yard: None, _state()),
    "a file written again as it was": (_content("", ""), _state()),
    "content of one region": (
        _content("Only in the mainland", "Now only in the mainland"),
        _state(cn_zh="rendered", cn_en="rendered", global_en="built", global_zh="built"),
    ),
    "a paragraph wrapped in another place": (
        _content("A paragraph for all", "A paragraph\nfor all"),
        _state(cn_zh="built", cn_en="built", global_en="built", global_zh="built"),
    ),
    "a translation": (
        lambda yard: yard.translate({"A paragraph for all.": "新的段落。"}),
        _state(cn_zh="rendered", global_zh="rendered"),
    ),
    "a translation that one region shows": (
        lambda yard: yard.translate({"Only in the mainland.": "只在大陆。"}),
        _state(cn_zh="rendered", global_zh="built"),
    ),
    "a translation that nobody shows": (_other_catalog, _state(cn_zh="built", global_zh="built")),
    "data of a region": (
        lambda yard: yard.paper.write("content/regions/cn.toml", CN.replace("Mainland China Version", "For China")),
        _state(cn_zh="rendered", cn_en="rendered", global_en="built", global_zh="built"),
    ),
    "a figure": (
        lambda yard: yard.paper.write("content/figures/f.svg", FIGURE.replace("180", "190")),
        ALL,
    ),
    "a template": (lambda yard: yard.engine("templates/partials/chapter.html", "<p>more</p>"), ALL),
    "a style": (lambda yard: yard.engine("templates/styles/print.css", "p { color: red }"), ALL),
    "the fonts' lock": (lambda yard: yard.engine("requirements.lock", "font==2.0\n"), ALL),
    "the engine": (lambda yard: yard.engine("imprint/a.py", "B = 2\n"), ALL),
    "a module of the engine that was absent": (lambda yard: yard.engine("imprint/b.py", ""), ALL),
    "a catalog that was absent": (
        lambda yard: yard.paper.write(
            "locales/zh_Hans_CN/LC_MESSAGES/messages.po",
            catalog("zh_Hans_CN", [("A paragraph for all.", None, "大陆的段落。")]),
        ),
        _state(cn_zh="rendered"),
    ),
    "a template that was absent": (
        lambda yard: yard.paper.write("templates/partials/chapter.html", "<p>mine</p>"),
        ALL,
    ),
    "a region that was absent": (
        lambda yard: yard.paper.write("content/regions/eu.toml", EU),
        dict.fromkeys(ALL, "built") | {"eu/en": "rendered"},
    ),
    "a file that no edition asks for": (lambda yard: yard.paper.write("content/notes.txt", "mine"), _state()),
    "a PDF that was damaged": (
        lambda yard: (yard.folder / "output/cn/en/page.pdf").write_bytes(b"half"),
        _state(cn_en="built"),
    ),
    "a PDF that was deleted": (
        lambda yard: (yard.folder / "output/global/zh-Hans/page.pdf").unlink(),
        _state(global_zh="built"),
    ),
    "a record that was damaged": (
        lambda yard: (yard.folder / "output/cn/en/edition.json").write_bytes(b'{"trace": '),
        _state(cn_en="built"),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_change_builds(yard: Yard, change: str) -> None:
    """Only the editions that a change can touch are built, and only those are laid out whose page it changes; after
    that nothing is left to do."""
    edit, expected = CHANGES[change]
    edit(yard)
    assert told(yard.build()) == expected
    assert set(told(yard.build()).values()) == {"current"}
