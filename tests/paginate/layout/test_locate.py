"""Words on a page lead to the line where they were written."""

from __future__ import annotations

import pytest

from imprint.base.diagnostic import Location
from imprint.paginate.layout.finding import Locate
from imprint.paginate.layout.locate import locate_words
from tests.papers import make_paper

BODY = """\
The camera of a *phone* sees **more** than its owner knows, says [the law](https://example.org/law) [@law-1].

## Where it is kept {#sec-kept}

{product} keeps the photos on the device, unless you ask for something else.[^why]

[^why]: A copy elsewhere would have to be protected as well.

- One entry of a list
- Another entry of the list
"""


@pytest.fixture(scope="module")
def locate(tmp_path_factory: pytest.TempPathFactory) -> Locate:
    """The finder of a small paper."""
    return locate_words(make_paper(tmp_path_factory.mktemp("locate"), BODY).document())


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("The camera of a phone sees more than its owner knows, says the law [1].", 3),
        ("sees more than its owner", 3),
        ("1.1 Where it is kept", 5),
        ("Widget keeps the photos on the device, unless", 7),
        ("1 A copy elsewhere would have to be protected", 9),
        ("Another entry of the list", 12),
        ("One", 1),
    ],
)
def test_words_are_found(locate: Locate, words: str, line: int) -> None:
    """Whole or in part, with numbers before them, without their markup."""
    assert locate(words) == Location("content/01-one.md", line)


@pytest.mark.parametrize("words", ["", "…", "Nobody has written any of this here"])
def test_other_words_have_no_place(locate: Locate, words: str) -> None:
    """What the templates wrote has no place in the paper."""
    assert locate(words) is None
