"""Rows of tables as lines of JSON, and back: the same on SQLite and PostgreSQL."""

from __future__ import annotations

import base64
import datetime as dt
import json
import uuid
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db import models

MARK = "$"  # a JSON object with this one key is a value that JSON itself has no form for


def lines(model: type[models.Model], using: str) -> Iterator[str]:
    """Every row of a table, in order of its key, one line each: a list of values in the order of ``columns``."""
    rows: Any = models.QuerySet(model, using=using).order_by("pk").values_list(*columns(model))
    for row in rows.iterator(chunk_size=2000):
        yield json.dumps([_kept(value) for value in row], ensure_ascii=False, separators=(",", ":"))


def read(model: type[models.Model], named: Iterable[str], line: str) -> models.Model:
    """A row again, not yet written; ``named`` are its columns in the order of the line."""
    given = dict(zip(named, (_value(value) for value in json.loads(line)), strict=True))
    return model(**given)


def columns(model: type[models.Model]) -> list[str]:
    """The names of a table's columns, as a model knows them."""
    return [field.attname for field in model._meta.concrete_fields]


KINDS: dict[str, tuple[type, Any, Any]] = {
    "moment": (dt.datetime, dt.datetime.isoformat, dt.datetime.fromisoformat),
    "day": (dt.date, dt.date.isoformat, dt.date.fromisoformat),
    "time": (dt.time, dt.time.isoformat, dt.time.fromisoformat),
    "seconds": (dt.timedelta, lambda value: str(Decimal(value // dt.timedelta(microseconds=1))), None),
    "decimal": (Decimal, str, Decimal),
    "uuid": (uuid.UUID, str, uuid.UUID),
    "bytes": (bytes, lambda value: base64.b64encode(value).decode(), base64.b64decode),
}


def _kept(value: Any) -> Any:
    if isinstance(value, memoryview):
        value = bytes(value)
    for name, (kind, write, _) in KINDS.items():
        if isinstance(value, kind):
            return {MARK: [name, write(value)]}
    # a JSON field's own value may look like the mark; wrapped, it cannot be mistaken
    return {MARK: ["json", value]} if isinstance(value, dict | list) else value


def _value(kept: Any) -> Any:
    if not isinstance(kept, dict):
        return kept
    name, told = kept[MARK]
    if name == "json":
        return told
    if name == "seconds":
        return dt.timedelta(microseconds=int(told))
    return KINDS[name][2](told)
