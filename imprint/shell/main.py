"""The command line: which command, and the exit code: 0 done, 1 rejected, 2 usage, 3 bug, 130 interrupted."""

from __future__ import annotations

import importlib
import io
import os
import sys

import click

from imprint.base.diagnostic import Diagnostic, Location, Rejected, Severity, UsageError

# Command → (module, what it does). A module is imported when its command is asked for: `list` needs no WeasyPrint.
COMMANDS = {
    "build": ("imprint.shell.build", "Build editions (the default: `build.py --region cn --lang zh`)."),
    "watch": ("imprint.shell.watch", "Build again at each save."),
    "list": ("imprint.shell.list", "Show the matrix of editions and the state of each."),
    "extract": ("imprint.shell.extract", "Write the messages of all editions to locales/messages.pot."),
    "update": ("imprint.shell.update", "Merge the messages into every catalog; nothing is ever lost."),
    "status": ("imprint.shell.status", "Show how far each translation is."),
    "check": ("imprint.shell.check", "Check every translation against its source."),
    "init": ("imprint.shell.init", "Make the catalog of a new language."),
    "pseudo": ("imprint.shell.pseudo", "Write a pseudo-translation, to try a layout."),
    "release": ("imprint.shell.release", "Publish a version of the paper, all its editions."),
    "verify": ("imprint.shell.verify", "Check a release that was published, without a network."),
    "changes": ("imprint.shell.changes", "Show what changed between two releases, or between editions."),
    "new": ("imprint.shell.new", "Make a small complete paper in two languages."),
    "doctor": ("imprint.shell.doctor_command", "Show the toolchain, and what is missing."),
    "bench": ("imprint.shell.bench", "Measure how fast it is, beside other programs."),
    "preflight": ("imprint.shell.preflight_command", "Check PDF files, ours or another's."),
}


class Commands(click.Group):
    """The commands by name; `build` where the first argument is an option."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Click's hook: in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Click's hook."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(COMMANDS[cmd_name][0]).command
        if not isinstance(command, click.Command):
            raise TypeError(cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Click's hook: without importing every command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Click's hook: an unknown command gets a suggestion."""
        if args and args[0] not in COMMANDS:
            from imprint.content.toml import suggest

            ctx.fail(f"there is no command '{args[0]}'; {suggest(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, name="build.py", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(None, "--version", package_name="weasyprint", prog_name="imprint with WeasyPrint")
def app() -> None:
    """imprint: one source of Markdown and gettext catalogs, every edition of a white paper."""


def main(argv: list[str]) -> int:
    """Run one command and return its exit code. The one boundary where an exception becomes a code."""
    if argv and argv[0].startswith("-") and argv[0] not in ("-h", "--help", "--version"):
        argv = ["build", *argv]
    _speak_unicode()
    try:
        result = app.main(args=argv or ["--help"], prog_name="build.py", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except UsageError as error:
        print(f"imprint: {error}", file=sys.stderr)
        return 2
    except (KeyboardInterrupt, click.exceptions.Abort):
        print("imprint: interrupted; what was finished is in place, the rest is as it was", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader (`| head`) has gone: nothing more can be said, and Python must not try at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (Rejected, OSError) as refusal:
        from imprint.shell.terminal import show_diagnostics

        found = refusal.diagnostics if isinstance(refusal, Rejected) else [_access(refusal)]
        show_diagnostics(found, everything="-v" in argv, quiet=False)
        return 1
    except Exception as error:  # the boundary: anything that is no diagnostic is a bug of ours
        if os.environ.get("IMPRINT_TRACEBACK"):  # noqa: TID251 (for finding bugs; shapes no edition)
            raise
        # A worker's crash carries its whole traceback; its last line says what it was.
        reason = (str(error).strip().splitlines() or [""])[-1]
        print(f"imprint: a bug of imprint, not of the paper: {type(error).__name__}: {reason}", file=sys.stderr)
        print("    IMPRINT_TRACEBACK=1 shows where; please report it", file=sys.stderr)
        return 3


def _access(error: OSError) -> Diagnostic:
    """A full disk, a folder that may not be written: of the machine, and no file is half written (`replace_file`)."""
    at = Location(str(error.filename)) if error.filename else None
    hint = "make room, or look at the permissions; what was there is as it was"
    return Diagnostic(Severity.ERROR, "file-access", f"cannot be read or written: {error.strerror or error}", at, hint)


def _speak_unicode() -> None:
    """Write UTF-8 whatever the locale says, for titles are in every script, and JSON is UTF-8 (RFC 8259, 8.1).

    A file's name that is no UTF-8 is written with backslashes.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
