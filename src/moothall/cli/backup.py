"""``moothall backup``: everything in one file; ``moothall backup check``: whether such a file is worth anything."""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from moothall.cli import django_setup

if TYPE_CHECKING:
    from moothall.backups.backup import Backup

FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))


class _MakeUnlessCheck(click.Group):
    """``backup FILE`` makes a backup; ``backup check FILE`` checks one (a file of that name is ./check)."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, *ctx.help_option_names}:
            args = ["make", *args]
        return super().parse_args(ctx, args)


@click.group(name="backup", cls=_MakeUnlessCheck, subcommand_metavar="FILE | check FILE")
def command() -> None:
    """Keep every council's books and files in FILE (or - for standard output), while the site goes on.

    The file holds personal data and is not encrypted; to encrypt it, pipe it:

    moothall backup - | age --recipients-file keys.txt > moothall.backup.age
    """


@command.command(hidden=True)
@FILE
def make(file: Path) -> None:
    """Make a backup (``moothall backup FILE``)."""
    django_setup.start()
    try:
        at = dt.datetime.now(dt.UTC)
        made = _make(sys.stdout.buffer, at) if str(file) == "-" else _keep(file, at)
    except OSError as error:
        raise click.ClickException(
            f"The backup could not be written: {error.strerror or error}. There is none."
        ) from None
    _note(at)
    click.echo(f"{made.rows} rows and {made.files} files are kept. Manifest: {made.digest}", err=True)


@command.command()
@FILE
@click.option("--quick", is_flag=True, help="Only hold every part to its digest; do not try a restore.")
def check(file: Path, quick: bool) -> None:
    """Check that FILE (or - for standard input) is whole, by restoring it where nobody sees it.

    The trial is made on SQLite in a temporary folder, which TMPDIR chooses: room is needed for the database and the
    files. Nothing of the installation here is read or changed.
    """
    with tempfile.TemporaryDirectory(prefix="moothall-check-") as folder:
        os.environ |= {"MOOTHALL_DATA": folder, "DATABASE_URL": "", "MOOTHALL_MODE": "test"}  # no secret is needed
        django_setup.start()
        with click.open_file(str(file), "rb") as backup:
            told = _told(backup, Path(folder) / "unpacked", quick=quick)
    click.echo("\n".join(told))


def _told(backup: IO[Any], folder: Path, *, quick: bool) -> list[str]:
    from moothall.backups import archive, restore  # noqa: PLC0415 - needs Django started

    folder.mkdir()
    if quick:
        manifest = archive.unpack(backup, folder)
        return [f"Every part has its digest. Made on {archive.made(manifest)} by Moothall {manifest['moothall']}."]
    restored = restore.restore(backup, folder)
    return [
        f"It can be restored: {restored.rows} rows and {restored.files} files, as they were on {restored.made}.",
        *(f"{each.council}: {each.entries} entries, all in order. End: {each.digest[:16]}" for each in restored.logs),
    ]


def _keep(file: Path, at: dt.datetime) -> Backup:
    """Write beside the place first, so that no half backup ever has the name of a whole one; only we may read it."""
    if file.exists():
        raise click.ClickException(f"{file} is there already; give another name.")
    beside = file.with_name(f"{file.name}.making")
    beside.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            made = _make(out, at)
            os.fsync(out.fileno())
        beside.rename(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return made


def _make(out: IO[bytes], at: dt.datetime) -> Backup:
    from moothall.backups.backup import make  # noqa: PLC0415 - needs Django started

    made = make(out, at=at)
    out.flush()
    return made


def _note(at: dt.datetime) -> None:
    """Note that there is a backup, so that the administrator is told when the last one is old."""
    from django.db import DatabaseError  # noqa: PLC0415

    from moothall.foundation.jobs import maintenance  # noqa: PLC0415

    try:
        maintenance.done_outside(maintenance.BACKUP, at)
    except DatabaseError as error:
        click.echo(f"The backup is made, but that could not be noted in the database: {error}.", err=True)
