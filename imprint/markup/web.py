"""One edition's Document and its place in a site in, its web page out: print's renderer with the web's templates."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from babel import Locale
from babel.numbers import format_decimal
from babel.units import format_unit

from imprint.base.diagnostic import Diagnostics
from imprint.base.edition import Edition
from imprint.base.sources import Sources
from imprint.content.document import Document
from imprint.markup.appendix import Appendix
from imprint.markup.page import Page, render_page
from imprint.markup.setting import Setting
from imprint.markup.templates import WEB

# What a page may load: its own styles, fonts and pictures. Nothing runs, nothing is asked of another server.
POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"


def render_web(
    document: Document,
    edition: Edition,
    sources: Sources,
    translate: Callable[[str], str],
    diagnostics: Diagnostics,
    setting: Setting,
    draft: bool = False,
    appendices: Sequence[Appendix] = (),
) -> Page | None:
    """Render the edition as one web page, with `web/…` beside it. None, with an error kept, where a template fails.

    The page's drawings stand in `<img class="drawing">`; `imprint.paginate.webfonts` puts them in with their labels.
    """
    locale = edition.babel
    extra: dict[str, object] = {
        "setting": setting,
        "policy": POLICY,
        "size_of": lambda size: format_size(size, locale),
        "count_of": lambda count: format_decimal(count, locale=locale),
        "og_locale": f"{locale.language}_{locale.territory}" if locale.territory else "",
    }
    return render_page(
        document, edition, sources, translate, diagnostics, draft, medium=WEB, extra=extra, appendices=appendices
    )


def format_size(size: int, locale: Locale) -> str:
    """A file's size in the reader's own words (CLDR): kilobytes of 1000 bytes, megabytes from a million up."""
    unit, divisor = ("megabyte", 10**6) if size >= 10**6 else ("kilobyte", 1000)
    value = round(size / divisor, 1) if size >= 10**6 else max(1, round(size / divisor))
    return format_unit(value, f"digital-{unit}", length="short", locale=locale)
