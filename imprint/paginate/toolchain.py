"""The toolchain: versions of all that shapes a PDF's bytes, Python packages and system libraries."""

from __future__ import annotations

import ctypes
import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version

PACKAGES = (
    "weasyprint", "pydyf", "uharfbuzz", "fonttools", "chws-tool", "east-asian-spacing", "pyphen", "tinycss2",
    "tinyhtml5", "cssselect2", "pillow",
)  # fmt: skip


@cache
def packages() -> Mapping[str, str]:
    """The versions of the Python packages."""
    return {name: version(name) for name in PACKAGES}


@cache
def toolchain() -> Mapping[str, str]:
    """The versions of Python, the packages, and the Pango, HarfBuzz and fontconfig that WeasyPrint loads."""
    from weasyprint.text.ffi import pango

    number = pango.pango_version()
    return {
        "python": platform.python_version(),
        **packages(),
        "pango": f"{number // 10000}.{number // 100 % 100}.{number % 100}",
        **_harfbuzz(),
        **_fontconfig(),
    }


# WeasyPrint's bindings declare no function that tells these two versions; both libraries are loaded already.
def _harfbuzz() -> Mapping[str, str]:
    for name in ("libharfbuzz.so.0", "libharfbuzz.0.dylib"):
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        library.hb_version_string.restype = ctypes.c_char_p
        return {"harfbuzz": library.hb_version_string().decode()}
    return {}


def _fontconfig() -> Mapping[str, str]:
    for name in ("libfontconfig.so.1", "libfontconfig.1.dylib"):
        try:
            number = ctypes.CDLL(name).FcGetVersion()
        except OSError:
            continue
        return {"fontconfig": f"{number // 10000}.{number // 100 % 100}.{number % 100}"}
    return {}
