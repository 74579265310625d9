"""What is missing is named with the exact command of the system at hand, and installed where none need be asked."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

import pytest

from imprint.shell import system

ALL = (*system.LIBRARIES, system.VENV)
DEBIAN = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 python3-venv"
COMMANDS = {
    "apt-get": f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {DEBIAN}",
    "dnf": "sudo dnf install -y pango harfbuzz python3",
    "apk": "sudo apk add so:libpango-1.0.so.0 so:libpangoft2-1.0.so.0 so:libharfbuzz-subset.so.0 python3",
    "pacman": "sudo pacman -S --needed --noconfirm pango harfbuzz python",
    "zypper": "sudo zypper install -y libpango-1_0-0 libharfbuzz-subset0 python3",
    "brew": "brew install pango harfbuzz python",
}


@pytest.mark.parametrize("installer", COMMANDS)
def test_the_remedy_is_the_command_of_the_system(installer: str) -> None:
    """A person without root can copy the last line into a terminal."""
    remedy = system.write_remedy(installer, ALL, root=False)
    assert remedy.splitlines() == [
        "this system lacks Pango, PangoFT2, HarfBuzz-subset, Python's venv. Install it, then run again:",
        f"    {COMMANDS[installer]}",
    ]


def test_every_installer_has_every_package() -> None:
    """No installer is known halfway."""
    assert set(COMMANDS) == set(system.PACKAGES) == set(system.COMMANDS)
    assert all(set(packages) == set(system.LIBRARIES) for packages in system.PACKAGES.values())


def test_root_needs_no_sudo_and_only_what_is_missing_is_named() -> None:
    """The command asks for no more than is needed."""
    remedy = system.write_remedy("apt-get", ["PangoFT2"], root=True)
    assert remedy.endswith("    apt-get update && apt-get install -y --no-install-recommends libpangoft2-1.0-0")


def test_a_python_beside_the_systems_own_needs_its_own_venv() -> None:
    """Debian splits venv from each Python: python3-venv belongs to the default one only."""
    assert system.list_packages("apt-get", [system.VENV], "python3.13") == ["python3.13-venv"]


def test_an_unknown_system_is_told_the_files() -> None:
    """Without a known installer the names of the libraries are what can be searched for."""
    assert "libpango-1.0.so.0, libharfbuzz-subset.so.0" in system.write_remedy(
        None, ["Pango", "HarfBuzz-subset"], False
    )
    assert "ensurepip" in system.write_remedy(None, [system.VENV], False)


@pytest.mark.parametrize(
    ("platform", "present", "expected"),
    [
        ("linux", {"apt-get", "brew"}, "apt-get"),
        ("linux", {"dnf"}, "dnf"),
        ("linux", {"apk"}, "apk"),
        ("darwin", {"brew", "apt-get"}, "brew"),
        ("linux", set[str](), None),
    ],
)
def test_the_systems_own_installer_is_chosen(platform: str, present: set[str], expected: str | None) -> None:
    """Homebrew on Linux is an extra; on macOS it is the one."""
    assert system.find_installer(platform, lambda name: name if name in present else None) == expected


def test_what_the_loader_cannot_find_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The look is the dynamic loader's own, under every name a library goes by."""
    known = {"There": ("libnowhere.so.9", "libc.so.6", "libSystem.dylib"), "Gone": ("libnowhere.so.9",)}
    monkeypatch.setattr(system, "LIBRARIES", known)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert system.find_missing() == ("Gone", system.VENV)


class Machine:
    """A machine whose apt-get works or not; it remembers what it was asked to run."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, installer: str, root: bool, sudo: bool = False) -> None:
        self.missing: tuple[str, ...] = ALL
        self.ran: list[str] = []
        self.works, self.listed, self.sudo = True, True, sudo
        monkeypatch.setattr(system, "find_missing", lambda: self.missing)
        monkeypatch.setattr(system, "find_installer", lambda: installer)
        monkeypatch.setattr(system, "name_python", lambda: "python3")
        monkeypatch.setattr(system, "_run", self.run)
        monkeypatch.setattr("shutil.which", lambda name: name)
        monkeypatch.setattr("glob.glob", lambda pattern: ["lists"] if self.listed else [])
        monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000)

    def run(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Take the place of the command."""
        line = " ".join(command)
        self.ran.append(line)
        if line == "sudo -n true":
            return subprocess.CompletedProcess(command, 0 if self.sudo else 1, "", "")
        if " install " in line and self.works:
            self.missing = ()
        return subprocess.CompletedProcess(command, 0 if self.works else 100, "", "" if self.works else "E: no disk")


def test_root_on_debian_installs_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, one apt-get, and no question."""
    machine, said = Machine(monkeypatch, "apt-get", root=True), list[str]()
    system.provide(said.append)
    assert said == [f"installing what the system lacks: {DEBIAN}"]
    [command] = machine.ran
    assert command.startswith("env DEBIAN_FRONTEND=noninteractive apt-get -qq")
    assert command.endswith(f" install -y --no-install-recommends {DEBIAN}")


def test_without_lists_they_are_fetched_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container image, which comes without."""
    machine = Machine(monkeypatch, "apt-get", root=True)
    machine.listed = False
    system.provide(lambda sentence: None)
    assert [line.split(" DPkg::Lock::Timeout=120 ")[1].split()[0] for line in machine.ran] == ["update", "install"]


def test_open_sudo_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user whose sudo asks nothing is spared the step, and sudo is told never to ask."""
    machine = Machine(monkeypatch, "apt-get", root=False, sudo=True)
    system.provide(lambda sentence: None)
    assert machine.ran[0] == "sudo -n true"
    assert machine.ran[1].startswith("sudo -n env DEBIAN_FRONTEND=noninteractive apt-get")


@pytest.mark.parametrize(("installer", "root"), [("apt-get", False), ("dnf", True), ("apk", True), ("brew", False)])
def test_elsewhere_nothing_is_installed_unasked(monkeypatch: pytest.MonkeyPatch, installer: str, root: bool) -> None:
    """A user without open sudo, or another system, gets the command to type."""
    machine, said = Machine(monkeypatch, installer, root), list[str]()
    with pytest.raises(system.Missing) as stop:
        system.provide(said.append)
    assert COMMANDS[installer].removeprefix("sudo ").split(" && ")[0] in str(stop.value)
    assert said == []
    assert not [line for line in machine.ran if "install" in line]


def test_a_failing_installer_gives_its_reason_and_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """apt's own words come first, then what to do."""
    machine = Machine(monkeypatch, "apt-get", root=True)
    machine.works = False
    with pytest.raises(system.Missing, match=r"(?s)^E: no disk\nthis system lacks .*apt-get update && apt-get install"):
        system.provide(lambda sentence: None)


def test_nothing_is_done_where_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No command runs and no word is said."""
    machine, said = Machine(monkeypatch, "apt-get", root=True), list[str]()
    machine.missing = ()
    system.provide(said.append)
    assert machine.ran == said == []
