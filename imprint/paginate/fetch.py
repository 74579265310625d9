"""The one fetcher: serves what the page was given from memory, and refuses everything else."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from imprint.base.diagnostic import Diagnostics, Location

# Fixed, because an image's name in the PDF is derived from its absolute address; https, because relative references
# do not resolve against a scheme of our own; .invalid never exists (RFC 2606).
BASE = "https://paper.invalid/"

_TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".icc": "application/vnd.iccprofile"}


@cache
def fetcher_class() -> type:
    """The URLFetcher subclass, made on first use because importing WeasyPrint takes 0.35 s."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class MemoryFetcher(URLFetcher):  # type: ignore[misc]  # weasyprint ships no types
        """Serves `files` (path below BASE → bytes) and adds an error for any other address, where `locate` says."""

        def __init__(
            self,
            files: Mapping[str, bytes],
            diagnostics: Diagnostics,
            locate: Callable[[str], Location | None] = lambda _: None,
        ) -> None:
            # No protocol, no redirect: even a call that slipped past `fetch` could open nothing.
            super().__init__(allowed_protocols=(), allow_redirects=False)
            self._files = files
            self._diagnostics = diagnostics
            self._locate = locate

        def fetch(self, url: str, headers: Any = None) -> Any:
            """Return the file's response. Raises ValueError, which WeasyPrint logs, for what was not handed over."""
            if (path := path_of(url)) is None or path not in self._files:
                shown = url if len(url) <= 120 else f"{url[:117]}…"
                hint = "only files of the paper can be used; nothing is ever fetched"
                message = f"the page asks for '{shown}', which is not part of it"
                self._diagnostics.error("refused-address", message, self._locate(url), hint)
                raise ValueError("not part of the page")
            suffix = path[path.rfind(".") :].lower()
            kind = _TYPES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")
            return URLFetcherResponse(BASE + path, self._files[path], {"Content-Type": kind})

    return MemoryFetcher


def path_of(url: str) -> str | None:
    """The path below BASE that an absolute address names; None for any other address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if f"{parts.scheme}://{parts.netloc}/" != BASE:
        return None
    return unquote(parts.path.removeprefix("/"))
