"""``moothall backup``: everything in one file."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from moothall.cli import house

if TYPE_CHECKING:
    from moothall.backups.making import Backup


@click.command(name="backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def command(file: Path) -> None:
    """Keep every council's books and files in FILE (or - for standard output), while the site goes on.

    The file holds personal data and is not encrypted; to encrypt it, pipe it:

    moothall backup - | age --passphrase > moothall.backup.age
    """
    house.start()
    made = _make(sys.stdout.buffer) if str(file) == "-" else _keep(file)
    click.echo(f"{made.rows} rows and {made.files} files are kept. Manifest: {made.digest}", err=True)


def _keep(file: Path) -> Backup:
    """Write beside the place first, so that no half backup ever has the name of a whole one; only we may read it."""
    if file.exists():
        raise click.ClickException(f"{file} is there already; give another name.")
    beside = file.with_name(f"{file.name}.making")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
        made = _make(out)
        out.flush()
        os.fsync(out.fileno())
    beside.rename(file)
    return made


def _make(out: IO[bytes]) -> Backup:
    from moothall.backups.making import make  # noqa: PLC0415 - needs Django started

    return make(out, at=dt.datetime.now(dt.UTC))
