"""`doctor`: what imprint stands on here (Python, WeasyPrint, Pango, HarfBuzz, fontconfig, fonts), and remedies.

Imports nothing but the standard library at its top, because it must answer just where the rest cannot be imported.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.metadata
import io
import json
import os
import platform
import re
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

from imprint.shell import system

ROOT = Path(__file__).resolve().parents[2]
LOCK = "requirements.lock"
FONT_SUFFIXES = (".otf", ".ttf", ".ttc", ".woff2")
FETCH = "any command of build.py installs it, unless IMPRINT_NO_BOOTSTRAP=1 is set"

# Optional programs: what each is for, by its name on the PATH, and its package for each installer.
TOOLS = {
    "pdftoppm": ("pages as pictures in the tests", "poppler-utils", {"pacman": "poppler", "brew": "poppler"}),
    "msgmerge": ("gettext's own check of the catalogs in the tests", "gettext", {"zypper": "gettext-tools"}),
    "chromium": ("the web pages in a real browser in the tests", "chromium", {}),
}
OTHER_NAMES = {"chromium": ("chromium-browser", "google-chrome", "google-chrome-stable")}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report.

    `kind` is one of `python`, `library`, `package`, `font`, `tool`; `found` is a version or what else was found, empty
    where it is missing; `remedy` says what to do, empty where all is well. A missing tool is no fault.
    """

    kind: str
    name: str
    found: str
    remedy: str = ""

    @property
    def healthy(self) -> bool:
        """Whether imprint can work with this as it is."""
        return not self.remedy or self.kind == "tool"


def doctor_command(as_json: bool, stream: TextIO) -> int:
    """Write the report to `stream`, as lines or as one JSON object; return 0 if healthy, 1 if something is missing."""
    findings = list(examine())
    healthy = all(finding.healthy for finding in findings)
    if as_json:
        report = {"healthy": healthy, "findings": [asdict(finding) for finding in findings]}
        stream.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    else:
        stream.write(write_report(findings))
    return 0 if healthy else 1


def write_report(findings: list[Finding]) -> str:
    """Return the report as text: one line for each finding, its remedy below, and a closing sentence."""
    width = max(len(finding.name) for finding in findings)
    lines, told = [], set[str]()
    for finding in findings:
        absent = "not installed (optional)" if finding.kind == "tool" else "MISSING"
        lines.append(f"{finding.name:{width}}  {finding.found or absent}")
        if finding.remedy in told:
            lines.append(f"{'':{width}}  (see above)")
        elif finding.remedy:
            told.add(finding.remedy)
            lines += [f"{'':{width}}  {line.strip()}" for line in finding.remedy.splitlines()]
    faults = sum(not finding.healthy for finding in findings)
    lines.append(f"{faults} of these must be mended" if faults else "all that imprint needs is here")
    return "\n".join(lines) + "\n"


def examine() -> Iterator[Finding]:
    """Look at everything that imprint stands on, needed things first."""
    yield Finding("python", "Python", f"{platform.python_version()} ({sys.executable})")
    yield examine_weasyprint()
    yield from examine_libraries()
    yield from examine_packages()
    installer, root = system.find_installer(), os.geteuid() == 0
    for tool in TOOLS:
        yield examine_tool(tool, installer, root)


def examine_weasyprint() -> Finding:
    """Import WeasyPrint, which is what fails where one of its libraries is missing, and say how that went."""
    try:
        # It prints advice of its own on stdout, and warns of a missing HarfBuzz-subset, which has a line of its own.
        with redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Finding("package", "WeasyPrint", importlib.import_module("weasyprint").__version__)
    except ImportError as error:
        return Finding("package", "WeasyPrint", "", f"{error}: {FETCH}")
    except OSError as error:
        return Finding("package", "WeasyPrint", "", f"a library could not be loaded: {str(error).splitlines()[0]}")


def examine_libraries() -> Iterator[Finding]:
    """Report the version of each shared library as it states it itself: other versions make other bytes."""
    missing = system.find_missing()
    remedy = system.write_remedy(system.find_installer(), missing, os.geteuid() == 0, system.name_python())
    versions = {"Pango": pango_version(), "HarfBuzz": harfbuzz_version(), "fontconfig": fontconfig_version()}
    for name, version in versions.items():
        yield Finding("library", name, version, "" if version else remedy)
    for need in missing:
        if need not in versions:
            yield Finding("library", need, "", remedy)


def pango_version() -> str:
    """Return Pango's version, or nothing. Source: pango_version_string()."""
    return _version_string(system.load_library(system.LIBRARIES["Pango"]), "pango_version_string")


def harfbuzz_version() -> str:
    """Return HarfBuzz's version, or nothing. Source: hb_version_string()."""
    names = ("libharfbuzz.so.0", "libharfbuzz.0.dylib")
    return _version_string(system.load_library(names), "hb_version_string")


def fontconfig_version() -> str:
    """Return fontconfig's version, or nothing. Source: FcGetVersion(), major * 10000 + minor * 100 + revision."""
    library = system.load_library(("libfontconfig.so.1", "libfontconfig.1.dylib"))
    if library is None:
        return ""
    number = int(library.FcGetVersion())
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def _version_string(library: ctypes.CDLL | None, function: str) -> str:
    """Call a `const char *f(void)` of a library that may be missing."""
    if library is None:
        return ""
    call = library[function]
    call.restype = ctypes.c_char_p
    return bytes(call()).decode("ascii", "replace")


def examine_packages() -> Iterator[Finding]:
    """Report whether the lock is installed, to the version; then each package of it that brings fonts."""
    try:
        # Not through Sources: the lock belongs to the machine's set-up, not to any edition.
        pins = parse_lock((ROOT / LOCK).read_text(encoding="utf-8"))
    except OSError as error:
        yield Finding("package", LOCK, "", f"cannot be read: {error}")
        return
    fonts, faults = [], []
    for name, version in pins:
        try:
            here = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            faults.append(f"{name} {version}")
            continue
        if plain_version(here.version) != version:
            faults.append(f"{name} {version} (here is {here.version})")
        if files := sorted(file.name for file in here.files or () if file.name.endswith(FONT_SUFFIXES)):
            fonts.append(Finding("font", f"{name} {here.version}", ", ".join(files)))
    named = ", ".join(faults[:5]) + (f" and {len(faults) - 5} more" if len(faults) > 5 else "")
    remedy = f"missing: {named}\n{FETCH}" if faults else ""
    yield Finding("package", "locked packages", f"{len(pins) - len(faults)} of {len(pins)}", remedy)
    yield from fonts


def plain_version(version: str) -> str:
    """Write a release as PEP 440 compares it: `4.004` is 4.4 (some font packages keep their font's own number)."""
    return re.sub(r"\b0+(?=\d)", "", version)


def parse_lock(text: str) -> list[tuple[str, str]]:
    """Return the (name, version) pins of a lock file, in its order."""
    pins = [line.split()[0].split("==") for line in text.splitlines() if line[:1] not in ("", " ", "#")]
    return [(name, version) for name, version in pins]


def examine_tool(tool: str, installer: str | None, root: bool) -> Finding:
    """Look for an optional program on the PATH."""
    purpose, package, others = TOOLS[tool]
    path = next(filter(None, map(shutil.which, (tool, *OTHER_NAMES.get(tool, ())))), "")
    if path:
        return Finding("tool", tool, path)
    command = system.write_command(installer, [others.get(installer, package)], root) if installer else ""
    return Finding("tool", tool, "", f"for {purpose}{': ' if command else ''}{command}")
