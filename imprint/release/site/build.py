"""The editions of a release and where their PDFs are in, every file of the static site out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import TemplateError
from markupsafe import Markup

from imprint.base.diagnostic import Diagnostics
from imprint.base.edition import Edition
from imprint.base.sources import Sources
from imprint.content.number import number_document
from imprint.content.select import select_region
from imprint.localize.approved import Approved, load_approved
from imprint.localize.translate import translate_document
from imprint.markup.page import read_styles, report_template_error
from imprint.markup.renderer import EditionRenderer
from imprint.markup.setting import Download
from imprint.markup.templates import WEB, make_environment, read_template
from imprint.paginate.library import find_fonts
from imprint.paginate.webfonts import dress_pages
from imprint.pipeline import Loaded, Workshop, build_web
from imprint.release.site.addresses import INDEX, Addresses
from imprint.release.site.robots import write_robots, write_sitemap
from imprint.release.site.start import Listed, Spoken, render_missing, render_start

MISSING = "404.html"
SCRIPT = "web/suggest.js"


@dataclass(frozen=True, slots=True)
class Pinned:
    """An edition that a release carries from an earlier one, unchanged by bytes.

    `files` are those of the earlier site, by path relative to the edition's folder (`index.html`, `web/…`).
    """

    version: str
    files: Mapping[str, bytes]


def build_site(
    loaded: Loaded,
    downloads: Mapping[Edition, Download],
    sources: Sources,
    workshop: Workshop,
    *,
    draft: bool = False,
    pinned: Mapping[Edition, Pinned] = {},
    differences: Mapping[str, Markup] = {},
) -> Mapping[str, bytes]:
    """Return the files of the site by path relative to its root, in the order of their names.

    One page for each edition of `downloads` (`cn/zh-Hans/index.html` and, beside it, `web/`), in the order in which the
    switches show them; the start page `index.html`, `404.html`, `robots.txt`, and `sitemap.xml` where paper.toml's
    `[site] url` says where the site will be. A Download's `href` is relative to the site's root; whoever publishes puts
    the PDF there, its bytes are not among the files. `pinned` editions, which must be keys of `downloads` too, are
    carried as they are; the start page says of which version they are. `differences` is put on the start page, by
    language (BCP 47).

    The bytes depend on the arguments alone. Raises Rejected with every diagnostic.
    """
    url = loaded.document.paper.settings.site.url
    addresses = Addresses(tuple(downloads), loaded.document.paper.regions, f"{url.rstrip('/')}/" if url else "")
    spoken = _Speakers(loaded, addresses, sources)
    files: dict[str, bytes] = {}
    for edition, download in downloads.items():
        if edition in pinned:
            files |= {f"{edition.folder()}/{path}": data for path, data in pinned[edition].files.items()}
            continue
        setting = addresses.setting(edition, spoken.names(edition), download)
        built = build_web(loaded, edition, sources, workshop, draft=draft, setting=setting)
        files[f"{edition.folder()}/{INDEX}"] = built.page.data
        files |= {artifact.path: artifact.data for artifact in built.beside}
    files |= _common_pages(loaded, spoken.speak(downloads, pinned, differences), addresses, sources, workshop, draft)
    files["robots.txt"] = write_robots(addresses.url)
    if addresses.url:
        files["sitemap.xml"] = write_sitemap(addresses, loaded.document.paper.date)
    return dict(sorted(files.items()))


def _common_pages(
    loaded: Loaded,
    spoken: Mapping[str, Spoken],
    addresses: Addresses,
    sources: Sources,
    workshop: Workshop,
    draft: bool,
) -> Mapping[str, bytes]:
    """The start page and the page for what is not there, which share one folder of fonts."""
    source, diagnostics = loaded.document.paper.language, Diagnostics()
    try:
        pages = {
            INDEX: render_start(spoken, source, addresses.start(), draft),
            MISSING: render_missing(spoken, source, addresses.root),
        }
    except TemplateError as error:
        report_template_error(error, diagnostics)
        diagnostics.raise_errors()
    styles = read_styles(sources, WEB) | {SCRIPT: read_template(sources, SCRIPT).encode()}
    first = (spoken.get(source) or next(iter(spoken.values()))).edition
    dressed = dress_pages(
        pages, styles, find_fonts(), first.language, diagnostics, direction=first.direction, store=workshop.faces
    )
    return {name: page.encode() for name, page in dressed.pages.items()} | dict(dressed.files)


class _Speakers:
    """The languages of the site, each read from the catalogs once."""

    def __init__(self, loaded: Loaded, addresses: Addresses, sources: Sources) -> None:
        self._document = loaded.document
        self._addresses = addresses
        self._sources = sources
        self._approved: dict[str, Approved] = {}

    def names(self, edition: Edition) -> dict[str, str]:
        """The regions' editions by name, in the edition's language."""
        regions = dict.fromkeys(other.region for other in self._addresses.editions)
        label = self._catalogs(edition).label
        return {region: label(self._document.paper.regions[region].profile.edition) for region in regions}

    def speak(
        self,
        downloads: Mapping[Edition, Download],
        pinned: Mapping[Edition, Pinned],
        differences: Mapping[str, Markup],
    ) -> dict[str, Spoken]:
        """Every language with its editions, in the order in which they come."""
        spoken = {}
        for language in dict.fromkeys(edition.language for edition in downloads):
            mine = [edition for edition in downloads if edition.language == language]
            names = self.names(mine[0])
            listed = tuple(
                Listed(
                    names[edition.region],
                    self._addresses.page(edition, ""),
                    downloads[edition],
                    pinned[edition].version if edition in pinned else "",
                )
                for edition in mine
            )
            spoken[language] = self._spoken(mine[0], listed, differences.get(language, Markup("")))
        return spoken

    def _spoken(self, edition: Edition, listed: tuple[Listed, ...], differences: Markup) -> Spoken:
        approved = self._catalogs(edition)
        environment = make_environment(self._sources, approved.label, WEB)
        mine = number_document(select_region(self._document, edition.region))
        localised, _ = translate_document(mine, edition, approved.lookup)
        renderer = EditionRenderer(localised, edition, environment)
        plain = renderer.inline(None).set_plain
        texts = {name: localised.title(name) for name in ("title", "subject", "notice")}
        titles = {name: plain(text.text) if text else "" for name, text in texts.items()}
        return Spoken(edition, environment, titles, renderer.values, listed, differences)

    def _catalogs(self, edition: Edition) -> Approved:
        if edition.locale not in self._approved:
            diagnostics = Diagnostics()
            self._approved[edition.locale] = load_approved(self._sources, edition, diagnostics)
            diagnostics.raise_errors()
        return self._approved[edition.locale]
