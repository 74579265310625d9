"""The one door for reading: nothing outside its roots, no trap opened, and everything in the trace."""

from __future__ import annotations

import hashlib
import os
import socket
from pathlib import Path

import pytest

from imprint.base.diagnostic import Diagnostic, Rejected
from imprint.base.sources import ABSENT, Absent, Sources
from tests.cost import cost_of

SECRET = b"secret"


@pytest.fixture
def door(tmp_path: Path) -> Sources:
    """A door to `paper` and `engine`, beside a file that neither holds."""
    for name in ("paper/content", "engine"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "outside.txt").write_bytes(SECRET)
    (tmp_path / "paper/content/a.md").write_bytes(b"one\r\ntwo\n")
    (tmp_path / "engine/page.html").write_bytes(b"<p>")
    return Sources({"paper": tmp_path / "paper", "engine": tmp_path / "engine"})


def refused(door: Sources, path: str) -> Diagnostic:
    with pytest.raises(Rejected) as caught:
        door.read_text(path)
    (found,) = caught.value.diagnostics
    return found


def test_a_path_without_a_name_is_the_papers(door: Sources) -> None:
    """`content/a.md` and `paper:content/a.md` are one file; another root is named."""
    assert door.read_bytes("content/a.md") == door.read_bytes("paper:content/a.md") == b"one\r\ntwo\n"
    assert door.read_text("engine:page.html") == "<p>"


def test_line_ends_are_folded(door: Sources) -> None:
    """Text has `\\n` only, whatever the file has, and no byte order mark."""
    (door.roots["paper"] / "content/b.md").write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree\n")
    assert door.read_text("content/b.md") == "one\ntwo\nthree\n"


@pytest.mark.parametrize(
    "path",
    [
        "../outside.txt",
        "content/../../outside.txt",
        "/etc/passwd",
        "paper:../outside.txt",
        "engine:../paper/content/a.md",
        "content\\..\\..\\outside.txt",
        "content/a.md\0.png",
    ],
)
def test_a_path_that_leads_out_is_refused(door: Sources, path: str) -> None:
    """`..`, absolute paths, backslashes and NUL never leave the root; the refusal says what to do."""
    found = refused(door, path)
    assert found.rule == "outside"
    assert found.hint
    assert not door.trace


@pytest.mark.parametrize("kind", ["file", "folder", "absolute"])
def test_a_link_that_leads_out_is_refused(door: Sources, tmp_path: Path, kind: str) -> None:
    """A symbolic link out of the tree is refused, whether it is the file or a folder above it."""
    link = door.roots["paper"] / "content/link"
    link.symlink_to({"file": "../../outside.txt", "folder": "../..", "absolute": "/etc"}[kind])
    path = {"file": "content/link", "folder": "content/link/outside.txt", "absolute": "content/link/passwd"}[kind]
    assert refused(door, path).rule == "outside"


def test_a_link_inside_the_tree_is_read(door: Sources) -> None:
    """A symbolic link that stays inside is a file like any other."""
    (door.roots["paper"] / "content/same.md").symlink_to("a.md")
    assert door.read_bytes("content/same.md") == b"one\r\ntwo\n"


def test_a_link_to_itself_is_refused(door: Sources) -> None:
    """A circle of links is bad input, and no traceback."""
    (door.roots["paper"] / "content/loop").symlink_to("loop")
    assert refused(door, "content/loop").rule in ("outside", "unreadable")


def test_a_named_pipe_does_not_hang(door: Sources, monkeypatch: pytest.MonkeyPatch) -> None:
    """A FIFO nobody writes to is opened without waiting for a writer, and refused."""
    os.mkfifo(door.roots["paper"] / "content/pipe")
    really_open = os.open

    def opened(path: Path, flags: int) -> int:
        assert flags & os.O_NONBLOCK
        return really_open(path, flags)

    monkeypatch.setattr(os, "open", opened)
    assert refused(door, "content/pipe").rule == "not-a-file"


def test_a_folder_and_a_socket_are_no_files(door: Sources, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no plain file is refused."""
    assert refused(door, "content").rule == "not-a-file"
    monkeypatch.chdir(door.roots["paper"])
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("content/socket")
        assert refused(door, "content/socket").rule in ("not-a-file", "unreadable")


def test_a_name_too_long_is_refused(door: Sources) -> None:
    """The operating system's refusal becomes ours."""
    assert refused(door, f"content/{'x' * 5000}").rule == "unreadable"


def test_an_enormous_file_is_refused_unread(door: Sources) -> None:
    """The size limit is looked at before a byte is read: a terabyte would fit into no memory."""
    with (door.roots["paper"] / "content/huge.po").open("wb") as stream:
        stream.truncate(2**40)
    assert refused(door, "content/huge.po").rule == "too-large"


@pytest.mark.parametrize(
    ("data", "rule", "line", "words"),
    [
        (b"one\ntwo \xff\n", "invalid-utf8", 2, "byte 8 (0xFF)"),
        (b"caf\xe9\n", "invalid-utf8", 1, "byte 3 (0xE9)"),
        (b"a\n\xed\xa0\x80", "invalid-utf8", 2, "byte 2 (0xED)"),  # a surrogate
        (b"\xc0\xaf", "invalid-utf8", 1, "byte 0 (0xC0)"),  # an overlong form
        ("a\nb".encode("utf-16"), "invalid-utf8", 1, "byte 0 (0xFF)"),
        (b"a\n\nb\0c", "control-character", 3, "U+0000"),
        (b"a\n\x1b[31m", "control-character", 2, "U+001B"),
        (b"\x02klzzwxh:0\x03", "control-character", 1, "U+0002"),
    ],
)
def test_bytes_that_are_no_text(door: Sources, data: bytes, rule: str, line: int, words: str) -> None:
    """Invalid UTF-8 and control characters are refused with the line, the byte or the character, and a hint."""
    (door.roots["paper"] / "content/bad.md").write_bytes(data)
    found = refused(door, "content/bad.md")
    assert (found.rule, str(found.at)) == (rule, f"content/bad.md:{line}")
    assert words in found.message
    assert found.hint


def test_a_large_text_is_looked_through_quickly(door: Sources) -> None:
    """Looking for control characters in eight megabytes takes no longer than some seconds of work would."""
    (door.roots["paper"] / "content/long.md").write_bytes(b"a long line of text\n" * 400_000)
    assert cost_of(lambda: door.read_text("content/long.md")) < 10


def test_what_is_read_is_in_the_trace(door: Sources) -> None:
    """The trace names each file by root and path with the SHA-256 of its bytes, in order."""
    door.read_text("engine:page.html")
    door.read_text("content/a.md")
    assert list(door.trace) == ["file engine:page.html", "file paper:content/a.md"]
    assert door.trace["file paper:content/a.md"] == hashlib.sha256(b"one\r\ntwo\n").hexdigest()


def test_what_is_absent_is_in_the_trace(door: Sources) -> None:
    """A file that was looked for in vain is recorded: when it appears, the edition is stale."""
    with pytest.raises(Absent):
        door.read_bytes("content/none.md")
    assert not door.exists("content/a.md/below-a-file")
    assert door.trace == {"file paper:content/a.md/below-a-file": ABSENT, "file paper:content/none.md": ABSENT}


def test_a_listing_is_in_the_trace(door: Sources) -> None:
    """A listing is recorded by its names: another file changes it, another file's content does not."""
    assert door.list("content", ".md") == ("content/a.md",)
    before = door.trace["list paper:content .md"]
    (door.roots["paper"] / "content/a.md").write_bytes(b"changed")
    (door.roots["paper"] / "content/.hidden.md").write_bytes(b"")
    (door.roots["paper"] / "content/b.txt").write_bytes(b"")
    again = door.fork()
    again.list("content", ".md")
    assert again.trace["list paper:content .md"] == before
    (door.roots["paper"] / "content/b.md").write_bytes(b"")
    assert door.list("content", ".md") == ("content/a.md", "content/b.md")
    assert door.trace["list paper:content .md"] != before


def test_an_absent_folder_has_an_empty_listing(door: Sources) -> None:
    """A folder that is not there lists nothing, and is recorded."""
    assert door.list("locales") == ()
    assert list(door.trace) == ["list paper:locales "]


def test_a_listing_outside_is_refused(door: Sources) -> None:
    """A folder that leads out is refused like a file."""
    with pytest.raises(Rejected):
        door.list("../")


def test_overlay_stands_before_the_files(tmp_path: Path) -> None:
    """A text in memory is read instead of the file, and listed where there is none."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_bytes(b"disk")
    door = Sources({"paper": tmp_path}, {"content/a.md": b"memory", "content/b.md": b"new"})
    assert door.read_text("content/a.md") == "memory"
    assert door.list("content", ".md") == ("content/a.md", "content/b.md")
    assert door.trace["file paper:content/a.md"] == hashlib.sha256(b"memory").hexdigest()


def test_a_fork_shares_bytes_and_no_trace(door: Sources) -> None:
    """A fork starts with an empty trace and sees the bytes that were read, not what the disk says now."""
    door.read_bytes("content/a.md")
    fork = door.fork()
    assert not fork.trace
    (door.roots["paper"] / "content/a.md").write_bytes(b"changed meanwhile")
    assert fork.read_bytes("content/a.md") == b"one\r\ntwo\n"
    fork.remember({"file paper:x": "y"})
    assert set(fork.trace) == {"file paper:content/a.md", "file paper:x"}


def test_the_place_of_a_file_is_recorded_like_a_read(door: Sources) -> None:
    """`path` gives the place on disk and records the bytes."""
    assert door.path("content/a.md") == door.roots["paper"] / "content/a.md"
    assert list(door.trace) == ["file paper:content/a.md"]


def test_a_folder_that_may_not_be_read(door: Sources, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without permission is refused, not taken for an empty one."""
    monkeypatch.setattr(os, "access", lambda *_: False)  # the tests may run as root, who may read everything
    with pytest.raises(Rejected, match="content: error: cannot be read"):
        door.list("content")
    assert door.list("absent") == ()
