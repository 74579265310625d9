"""Each gate of a release refuses what it should, where it is, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from imprint.base.diagnostic import Diagnostics, Severity
from imprint.localize.approved import load_approved
from imprint.pipeline import Loaded, load
from imprint.release import gates
from imprint.release.issue import count_source_changes, localise, passages_of
from imprint.release.repository import Revision
from tests.conftest import PaperFactory
from tests.papers import CITED, PAPER, Paper

CLAIM = "A claim [@law-1].\n\n/// table | facts\n    id: tab-facts\n\nFacts.\n///\n"
FACTS = '[[columns]]\nkey = "name"\ntitle = "Name"\n\n[[rows]]\nname = "ISO 27001"\n'


def loaded(paper: Paper) -> Loaded:
    return load(paper.sources(), Diagnostics())


def told(call: Callable[[Diagnostics], object]) -> list[str]:
    """What a gate says: `file:line rule`."""
    found = Diagnostics()
    call(found)
    return [f"{finding.at} {finding.rule}" for finding in found]


def test_version(paper: PaperFactory) -> None:
    """The version that the paper says, and no other; told at its line in paper.toml."""
    document = paper().document()
    assert told(lambda found: gates.check_version("1.0.0", document.paper, found)) == []
    assert told(lambda found: gates.check_version("1.0.1", document.paper, found)) == ["content/paper.toml:4 version"]


@pytest.mark.parametrize(
    ("revision", "rules"),
    [
        (Revision("a" * 40, "b" * 40), []),
        (Revision("a" * 40, "b" * 40, ("x.md",)), ["source-dirty"]),
        (Revision(trouble="not a git repository"), ["source-unknown"]),
    ],
)
def test_revision(revision: Revision, rules: list[str]) -> None:
    """A commit and nothing but it; what is allowed is told all the same."""
    for allowed, severity in ((False, Severity.ERROR), (True, Severity.WARNING)):
        found = Diagnostics()
        gates.check_revision(revision, Path("paper"), allowed, found)
        assert [(finding.rule, finding.severity) for finding in found] == [(rule, severity) for rule in rules]


def test_stale_pot(paper: PaperFactory) -> None:
    """A POT that is not there, or of an older source, is refused; the one that `extract` writes is not."""
    from imprint.localize.potfile import make_pot, pot_entries

    made, stale = paper(), ["locales/messages.pot stale-pot"]
    assert told(lambda found: gates.check_pot(loaded(made), made.sources(), found)) == stale
    now = loaded(made)
    entries = pot_entries(now.document, now.labels)
    made.write("locales/messages.pot", make_pot(entries, now.document.paper, made.sources())[0])
    assert told(lambda found: gates.check_pot(now, made.sources(), found)) == []
    made.write("content/01-one.md", "# One {#ch-one}\n\nAnother paragraph.\n")
    assert told(lambda found: gates.check_pot(loaded(made), made.sources(), found)) == stale


@pytest.mark.parametrize(
    ("expires", "expected"),
    [
        ("2026-01-03", []),
        ("2026-01-02", ["content/sources.toml:1 expired", "content/data/facts.toml:6 expired"]),
        ("2025-12-31", ["content/sources.toml:1 expired", "content/data/facts.toml:6 expired"]),
    ],
)
def test_expired(paper: PaperFactory, expires: str, expected: list[str]) -> None:
    """From the day of its end a source or a row of a table may not be published; the paper's date counts, no clock."""
    files = {
        "content/sources.toml": f"{CITED}expires = {expires}\n",
        "content/data/facts.toml": f"{FACTS}expires = {expires}\n",
    }
    made = paper(CLAIM, files=files)
    document = made.document()
    found = told(lambda found: gates.check_expiry(document, made.sources(), found))
    assert [line.split(" ")[1] for line in found] == [line.split(" ")[1] for line in expected]
    assert [line.split(":")[0] for line in found] == [line.split(":")[0] for line in expected]


def test_expired_but_not_shown(paper: PaperFactory) -> None:
    """A source that no edition cites may have expired; so may a row of a market that there is not."""
    made = paper(files={"content/sources.toml": f"{CITED}expires = 2020-01-01\n"})
    document = made.document()
    assert told(lambda found: gates.check_expiry(document, made.sources(), found)) == []


def test_expires_takes_a_date(paper: PaperFactory) -> None:
    """A row's end that is no date is refused when the paper is read."""
    _, found = paper(CLAIM, files={"content/data/facts.toml": f'{FACTS}expires = "soon"\n'}).load()
    assert [finding.rule for finding in found] == ["bad-value"]


REVIEWED = f'{PAPER}\n[release]\nreview = ["reviewed", "legal"]\n'


@pytest.mark.parametrize(
    ("header", "settings", "state", "rules"),
    [
        ("X-Review: reviewed", REVIEWED, "reviewed", []),
        ("X-Review: draft", REVIEWED, "draft", ["review"]),
        ("X-Other: 1", REVIEWED, "", ["review"]),
        ("X-Other: 1", PAPER, "", []),
    ],
)
def test_review(paper: PaperFactory, header: str, settings: str, state: str, rules: list[str]) -> None:
    """paper.toml may ask for a review state; the catalog's header gives it. The source's language needs none."""
    made = paper(paper=settings)
    made.translate("zh_Hans", lambda msgid: msgid)
    path = "locales/zh_Hans/LC_MESSAGES/messages.po"
    text = (made.folder / path).read_text()
    made.write(path, text.replace('"MIME-Version', f'"{header}\\n"\n"MIME-Version', 1))
    document = made.document()
    found = Diagnostics()
    for edition in document.paper.editions():
        approved = load_approved(made.sources(), edition, Diagnostics())
        wanted = state if edition.language == "zh-Hans" else gates.SOURCE_REVIEW
        assert gates.check_review(edition, approved, document, found) == wanted
    assert list(dict.fromkeys(finding.rule for finding in found)) == rules


def test_fuzzy(paper: PaperFactory) -> None:
    """A fuzzy translation of a message that the edition shows is told at its entry."""
    made = paper()
    made.translate("zh_Hans", lambda msgid: msgid)
    path = "locales/zh_Hans/LC_MESSAGES/messages.po"
    text = (made.folder / path).read_text()
    made.write(path, text.replace('msgid "A paragraph."', '#, fuzzy\nmsgid "A paragraph."'))
    line = text[: text.index('msgid "A paragraph."')].count("\n") + 2
    now = loaded(made)
    edition = next(e for e in now.document.paper.editions() if e.language == "zh-Hans")
    approved = load_approved(made.sources(), edition, Diagnostics())
    localised, whole = localise(now, edition, approved)
    assert not whole
    assert told(lambda found: gates.check_fuzzy(localised, approved, found)) == [f"{path}:{line} fuzzy"]


def test_pins(paper: PaperFactory) -> None:
    """A pin of an edition that there is not, or to the version to be released, is refused."""
    made = paper(paper=f'{PAPER}\n[release.pinned]\n"cn/zh-Hans" = "0.9.0"\n"cn/fr" = "0.9.0"\n"cn/en" = "1.0.0"\n')
    document = made.document()
    assert told(lambda found: gates.check_pins(document.paper, document.paper.editions(), found)) == [
        "content/paper.toml:13 unknown-edition",
        "content/paper.toml:14 pin",
    ]


def test_a_pin_is_a_version(paper: PaperFactory) -> None:
    """So that no pin leads out of the folder of releases."""
    _, found = paper(paper=f'{PAPER}\n[release.pinned]\n"cn/zh-Hans" = "../x"\n').load()
    assert found


def test_source_changes_are_counted_without_translations(paper: PaperFactory) -> None:
    """A pinned edition's count is of the source's passages: neither its translation nor a move counts."""
    made = paper("One.\n\nTwo.\n")
    now = loaded(made)
    edition = next(e for e in now.document.paper.editions() if e.language == "zh-Hans")
    before = passages_of(now, edition, load_approved(made.sources(), edition, Diagnostics()))
    made.translate("zh_Hans", lambda msgid: f"译{msgid}")
    made.write("content/01-one.md", "# One {#ch-one}\n\nTwo.\n\nOne.\n\nThree.\n")
    after = passages_of(loaded(made), edition, load_approved(made.sources(), edition, Diagnostics()))
    assert count_source_changes(before, after) == 1
