"""The toolchain: versions of all that shapes a PDF's bytes, Python packages and system libraries."""

from __future__ import annotations

import ctypes
import platform
import re
from collections.abc import Mapping
from functools import cache
from importlib.metadata import Distribution, distribution

PACKAGES = (
    "weasyprint", "pydyf", "uharfbuzz", "fonttools", "chws-tool", "east-asian-spacing", "pyphen", "tinycss2",
    "tinyhtml5", "cssselect2", "pillow",
)  # fmt: skip


_VERSION = re.compile(r"^Version:[ \t]*(\S+)", re.MULTILINE)


@cache
def packages() -> Mapping[str, str]:
    """The versions of the Python packages."""
    return {name: version_of(distribution(name)) for name in PACKAGES}


def version_of(package: Distribution) -> str:
    """The version that a package's metadata states: only that line is read, for most of the rest is a read-me."""
    stated = _VERSION.search((package.read_text("METADATA") or "").partition("\n\n")[0])
    return stated[1] if stated else package.version


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
