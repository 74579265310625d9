"""Small pages laid out and searched, each once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from imprint.base.diagnostic import Diagnostics
from imprint.paginate.layout.finding import Finding
from imprint.paginate.layout.inspect import inspect_layout
from imprint.paginate.library import find_fonts
from imprint.paginate.render import paginate_edition
from imprint.paginate.store import Store

BASE = """
@page { size: 120mm 100mm; margin: 12mm }
html { font: 10pt/14pt var(--serif) }
body { margin: 0 }
h1, h2 { font: 700 12pt/16pt var(--sans); margin: 4mm 0 2mm; break-after: avoid }
p { margin: 0 0 2mm }
figure { margin: 2mm 0 }
table { border-collapse: collapse; width: 100% }
td, th { padding: 1mm; text-align: start; vertical-align: top }
.footnote { float: footnote }
.footnote::footnote-call { content: attr(data-number) }
.footnote::footnote-marker { content: attr(data-number) " " }
"""

Search = Callable[..., list[Finding]]


class _Searched(Exception):
    """The layout has been searched: what follows, the drawing, is not needed."""


@pytest.fixture(scope="session")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Prepared faces, kept for the session."""
    folder: Path = tmp_path_factory.mktemp("layout-faces")
    return Store(folder)


@pytest.fixture(scope="session")
def look(faces: Store) -> Callable[..., Any]:
    """Lay out a body with a style, and return what a function makes of the WeasyPrint Document before it is drawn."""

    def look_at(
        use: Callable[[Any], Any],
        body: str,
        css: str = "",
        *,
        language: str = "en",
        direction: str = "ltr",
        files: Mapping[str, bytes] = {},
    ) -> Any:
        html = (
            f'<!DOCTYPE html><html lang="{language}" dir="{direction}"><head><title>t</title>'
            f'<link rel="stylesheet" href="a.css"></head><body>{body}</body></html>'
        )
        seen: list[Any] = []

        def inspect(document: Any, _: Diagnostics) -> None:
            seen.append(use(document))
            raise _Searched

        served = {"a.css": (BASE + css).encode(), **files}
        with pytest.raises(_Searched):
            paginate_edition(
                html, served, find_fonts(), language, Diagnostics(), direction=direction, store=faces,
                inspectors=(inspect,),
            )  # fmt: skip
        return seen[0]

    return look_at


@pytest.fixture(scope="session")
def search(look: Callable[..., Any]) -> Search:
    """The findings of a body laid out with a style; `notes` is the number of footnotes expected."""

    def found(body: str, css: str = "", *, notes: int | None = None, **options: Any) -> list[Finding]:
        return list(look(lambda document: inspect_layout(document, notes), body, css, **options))

    return found
