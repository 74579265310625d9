"""The editions of a site in; out, the pages for all of them: the start page, and the one for what is not there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from babel.numbers import format_decimal
from jinja2 import Environment
from markupsafe import Markup

from imprint.base.edition import Edition
from imprint.markup.setting import Download, Setting
from imprint.markup.values import language_name
from imprint.markup.web import POLICY, format_size

# The start page runs one script of the site's own.
START_POLICY = POLICY.replace("style-src", "script-src 'self'; style-src")


@dataclass(frozen=True, slots=True)
class Listed:
    """An edition on the start page: `pinned` is the version that it was carried from, or empty."""

    name: str
    href: str
    download: Download
    pinned: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language of the site: its first edition, its templates, the paper's titles and its editions."""

    edition: Edition
    environment: Environment
    titles: Mapping[str, str]
    values: Mapping[str, str]
    editions: tuple[Listed, ...]
    differences: Markup


def render_start(spoken: Mapping[str, Spoken], source: str, setting: Setting, draft: bool) -> str:
    """The start page, in every language of the site; what is said once is said in `source`, or in the first."""
    first = spoken.get(source) or next(iter(spoken.values()))
    template = first.environment.get_template("start.html")
    return template.render(
        **_context(first),
        policy=START_POLICY,
        setting=setting,
        draft=draft,
        suggestions=_parts(spoken, "partials/start-suggestion.html"),
        sections=_parts(spoken, "partials/start-language.html"),
    )


def render_missing(spoken: Mapping[str, Spoken], source: str, root: str) -> str:
    """The page for what is not there; `root` is the path of the site's root, for it is shown at any address."""
    first = spoken.get(source) or next(iter(spoken.values()))
    sections = _parts(spoken, "partials/missing-language.html", root=root)
    template = first.environment.get_template("missing.html")
    return template.render(**_context(first), policy=POLICY, root=root, sections=sections)


def _parts(spoken: Mapping[str, Spoken], name: str, **more: str) -> Markup:
    """One part for each language, in its own words."""
    return Markup("").join(
        Markup(one.environment.get_template(name).render(**_context(one), **more))  # noqa: S704 (autoescaped)
        for one in spoken.values()
    )


def _context(one: Spoken) -> dict[str, object]:
    locale = one.edition.babel
    size_of: Callable[[int], str] = lambda size: format_size(size, locale)  # noqa: E731 (a template's function)
    return {
        "language": one.edition.language,
        "language_name": language_name(one.edition),
        "direction": one.edition.direction,
        "titles": one.titles,
        "values": one.values,
        "editions": one.editions,
        "differences": one.differences,
        "size_of": size_of,
        "count_of": lambda count: format_decimal(count, locale=locale),
    }
