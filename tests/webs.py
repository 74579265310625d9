"""Web pages and sites of small papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from tempfile import mkdtemp

import pytest
from fontTools.ttLib import woff2

from imprint.base.diagnostic import Diagnostics
from imprint.base.edition import Edition
from imprint.base.sources import Sources
from imprint.localize.approved import load_approved
from imprint.markup.setting import Download
from imprint.paginate import webfonts
from imprint.paginate.store import Store
from imprint.pipeline import Loaded, Workshop, load
from imprint.release.differences import render_differences
from imprint.release.issue import passages_of
from imprint.release.site.build import build_site
from tests.papers import ENGINE, Paper

# A little of everything that a page can hold.
BODY = """\
Before[^why] and after [@law-1], see [](#sec-two), [](#fig-f), [there](#tab-t) and [out](https://example.org/x).
A word in <span lang="fr">français</span>, `code`, *stress* and **force**.

[^why]: The note cites [@law-1].

/// note | A title
A callout with a [term](#term-controller).
///

## Two of *them* {#sec-two}

/// figure | f.svg
    id: fig-f
    alt: A box that says "go" & more.

The figure's caption.
///

### Below {#sec-three}

/// table
    id: tab-t

The caption.

| Right | Meaning |
|-------|---------|
| one   | two     |
///

/// table | things
    id: tab-d

Data.
///

## Glossary and sources {#sec-end}

/// glossary
///

/// sources
///
"""
FIGURE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 120">
<rect x="20" y="20" width="180" height="70" fill="#e3eff1" stroke="#0f5c6e" stroke-width="1"/>
<text class="label" data-box="20 20 180 70">Go on</text>
</svg>
"""
FILES: Mapping[str, str | bytes | None] = {
    "content/figures/f.svg": FIGURE,
    "content/glossary.toml": '[[terms]]\nid = "controller"\nterm = "controller"\ndefinition = "Who decides."\n',
    "content/data/things.toml": '[[columns]]\nkey = "name"\ntitle = "Thing"\nwidth = 40\n\n[[columns]]\nkey = "n"\n'
    'title = "Number"\ntype = "number"\nwidth = 60\n\n[[rows]]\nname = "One"\nn = 1\n',
}


@cache
def workshop() -> Workshop:
    """One for all tests of a process: the same faces are made once."""
    return Workshop(Store(Path(mkdtemp(prefix="imprint-faces-"))), Store(None), None, "test")


@cache
def packed() -> Store:
    """Quickly packed fonts of a process."""
    return Store(Path(mkdtemp(prefix="imprint-packed-")))


@contextmanager
def quick_packing(store: Store) -> Iterator[None]:
    """Web fonts are packed with the least effort, which is most of a site's time: the same glyphs in larger files.

    They are kept in a store apart from what a build keeps. `tests/paginate/test_webfonts.py` and the releases pack in
    earnest.
    """
    pack = webfonts._woff2
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(woff2.brotli, "compress", partial(woff2.brotli.compress, quality=1))
        patch.setattr(woff2, "woff2TransformedTableTags", ())
        patch.setattr(webfonts, "_woff2", lambda face, several, _: pack(face, several, store))
        yield


def loaded(paper: Paper) -> tuple[Loaded, Sources]:
    """The paper, which must have no slip, and the door through which it was read."""
    sources = paper.sources()
    return load(sources, Diagnostics()), sources


def downloads(read: Loaded) -> dict[Edition, Download]:
    """A PDF for each edition of the matrix, of a made-up size."""
    paper = read.document.paper
    return {
        edition: Download(f"{edition.folder()}/{edition.stem(paper.id)}.pdf", 396_123, 54)
        for edition in paper.editions()
    }


def site_of(paper: Paper, *, draft: bool = True, used: Workshop | None = None) -> Mapping[str, bytes]:
    """The site of every edition of the paper."""
    read, sources = loaded(paper)
    with quick_packing(packed()):
        return build_site(read, downloads(read), sources, used or workshop(), draft=draft)


def write_site(files: Mapping[str, bytes], folder: Path) -> Path:
    """Put a site's files into a folder."""
    for path, data in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return folder


def real_site(folder: Path) -> Path:
    """The site of the paper beside the engine, with the faces and packed fonts that were made before."""
    sources = Sources({"paper": ENGINE, "engine": ENGINE})
    read = load(sources, Diagnostics())
    used = Workshop(Store(ENGINE / ".cache" / "faces"), Store(None), Path(mkdtemp(prefix="imprint-verdicts-")), "test")
    passages = {
        str(edition): passages_of(read, edition, load_approved(sources, edition, Diagnostics()))
        for edition in read.document.paper.editions()
    }
    differences = render_differences(passages)
    with quick_packing(Store(ENGINE / ".cache" / "packed")):
        site = build_site(read, downloads(read), sources, used, draft=True, differences=differences)
    return write_site(site, folder)
