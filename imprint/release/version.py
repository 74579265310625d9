"""A version's text in, its place among versions out, as Semantic Versioning 2.0 orders them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from imprint.base.diagnostic import UsageError
from imprint.content.models import VERSION

# One name for a folder: no separator, no dot in front.
_VERSION = re.compile(VERSION)
Precedence = tuple[tuple[int, ...], bool, tuple[tuple[bool, int, str], ...]]


def parse_version(text: str) -> str:
    """The version, if it is one. Raises UsageError for anything else (`../x`)."""
    if not _VERSION.fullmatch(text):
        raise UsageError(f"'{text}' is no version: write three numbers, such as 1.0.0, and perhaps -rc.1")
    return text


def is_version(text: str) -> bool:
    """Whether the text is a version and nothing else."""
    return bool(_VERSION.fullmatch(text))


def precedence(version: str) -> Precedence:
    """The sorting key of a version (semver.org, 11): a pre-release stands before its release."""
    core, _, before = version.partition("-")
    parts = tuple((not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in before.split("."))
    return tuple(map(int, core.split("."))), not before, parts if before else ()


def latest_of(versions: Iterable[str]) -> str | None:
    """The newest version; a pre-release only where nothing else is published."""
    found = list(versions)
    stable = [version for version in found if "-" not in version]
    return max(stable or found, key=precedence, default=None)


def before(version: str, versions: Iterable[str]) -> str | None:
    """The newest of the versions that are older than `version`."""
    older = [other for other in versions if precedence(other) < precedence(version)]
    return max(older, key=precedence, default=None)
