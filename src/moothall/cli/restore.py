"""``moothall restore``: an installation from its backup."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moothall.cli import django_setup

PREFIX = "restoring-"

if TYPE_CHECKING:
    from moothall.backups.restore import Restored


@click.command(name="restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True, allow_dash=True))
@click.option("--replace", is_flag=True, help="Put the backup in the place of the installation that is here.")
def command(file: Path, replace: bool) -> None:
    """Bring an installation back from FILE (or - for standard input), all of it or nothing. Stop the site first.

    Every part is held to its digest, and every council's audit log is checked, before anything is changed. The
    database may be of the other make: a backup of SQLite is restored into PostgreSQL, and the other way round.
    What was entered after the backup was made is told, and is lost.
    """
    django_setup.start()

    from django.conf import settings  # noqa: PLC0415 - needs Django started

    from moothall.backups.restore import restore  # noqa: PLC0415

    with django_setup.stopped(), click.open_file(str(file), "rb") as backup:
        for left in settings.DATA.glob(f"{PREFIX}*"):
            shutil.rmtree(left)  # of a restore that was killed: it holds what the backup holds, in plain
        with tempfile.TemporaryDirectory(dir=settings.DATA, prefix=PREFIX) as folder:
            restored = restore(backup, Path(folder), replace=replace)
    _tell(restored)


def _tell(restored: Restored) -> None:
    click.echo(f"{restored.rows} rows and {restored.files} files are back, as they were on {restored.made}.")
    click.echo("Everybody signs in anew.")
    for each in restored.logs:
        click.echo(f"{each.council}: {each.entries} entries of the audit log, all in order. End: {each.digest[:16]}")
    for council, first, last in restored.lost:
        click.echo(f"{council}: entries {first} to {last} were written after the backup, and are lost.", err=True)
