"""What the operating system must lend (shared libraries, `ensurepip`): what is missing, and the command that brings it.

Standard library only: the door asks before anything is installed.
"""

from __future__ import annotations

import ctypes
import glob
import importlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence

# The names by which the dynamic loader knows each library, on Linux and on macOS (as WeasyPrint looks for them).
LIBRARIES = {
    "Pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0.0.dylib"),
    "PangoFT2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0.0.dylib"),
    # Without it WeasyPrint only warns, and subsets by other means, to other bytes.
    "HarfBuzz-subset": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
}
VENV = "Python's venv"

# For each installer what brings each need. Alpine's `so:` names ask for whatever package holds the library.
PACKAGES = {
    "apt-get": dict(zip(LIBRARIES, ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"), strict=True)),
    "dnf": dict(zip(LIBRARIES, ("pango", "pango", "harfbuzz"), strict=True)),
    "apk": {name: f"so:{files[0]}" for name, files in LIBRARIES.items()},
    "pacman": dict(zip(LIBRARIES, ("pango", "pango", "harfbuzz"), strict=True)),
    "zypper": dict(zip(LIBRARIES, ("libpango-1_0-0", "libpango-1_0-0", "libharfbuzz-subset0"), strict=True)),
    "brew": dict(zip(LIBRARIES, ("pango", "pango", "harfbuzz"), strict=True)),
}
# Only Debian and its descendants split venv from Python; elsewhere it comes back with Python itself.
VENV_PACKAGES = {"dnf": "python3", "apk": "python3", "pacman": "python", "zypper": "python3", "brew": "python"}
COMMANDS = {
    "apt-get": "apt-get install -y --no-install-recommends",
    "dnf": "dnf install -y",
    "apk": "apk add",
    "pacman": "pacman -S --needed --noconfirm",
    "zypper": "zypper install -y",
    "brew": "brew install",
}


class Missing(Exception):
    """The system lacks something that cannot be installed from here; the message holds the command that does."""


def load_library(names: Iterable[str]) -> ctypes.CDLL | None:
    """Return the first library that the loader finds by one of `names`."""
    for name in names:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None


def find_missing() -> tuple[str, ...]:
    """Return the names of what the system lacks, in a fixed order. Costs a `dlopen` for each library."""
    importlib.invalidate_caches()
    missing = [name for name, files in LIBRARIES.items() if load_library(files) is None]
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(VENV)
    return tuple(missing)


def find_installer(platform: str = sys.platform, which: Callable[[str], str | None] = shutil.which) -> str | None:
    """Return this system's installer of packages: a key of PACKAGES, or None."""
    names = ["brew"] if platform == "darwin" else list(PACKAGES)
    return next((name for name in names if which(name)), None)


def list_packages(installer: str, missing: Sequence[str], python: str = "python3") -> list[str]:
    """Return the packages that bring what is missing, each once. `python` is Debian's name of the running Python."""
    venv = VENV_PACKAGES.get(installer, f"{python}-venv")
    return list(dict.fromkeys(venv if need == VENV else PACKAGES[installer][need] for need in missing))


def write_command(installer: str, packages: Sequence[str], root: bool) -> str:
    """Return the command, for a shell, that installs `packages`; `root`: the user needs no sudo."""
    become = "" if root or installer == "brew" else "sudo "
    command = f"{become}{COMMANDS[installer]} {shlex.join(packages)}"
    return f"{become}apt-get update && {command}" if installer == "apt-get" else command


def write_remedy(installer: str | None, missing: Sequence[str], root: bool, python: str = "python3") -> str:
    """Return two or three lines that name what is missing and the exact command that installs it on this system."""
    lacks = f"this system lacks {', '.join(missing)}"
    if installer is None:
        files = [LIBRARIES[need][0] for need in missing if need in LIBRARIES]
        return f"{lacks}\n  install what holds {', '.join(files) or 'the ensurepip module'}, then run again"
    command = write_command(installer, list_packages(installer, missing, python), root)
    return f"{lacks}. Install it, then run again:\n    {command}"


def name_python() -> str:
    """Return Debian's package of the running Python: `python3` for the system's own, else `python3.12` and the like."""
    own = os.path.basename(os.path.realpath("/usr/bin/python3"))
    running = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return "python3" if own in (running, "python3") else running


def provide(say: Callable[[str], None]) -> None:
    """Install what is missing where that needs nobody's leave: on Debian and its kin, as root or with open sudo.

    `say` is told what is installed. Raises Missing, with the command to type, anywhere else and where it fails.
    """
    missing = find_missing()
    if not missing:
        return
    installer = find_installer()
    root = os.geteuid() == 0
    remedy = write_remedy(installer, missing, root, name_python())
    become = [] if root else ["sudo", "-n"]
    if installer != "apt-get" or not (root or _sudo_is_open()):
        raise Missing(remedy)
    packages = list_packages(installer, missing, name_python())
    say(f"installing what the system lacks: {' '.join(packages)}")
    reason = _install_debian(packages, become)
    if reason or find_missing():
        raise Missing(f"{reason}\n{remedy}".lstrip())


def _sudo_is_open() -> bool:
    """Whether sudo works without a password."""
    return bool(shutil.which("sudo")) and _run(["sudo", "-n", "true"]).returncode == 0


def _install_debian(packages: Sequence[str], become: Sequence[str]) -> str:
    """Install by apt-get; return the reason where it fails. Its lists are fetched only where they do not serve."""
    # `env`, because sudo drops the environment; the time-out, because a new machine is often busy updating itself.
    apt = [*become, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    if glob.glob("/var/lib/apt/lists/*_Packages*") and _run(install).returncode == 0:
        return ""
    for step in ([*apt, "update"], install):
        done = _run(step)
        if done.returncode:
            return done.stderr.strip() or f"apt-get ended with {done.returncode}"
    return ""


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a command that must not ask; its words are kept for when it fails."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace")
