"""Rows that look like another row of the list, or like what is in the books already: brought in twice by mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext as _

from moothall.bodies.models import Body
from moothall.foundation.actors import Actor
from moothall.foundation.permissions import visible
from moothall.importers.spreadsheets import Row
from moothall.people.models import Person
from moothall.people.names import as_typed

Name = tuple[str, ...]


def alike(kind: str, rows: Sequence[Row], by: Actor) -> dict[int, str]:
    """By number of the row: why it may be there already. Memberships and meetings have rules of their own for that."""
    if kind not in COLUMNS:
        return {}
    found: dict[int, str] = {}
    seen: dict[Name, int] = {}
    known = set(KNOWN[kind](by))
    for row in rows:
        name = _plain(row.cells.get(column, "") for column in COLUMNS[kind])
        told = " ".join(row.cells.get(column, "") for column in COLUMNS[kind])
        if name in seen:
            found[row.number] = _("{name} is in row {row} already.").format(name=told, row=seen[name])
        elif name in known:
            found[row.number] = _("{name} is in the books already.").format(name=told)
        seen.setdefault(name, row.number)
    return found


def _persons(by: Actor) -> Iterable[Name]:
    return (_plain(each) for each in visible(by, Person).values_list("first_names", "last_name"))


def _bodies(by: Actor) -> Iterable[Name]:
    return (_plain([each]) for each in visible(by, Body).values_list("name", flat=True))


def _plain(parts: Iterable[str]) -> Name:
    return tuple(as_typed(each) for each in parts)


COLUMNS = {"people": ("first_names", "last_name"), "bodies": ("name",)}
KNOWN: dict[str, Callable[[Actor], Iterable[Name]]] = {"people": _persons, "bodies": _bodies}
