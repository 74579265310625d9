"""What was prepared is found again by what it was made from, and what nobody uses any more goes first."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from imprint.paginate import store
from imprint.paginate.store import Store

DAY = 86_400


def refuse() -> bytes:
    raise AssertionError("it is kept")


def file_of(folder: Path, key: str) -> Path:
    return folder / hashlib.sha256(key.encode()).hexdigest()


def age(path: Path, days: float) -> int:
    """Make the file's times so many days old; the new one, in nanoseconds."""
    when = path.stat().st_mtime_ns - int(days * DAY * 1e9)
    os.utime(path, ns=(when, when))
    return when


def test_kept_and_found_again(tmp_path: Path) -> None:
    """A value is made once for a key; a broken entry is made anew; without a folder nothing is kept."""
    kept = Store(tmp_path)
    assert kept.fetch("a", lambda: b"one") == b"one"
    assert kept.fetch("a", refuse) == b"one"
    file_of(tmp_path, "a").write_bytes(b"x" * 40)
    assert kept.fetch("a", lambda: b"two") == b"two"
    assert [Store().fetch("a", value.encode) for value in ("1", "2")] == [b"1", b"2"]


def test_what_was_used_last_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over the limit the entry goes that was not used for longest, not the one that was written first."""
    monkeypatch.setattr(store, "ENTRIES", 3)
    kept = Store(tmp_path)
    for days, key in ((30, "used"), (20, "forgotten"), (10, "young")):
        kept.fetch(key, key.encode)
        age(file_of(tmp_path, key), days)
    kept.fetch("used", refuse)
    kept.fetch("new", lambda: b"new")
    assert {key for key in ("used", "forgotten", "young", "new") if kept.holds(key)} == {"used", "young", "new"}


def test_a_use_is_noted_once_a_day(tmp_path: Path) -> None:
    """Reading what was used today writes nothing."""
    kept = Store(tmp_path)
    kept.fetch("a", lambda: b"one")
    recent = age(file_of(tmp_path, "a"), 0.5)
    kept.fetch("a", refuse)
    assert file_of(tmp_path, "a").stat().st_mtime_ns == recent
    old = age(file_of(tmp_path, "a"), 1)
    kept.fetch("a", refuse)
    assert file_of(tmp_path, "a").stat().st_mtime_ns > old + DAY * 1e9


def test_an_entry_whose_time_cannot_be_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache that may only be read is used all the same."""

    def denied(path: Path) -> None:
        raise PermissionError(path)

    kept = Store(tmp_path)
    kept.fetch("a", lambda: b"one")
    age(file_of(tmp_path, "a"), 2)
    monkeypatch.setattr(os, "utime", denied)
    assert kept.fetch("a", refuse) == b"one"
