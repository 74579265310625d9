#!/usr/bin/env python3
"""The door: finds or makes the environment that `requirements.lock` describes, then hands over to `imprint.shell`.

    python build.py --region cn --lang zh     # one edition; `--help` names the rest
    python build.py test [pytest's arguments] # the whole test suite

Only the standard library, since this runs before anything is installed; and no syntax newer than Python 3.7's, so that
an older Python can still say that it is too old. `IMPRINT_NO_BOOTSTRAP=1` uses the Python at hand as it is.
"""

from __future__ import annotations

import hashlib
import os
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
ASIDE = VENV + ".part"  # where the next environment is built, whole, before it takes VENV's place
BEFORE = VENV + ".before"  # where the environment goes that it replaces
STAMP = "imprint-stamp"  # written last: a VENV that holds it is whole
RUNTIME, DEVELOPMENT = "requirements.lock", "requirements-dev.lock"  # the second holds the first
ENTERED = "IMPRINT_ENTERED"  # set across the one exec, so that a Python which ignores its venv cannot loop


class Unready(Exception):
    """The environment cannot be made; the message says why, and what to do."""


def main(argv: list[str]) -> int:
    """Enter the environment and run imprint, or its tests; return the exit code."""
    if sys.version_info < (3, 11):
        return fail("imprint needs Python 3.11 or newer; %s is %s" % (sys.executable, sys.version.split()[0]))
    if os.name != "posix":
        return fail("imprint runs on Linux and macOS (on Windows: inside WSL)")
    lock = DEVELOPMENT if argv[:1] == ["test"] else RUNTIME
    as_it_is = os.environ.get("IMPRINT_NO_BOOTSTRAP") == "1"
    try:
        if not as_it_is:
            enter(lock, argv)
        return run(argv)
    except Unready as reason:
        fail(str(reason))
        return diagnose(argv) if argv[:1] == ["doctor"] else 1
    except KeyboardInterrupt:
        return 130
    except ModuleNotFoundError as error:
        if not as_it_is:
            raise
        fail("%s lacks '%s', and IMPRINT_NO_BOOTSTRAP=1 forbids to get it" % (sys.executable, error.name))
        return diagnose(argv) if argv[:1] == ["doctor"] else 1


def run(argv: list[str]) -> int:
    """Run the command inside the environment; `test` becomes pytest in this very process."""
    if argv[:1] == ["test"]:
        os.chdir(ROOT)
        workers = ["-n", "auto", "--dist", "loadscope", "--no-loadscope-reorder"]
        os.execv(sys.executable, [sys.executable, "-m", "pytest", *workers, *argv[1:]])
    from imprint.shell.main import main as shell

    return shell(argv)


def diagnose(argv: list[str]) -> int:
    """Answer `doctor` with nothing installed: that is when it is asked."""
    from imprint.shell.doctor import doctor_command

    return doctor_command("--json" in argv, sys.stdout)


def enter(lock: str, argv: list[str]) -> None:
    """Return if this Python has what `lock` names; else make VENV, if it is not current, and start again inside it."""
    again = os.environ.pop(ENTERED, "")
    if os.path.realpath(sys.prefix) == os.path.realpath(VENV):
        if is_current(lock, here=True):
            return
    elif has_installed(lock):
        return
    elif again:
        raise Unready("%s does not use its own environment; is PYTHONHOME set?" % sys.executable)
    if not is_current(lock):
        make(lock)
    os.environ[ENTERED] = "1"
    python = os.path.join(VENV, "bin", "python")
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(python, [python, os.path.join(ROOT, "build.py"), *argv])


def is_current(lock: str, here: bool = False) -> bool:
    """Whether VENV was made, to the end, from `lock` as it is now; `here` also: by a Python like this one."""
    try:
        with open(os.path.join(VENV, STAMP), encoding="utf-8") as stream:
            stamped = stream.read().splitlines()
    except OSError:
        return False
    usable = python_tag() in stamped if here else os.access(os.path.join(VENV, "bin", "python"), os.X_OK)
    return usable and digest(lock) in stamped


def has_installed(lock: str) -> bool:
    """Whether this Python already has every package of `lock`, in the version it names."""
    found = set()
    for folder in sys.path:
        if os.path.isdir(folder):
            for entry in os.listdir(folder):
                if entry.endswith(".dist-info"):
                    name, _, version = entry[: -len(".dist-info")].rpartition("-")
                    found.add((normalized(name), version))
    return wanted(lock) <= found


def wanted(lock: str) -> set[tuple[str, str]]:
    """Return the (name, version) pairs of a lock: every line of it that is neither a hash nor a comment."""
    with open(os.path.join(ROOT, lock), encoding="utf-8") as stream:
        pins = [line.split()[0].split("==") for line in stream if line[:1] not in " #\n"]
    return {(normalized(name), version) for name, version in pins}


def normalized(name: str) -> str:
    """Write a package's name as the packaging specification compares it."""
    return name.lower().replace("_", "-").replace(".", "-")


def digest(lock: str) -> str:
    """Return the stamp's line for a lock file: its SHA-256 and name."""
    with open(os.path.join(ROOT, lock), "rb") as stream:
        return "%s  %s" % (hashlib.sha256(stream.read()).hexdigest(), lock)


def python_tag() -> str:
    """Return the stamp's line for this Python: compiled packages fit no other."""
    return "%s %s %s" % (sys.implementation.cache_tag, sys.platform, os.uname().machine)


def make(lock: str) -> None:
    """Make VENV from `lock`: look up, lock, look up again, build aside, stamp last, put in place.

    The kernel frees the lock when its last holder ends, so a killed run leaves none behind; and pip inherits it, so an
    orphaned pip is waited for instead of being raced.
    """
    import fcntl

    try:
        with open(VENV + ".lock", "w", encoding="utf-8") as holder:
            try:
                fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("another run is setting up .venv; waiting for it")
                fcntl.flock(holder, fcntl.LOCK_EX)
            if not is_current(lock) or os.path.realpath(sys.prefix) == os.path.realpath(VENV):
                build(lock, holder.fileno())
    except OSError as error:
        raise Unready(
            "cannot set up .venv: %s\n  Make the folder writable, or install %s into a Python of your own and set"
            " IMPRINT_NO_BOOTSTRAP=1" % (error, lock)
        ) from error


def build(lock: str, lock_descriptor: int) -> None:
    """Build the environment aside and let it take VENV's place."""
    import shutil
    import time

    from imprint.shell import system

    started = time.monotonic()
    say("setting up .venv: %d packages from %s (once, or when the lock changes)" % (len(wanted(lock)), lock))
    try:
        system.provide(say)
    except system.Missing as missing:
        raise Unready(str(missing)) from None
    shutil.rmtree(ASIDE, ignore_errors=True)
    python = os.path.join(ASIDE, "bin", "python")
    call("making it", [sys.executable, "-m", "venv", "--prompt", "imprint", ASIDE], lock_descriptor)
    pip = ["install", "-qq", "--no-input", "--disable-pip-version-check"]
    exactly = ["--require-hashes", "--no-deps", "--only-binary=:all:", "--requirement", os.path.join(ROOT, lock)]
    call("installing " + lock, [python, "-m", "pip", *pip, *exactly], lock_descriptor)
    rename_inside(os.path.join(ASIDE, "bin"))
    os.sync()  # the stamp must not reach the disk before what it vouches for
    locks = [lock] if lock == RUNTIME else [RUNTIME, lock]
    with open(os.path.join(ASIDE, STAMP), "w", encoding="utf-8") as stream:
        stream.write("\n".join([python_tag(), *map(digest, locks)]) + "\n")
    put_in_place()
    say("set up in %.0f seconds" % (time.monotonic() - started))


def put_in_place() -> None:
    """Move ASIDE to VENV. A VENV that this door did not make is kept beside it."""
    import shutil

    shutil.rmtree(BEFORE, ignore_errors=True)
    if os.path.lexists(VENV):
        ours = os.path.exists(os.path.join(VENV, STAMP))
        os.rename(VENV, BEFORE)
        if not ours:
            say("the .venv that was here is now .venv.before")
    os.rename(ASIDE, VENV)
    if os.path.exists(os.path.join(BEFORE, STAMP)):
        shutil.rmtree(BEFORE, ignore_errors=True)


def rename_inside(folder: str) -> None:
    """Make the scripts of an environment built at ASIDE name VENV, where it will stand."""
    old, new = os.fsencode(ASIDE), os.fsencode(VENV)
    for entry in os.scandir(folder):
        if entry.is_file(follow_symlinks=False):
            with open(entry.path, "r+b") as stream:
                data = stream.read()
                if old in data and b"\0" not in data:
                    stream.seek(0)
                    stream.write(data.replace(old, new))
                    stream.truncate()


def call(purpose: str, command: list[str], lock_descriptor: int) -> None:
    """Run a step of the installation. What it says goes to stderr: stdout belongs to imprint's own answer."""
    import subprocess

    environment = dict(os.environ, PIP_USER="0", PYTHONNOUSERSITE="1")
    environment.pop("PYTHONHOME", None)
    # stderr's own descriptor, 2, because sys.stderr may be something else where a test or an editor replaced it.
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=2, env=environment, pass_fds=(lock_descriptor,))
    if done.returncode:
        raise Unready(
            "cannot set up .venv: %s failed (its reason stands above). Nothing half made is used. Mend that (network,"
            " disk, pip's configuration), then run the same command again" % purpose
        )


def say(sentence: str) -> None:
    """Tell on stderr what the door is doing."""
    print("imprint: " + sentence, file=sys.stderr, flush=True)


def fail(sentence: str) -> int:
    """Tell what stops the door; return the exit code for it."""
    say(sentence)
    return 1


def leave(code: int) -> None:
    """End this process without taking its thousands of objects apart one by one: the system frees them all at once.

    What Python does besides at its end is done: exit handlers run, and what was written is flushed. Where a thread
    still works, a debugger or profiler looks on, or a reader has gone, it ends as ever.
    """
    import atexit
    import threading

    if threading.active_count() > 1 or sys.gettrace() or sys.getprofile():
        sys.exit(code)
    atexit._run_exitfuncs()
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        sys.exit(code)
    os._exit(code)


if __name__ == "__main__":
    leave(main(sys.argv[1:]))
