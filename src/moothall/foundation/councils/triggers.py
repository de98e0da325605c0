"""What the database itself refuses, whoever asks it: rows that point into another council, changes to a log.

The guards are triggers, laid after every migration (a table that SQLite rebuilds loses its own). They hold for raw
SQL and for a shell as well; only the owner of the database can take them off, and ``moothall verify`` finds what
was then changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from moothall.foundation.councils.scoping import Scoped


@dataclass(frozen=True, slots=True)
class Guard:
    """One trigger: ``when`` before which it looks at a row, and ``refuses`` (SQL) in which case it stops the act."""

    name: str
    table: str
    when: str
    refuses: str
    message: str


def guards() -> list[Guard]:
    """Every guard, from the models: one for each key between rows of councils, two for each append-only table."""
    found: list[Guard] = []
    for model in apps.get_models():
        found += _same_council(model) if issubclass(model, Scoped) else []
        found += _append_only(model) if getattr(model, "append_only", False) else []
    return found


def lay(using: str = DEFAULT_DB_ALIAS) -> None:
    """Lay every guard whose table exists, anew."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for guard in guards():
            if guard.table in tables:
                for statement in _taken_off(connection, guard) + _laid(connection, guard):
                    cursor.execute(statement)


def take_off(using: str = DEFAULT_DB_ALIAS) -> None:
    """Take every guard off."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for guard in guards():
            for statement in _taken_off(connection, guard):
                cursor.execute(statement)


@contextmanager
def lifted(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """The time without guards that emptying a whole database needs."""
    take_off(using)
    try:
        yield
    finally:
        lay(using)


def _same_council(model: type[models.Model]) -> list[Guard]:
    table = model._meta.db_table
    return [
        Guard(
            name=f"guard_{table}_{field.column}_{when}",
            table=table,
            when=when,
            refuses=(  # names of tables and columns from the models, nothing from outside
                f"NEW.{field.column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {field.related_model._meta.db_table} o "
                f"WHERE o.{field.target_field.column} = NEW.{field.column} AND o.council_id = NEW.council_id)"
            ),
            message=f"{table}.{field.column} points into another council",
        )
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and isinstance(field.related_model, type)
        and issubclass(field.related_model, Scoped)
        for when in ("INSERT", "UPDATE")
    ]


def _append_only(model: type[models.Model]) -> list[Guard]:
    table = model._meta.db_table
    forgettable = getattr(model, "deletable_when", "")
    refusals = {"UPDATE": "", "DELETE": f"NOT ({forgettable})" if forgettable else ""}
    return [
        Guard(f"guard_{table}_{when.lower()}", table, when, refuses or "1 = 1", f"{table} is only ever added to")
        for when, refuses in refusals.items()
    ]


def _taken_off(connection: BaseDatabaseWrapper, guard: Guard) -> list[str]:
    on = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
    return [f"DROP TRIGGER IF EXISTS {guard.name}{on}"]


def _laid(connection: BaseDatabaseWrapper, guard: Guard) -> list[str]:
    if connection.vendor == "postgresql":
        gives = "OLD" if guard.when == "DELETE" else "NEW"
        return [
            f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {guard.refuses} THEN RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'check_violation'; END IF; "
            f"RETURN {gives}; END $$",
            f"CREATE TRIGGER {guard.name} BEFORE {guard.when} ON {guard.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {guard.name}()",
        ]
    return [
        f"CREATE TRIGGER {guard.name} BEFORE {guard.when} ON {guard.table} FOR EACH ROW WHEN {guard.refuses} "
        f"BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
    ]
