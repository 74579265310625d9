"""A small paper in each pseudo-language: longer, mirrored, in long compounds, full-width: both proofs hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from imprint.base.diagnostic import Diagnostics, Severity
from imprint.base.edition import PSEUDO, Edition, resolve_language
from imprint.paginate.layout.finding import Finding
from imprint.paginate.layout.inspect import layout_inspector
from imprint.paginate.library import find_fonts
from imprint.paginate.prove import prove_page
from imprint.paginate.render import paginate_edition
from imprint.paginate.store import Store
from imprint.pipeline import Workshop, load, write_page
from tests.papers import Paper, make_paper

PROSE = (
    "Information about a person is valuable, and whoever collects it must say what it is needed for, how long it is "
    "kept and who else may see it. {product} asks before it uses the camera or the microphone.[^asks]\n\n"
)
BODY = f"""\
{PROSE}
## Responsibilities of the organisation {{#sec-who}}

{PROSE.replace("[^asks]", "")}
- Collecting information requires an understandable explanation
- Transferring information requires a comparable protection, «of the kind (or kinds)» that a law names [@law-1]
- The law of Brazil is the <span lang="pt">Lei Geral de Proteção de Dados</span> (LGPD)

/// note | Recommendations for administrators
Permissions that are not needed can be withdrawn at any time.
///

/// figure | steps.svg
    id: fig-steps
    alt: Three steps from collecting to deleting.

From collecting to deleting
///

/// table
    id: tab-permissions

Permissions and explanations

| Permission | Explanation | Availability |
|------------|-------------|--------------|
| Camera | Photographs and recordings, only while the application is visible | everywhere |
| Microphone | Recordings, with an indicator that cannot be suppressed | everywhere |
| Location | Approximate or precise, once or always | some countries |
///

/// sources
///

[^asks]: The answer is remembered until it is changed in the settings of the device.
"""
# Names that nobody translates: in a page from right to left their brackets are mirrored where a line ends in them, and
# lines of them begin with numbers.
SOURCES = f"""\
[law-1]
title = "{"; ".join(f"Regulation (EU) {n}/679, «privacy» {n}/2025/QH15" for n in range(2016, 2030))}"
publisher = "A press (of sorts)"
url = "https://example.org/law"
date = 2021
"""
FIGURE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 120">
  <rect x="10" y="20" width="190" height="80" fill="#eef"/>
  <rect x="440" y="20" width="190" height="80" fill="#eef"/>
  <text class="label" data-box="18 28 174 64">Collecting information</text>
  <text class="label" data-box="448 28 174 64">Deleting information</text>
</svg>
"""


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """A paper with one block of each kind."""
    folder: Path = tmp_path_factory.mktemp("pseudo")
    return make_paper(folder, BODY, files={"content/figures/steps.svg": FIGURE, "content/sources.toml": SOURCES})


@pytest.mark.parametrize("name", PSEUDO)
def test_both_proofs_hold(paper: Paper, faces: Store, name: str) -> None:
    """No error on any page, every footnote is there, and the PDF says what the page says, in its order."""
    sources = paper.sources()
    loaded = load(sources, Diagnostics())
    edition = Edition("global", *resolve_language(name, "001"))
    workshop = Workshop(Store(), Store(), None, "test")
    page = write_page(loaded, edition, sources, workshop, Diagnostics(), draft=False)
    found: list[Finding] = []
    inspector: Any = layout_inspector(1, lambda _: None, draft=True, keep=found.append)
    printed = paginate_edition(
        page.html, page.files, find_fonts(), edition.language, Diagnostics(), direction=edition.direction, store=faces,
        inspectors=(inspector,),
    )  # fmt: skip
    assert [(f.rule, f.page, f.message) for f in found if f.severity is Severity.ERROR] == []
    judged = Diagnostics()
    prove_page(printed, page, edition, judged, draft=False)
    assert [str(diagnostic) for diagnostic in judged] == []
