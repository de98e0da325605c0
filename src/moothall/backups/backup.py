"""Making a backup while the site goes on: one moment of the database, and the files that it names."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

import moothall
from moothall.backups.archive import Archive
from moothall.backups.values import columns, lines

LEFT_OUT = {"sessions.Session", "usersessions.UserSession"}
"""Who is signed in where is not kept: after a restore, everybody signs in anew."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What was kept; ``digest`` (SHA-256) is the manifest's, which holds everything else."""

    rows: int
    files: int
    digest: str


def make(out: IO[bytes], *, at: dt.datetime) -> Backup:
    """Write a backup of every table and file.

    Nobody waits meanwhile. Files are written before the rows that name them and are never changed, so the files are
    read after the rows: every file that a row names is there.
    """
    archive = Archive(out)
    with _one_moment():
        tables = {model._meta.label: columns(model) for model in kept_models()}
        rows = 0
        for model in kept_models():
            with tempfile.TemporaryFile(dir=settings.DATA) as spool:  # /tmp may be small, and of memory
                rows += archive.add_lines(f"tables/{model._meta.label}", lines(model, "default"), spool)
        done = sorted(MigrationRecorder(connection).applied_migrations())
    files = 0
    for path in _files():
        archive.add_file(f"files/{path.relative_to(files_folder()).as_posix()}", path)
        files += 1
    told = {"moothall": moothall.__version__, "made": at.isoformat(), "tables": tables, "migrations": done}
    return Backup(rows, files, archive.finish(told))


def kept_models() -> list[type[models.Model]]:
    """The models whose tables are kept."""
    found = apps.get_models(include_auto_created=True)
    return [each for each in found if each._meta.managed and each._meta.label not in LEFT_OUT and not each._meta.proxy]


def files_folder() -> Path:
    """Where files are kept."""
    return Path(settings.DATA) / "files"


def _files() -> Iterator[Path]:
    yield from sorted(path for path in files_folder().rglob("*") if path.is_file())


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction that sees the database as it is at one moment, and holds nobody up."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    connection.ensure_connection()
    before = connection.transaction_mode  # type: ignore[attr-defined]
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined] # IMMEDIATE would hold every writer up
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = before  # type: ignore[attr-defined]
