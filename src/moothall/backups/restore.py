"""Bringing an installation back from a backup: all of it, or nothing.

The tables are made as they were when the backup was made, filled, and then brought to this version, so that a backup
of an older version can be restored, and one of SQLite into PostgreSQL or the other way round.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

from moothall.backups import archive
from moothall.backups.archive import BadBackup, unpack
from moothall.backups.backup import files_folder
from moothall.backups.values import read
from moothall.foundation.audit import chain
from moothall.foundation.audit.chain import Verified
from moothall.foundation.audit.models import Head
from moothall.foundation.councils.models import Council
from moothall.foundation.councils.public_versions import COUNCIL, renew_versions
from moothall.foundation.errors import Refused
from moothall.foundation.jobs import maintenance

AT_ONCE = 500


class NotEmpty(Refused):
    """There is an installation already, which a restore would take the place of."""


class InUse(Refused):
    """Somebody works with the database."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back, from when, and what the check of each council's audit log says.

    ``lost`` are the entries that the replaced installation had beyond the backup: council, first and last number.
    """

    rows: int
    files: int
    made: str
    logs: tuple[Verified, ...]
    lost: tuple[tuple[str, int, int], ...]


def restore(backup: IO[bytes], folder: Path, *, replace: bool = False) -> Restored:
    """Bring everything back; ``folder`` is an empty one for the time being, on the disk of the data.

    Raises NotEmpty unless told to ``replace`` what is there, InUse, and BadBackup, before anything is touched; also
    when the restored audit log does not hold, and then nothing is changed either.
    """
    if not replace and in_use():
        raise NotEmpty("There is an installation here already. To put the backup in its place, say so: --replace.")
    _nobody_else()
    manifest = unpack(backup, folder)
    before = _ends()
    with _made_anew():
        rows = _fill(manifest, folder / "tables")
        logs = tuple(chain.verify(council) for council in Council.objects.order_by("slug"))
        if any(each.flaws for each in logs):
            raise BadBackup("The audit log of the backup does not hold; nothing was restored.")
        for council in Council.objects.all():
            renew_versions(council, (COUNCIL,))  # no cache may take a page of what is restored for one of later
        maintenance.done_outside(maintenance.BACKUP, dt.datetime.fromisoformat(manifest["made"]))
        files = _bring_files(folder / "files")  # before the rows that name them
    kept = {each.council: each.entries for each in logs}
    lost = tuple((slug, kept.get(slug, 0) + 1, end) for slug, end in before.items() if end > kept.get(slug, 0))
    return Restored(rows, files, archive.made(manifest), logs, lost)


def in_use() -> bool:
    """Whether there is anything to lose: a table with a council in it, or a file."""
    try:
        council = Council._meta.db_table in connection.introspection.table_names() and Council.objects.exists()
    except DatabaseError:
        council = True  # it cannot be read: all the more is it for somebody to decide
    return council or any(files_folder().glob("*"))


def _nobody_else() -> None:
    """Raise InUse when others are signed in at PostgreSQL as we are. On SQLite the command holds the data folder."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        if others := cursor.fetchone()[0]:
            raise InUse(f"{others} others are connected to the database: stop the site and its workers everywhere.")


def _ends() -> dict[str, int]:
    """How long each council's audit log is in what is to be replaced, as far as that can be read."""
    try:
        with transaction.atomic():
            return dict(Head.objects.order_by("council__slug").values_list("council__slug", "number"))
    except DatabaseError:
        return {}


def _fill(manifest: dict[str, Any], tables: Path) -> int:
    executor = MigrationExecutor(connection)
    targets = _targets(executor, manifest)
    executor.migrate(targets)
    state = executor.loader.project_state(targets)
    rows, made = 0, []
    with _keys_unchecked():
        for label, columns in manifest["tables"].items():
            try:
                model = state.apps.get_model(label)
                rows += _insert(model, columns, tables / label)
            except (LookupError, TypeError, ValueError, FileNotFoundError) as error:
                raise BadBackup(f"The table {label} of the backup cannot be read: {error}.") from error
            made.append(model)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), made):
            cursor.execute(statement)
    connection.check_constraints()
    call_command("migrate", interactive=False, verbosity=0)  # to this version; lays the guards too
    return rows


def _targets(executor: MigrationExecutor, manifest: dict[str, Any]) -> list[tuple[str, str]]:
    """The last migrations that the backup had gone through."""
    done = {(app, name) for app, name in manifest["migrations"]}
    known = set(executor.loader.graph.nodes)
    ours = {app for app, _ in known}
    if newer := sorted(f"{app} {name}" for app, name in done - known if app in ours):
        raise BadBackup(f"The backup was made by a newer version of Moothall: it knows {newer[0]}.")
    here = done & known
    children = executor.loader.graph.node_map
    return sorted(
        key for key in here if not any(child.key in here and child.key[0] == key[0] for child in children[key].children)
    )


def _insert(model: type[models.Model], columns: list[str], path: Path) -> int:
    rows = 0
    with path.open(encoding="utf-8") as lines:
        for some in _by(AT_ONCE, (read(model, columns, line) for line in lines)):
            fields = model._meta.concrete_fields
            batch = connection.ops.bulk_batch_size(list(fields), some)
            for start in range(0, len(some), batch):
                # raw: as it was, and not stamped with the time of the restore
                models.QuerySet(model)._insert(some[start : start + batch], fields=fields, using="default", raw=True)  # type: ignore[attr-defined] # noqa: SLF001
            rows += len(some)
    return rows


def _by(number: int, rows: Iterable[models.Model]) -> Iterator[list[models.Model]]:
    left = iter(rows)
    while some := list(islice(left, number)):
        yield some


@contextmanager
def _made_anew() -> Iterator[None]:
    """The time in which an empty database stands in for the one there is; it takes its place if all goes well."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            _empty_postgresql()
            yield
        return
    place = Path(connection.settings_dict["NAME"])
    beside = place.with_name(f"{place.name}.restoring")
    _remove(beside)
    connection.close()
    connection.settings_dict["NAME"] = beside
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")  # nobody relies on it before it is whole, and brought to the disk
        yield
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        _sync(beside)
        _settle(place)
        beside.replace(place)  # in one step: whenever we are killed, there is the old one or the new one
        _sync(place.parent)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = place
        _remove(beside)


@contextmanager
def _keys_unchecked() -> Iterator[None]:
    """The time in which rows may point to rows that are still to come."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # migrations in the same transaction have left them immediate
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    with connection.constraint_checks_disabled():
        yield


def _empty_postgresql() -> None:
    """Drop our tables, and nobody else's who may live in the same database."""
    ours = tuple(f"{config.label}_" for config in apps.get_app_configs())
    named = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} | {"django_migrations"}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in named or table.startswith(ours):
                cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")


def _settle(database: Path) -> None:
    """Bring what stands in the journal of an SQLite database into its file, so that no journal outlives it."""
    if not database.exists():
        return
    connection.settings_dict["NAME"] = database
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=DELETE")
    except DatabaseError:
        pass  # it is broken; that may be why a backup takes its place
    connection.close()
    for name in (f"{database.name}-wal", f"{database.name}-shm"):
        database.with_name(name).unlink(missing_ok=True)


def _remove(database: Path) -> None:
    for name in (database.name, f"{database.name}-wal", f"{database.name}-shm"):
        database.with_name(name).unlink(missing_ok=True)


def _bring_files(unpacked: Path) -> int:
    """Put the files beside those that are there: they are named by their content, and none takes another's place."""
    found = [path for path in unpacked.rglob("*") if path.is_file()]
    for path in found:
        to = files_folder() / path.relative_to(unpacked)
        to.parent.mkdir(parents=True, exist_ok=True)
        _sync(path)
        shutil.move(path, to)
    for folder in {(files_folder() / path.relative_to(unpacked)).parent for path in found}:
        _sync(folder)
    return len(found)


def _sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk before going on."""
    place = os.open(path, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
