"""`changes` in its four forms."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Runner
from tests.release.conftest import Published, published

__all__ = ["published"]


def test_text(published: Published, run: Runner) -> None:
    """In a pipe: one line a change, words marked as GNU wdiff marks them."""
    done = run("changes", "1.0.0", "1.1.0", *published.options())
    assert done.code == 0
    assert "paragraph changed (source): Second paragraph {+is +}here." in done.out
    assert "heading changed (translation): 译[-文-]{+稿+}" in done.out
    assert "(data): [-Widget-]{+Gadget+}" in done.out


@pytest.mark.parametrize(("form", "start"), [("markdown", "# What changed from 1.0.0"), ("html", "<!DOCTYPE html>")])
def test_pages(published: Published, run: Runner, form: str, start: str) -> None:
    """Markdown and HTML are whole pages, of the editions asked for."""
    done = run("changes", "1.0.0", "1.1.0", "--format", form, "--only", "global/en", *published.options())
    assert done.out.startswith(start)
    assert "<ins>is </ins>" in done.out
    assert "译" not in done.out


def test_json(published: Published, run: Runner) -> None:
    """JSON is what the release itself carries."""
    done = run("changes", "1.0.0", "1.1.0", "--format", "json", *published.options())
    assert json.loads(done.out) == json.loads((published.root / "1.1.0" / "changes.json").read_bytes())


def test_working_tree(published: Published, run: Runner) -> None:
    """With one version, the working tree is compared; a release may be named by its folder too."""
    one = run("changes", "1.1.0", *published.options())
    assert one.out.count("no change") == 2
    other = run("changes", published.root / "1.0.0", *published.options())
    assert "Second paragraph {+is +}here." in other.out


def test_editions(published: Published, run: Runner) -> None:
    """What two editions differ in, of the working tree or of a release; two languages by their sources."""
    done = run("changes", "--editions", "cn/zh-Hans", "global/en", *published.options())
    assert "paragraph removed (source)" in done.out
    words = ("1.1.0", "--editions", "cn/zh-Hans", "global/en", "--format", "markdown")
    table = run("changes", *words, *published.options())
    assert "| | cn/zh-Hans | global/en |" in table.out


@pytest.mark.parametrize(
    "words", [[], ["9.9"], ["--editions", "cn/fr", "global/en"], ["1.0.0", "1.1.0", "--only", "cn/fr"]]
)
def test_slips(published: Published, run: Runner, words: list[str]) -> None:
    """What does not exist is a slip of the command line."""
    assert run("changes", *words, *published.options()).code == 2


def test_unknown_release(published: Published, run: Runner) -> None:
    """A version that was never released: refused, and told which were."""
    done = run("changes", "0.1.0", *published.options())
    assert done.code == 1
    assert "released: 1.0.0, 1.1.0" in done.err
