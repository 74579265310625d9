"""`list`: the matrix of editions, with the title and the state of each."""

from __future__ import annotations

import json

import click

from imprint.base.diagnostic import Diagnostics
from imprint.base.edition import PSEUDO, Edition
from imprint.base.sources import Sources
from imprint.content.document import Document
from imprint.localize.approved import load_approved
from imprint.localize.loaded import load
from imprint.localize.locale import fallbacks
from imprint.schedule.state import States
from imprint.shell.options import Place, find_place, paper_options
from imprint.shell.terminal import show_table


@click.command("list")
@paper_options
@click.option("--json", "as_json", is_flag=True, help="A list of objects on stdout.")
def command(paper: str | None, output: str | None, cache: str | None, as_json: bool) -> int:
    """Show the matrix of editions."""
    place = find_place(paper, output, cache)
    document = load(place.sources(), Diagnostics()).document
    states = place.states()
    title = _Titles(document, place.sources())
    rows = [_facts(document, edition, place, states, title) for edition in document.paper.editions()]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        columns = [("region", ""), ("language", ""), ("title", ""), ("state", ""), ("path", "")]
        show_table(columns, [[row[name] for name, _ in columns] for row in rows])
    return 0


class _Titles:
    """The paper's title in an edition's language; each chain of catalogs is read once, however many editions it has."""

    def __init__(self, document: Document, sources: Sources) -> None:
        self._title = document.title("title")
        self._sources = sources
        self._known: dict[tuple[str, ...], str] = {}

    def of(self, edition: Edition) -> str:
        """The translation that is approved, or the source's words."""
        if self._title is None:
            return ""
        chain = (edition.language,) if edition.language in PSEUDO else fallbacks(edition.locale)
        if chain not in self._known:
            approved = load_approved(self._sources, edition, Diagnostics())
            message = self._title.message
            self._known[chain] = approved.lookup(message.msgid, message.context) or self._title.text
        return self._known[chain]


def _facts(document: Document, edition: Edition, place: Place, states: States, title: _Titles) -> dict[str, str]:
    return {
        "region": edition.region,
        "language": edition.language,
        "title": title.of(edition),
        "path": str(place.output / edition.folder() / f"{edition.stem(document.paper.id)}.pdf"),
        "state": states.name(edition),
    }
