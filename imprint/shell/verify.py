"""`verify`: a release's folder, checked offline by anyone."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from imprint.base.diagnostic import Diagnostic, Location, Rejected, Severity, UsageError
from imprint.release.sshsig import KeyRefused, Signer, parse_signers
from imprint.release.verify import Verified, verify_release
from imprint.shell.terminal import show_diagnostics


@click.command("verify")
@click.argument("folder", metavar="DIR")
@click.option("--key", metavar="FILE", help="Who may sign: an allowed_signers file, or a public key.")
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON on stdout.")
@click.option("-q", "--quiet", is_flag=True, help="Only errors.")
def command(folder: str, key: str | None, as_json: bool, quiet: bool) -> int:
    """Check that the release in DIR is as it was published: every file, and no other."""
    if not Path(folder).is_dir():
        raise UsageError(f"{folder} is no folder")
    verified = verify_release(Path(folder), _load_signers(key) if key else None)
    if as_json:
        print(json.dumps(_as_json(verified), ensure_ascii=False, indent=2))
    else:
        show_diagnostics(verified.findings, everything=True, quiet=quiet)
    if not quiet and not as_json:
        print(_summary(folder, verified), file=sys.stderr)
    return 0 if verified.sound else 1


def _load_signers(path: str) -> tuple[Signer, ...]:
    try:
        # A key is no input of a paper: it is not read through Sources.
        return parse_signers(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None
    except (KeyRefused, ValueError) as error:
        hint = "give an allowed_signers file (ssh-keygen(1)), or the publisher's .pub file"
        raise Rejected([Diagnostic(Severity.ERROR, "key", str(error), Location(path), hint)]) from None


def _summary(folder: str, verified: Verified) -> str:
    errors = sum(finding.severity is Severity.ERROR for finding in verified.findings)
    if errors:
        return f"{folder}: NOT as it was published: {errors} fault{'s' if errors > 1 else ''}"
    manifest = verified.manifest
    what = f"{manifest.paper} {manifest.version}, {len(manifest.editions)} editions, " if manifest else ""
    signed = f"signed by {verified.signer}" if verified.signer else "not signed"
    return f"{folder}: {what}{verified.files} files as they were published, {signed}"


def _as_json(verified: Verified) -> dict[str, object]:
    manifest = verified.manifest
    return {
        "sound": verified.sound,
        "paper": manifest.paper if manifest else None,
        "version": manifest.version if manifest else None,
        "files": verified.files,
        "signer": verified.signer or None,
        "findings": [
            {"severity": f.severity, "rule": f.rule, "file": f.at.file if f.at else None, "message": f.message}
            for f in verified.findings
        ],
    }
