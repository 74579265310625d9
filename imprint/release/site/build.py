"""The editions of a release and where their PDFs are in, every file of the static site out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from imprint.base.edition import Edition
from imprint.base.sources import Sources
from imprint.markup.setting import Download
from imprint.pipeline import Loaded, Workshop


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
    raise NotImplementedError
