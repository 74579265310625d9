"""Where a web page stands: what its head and header say of the other editions and of the PDF."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Download:
    """A PDF that a page offers. `href` leads to it, `bytes` is its size, `pages` the number of its pages.

    Given to `build_site`, `href` is relative to the site's root (`cn/zh-Hans/paper-cn-zh-Hans.pdf`); a page gets it
    relative to itself.
    """

    href: str
    bytes: int
    pages: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a switch: `name` is in `language` (BCP 47), `hreflang` what it leads to is written in."""

    name: str
    language: str
    href: str
    hreflang: str
    current: bool


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same paper for others: `hreflang` is a language, a language and a country, or `x-default`."""

    hreflang: str
    href: str


@dataclass(frozen=True, slots=True)
class Setting:
    """A page's place in a site; a page that stands alone has an empty one.

    `canonical` is the page's own address, `start` leads to the start page; `url` is the site's address where the paper
    names one. `regions` and `languages` are the switches.
    """

    url: str = ""
    canonical: str = ""
    start: str = ""
    regions: tuple[Choice, ...] = ()
    languages: tuple[Choice, ...] = ()
    alternates: tuple[Alternate, ...] = ()
    download: Download | None = None
