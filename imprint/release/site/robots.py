"""What search engines are told: the addresses of a site in, robots.txt and sitemap.xml out."""

from __future__ import annotations

from datetime import date
from xml.sax.saxutils import escape, quoteattr

from imprint.release.site.addresses import Addresses


def write_robots(url: str) -> bytes:
    """robots.txt: everybody may read everything; the sitemap where the site's address is known (RFC 9309)."""
    lines = ["User-agent: *", "Allow: /", *([f"Sitemap: {url}sitemap.xml"] if url else [])]
    return ("\n".join(lines) + "\n").encode()


def write_sitemap(addresses: Addresses, changed: date) -> bytes:
    """sitemap.xml (sitemaps.org, 0.9): each page with its alternates in the other languages and markets."""
    alternates = addresses.alternates("")
    links = "".join(
        f'    <xhtml:link rel="alternate" hreflang={quoteattr(other.hreflang)} href={quoteattr(other.href)}/>\n'
        for other in alternates
    )
    pages = [addresses.url, *(f"{addresses.url}{edition.folder()}/" for edition in addresses.editions)]
    entries = "".join(
        f"  <url>\n    <loc>{escape(page)}</loc>\n    <lastmod>{changed.isoformat()}</lastmod>\n{links}  </url>\n"
        for page in pages
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"{entries}</urlset>\n"
    ).encode()
