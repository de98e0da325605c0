"""The command ``moothall``. Each command is a module of its own, imported only when it is called.

Exit codes: 0 done; 1 something was found that a person must look at (``check``, ``pack``); 2 the input or the command
line is wrong; 70 a fault of Moothall's own.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import Any

import click

import moothall

COMMANDS = {
    "backup": "Keep everything in one file.",
    "check": "Check the figures of a pack against each other.",
    "convert": "Turn a paper into HTML, PDF or text.",
    "deadlines": "Show a meeting's deadlines, and how they are counted.",
    "demo": "Build the demo council, Avonmere, and serve its site.",
    "found": "Begin a council, with its first administrator.",
    "inspect": "Say what is in a PDF: pages, tags, fonts, text, risks.",
    "manage": "Run one of Django's own commands.",
    "migrate": "Make the database, or bring it to this version.",
    "pack": "Make a meeting's papers into one pack.",
    "restore": "Bring everything back from a backup.",
    "schema": "Print the JSON Schema of a meeting file.",
    "send-test-email": "Send a test email, to check the mail server.",
    "serve": "Serve the site, and do its jobs.",
    "unlock": "Let in somebody who has lost the second factor.",
    "verify": "Check that nobody has touched the audit log.",
    "work": "Do the jobs in line.",
}

FAULT = 70


class _Commands(click.Group):
    """A group whose commands are found by the name of their module."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"moothall.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(moothall.__version__, prog_name="moothall")
def commands() -> None:
    """Moothall runs a council's committees and the evidence they scrutinise.

    Exit codes: 0 done, 1 something was found (check, pack), 2 the input is wrong, 70 a fault of Moothall's own.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; never shows a traceback unless MOOTHALL_DEBUG is set."""
    sys.exit(run(list(sys.argv[1:] if arguments is None else arguments)))


def run(arguments: list[str]) -> int:
    """Run one command and give its exit code."""
    from moothall.core.documents.errors import PressError  # noqa: PLC0415 - keeps --help quick
    from moothall.foundation.errors import Refused  # noqa: PLC0415

    try:
        return _code(commands.main(arguments, prog_name="moothall", standalone_mode=False))
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.Abort:
        click.echo("Stopped. Nothing was written.", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except (PressError, Refused) as error:
        click.echo(f"moothall: {error}", err=True)
        return 2
    except Exception as error:  # noqa: BLE001 - the last stop before the user
        return _fault(error)


def _code(result: Any) -> int:
    return result if isinstance(result, int) else 0


def _fault(error: Exception) -> int:
    import os  # noqa: PLC0415 - keeps --help quick
    import traceback  # noqa: PLC0415

    if os.environ.get("MOOTHALL_DEBUG"):
        traceback.print_exception(error)
    click.echo(
        f"moothall: something went wrong inside Moothall ({type(error).__name__}: {error}). "
        "Nothing was published. Set MOOTHALL_DEBUG=1 to see where, and please report it.",
        err=True,
    )
    return FAULT
