"""`list`: the matrix of editions, with the title and the state of each."""

from __future__ import annotations

import json

import click

from imprint.base.diagnostic import Diagnostics
from imprint.base.edition import Edition
from imprint.content.document import Document
from imprint.content.select import select_region
from imprint.localize.approved import load_approved
from imprint.localize.translate import translate_document
from imprint.pipeline import load
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
    rows = [_facts(document, edition, place, states) for edition in document.paper.editions()]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        columns = [("region", ""), ("language", ""), ("title", ""), ("state", ""), ("path", "")]
        show_table(columns, [[row[name] for name, _ in columns] for row in rows])
    return 0


def _facts(document: Document, edition: Edition, place: Place, states: States) -> dict[str, str]:
    approved = load_approved(place.sources(), edition, Diagnostics())
    localised, _ = translate_document(select_region(document, edition.region), edition, approved.lookup)
    title = localised.title("title")
    return {
        "region": edition.region,
        "language": edition.language,
        "title": title.text if title else "",
        "path": str(place.output / edition.folder() / f"{edition.stem(document.paper.id)}.pdf"),
        "state": states.name(edition),
    }
