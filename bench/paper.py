"""Our own final page, written to a folder for the other programs: HTML, styles, drawings, prepared and full fonts."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from imprint.base.diagnostic import Diagnostics  # noqa: E402
from imprint.base.edition import Edition  # noqa: E402
from imprint.base.sources import Sources  # noqa: E402
from imprint.content.region import choose_editions  # noqa: E402
from imprint.markup.page import Page  # noqa: E402
from imprint.paginate.characters import collect_characters, texts_of  # noqa: E402
from imprint.paginate.library import find_fonts  # noqa: E402
from imprint.paginate.store import Store  # noqa: E402
from imprint.paginate.wardrobe import Wardrobe, prepare_wardrobe  # noqa: E402
from imprint.pipeline import Workshop, load, write_page  # noqa: E402

# The families of the wheels' own files, in the order of ours, for a page that uses them as they are.
FULL = {"serif": "Source Serif 4", "sans": "Source Sans 3", "mono": "Source Code Pro", "display": "Source Serif 4"}


def make_page(language: str, region: str = "cn") -> tuple[Edition, Page]:
    """One edition of the paper beside this folder, as its HTML page."""
    sources = Sources({"paper": ROOT, "engine": ROOT})
    loaded = load(sources, Diagnostics())
    (edition,) = choose_editions(loaded.document.paper.regions, (region,), (language,))
    workshop = Workshop(Store(), Store(), None, "bench")
    return edition, write_page(loaded, edition, sources, workshop, Diagnostics(), draft=True)


def wardrobe_of(page: Page, language: str) -> Wardrobe:
    """The prepared faces of a page."""
    characters = collect_characters(page.html, texts_of(page.files, ".css"), texts_of(page.files, ".svg"))
    return prepare_wardrobe(language, characters, find_fonts(), Store(ROOT / ".cache" / "faces"))


def write_bare(page: Page, folder: Path) -> dict[str, str]:
    """Write the page as WeasyPrint's docs would have it, the full and variable fonts installed as a system's are.

    Returns the environment in which fontconfig finds them.
    """
    for name, data in page.files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    (folder / "page.html").write_text(page.html, "utf-8")
    stacks = "; ".join(f'--{part}: "{name}", "Noto Sans CJK JP", sans-serif' for part, name in FULL.items())
    (folder / "fonts.css").write_text(f":root {{ {stacks} }}\n", "utf-8")
    sources = {file.path.parent for face, file in find_fonts().files.items() if face.wheel in _WHEELS}
    places = "".join(f"<dir>{place}</dir>" for place in sorted(sources))
    (folder / "fonts.conf").write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        f"<fontconfig><reset-dirs/>{places}<cachedir>{folder / 'cache'}</cachedir></fontconfig>\n",
        "utf-8",
    )
    return {"FONTCONFIG_FILE": str(folder / "fonts.conf")}


_WHEELS = (
    "fontpkg-source-serif-4", "fontpkg-source-sans-3", "fontpkg-source-code-pro", "noto-cjk-sans-jp-regular",
    "noto-cjk-sans-jp-bold",
)  # fmt: skip
