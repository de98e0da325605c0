"""Questions that pages ask over and over: put into SQL once, and then asked with other values.

To build a question and to put it into SQL takes Django several times as long as the database takes to answer it. What
is kept is the question, with a place for each value; never an answer, and never a value.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from functools import lru_cache, update_wrapper
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet, Value

from moothall.councils.council import Council

P = ParamSpec("P")
T = TypeVar("T")
Shape = tuple[int | None, ...]
"""Of each value: None, or of a tuple of ids how many places it has."""
KEPT = 512
NUMBERS = range(-(2**63), 2**63)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value goes: which one, and of a tuple which part."""

    value: int
    part: int | None


def prepared(
    build: Callable[Concatenate[Council, P], Iterable[T]],
) -> Callable[Concatenate[Council, P], list[T]]:
    """A function that builds a query set becomes one that gives its rows, and builds it only the first time.

    ``build`` may use of the council its id only; its other arguments, given by place, are texts, numbers, days or
    tuples of ids, and stand in conditions as they are: nothing may be decided by them. A tuple is for ``__in``; spell
    such a condition ``person__id__in``. None is no value. No row has a number that the database has no room for.
    Rows reached by prefetching are not prepared.
    """

    @lru_cache(maxsize=KEPT)
    def question(council: Council, shape: Shape) -> _Question:
        places = (_places(number, parts) for number, parts in enumerate(shape))
        return _Question(build(council, *places))  # type: ignore[call-arg]

    def ask(council: Council, /, *values: P.args, **named: P.kwargs) -> list[T]:
        if named:
            raise TypeError(f"Give {', '.join(named)} by place.")
        if any(value == () or (isinstance(value, int) and value not in NUMBERS) for value in values):
            return []
        whole = tuple(_filled(value) if isinstance(value, tuple) else value for value in values)
        shape = tuple(len(value) if isinstance(value, tuple) else None for value in whole)
        return question(council, shape).ask(whole)

    return update_wrapper(ask, build)


class _Question:
    """A query set that has been put into SQL."""

    def __init__(self, rows: Any) -> None:
        self.rows: QuerySet[Any] = rows
        self.compiler = rows.query.get_compiler(rows.db)
        try:
            self.sql, self.params = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql, self.params = "", ()

    def ask(self, values: tuple[Any, ...]) -> list[Any]:
        """Its rows, with these values."""
        compiler = copy(self.compiler)
        compiler.connection = connection = connections[self.rows.db]
        said = self.sql, tuple(_value(each, values, connection) for each in self.params)
        compiler.as_sql = lambda *_, **__: said
        rows = self.rows.all()
        rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(rows)


def _places(number: int, parts: int | None) -> Any:
    if parts is None:
        return Value(Place(number, None))
    return [Value(Place(number, part)) for part in range(parts)]


def _filled(ids: tuple[Any, ...]) -> tuple[Any, ...]:
    """As many ids as the next power of two, the last one repeated: so there are few shapes of a question."""
    return (*ids, *ids[-1:] * ((1 << (len(ids) - 1).bit_length()) - len(ids)))


def _value(param: Any, values: tuple[Any, ...], connection: Any) -> Any:
    if not isinstance(param, Place):
        return param
    value = values[param.value] if param.part is None else values[param.value][param.part]
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return connection.ops.adapt_datefield_value(value)
    if value is None or not isinstance(value, str | int):
        raise TypeError(f"{value!r} cannot stand in a prepared question.")
    return value
