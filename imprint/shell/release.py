"""`release`: gates, builds, assembles, seals and publishes a version; or makes a published one again, to compare."""

from __future__ import annotations

import os
import re
import sys

import click

from imprint.base.diagnostic import Diagnostic, Rejected, Severity, UsageError
from imprint.release.version import parse_version
from imprint.shell.options import find_place, paper_options


@click.command("release")
@click.argument("version")
@paper_options
@click.option("--allow-dirty", is_flag=True, help="Release from a source that is not committed; it is recorded.")
@click.option("--sign", "key", metavar="KEY", help="Sign with this OpenSSH private key (Ed25519).")
@click.option("--pades", "certificate", metavar="FILE", help="Add signed copies of the PDFs (PKCS #12 certificate).")
@click.option("--password-file", metavar="FILE", help="The password of KEY or of the certificate, in its first line.")
@click.option("--reproduce", is_flag=True, help="Build a published version again and compare; nothing is written.")
@click.option("--jobs", type=click.IntRange(1, 64), default=None, help="Editions at a time (default: one a core).")
@click.option("-q", "--quiet", is_flag=True, help="Only errors.")
@click.option("-v", "--verbose", is_flag=True, help="Every diagnostic.")
def command(
    version: str,
    paper: str | None,
    output: str | None,
    cache: str | None,
    allow_dirty: bool,
    key: str | None,
    certificate: str | None,
    password_file: str | None,
    reproduce: bool,
    jobs: int | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """Publish VERSION of the paper, all its editions, as output/releases/VERSION."""
    parse_version(version)
    _check_epoch(os.environ.get("SOURCE_DATE_EPOCH", "0"))  # noqa: TID251 (only to refuse it)
    if reproduce and (certificate or allow_dirty):
        raise UsageError("--reproduce compares with what was published: it takes no --pades and no --allow-dirty")
    place = find_place(paper, output, cache)
    # Late: this imports the whole engine, and a version that is none needs none of it.
    from imprint.shell.release_keys import load_keys
    from imprint.shell.release_run import Wish, release_version, reproduce_version
    from imprint.shell.terminal import show_diagnostics

    keys = load_keys(key, certificate, password_file)
    wish = Wish(version, allow_dirty, jobs, quiet, keys)
    warnings, lines = reproduce_version(place, wish) if reproduce else release_version(place, wish)
    show_diagnostics(warnings, everything=verbose, quiet=quiet)
    if not quiet:
        print("\n".join(lines), file=sys.stderr)
    return 0


def _check_epoch(epoch: str) -> None:
    """A release takes its date from the paper; but libraries that it uses read this variable, and stumble over it."""
    if not re.fullmatch(r"[0-9]{1,12}", epoch):
        message = f"SOURCE_DATE_EPOCH is '{epoch}', which is no number of seconds"
        hint = "unset it: the date of a release is the paper's"
        raise Rejected([Diagnostic(Severity.ERROR, "epoch", message, None, hint)])
