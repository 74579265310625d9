"""The door makes its environment once, whole or not at all, and keeps silent when there is nothing to do."""

from __future__ import annotations

import ast
import base64
import hashlib
import importlib.util
import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]

# The small project's `main` says on stdout which dependency it runs with, and returns a code of its own.
SHELL = "import sys, tinydep\ndef main(argv):\n    print(tinydep.VERSION, argv, sys.prefix)\n    return 5\n"
# Stands before the standard library's `venv`, whose environments take seconds, nearly all of them for unpacking pip:
# this one links to the files of a pip that is there.
VENV = """\
import os, shutil, sys
sys.path.remove({here!r})
import venv
class Linked(venv.EnvBuilder):
    def _setup_pip(self, context):
        source = {packages!r}
        target = os.path.join(context.env_dir, os.path.relpath(source, {environment!r}))
        for name in os.listdir(source):
            if name.startswith("pip"):
                shutil.copytree(os.path.join(source, name), os.path.join(target, name), copy_function=os.link)
venv.EnvBuilder = Linked
venv.main()
"""
PYTEST = "import os, sys\nprint('pytest', sys.argv[1:], os.getcwd())\nsys.exit(3)\n"


def make_wheel(folder: Path, name: str, version: str, files: dict[str, str]) -> str:
    """Write a wheel of pure Python and return its line in a lock."""
    info = f"{name}-{version}.dist-info"
    files = files | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    hashes = {path: base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()) for path, text in files.items()}
    record = "".join(f"{path},sha256={hashes[path].decode().rstrip('=')},{len(files[path])}\n" for path in files)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for path, text in (files | {f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}).items():
            archive.writestr(path, text)
    (folder / f"{name}-{version}-py3-none-any.whl").write_bytes(data.getvalue())
    return f"{name}=={version} \\\n    --hash=sha256:{hashlib.sha256(data.getvalue()).hexdigest()}\n"


class Project:
    """A checkout with the real door, a lock of one tiny package, and a folder of wheels in place of an index.

    `modules` is a folder that stands before the standard library.
    """

    def __init__(self, root: Path, modules: Path | None = None) -> None:
        self.root, self.wheels, self.modules = root / "checkout", root / "wheels", modules

    @classmethod
    def create(cls, root: Path, modules: Path | None = None) -> Project:
        """Lay the project out, with nothing installed."""
        project = cls(root, modules)
        shell = project.root / "imprint" / "shell"
        shell.mkdir(parents=True)
        project.wheels.mkdir()
        shutil.copy(ROOT / "build.py", project.root)
        for name in ("../__init__.py", "__init__.py", "system.py", "doctor.py"):
            shutil.copy(ROOT / "imprint/shell" / name, shell / name)
        (shell / "main.py").write_text(SHELL, encoding="utf-8")
        project.lock("1.0")
        return project

    def lock(self, version: str) -> None:
        """Move the lock to this version of the dependency."""
        runtime = make_wheel(self.wheels, "tinydep", version, {"tinydep.py": f"VERSION = {version!r}\n"})
        tests = make_wheel(self.wheels, "pytest", "0.1", {"pytest/__init__.py": "", "pytest/__main__.py": PYTEST})
        (self.root / "requirements.lock").write_text(runtime, encoding="utf-8")
        (self.root / "requirements-dev.lock").write_text(tests + runtime, encoding="utf-8")

    def environment(self, **more: str) -> dict[str, str]:
        """Return an environment in which pip knows the folder of wheels and nothing else."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "IMPRINT_", "PYTHON"))}
        pip = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels)}
        modules = {"PYTHONPATH": str(self.modules)} if self.modules else {}
        return kept | pip | modules | more

    def start(self, *argv: str, python: str = sys.executable, **more: str) -> subprocess.Popen[str]:
        """Start `build.py` from a folder that is not its own."""
        command = [python, str(self.root / "build.py"), *argv]
        environment = self.environment(**more)
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=environment, cwd=self.wheels, stdout=pipe, stderr=pipe, text=True)

    def run(self, *argv: str, python: str = sys.executable, **more: str) -> tuple[int, str, str]:
        """Run `build.py`; return its exit code, stdout and stderr."""
        process = self.start(*argv, python=python, **more)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    @property
    def answer(self) -> str:
        """What the first version's `main` prints inside the project's own environment."""
        return f"1.0 ['--all'] {self.root / '.venv'}\n"


Installed = tuple[Project, list[tuple[int, str, str]]]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """A project after its first run, which was two at once; and what each said."""
    project = Project.create(tmp_path_factory.mktemp("door"))
    both = [project.start("--all"), project.start("--all")]
    said = [process.communicate(timeout=120) for process in both]
    return project, [(process.returncode, *words) for process, words in zip(both, said, strict=True)]


@pytest.fixture(scope="module")
def linked_venv(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of modules with `VENV`: for tests of what the door does around it; `installed` has the real one."""
    folder = tmp_path_factory.mktemp("modules")
    environment = installed[0].root / ".venv"
    (packages,) = environment.glob("lib/python*/site-packages")
    module = VENV.format(here=str(folder), packages=str(packages), environment=str(environment))
    (folder / "venv.py").write_text(module, encoding="utf-8")
    return folder


@pytest.fixture
def copied(installed: Installed, linked_venv: Path, tmp_path: Path) -> Project:
    """A copy of the installed project for a test that changes it."""
    shutil.copytree(installed[0].root.parent, tmp_path / "copy", symlinks=True)
    return Project(tmp_path / "copy", linked_venv)


def test_a_first_run_installs_and_goes_on(installed: Installed) -> None:
    """Setting up is told on stderr; stdout and the exit code are the command's own."""
    project, runs = installed
    assert [(code, out) for code, out, _ in runs] == [(5, project.answer)] * 2
    said = [line for _, _, err in runs for line in err.splitlines()]
    assert all(line.startswith("imprint: ") for line in said)
    assert not (project.root / ".venv.part").exists()


def test_two_first_runs_at_once_install_once(installed: Installed) -> None:
    """The one waits for the other, looks again, and uses what it finds."""
    _, runs = installed
    said = "".join(err for _, _, err in runs)
    assert said.count("imprint: setting up .venv: 1 packages from requirements.lock") == 1
    assert said.count("imprint: set up in") == 1


def test_scripts_of_the_environment_name_the_place_where_it_stands(
    installed: Installed,
) -> None:
    """The environment is built aside, but no script in it still points there."""
    project, _ = installed
    assert (project.root / ".venv/bin/pip").read_text().startswith(f"#!{project.root}/.venv/bin/python")
    assert ".venv.part" not in (project.root / ".venv/bin/activate").read_text()


@pytest.mark.parametrize("python", [sys.executable, ".venv/bin/python"])
def test_a_second_run_installs_nothing_and_says_nothing(installed: Installed, python: str) -> None:
    """From outside and from inside the environment; pip would fail at once, since its wheels are out of reach."""
    project, _ = installed
    before = (project.root / ".venv/imprint-stamp").stat().st_mtime_ns
    answer = project.run("--all", python=str(project.root / python), PIP_FIND_LINKS=os.devnull)
    assert answer == (5, project.answer, "")
    assert (project.root / ".venv/imprint-stamp").stat().st_mtime_ns == before


def test_no_bootstrap_uses_the_python_at_hand(installed: Installed) -> None:
    """With IMPRINT_NO_BOOTSTRAP=1 nothing is made or entered, and a missing package is named without a traceback."""
    project, _ = installed
    code, out, err = project.run("--all", IMPRINT_NO_BOOTSTRAP="1")
    assert (code, out) == (1, "")
    assert err == f"imprint: {sys.executable} lacks 'tinydep', and IMPRINT_NO_BOOTSTRAP=1 forbids to get it\n"


def test_the_doctor_answers_where_nothing_may_be_installed(tmp_path: Path) -> None:
    """What stops the door stands on stderr; the doctor's report still comes whole, on stdout."""
    code, out, err = Project.create(tmp_path).run("doctor", "--json", IMPRINT_NO_BOOTSTRAP="1")
    assert (code, json.loads(out)["healthy"]) == (1, False)
    assert "tinydep 1.0" in out
    assert err.startswith("imprint: ")
    assert "lacks 'tinydep'" in err


def test_another_environment_that_has_the_lock_is_used_as_it_is(installed: Installed, tmp_path: Path) -> None:
    """Where the locked versions are importable already, no .venv is made."""
    done, _ = installed
    other = Project.create(tmp_path)
    code, out, err = other.run("--all", python=str(done.root / ".venv/bin/python"))
    assert (code, out, err) == (5, f"1.0 ['--all'] {done.root / '.venv'}\n", "")
    assert not (other.root / ".venv").exists()


def test_a_changed_lock_installs_again_and_a_refused_one_leaves_all_as_it_was(copied: Project) -> None:
    """A wheel with another hash is refused and the environment stays; with the right hash it is replaced."""
    copied.lock("2.0")
    lock = copied.root / "requirements.lock"
    right = lock.read_text()
    lock.write_text(right[:-3] + ("00\n" if right[-3:] != "00\n" else "11\n"))
    stamp = (copied.root / ".venv/imprint-stamp").read_text()
    code, out, err = copied.run("--all")
    assert (code, out) == (1, "")
    assert "Nothing half made is used" in err
    assert (copied.root / ".venv/imprint-stamp").read_text() == stamp
    lock.write_text(right)
    code, out, _ = copied.run("--all")
    assert (code, out.split()[0]) == (5, "2.0")


def test_tests_bring_their_own_lock_and_a_foreign_environment_is_kept(linked_venv: Path, tmp_path: Path) -> None:
    """`test` installs the development lock and becomes pytest in the project's folder; another maker's .venv stays."""
    project = Project.create(tmp_path, linked_venv)
    (project.root / ".venv").mkdir()
    (project.root / ".venv/precious").write_text("mine")
    code, out, err = project.run("test", "-k", "name")
    workers = ["-n", "auto", "--dist", "loadscope", "--no-loadscope-reorder"]
    assert (code, out) == (3, f"pytest {[*workers, '-k', 'name']} {project.root}\n")
    assert "is now .venv.before" in err
    assert (project.root / ".venv.before/precious").read_text() == "mine"
    assert project.run("--all") == (5, project.answer, "")


@pytest.fixture
def silent_index() -> Iterator[socket.socket]:
    """A server that takes a connection and never answers: pip waits for it in the middle of its work."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)
        yield server


def test_an_interrupted_installation_is_taken_up_again(
    linked_venv: Path, tmp_path: Path, silent_index: socket.socket
) -> None:
    """Kill the door while pip works: the next run waits for the orphaned pip, then starts over and is whole."""
    project = Project.create(tmp_path, linked_venv)
    index = f"http://127.0.0.1:{silent_index.getsockname()[1]}/simple"
    first = project.start("--all", PIP_NO_INDEX="0", PIP_FIND_LINKS="", PIP_INDEX_URL=index, PIP_RETRIES="0")
    connection, _ = silent_index.accept()
    first.send_signal(signal.SIGKILL)
    first.wait(timeout=30)
    assert (project.root / ".venv.part/bin/python").exists()
    assert not (project.root / ".venv").exists()
    second = project.start("--all")
    assert second.stderr
    assert second.stderr.readline() == "imprint: another run is setting up .venv; waiting for it\n"
    silent_index.close()
    connection.close()
    out, _ = second.communicate(timeout=120)
    assert (second.returncode, out) == (5, project.answer)
    assert not (project.root / ".venv.part").exists()
    assert first.stdout
    assert first.stderr
    first.stdout.close()
    first.stderr.close()


@pytest.fixture
def door() -> ModuleType:
    """The door as a module, without running it."""
    spec = importlib.util.spec_from_file_location("imprint_door", ROOT / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_old_python_can_read_the_door() -> None:
    """Its syntax is Python 3.7's, so that an older Python says so instead of showing a SyntaxError."""
    ast.parse((ROOT / "build.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_old_python_is_told(
    door: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence names the version needed and the one at hand."""
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(sys, "version", "3.9.2 (default)")
    assert door.main([]) == 1
    assert capsys.readouterr().err == f"imprint: imprint needs Python 3.11 or newer; {sys.executable} is 3.9.2\n"


def test_a_python_that_ignores_its_environment_does_not_loop(
    door: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """After one exec that led nowhere the door stops and names the likely cause."""
    (tmp_path / "some.lock").write_text("nowhere==1.0 \\\n    --hash=sha256:00\n")
    monkeypatch.setattr(door, "ROOT", str(tmp_path))
    monkeypatch.setattr(door, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setenv(door.ENTERED, "1")
    with pytest.raises(door.Unready, match="PYTHONHOME"):
        door.enter("some.lock", [])


def test_this_environment_is_recognized_by_its_folders(door: ModuleType) -> None:
    """The look at folder names finds every locked package that pip put here, however it spells its name."""
    if Path(sys.prefix) != ROOT / ".venv":
        pytest.skip("not run by the door's own .venv: this Python need not hold the locked versions")
    assert door.has_installed(door.DEVELOPMENT)
    assert len(door.wanted(door.DEVELOPMENT)) > len(door.wanted(door.RUNTIME)) > 70


# A `main` that writes without flushing, and leaves handlers and perhaps a thread behind.
LEAVING = """
import atexit, sys, threading, time
def main(argv):
    atexit.register(print, "handled")
    if "thread" in argv:
        threading.Thread(target=lambda: (time.sleep(0.3), print("threaded"))).start()
    sys.stdout.write("written\\n")
    return 5
class Told:
    def __del__(self):
        print("taken apart")
told = Told()
"""


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("plainly", ["written", "handled"]),
        ("thread", ["written", "threaded", "handled", "taken apart"]),
    ],
)
def test_it_leaves_at_once(tmp_path: Path, word: str, said: list[str]) -> None:
    """Handlers run and all is written, but no object is taken apart; beside a thread it ends as ever."""
    project = Project.create(tmp_path)
    (project.root / "imprint/shell/main.py").write_text(LEAVING, encoding="utf-8")
    assert project.run(word, IMPRINT_NO_BOOTSTRAP="1") == (5, "".join(f"{line}\n" for line in said), "")


def test_a_profiler_tells_what_it_saw(tmp_path: Path) -> None:
    """Who looks on has the last word."""
    project = Project.create(tmp_path)
    (project.root / "imprint/shell/main.py").write_text(LEAVING, encoding="utf-8")
    words = [sys.executable, "-m", "cProfile", str(project.root / "build.py")]
    environment = project.environment(IMPRINT_NO_BOOTSTRAP="1")
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert "function calls" in done.stdout


def test_what_cannot_be_written_is_not_lost(tmp_path: Path) -> None:
    """A full disk under what was still to be flushed is an error, as ever."""
    project = Project.create(tmp_path)
    (project.root / "imprint/shell/main.py").write_text(LEAVING, encoding="utf-8")
    words = [sys.executable, str(project.root / "build.py")]
    with open("/dev/full", "w") as full:
        done = subprocess.run(words, stdout=full, env=project.environment(IMPRINT_NO_BOOTSTRAP="1"), check=False)
    assert done.returncode == 120
