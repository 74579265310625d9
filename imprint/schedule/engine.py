"""The engine's key: one digest of everything outside the paper that shapes a PDF's bytes."""

from __future__ import annotations

import ctypes
import hashlib
import platform
from pathlib import Path

from imprint.schedule.stats import StatCache

_LIBRARIES = (
    ("pango-1.0", "pango_version_string", ("libpango-1.0.so.0", "libpango-1.0.0.dylib")),
    ("harfbuzz", "hb_version_string", ("libharfbuzz.so.0", "libharfbuzz.0.dylib")),
    ("fontconfig", "FcGetVersion", ("libfontconfig.so.1", "libfontconfig.1.dylib")),
)


def engine_key(root: Path, stats: StatCache) -> str:
    """Digest the engine's modules, its locks (packages and fonts by hash), Python, and the shaping libraries."""
    digest = hashlib.sha256(f"{platform.python_implementation()} {platform.python_version()}\n".encode())
    files = [*sorted((root / "imprint").rglob("*.py")), root / "requirements.lock"]
    for file in files:
        digest.update(f"{file.relative_to(root).as_posix()} {stats.digest(file)}\n".encode())
    for name, function, files_of in _LIBRARIES:
        digest.update(f"{name} {_version(function, files_of)}\n".encode())
    return digest.hexdigest()


def _version(function: str, files: tuple[str, ...]) -> str:
    """A shared library's own version; empty where it is not there (then nothing can be built either)."""
    for file in files:
        try:
            library = ctypes.CDLL(file)
        except OSError:
            continue
        call = getattr(library, function)
        if function.endswith("string"):
            call.restype = ctypes.c_char_p
            return str((call() or b"").decode())
        return str(call())
    return ""
