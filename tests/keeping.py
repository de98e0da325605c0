"""What many tests begin with is made once in each process, and brought back for each of them as it was made."""

import copy
from graphlib import TopologicalSorter

from django.apps import apps
from django.db import connection, models, transaction

APART = 1_000_000
AT_ONCE = 200
_kept = {}


def kept(name, make):
    """What ``make()`` gives, and all rows that it writes; it is called the first time only.

    Its rows have numbers that nothing else gets, so it may be brought beside whatever a test has made already. It may
    depend on nothing that a test has made, and change no row that is there.
    """
    if name in _kept:
        value, rows = _kept[name]
        _put(rows)
    else:
        _number_from(APART * (len(_kept) + 1))
        before = {model: {_key(model, row) for row in _rows(model)} for model in _in_order()}
        value = make()
        rows = {model: [row for row in _rows(model) if _key(model, row) not in before[model]] for model in before}
        _kept[name] = copy.deepcopy(value), {model: found for model, found in rows.items() if found}
    return copy.deepcopy(value)


def _in_order():
    """Every model, after those that it has keys to."""
    found = [each for each in apps.get_models(include_auto_created=True) if each._meta.managed]
    keys = {each: {_target(field) for field in each._meta.concrete_fields} - {None, each} for each in found}
    return list(TopologicalSorter(keys).static_order())


def _target(field):
    return field.related_model._meta.concrete_model if isinstance(field, models.ForeignKey) else None


def _columns(model):
    return [field.column for field in model._meta.concrete_fields]


def _key(model, row):
    return row[_columns(model).index(model._meta.pk.column)]


def _rows(model):
    """The rows as the database has them: a plus keeps SQLite from making days and moments of texts."""
    plus = "+" if connection.vendor == "sqlite" else ""
    columns = ", ".join(f'{plus}"{column}"' for column in _columns(model))
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {columns} FROM "{model._meta.db_table}" ORDER BY "{model._meta.pk.column}"')  # noqa: S608
        return cursor.fetchall()


def _put(rows):
    with transaction.atomic(), connection.cursor() as cursor:
        for model, found in rows.items():
            columns = ", ".join(f'"{column}"' for column in _columns(model))
            places = f"({', '.join(['%s'] * len(_columns(model)))})"
            for start in range(0, len(found), AT_ONCE):
                some = found[start : start + AT_ONCE]
                command = f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES {", ".join([places] * len(some))}'  # noqa: S608
                cursor.execute(command, [value for row in some for value in row])


def _number_from(first):
    """Give what is made from now on numbers from ``first`` on, or from where they are beyond that."""
    tables = [each for each in _in_order() if isinstance(each._meta.pk, models.AutoField)]
    with connection.cursor() as cursor:
        for model in tables:
            table, column = model._meta.db_table, model._meta.pk.column
            if connection.vendor == "sqlite":
                cursor.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = %s", [table])
                before = cursor.fetchone()[0] or 0
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, max(first, before)])
            else:
                sequence = f"pg_get_serial_sequence('{table}', '{column}')"
                cursor.execute(f"SELECT setval({sequence}, greatest(nextval({sequence}), {first}))")
