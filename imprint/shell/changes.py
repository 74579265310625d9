"""`changes`: what changed between two releases, or a release and the working tree; or what two editions differ in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import click

from imprint.base.diagnostic import Diagnostics, Rejected, UsageError
from imprint.localize.approved import load_approved
from imprint.localize.compare.changes import ADDED, CHANGED, REMOVED, Change
from imprint.localize.compare.words import Run
from imprint.localize.loaded import load
from imprint.release.comparison import Comparison, Issued, compare_editions, compare_issued, write_json
from imprint.release.differences import write_differences_html, write_differences_markdown
from imprint.release.folder import Release, load_release
from imprint.release.issue import passages_of
from imprint.release.report import CAUSES, part_name, write_html, write_markdown
from imprint.release.version import is_version
from imprint.shell.options import Place, find_place, paper_options
from imprint.shell.terminal import make_console

FORMATS = ("text", "markdown", "html", "json")


@click.command("changes")
@click.argument("old", metavar="OLD", required=False)
@click.argument("new", metavar="NEW", required=False)
@paper_options
@click.option("--editions", nargs=2, metavar="ONE OTHER", help="What two editions differ in, such as cn/en global/en.")
@click.option("--only", multiple=True, metavar="EDITION", help="Only this edition, such as cn/zh-Hans; repeatable.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="How to write it (default: text).")
def command(
    old: str | None,
    new: str | None,
    paper: str | None,
    output: str | None,
    cache: str | None,
    editions: tuple[str, str] | None,
    only: tuple[str, ...],
    form: str,
) -> int:
    """Show what changed from OLD to NEW (versions, or folders of releases; NEW by default the working tree).

    With --editions: what two editions of OLD, by default of the working tree, differ in.
    """
    place = find_place(paper, output, cache)
    if editions:
        if new:
            raise UsageError("--editions compares two editions of one issue: give one version, or none")
        issued = _issued(place, old)
        _check_names(issued, editions)
        comparison = compare_editions(issued, *editions)
        tables = {"markdown": write_differences_markdown, "html": write_differences_html}
        _write(tables[form](comparison) if form in tables else b"", (comparison,), form)
        return 0
    if old is None:
        raise click.UsageError("say what to compare: a version, two versions, or --editions ONE OTHER")
    before, after = _issued(place, old), _issued(place, new)
    comparisons = compare_issued(before, after)
    if only:
        names = {comparison.edition: comparison for comparison in comparisons}
        _check_names(Issued("", dict.fromkeys(names, ())), only)
        comparisons = tuple(names[name] for name in only)
    title = f"What changed from {before.label} to {after.label}"
    pages = {"markdown": write_markdown, "html": write_html}
    _write(pages[form](title, comparisons) if form in pages else b"", comparisons, form)
    return 0


def _issued(place: Place, name: str | None) -> Issued:
    """A version, a release's folder, or (None) the working tree. Raises Rejected, UsageError."""
    if name is None:
        return _working_tree(place)
    if is_version(name):
        return load_release(place.output / "releases", name).issued()
    folder = Path(name).resolve()
    if not folder.is_dir():
        raise UsageError(f"'{name}' is neither a version nor the folder of a release")
    return _from_folder(folder).issued()


def _from_folder(folder: Path) -> Release:
    """A release wherever it lies; its folder may be called otherwise than its version."""
    try:
        return load_release(folder.parent, folder.name)
    except Rejected:
        from imprint.release import manifest
        from imprint.release.folder import read_file

        try:
            return Release(folder, manifest.parse_manifest(read_file(folder, manifest.NAME) or b""))
        except ValueError:
            raise UsageError(f"{folder} is no release: it has no {manifest.NAME} that can be read") from None


def _working_tree(place: Place) -> Issued:
    sources, found = place.sources(), Diagnostics()
    loaded = load(sources, found)
    editions = loaded.document.paper.editions()
    passages = {str(e): passages_of(loaded, e, load_approved(sources, e, found)) for e in editions}
    found.raise_errors()
    return Issued("the working tree", passages)


def _check_names(issued: Issued, names: tuple[str, ...]) -> None:
    for name in names:
        if name not in issued.editions:
            raise UsageError(f"there is no edition '{name}'; there are {', '.join(issued.editions)}")


def _write(data: bytes, comparisons: tuple[Comparison, ...], form: str) -> None:
    if form == "text":
        console = make_console(sys.stdout)
        for line in _lines(comparisons):
            console.print(line, markup=True)
    else:
        sys.stdout.buffer.write(write_json(comparisons) if form == "json" else data)


def _lines(comparisons: tuple[Comparison, ...]) -> Iterator[str]:
    """The text form: added words in braces and green, removed ones in brackets and red, as GNU wdiff marks them."""
    from rich.markup import escape

    for comparison in comparisons:
        counts = ", ".join(f"{CAUSES[cause].lower()} {number}" for cause, number in comparison.counts.items())
        told = counts or ("no change" if comparison.state == "kept" else comparison.state)
        yield f"[bold]{escape(comparison.edition)}[/bold]: {told}"
        for part, inside in groupby(comparison.changes, key=part_name):
            yield f"  [bold]{escape(part)}[/bold]"
            for change in inside:
                moved = " and moved" if change.moved and change.sort == CHANGED else ""
                yield f"    {change.passage.kind} {change.sort}{moved} ({change.cause}): {_marked(change)}"


def _marked(change: Change) -> str:
    from rich.markup import escape

    marks = {"=": "{}", "-": "[red]\\[-{}-][/red]", "+": "[green]{{+{}+}}[/green]"}
    sign = {ADDED: "+", REMOVED: "-"}.get(change.sort, "=")
    runs = change.words if change.sort == CHANGED else (Run(sign, change.passage.text),)
    return "".join(marks[run.sign].format(escape(run.text)) for run in runs)
